"""Recommendations on the pages of those whom they concern: note, edit, follow, say thank you."""

import uuid
from copy import copy

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers import agenda, recommend, when
from customers.actions import Next, recommending
from customers.recommend_forms import RecommendationForm
from customers.views import held, posted, say_sent_before
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

TOMORROW = "tomorrow"


def find(request: PartnerRequest, pk: uuid.UUID):
    """One of the partner's own recommendations, with both its ends."""
    rows = held(request, recommend.with_people(request.partner))
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_add(request: PartnerRequest, pk: uuid.UUID):
    """Whom somebody recommended us to; or, with `by` in the address, who recommended them."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    back = safe_next(request, customer.get_absolute_url())
    if posted(request) and sent_before(request.partner.recommendations, request.POST):
        say_sent_before(request)
        return redirect(back)
    end = "recommender" if "by" in request.GET else "recipient"
    form = RecommendationForm(posted(request), partner=request.partner, end=end, customer=customer)
    if form.is_valid():
        new = form.new_recommendation()
        act = store_once(
            request.partner.recommendations,
            new,
            lambda: recommending.recommend(request.partner, request.user, new, **form.ends),
        )
        if act is not None:
            say(request, _("Noted. That is worth a lot."), act)
        return redirect(back)
    context = {"nav": "customers", "customer": customer, "form": form, "end": end}
    return render(
        request, "customers/recommend/recommendation.html", context, status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = find(request, pk)
    form = RecommendationForm(
        posted(request),
        instance=copy(stored),
        partner=request.partner,
        end="" if stored.recipient_id else "recipient",
        customer=stored.recommender,
    )
    if form.is_valid():
        act = recommending.edit_recommendation(
            request.partner,
            request.user,
            stored,
            form.values | form.new_end,
            to=form.meant,
        )
        say(request, _("Saved."), act)
        return redirect(safe_next(request, stored.recommender.get_absolute_url()))
    context = {
        "nav": "customers",
        "customer": stored.recommender,
        "recommendation": stored,
        "form": form,
        "conflict": form.conflict,
    }
    return render(
        request, "customers/recommend/recommendation.html", context, status=status_of(form)
    )


@require_POST
def recommendation_status(request: PartnerRequest, pk: uuid.UUID):
    """What came of it, in one tap."""
    stored = find(request, pk)
    status = request.POST.get("status", "")
    if status in stored.Status.values and status != stored.status:
        act = recommending.say_status(request.partner, request.user, stored, status)
        sentence = _("How nice: %(name)s became a customer.")
        if status != stored.Status.CUSTOMER:
            sentence = _("Noted.")
        say(request, sentence % {"name": stored}, act)
    return redirect(safe_next(request, stored.recommender.get_absolute_url()))


@require_POST
def recommendation_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    stored = held(request, recommend.with_people(request.partner)).filter(pk=pk).first()
    if stored is not None:
        act = recommending.remove_recommendation(request.partner, request.user, stored)
        say(request, _("Taken away."), act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    default = stored.recommender.get_absolute_url() if stored is not None else "today"
    return redirect(safe_next(request, default))


@require_POST
def thanks(request: PartnerRequest, pk: uuid.UUID):
    """Said, not needed, or to be reminded of once; for all that is still to be thanked for."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    rows = recommend.to_thank(request.partner).filter(recommender=customer)
    due = list(rows.select_for_update(of=("self",)))
    wish = request.POST.get("thanks", "")
    unasked = [row for row in due if not row.was_reminded]
    if unasked and wish == "later":
        later = Next("call", _("Say thank you"), tomorrow(request))
        act = recommending.thank_later(request.partner, request.user, customer, unasked, later)
        say(request, _("We will remind you tomorrow."), act)
    elif due and wish in {"given", "none"}:
        act = recommending.thank(request.partner, request.user, due, wish)
        say(request, _("Lovely.") if wish == "given" else _("Let go."), act)
    return redirect(safe_next(request, customer.get_absolute_url()))


def tomorrow(request: PartnerRequest) -> when.When:
    return when.parse(TOMORROW, agenda.local_now(request.partner))

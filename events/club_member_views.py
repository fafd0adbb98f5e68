"""Members of the club: the list, who joins and leaves, what each received."""

import uuid
from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.selection import ids_in
from customers.views import held, posted
from events import club
from events.actions import clubbing
from events.club_forms import JoinForm, MembershipForm
from events.club_member import Candidates, Card
from events.club_views import of_mine
from partners import clock
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next

PER_PAGE = 50
LONGEST = 100


@require_safe
def member_list(request: PartnerRequest):
    mine = of_mine(request)
    show = "left" if request.GET.get("show") == "left" else ""
    query = request.GET.get("q", "").strip()[:LONGEST]
    page = Paginator(club.found(request.partner, show, query), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "nav": "events",
        "club": mine,
        "show": show,
        "q": query,
        "page": page,
        "rows": list(page),
        "counts": club.counts(request.partner),
        "evenings": club.evenings_ahead(request.partner),
    }
    return render(request, "events/club/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: PartnerRequest):
    """People of the circle are found and ticked; those chosen join."""
    mine = of_mine(request)
    query = (request.POST or request.GET).get("q", "").strip()[:LONGEST]
    today = clock.today(request.partner.zone)
    form = JoinForm(posted(request), today=today)
    candidates = Candidates(request.partner, query)
    chosen = candidates.chosen(ids_in(request.POST)) if request.method == "POST" else []
    if form.is_valid() and chosen:
        since = form.cleaned_data["since"]
        act, joined = clubbing.join(request.partner, request.user, mine, chosen, since)
        words = ngettext(
            "%(name)s belongs to your club now.", "%(count)d people joined your club.", len(joined)
        )
        name = joined[0].customer.name if joined else ""
        say(request, words % {"name": name, "count": len(joined)}, act)
        return redirect("club-member-list")
    if not chosen and club.members(request.partner).filter(customer__in=ids_in(request.POST)):
        messages.info(request, _("They belong to your club already."))
        return redirect("club-member-list")
    if form.is_bound and not chosen:
        form.add_error(None, _("Tick whoever joins."))
    context = {"nav": "events", "club": mine, "form": form, "q": query, "candidates": candidates}
    return render(request, "events/club/add.html", context, status=status_of(form))


@require_POST
def join(request: PartnerRequest, pk: uuid.UUID):
    """One person, from their own page or after they had left."""
    mine = of_mine(request)
    person = get_object_or_404(request.partner.customers, pk=pk)
    today = clock.today(request.partner.zone)
    act, joined = clubbing.join(request.partner, request.user, mine, [person], today)
    if joined:
        words = _("%(name)s belongs to your club now, with number %(number)d.")
        say(request, words % {"name": person.name, "number": joined[0].number}, act)
    return redirect(safe_next(request, person.get_absolute_url()))


def of_pk(request: PartnerRequest, pk: uuid.UUID):
    return get_object_or_404(held(request, club.everybody(request.partner)), pk=pk)


@require_safe
def member(request: PartnerRequest, pk: uuid.UUID):
    membership = of_pk(request, pk)
    card = Card(request.partner, membership, clock.today(request.partner.zone))
    context = {"nav": "events", "member": membership, "card": card}
    return render(request, "events/club/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = of_pk(request, pk)
    form = MembershipForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = clubbing.edit_membership(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect("club-member", pk)
    context = {"nav": "events", "form": form, "member": stored, "conflict": form.conflict}
    return render(request, "events/club/member_edit.html", context, status=status_of(form))


@require_POST
def leave(request: PartnerRequest, pk: uuid.UUID):
    membership = of_pk(request, pk)
    act = clubbing.leave(request.partner, request.user, membership)
    if act.left_traces:
        words = _("%(name)s has left the club. The number stays theirs.")
        say(request, words % {"name": membership.customer.name}, act)
    return redirect("club-member", pk)


@require_POST
def give(request: PartnerRequest, pk: uuid.UUID):
    membership = of_pk(request, pk)
    benefit = chosen_benefit(request)
    today = clock.today(request.partner.zone)
    act = clubbing.give(request.partner, request.user, benefit, membership, today)
    name = membership.customer.first_name or membership.customer.name
    if act.left_traces:
        say(request, _("Noted: %(what)s for %(name)s.") % {"what": benefit.name, "name": name}, act)
    else:
        say(request, _("That is noted for today already."))
    return redirect(safe_next(request, reverse("club-member", args=[pk])))


def chosen_benefit(request: PartnerRequest):
    try:
        wanted = uuid.UUID(request.POST.get("benefit", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(request.partner.benefits, pk=wanted)


@require_POST
def take_back(request: PartnerRequest, pk: uuid.UUID):
    """A benefit noted by mistake; a second tap finds nothing and is harmless."""
    use = held(request, request.partner.benefituses).filter(pk=pk).first()
    if use is not None:
        say(request, _("Taken away."), clubbing.take_back(request.partner, request.user, use))
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect(safe_next(request, reverse("club")))

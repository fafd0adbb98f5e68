"""The club as a whole: its page, its name, its benefits, its cards, its evenings."""

import uuid
from copy import copy

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.selection import ids_in
from customers.views import held, posted, say_sent_before
from events import club, club_cards
from events.actions import clubbing, guesting
from events.club_forms import BenefitForm, ClubForm
from events.money import euros
from partners import changes, clock
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

HERE = "club"


@require_safe
def overview(request: PartnerRequest):
    mine = club.of(request.partner)
    if mine is None:
        return render(request, "events/club/none.html", {"nav": "events"})
    year = club.Year(request.partner, mine, clock.today(request.partner.zone))
    return render(
        request,
        "events/club/club.html",
        {"nav": "events", "club": mine, "year": year, "money": money(year)},
    )


def money(year: club.Year) -> dict[str, str]:
    told = {name: euros(getattr(year, name)) for name in ("cost", "cost_of_benefits")}
    return told | {
        "cost_of_evenings": euros(year.cost_of_evenings),
        "sales": euros(year.sales["sum"]),
    }


def of_mine(request: PartnerRequest):
    mine = club.of(request.partner)
    if mine is None:
        raise Http404
    return mine


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PartnerRequest):
    """Found it, or name it anew."""
    stored = held(request, request.partner.clubs).first()
    initial = {} if stored else {"since": clock.today(request.partner.zone)}
    form = ClubForm(
        posted(request), instance=copy(stored), partner=request.partner, initial=initial
    )
    if form.is_valid():
        row = stored or form.save(commit=False)
        act = store_once(
            request.partner.clubs,
            row,
            lambda: clubbing.store_club(request.partner, request.user, row, form.values),
        )
        words = _("Saved.") if stored else _("Your club is founded. Who belongs to it?")
        say(request, words, act)
        return redirect(HERE)
    context = {"nav": "events", "form": form, "club": stored, "conflict": form.conflict}
    return render(request, "events/club/edit.html", context, status=status_of(form))


# --- benefits -----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def benefit_add(request: PartnerRequest):
    mine = club.of(request.partner)
    if mine is None:
        return redirect("club-edit")
    if request.method == "POST" and sent_before(request.partner.benefits, request.POST):
        say_sent_before(request)
        return redirect(HERE)
    form = BenefitForm(posted(request), partner=request.partner)
    if form.is_valid():
        benefit = form.save(commit=False)
        benefit.club = mine
        act = store_once(
            request.partner.benefits,
            benefit,
            lambda: clubbing.store_benefit(request.partner, request.user, benefit, form.values),
        )
        say(request, _("Your members can look forward to it."), act)
        return redirect(HERE)
    return benefit_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def benefit_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.benefits), pk=pk)
    form = BenefitForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = clubbing.store_benefit(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(HERE)
    return benefit_page(request, form, benefit=stored, conflict=form.conflict)


def benefit_page(request: PartnerRequest, form: BenefitForm, **more):
    context = {"nav": "events", "form": form, **more}
    return render(request, "events/club/benefit.html", context, status=status_of(form))


@require_POST
def benefit_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    benefit = held(request, request.partner.benefits).filter(pk=pk).first()
    if benefit is not None:
        act = clubbing.remove_benefit(request.partner, request.user, benefit)
        say(request, _("“%(name)s” is deleted.") % {"name": benefit.name}, act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect(HERE)


# --- cards and evenings ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: PartnerRequest):
    """For those chosen by `ids`, or for all."""
    mine = of_mine(request)
    rows = club.members(request.partner)
    if ids := ids_in(request.POST or request.GET):
        rows = rows.filter(pk__in=ids)
    content = club_cards.pdf(mine, rows[: club_cards.MOST])
    headers = {
        "Content-Disposition": f'inline; filename="{_("club-cards")}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=club_cards.CONTENT_TYPE, headers=headers)


@require_POST
def invite(request: PartnerRequest, pk: uuid.UUID):
    """All members, or those chosen by `ids`, are guests of the evening then."""
    event = get_object_or_404(request.partner.events.ahead(), pk=pk)
    rows = club.members(request.partner).filter(customer__restricted_at=None)
    if ids := ids_in(request.POST):
        rows = rows.filter(pk__in=ids)
    act = changes.Act(request.partner, request.user, "guest-add")
    people = [row.customer for row in rows]
    added = len(guesting.add(act, event, people, guesting.Origin.CIRCLE))
    words = ngettext(
        "%(count)d member is on the guest list of “%(event)s” now.",
        "%(count)d members are on the guest list of “%(event)s” now.",
        added,
    )
    if added:
        say(request, words % {"count": added, "event": event.title}, act)
    else:
        say(request, _("They are all on the guest list already."))
    return redirect(safe_next(request, reverse("event-detail", args=[pk])))

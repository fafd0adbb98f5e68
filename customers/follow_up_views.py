"""Promises and talks: log, promise, keep, move, let go, spread."""

import datetime as dt
import uuid
from contextlib import suppress
from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, agenda, channels, permit, rows
from customers.follow_up_forms import FollowUpForm, LogForm, MoveForm
from customers.reminders.single import FOLLOW_UP
from customers.views import held, posted, say, say_sent_before, status_of
from partners import clock, sent, spoken
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once


def find(request: PartnerRequest, pk: uuid.UUID):
    """One of the partner's own follow-ups, with its customer."""
    follow_ups = held(request, request.partner.followups).select_related("customer")
    return get_object_or_404(follow_ups, pk=pk)


def spoken_day(request: PartnerRequest, day: dt.date, time: dt.time | None) -> dict[str, str]:
    """When something is due, for a sentence."""
    return {"when": spoken.day_and_time(day, time, clock.today(request.partner.zone))}


@require_http_methods(["GET", "HEAD", "POST"])
def interaction_add(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    follow_up = opened_from(request, customer)
    back = safe_next(request, customer.get_absolute_url())
    data = posted(request)
    earlier = data and sent_before(request.partner.interactions, data)
    if data and earlier:
        data = data.copy()
        data.pop("settles", None)  # the first time settled them
    form = LogForm(
        data,
        partner=request.partner,
        customer=customer,
        follow_up=follow_up,
        initial={"kind": actions.LOGGED_AS.get(getattr(follow_up, "kind", ""), "call")},
    )
    if form.is_valid():
        if earlier:
            amend(request, earlier, form)
        else:
            store_talk(request, form)
        return redirect(back)
    context = {"nav": "customers", "customer": customer, "follow_up": follow_up, "form": form}
    return render(request, "customers/log.html", context, status=status_of(form))


def amend(request: PartnerRequest, talk, form: LogForm) -> None:
    """A form sent again after a lost answer: what was typed since then is not lost."""
    act = actions.amend(request.partner, request.user, talk, **form.values)
    say_sent_before(request, act)


def opened_from(request: PartnerRequest, customer):
    """The follow-up on whose line the sheet was opened, if it was."""
    with suppress(ValueError):
        return customer.follow_ups.filter(pk=uuid.UUID(request.GET.get("follow_up", ""))).first()
    return None


def store_talk(request: PartnerRequest, form: LogForm) -> None:
    talk = form.save(commit=False)
    act = store_once(
        request.partner.interactions,
        talk,
        lambda: actions.log(
            request.partner,
            request.user,
            talk,
            settles=form.settled,
            moves=form.moved,
            following=form.following,
            advertising=form.advertising,
        ),
    )
    if act is None:
        return
    sentence = _("Noted.")
    if form.following is not None:
        when = form.following.when
        time = when.time or (form.moved.due_time if form.moved else None)
        sentence = _("Noted. Next: %(when)s.") % spoken_day(request, when.day, time)
    say(request, sentence, act)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_add(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    back = safe_next(request, customer.get_absolute_url())
    earlier = posted(request) and sent_before(request.partner.followups, request.POST)
    form = FollowUpForm(posted(request), partner=request.partner)
    if form.is_valid() and earlier:
        again = FollowUpForm(request.POST, instance=copy(earlier), partner=request.partner)
        act = None
        if again.is_valid():
            when = again.cleaned_data["when"]
            act = actions.edit(request.partner, request.user, earlier, when, **again.values)
        say_sent_before(request, act)
        return redirect(back)
    if form.is_valid():
        follow_up = form.save(commit=False)
        follow_up.customer = customer
        when = form.cleaned_data["when"]
        act = store_once(
            request.partner.followups,
            follow_up,
            lambda: actions.promise(request.partner, request.user, follow_up, when),
        )
        if act is not None:
            said = spoken_day(request, when.day, when.time)
            say(request, _("We will remind you: %(when)s.") % said, act)
        return redirect(back)
    context = {"nav": "customers", "customer": customer, "form": form}
    return render(request, "customers/follow_up_form.html", context, status=status_of(form))


@require_safe
def follow_up_detail(request: PartnerRequest, pk: uuid.UUID):
    """Where the link in the mail leads."""
    people = agenda.with_people(request.partner.followups)
    follow_up = get_object_or_404(people, pk=pk)
    today = clock.today(request.partner.zone)
    row = rows.row_of(follow_up, today)
    customer = follow_up.customer
    context = {
        "nav": "today",
        "follow_up": follow_up,
        "customer": customer,
        "channels": channels.asking(
            channels.of(list(customer.phones.all()), list(customer.emails.all())), customer
        ),
        "hint": permit.warning(customer),
        "words": rows.words(),
        "last_said": row.last_said,
        "due_spoken": spoken.day_and_time(follow_up.due_on, follow_up.due_time, today),
        "overdue_spoken": row.overdue_spoken if follow_up.is_open else "",
        "closed_spoken": rows.closed_spoken(follow_up, today),
        "reminder_spoken": sent.reminder_of(request.partner, FOLLOW_UP, follow_up.pk),
    }
    return render(request, "customers/follow_up_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = find(request, pk)
    # A form changes the row it is given, and the page still shows the stored one.
    form = FollowUpForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        when = form.cleaned_data["when"]
        act = actions.edit(request.partner, request.user, stored, when, **form.values)
        say(request, _("Saved."), act)
        return redirect(safe_next(request, stored.customer.get_absolute_url()))
    return edit_page(request, stored, form, status_of(form))


def edit_page(request: PartnerRequest, follow_up, form: FollowUpForm, status: HTTPStatus):
    context = {
        "nav": "customers",
        "customer": follow_up.customer,
        "follow_up": follow_up,
        "form": form,
        "conflict": form.conflict,
    }
    return render(request, "customers/follow_up_form.html", context, status=status)


@require_POST
def follow_up_done(request: PartnerRequest, pk: uuid.UUID):
    return close(request, pk, "done", _("Done. Nice."))


@require_POST
def follow_up_drop(request: PartnerRequest, pk: uuid.UUID):
    return close(request, pk, "dropped", _("Let go."))


def close(request: PartnerRequest, pk: uuid.UUID, state: str, sentence: str):
    follow_up = find(request, pk)
    if follow_up.is_open:
        say(request, sentence, actions.close(request.partner, request.user, follow_up, state))
    return redirect(safe_next(request, reverse("today")))


@require_POST
def follow_up_move(request: PartnerRequest, pk: uuid.UUID):
    follow_up = find(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        # Nothing is lost: the sheet with all fields opens, and says what was not understood.
        sheet = FollowUpForm.with_trouble(follow_up, request.POST.get("when", ""))
        return edit_page(request, follow_up, sheet, HTTPStatus.UNPROCESSABLE_ENTITY)
    if follow_up.is_open:
        act = actions.move(request.partner, request.user, follow_up, form.cleaned_data["when"])
        said = spoken_day(request, follow_up.due_on, follow_up.due_time)
        say(request, _("Moved: %(when)s.") % said, act)
    return redirect(safe_next(request, reverse("today")))


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_spread(request: PartnerRequest):
    """Too much for one day: propose a few per day, and do it when asked."""
    plan = agenda.plan_to_spread(request.partner)
    if request.method == "POST":
        spread(request, plan)
        return redirect("today")
    today = clock.today(request.partner.zone)
    context = {"nav": "today", "days": agenda.by_day(plan, today)}
    return render(request, "customers/spread.html", context)


def spread(request: PartnerRequest, plan: list) -> None:
    if not plan:
        messages.info(request, _("There is nothing to spread."))
        return
    act = actions.spread(request.partner, request.user, plan)
    sentence = ngettext(
        "%(count)d thing moved to the coming days.",
        "%(count)d things moved to the coming days.",
        len(plan),
    )
    say(request, sentence % {"count": len(plan)}, act)

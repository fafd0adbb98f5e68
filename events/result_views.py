"""After the evening: what it brought, what comes next, and closing it."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.views import posted
from events import aftercare, evening, result, result_page
from events.actions import aftercaring, closing
from events.result_forms import CloseForm, ProposalForm, ResultForm
from partners import clock
from partners.answers import say, status_of
from partners.http import PartnerRequest

PAGE = "event-result"


def read(request: PartnerRequest, pk: uuid.UUID) -> evening.Evening:
    found = evening.read(request.partner, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def event_result(request: PartnerRequest, pk: uuid.UUID):
    """Of a closed evening, or one still ahead, there is nothing to type."""
    this = read(request, pk)
    if not result_page.can_be_noted(this):
        is_late = request.method == "POST"
        if is_late:
            messages.warning(request, _("Nothing was saved: this evening is not open any more."))
        status = HTTPStatus.CONFLICT if is_late else HTTPStatus.OK
        return render(request, "events/result/result.html", page(request, this), status=status)
    form = form_of(request, this)
    if request.method == "POST" and form.is_valid():
        event = this.event
        act = closing.record(request.partner, request.user, event, form.values, form.wishes)
        if act.left_traces:
            say(request, _("Noted."), act)
        return redirect(PAGE, pk)
    if request.method != "POST":
        result_page.try_share(this.event, form)
    context = page(request, this) | {"form": form, "conflict": form.conflict}
    return render(request, "events/result/result.html", context, status=status_of(form.wrong))


@require_POST
def event_result_sums(request: PartnerRequest, pk: uuid.UUID):
    """What the sums would be with what is typed; nothing is stored."""
    this = read(request, pk)
    form = form_of(request, this)
    form.is_valid()
    result_page.try_on(this.event, form)
    context = {"result": result.of(this, request.partner.rewardtiers.all()), "event": this.event}
    return render(request, "events/result/_sums.html", context)


def form_of(request: PartnerRequest, this: evening.Evening) -> ResultForm:
    event = this.event
    first = {}
    if event.share is None:
        first["share"] = result.share_before(request.partner, event)
    return ResultForm(
        posted(request),
        instance=result_page.copied(event),
        guests=this.guests,
        partner=request.partner,
        initial=first,
    )


def page(request: PartnerRequest, this: evening.Evening) -> dict:
    partner, event = request.partner, this.event
    return {
        "nav": "events",
        "event": event,
        "day": result_page.day_of(this),
        "has_begun": this.has_begun,
        "result": result.of(this, partner.rewardtiers.all()),
        "bookings": result.bookings_of(partner, event),
        "recommendations": result.recommendations_of(partner, this),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def event_aftercare(request: PartnerRequest, pk: uuid.UUID):
    this = read(request, pk)
    if this.event.is_cancelled:
        return redirect("event-detail", pk)
    reward = result.of(this, request.partner.rewardtiers.all()).reward
    proposals = aftercare.proposals(request.partner, this, reward) if this.has_begun else []
    forms = [ProposalForm(posted(request), one) for one in proposals]
    valid = [form.is_valid() for form in forms]
    if request.method == "POST" and all(valid):
        wishes = [form.wish for form in forms if form.is_chosen]
        act = aftercaring.plan(request.partner, request.user, wishes)
        if act.left_traces:
            say(request, result_page.planned(len(wishes)), act)
        return redirect("event-detail", pk)
    context = {
        "nav": "events",
        "event": this.event,
        "day": result_page.day_of(this),
        "groups": result_page.by_rule(forms),
        "has_begun": this.has_begun,
        "nobody_noted": not any(guest.presence for guest in this.guests),
    }
    wrong = next((form for form in forms if form.errors), None)
    return render(
        request, "events/result/aftercare.html", context, status=status_of(wrong) if wrong else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def event_close(request: PartnerRequest, pk: uuid.UUID):
    this = read(request, pk)
    event = this.event
    if event.is_cancelled or not this.has_begun:
        return redirect(PAGE, pk)
    form = CloseForm(posted(request), instance=result_page.copied(event), partner=request.partner)
    if request.method == "POST" and form.is_valid():
        was_closed = event.is_closed
        act = closing.close(request.partner, request.user, this, **form.values)
        say(request, _("Saved.") if was_closed else _("Closed. Well done!"), act)
        return redirect("event-detail", pk)
    context = {
        "nav": "events",
        "event": event,
        "day": result_page.day_of(this),
        "form": form,
        "conflict": form.conflict,
        "result": result.of(this, request.partner.rewardtiers.all()),
        "unseen": [] if event.is_closed else [one for one in this.coming if not one.presence],
    }
    return render(request, "events/result/close.html", context, status=status_of(form))


@require_POST
def event_reopen(request: PartnerRequest, pk: uuid.UUID):
    event = read(request, pk).event
    act = closing.reopen(request.partner, request.user, event)
    if act.left_traces:
        say(request, _("Open again: note what was missing, then close it anew."), act)
    return redirect(PAGE, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def event_thanks(request: PartnerRequest, pk: uuid.UUID):
    """Words for the host, and a tick once they got their thank-you."""
    this = read(request, pk)
    event = this.event
    if event.host is None:
        raise Http404
    if request.method == "POST":
        on = None if "not" in request.POST else clock.today(request.partner.zone)
        act = closing.thank(request.partner, request.user, event, on)
        if act.left_traces:
            say(request, _("Noted."), act)
        return redirect("event-detail", pk)
    reward = result.of(this, request.partner.rewardtiers.all()).reward
    context = {
        "nav": "events",
        "event": event,
        "day": result_page.day_of(this),
        "host": event.host,
        "reward": reward,
        "share": result_page.thanks(request.partner, event, event.host, reward),
    }
    return render(request, "events/result/thanks.html", context)

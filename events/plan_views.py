"""An evening: planned in two fields, its page, changed, copied, called off, deleted."""

import uuid
from copy import copy
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import text
from customers.naming import called
from customers.views import held, posted, say_sent_before
from events import (
    evening,
    evening_panel,
    guest_panel,
    mail_page,
    mail_panel,
    plan,
    print_panel,
    result_panel,
)
from events.actions import planning, templates
from events.evening import Phase
from events.plan_forms import AddForm, CancelForm, CopyForm, EditForm
from partners.answers import say, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once

LONGEST_NAME = 120
GET_AND_POST = ["GET", "HEAD", "POST"]
ORDER = {
    Phase.BEFORE: ("guest", "steps", "mail", "print"),
    Phase.EVENING: ("evening", "steps"),
    Phase.RESULT: ("result", "evening", "steps", "guest", "mail"),
    Phase.CLOSED: ("result", "evening", "steps", "guest", "mail"),
    Phase.CANCELLED: ("guest", "mail"),
}
PANELS: dict[str, Any] = {
    "guest": guest_panel,
    "evening": evening_panel,
    "result": result_panel,
    "mail": mail_panel,
    "print": print_panel,
}


@require_http_methods(GET_AND_POST)
def event_add(request: PartnerRequest):
    earlier = request.method == "POST" and sent_before(request.partner.events, request.POST)
    if earlier:
        say_sent_before(request)
        return redirect(earlier)
    if request.method == "POST":
        templates.start(request.partner, request.user)
    form = AddForm(posted(request), partner=request.partner, initial=proposed(request))
    if form.is_valid():
        return store_event(request, form)
    span, today = form.span(), plan.today_of(request.partner)
    others = plan.collisions(request.partner, *span) if span else []
    context = {
        "nav": "events",
        "form": form,
        "last_time": plan.last_time(request.partner, form.chosen_template),
        "collision": plan.collision_words(others, today),
        "booked_from": form.leads_here,
    }
    return render(request, "events/plan/add.html", context, status=status_of(form))


def proposed(request: PartnerRequest) -> dict:
    """What the address says already: a day of the calendar, a host, the evening that led here."""
    names = ("day", "start", "host", "host_name", "title", "place", "booked_from")
    said = {name: request.GET[name] for name in names if request.GET.get(name)}
    again = {"from": "booked_from", "kind": "template"}
    said |= {name: request.GET[asked] for asked, name in again.items() if asked in request.GET}
    if "template" in request.GET:
        said["template"] = request.GET["template"]
    return said


@require_safe
def event_hosts(request: PartnerRequest):
    """Whom the name means that is being typed."""
    name = text.line(request.GET.get("host_name", ""))[:LONGEST_NAME]
    context = {"people": called(request.partner, name) if name else [], "name": name}
    return render(request, "events/plan/_whom.html", context)


def store_event(request: PartnerRequest, form: AddForm):
    event = form.new_event()
    template = form.cleaned_data["template"]
    act = store_once(
        request.partner.events,
        event,
        lambda: planning.create(request.partner, request.user, event, template),
    )
    if act is not None:
        say(request, _("The evening is in your calendar."), act)
    return redirect(event)


@require_safe
def event_detail(request: PartnerRequest, pk: uuid.UUID):
    found = evening.read(request.partner, pk, at_a_glance=True)
    if found is None:
        raise Http404
    event, today = found.event, plan.today_of(request.partner)
    is_before = found.phase == Phase.BEFORE
    context = {
        "nav": "events",
        "evening": found,
        "event": event,
        "phase": found.phase,
        "order": ORDER[found.phase],
        "when": plan.when(event, today),
        "place": plan.place(event),
        "headline": plan.headline(found),
        "seats": plan.seats(found),
        "next": plan.next_step(found, today) if is_before else None,
        "checklist": plan.checklist(found, today),
        "collision": plan.collision(found, today) if is_before else "",
        "last_time": plan.last_time(request.partner, event.template) if is_before else None,
        "chain": plan.chain(found, today),
    }
    for area in (panel for part, panel in PANELS.items() if part in ORDER[found.phase]):
        context |= area.panel(found)
    return render(request, "events/plan/detail.html", context)


@require_http_methods(GET_AND_POST)
def event_edit(request: PartnerRequest, pk: uuid.UUID):
    found = held(request, request.partner.events.select_related("host"))
    stored = get_object_or_404(found, pk=pk)
    form = EditForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = planning.change(request.partner, request.user, stored, **form.values)
        say(request, _("Saved."), act)
        return redirect(stored)
    context = {"nav": "events", "form": form, "event": stored, "conflict": form.conflict}
    return render(request, "events/plan/edit.html", context, status=status_of(form))


@require_http_methods(GET_AND_POST)
def event_copy(request: PartnerRequest, pk: uuid.UUID):
    like = get_object_or_404(request.partner.events.select_related("host"), pk=pk)
    if request.method == "POST" and (earlier := sent_before(request.partner.events, request.POST)):
        say_sent_before(request)
        return redirect(earlier)
    initial = {
        "host_name": like.host.name if like.host else "",
        "other": like.host_id or "",
        "place": like.place,
        "start": like.local_start.time(),
        "end": like.local_end.time(),
    }
    form = CopyForm(posted(request), partner=request.partner, initial=initial)
    if form.is_valid():
        event = form.copied(like)
        act = store_once(
            request.partner.events,
            event,
            lambda: planning.copy(request.partner, request.user, event, like),
        )
        say(request, _("The evening is in your calendar."), act)
        return redirect(event)
    context = {"nav": "events", "form": form, "event": like}
    return render(request, "events/plan/copy.html", context, status=status_of(form))


@require_http_methods(GET_AND_POST)
def event_cancel(request: PartnerRequest, pk: uuid.UUID):
    event = get_object_or_404(held(request, request.partner.events), pk=pk)
    form = CancelForm(posted(request))
    if event.is_cancelled or event.is_closed:
        return redirect(event)
    if form.is_valid():
        why = form.cleaned_data["why"]
        act = planning.cancel(request.partner, request.user, event, why)
        say(request, _("The evening is called off."), act)
        return redirect(event)
    context = {
        "nav": "events",
        "form": form,
        "event": event,
        "asked": request.partner.eventguests.filter(event=event).count(),
    }
    return render(request, "events/plan/cancel.html", context, status=status_of(form))


@require_POST
def event_resume(request: PartnerRequest, pk: uuid.UUID):
    """It takes place after all."""
    event = get_object_or_404(held(request, request.partner.events), pk=pk)
    act = planning.resume(request.partner, request.user, event)
    say(request, _("The evening takes place after all."), act)
    return redirect(event)


@require_POST
def event_delete(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    event = held(request, request.partner.events).filter(pk=pk).first()
    if event is not None and mail_page.counts_on(request.partner, event):
        say(request, _("Guests count on this evening. Call it off first, so that they hear of it."))
        return redirect("event-cancel", pk)
    if event is not None and mail_page.is_being_called_off(request.partner, event):
        say(request, _("Guests are just being told. Delete it when these mails have left."))
        return redirect("event-mails", pk)
    if event is not None:
        answers = mail_page.answers(request.partner, event)
        act = planning.remove(request.partner, request.user, event)
        words = _("“%(name)s” is deleted.") % {"name": event.title}
        say(request, f"{words} {answers}".rstrip(), act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect("event-list")

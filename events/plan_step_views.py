"""The checklist of an evening: ticked, added to, changed."""

import uuid
from copy import copy
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.views import held, posted, say_sent_before
from events.actions import steps
from events.plan_step_forms import StepForm
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once


@require_POST
def step_done(request: PartnerRequest, pk: uuid.UUID):
    """Tick, or with `open` take the tick away."""
    step = get_object_or_404(
        held(request, request.partner.eventsteps.select_related("event")), pk=pk
    )
    is_done = "open" not in request.POST
    act = steps.tick(request.partner, request.user, step, done=is_done)
    say(request, _("Done.") if is_done else _("Open again."), act)
    return redirect(safe_next(request, step.event.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
def step_add(request: PartnerRequest, pk: uuid.UUID):
    event = get_object_or_404(request.partner.events, pk=pk)
    if request.method == "POST" and sent_before(request.partner.eventsteps, request.POST):
        say_sent_before(request)
        return redirect(event)
    initial = {"part": request.GET.get("part", "")} if request.GET.get("part") else {}
    form = StepForm(posted(request), partner=request.partner, initial=initial)
    if form.is_valid():
        step = form.new_step()
        step.event = event
        act = store_once(
            request.partner.eventsteps,
            step,
            lambda: steps.store(request.partner, request.user, step),
        )
        say(request, _("Noted."), act)
        return redirect(event)
    return page(request, form, event=event)


@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request: PartnerRequest, pk: uuid.UUID):
    rows = held(request, request.partner.eventsteps.select_related("event"))
    stored = get_object_or_404(rows, pk=pk)
    form = StepForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = steps.store(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(safe_next(request, stored.event.get_absolute_url()))
    return page(request, form, event=stored.event, step=stored, conflict=form.conflict)


def page(request: PartnerRequest, form: StepForm, **more: Any):
    context = {"nav": "events", "form": form, **more}
    return render(request, "events/plan/step.html", context, status=status_of(form))


@require_POST
def step_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    step = held(request, request.partner.eventsteps.select_related("event")).filter(pk=pk).first()
    if step is not None:
        act = steps.remove(request.partner, request.user, step)
        say(request, _("Taken away."), act)
        return redirect(step.event)
    if not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect("event-list")

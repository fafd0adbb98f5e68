"""Templates of evenings with their checklists."""

import uuid
from copy import copy
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.views import held, posted, say_sent_before
from events.actions import templates
from events.plan_step_forms import KeepForm, TemplateForm, TemplateStepForm
from events.templating import STARTERS
from partners.answers import say, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once

GET_AND_POST = ["GET", "HEAD", "POST"]
LIST, EDIT = "template-list", "template-edit"


@require_safe
def template_list(request: PartnerRequest):
    live = Count("steps", filter=Q(steps__deleted_at=None))
    rows = list(request.partner.eventtemplates.annotate(count=live))
    context = {"nav": "events", "templates": rows, "starters": [] if rows else STARTERS}
    return render(request, "events/plan/templates.html", context)


@require_POST
def template_start(request: PartnerRequest):
    act = templates.start(request.partner, request.user, unasked=False)
    if act.left_traces:
        say(request, _("They are yours now. Change them until they sound like you."), act)
    return redirect(LIST)


@require_http_methods(GET_AND_POST)
def template_add(request: PartnerRequest):
    if request.method == "POST" and (
        earlier := sent_before(request.partner.eventtemplates, request.POST)
    ):
        say_sent_before(request)
        return redirect(EDIT, earlier.pk)
    form = TemplateForm(posted(request), partner=request.partner)
    if form.is_valid():
        template = form.save(commit=False)
        act = store_once(
            request.partner.eventtemplates,
            template,
            lambda: templates.store(request.partner, request.user, template),
        )
        say(request, _("Noted."), act)
        return redirect(EDIT, template.pk)
    return page(request, form)


@require_http_methods(GET_AND_POST)
def template_keep(request: PartnerRequest, pk: uuid.UUID):
    """From this evening."""
    event = get_object_or_404(request.partner.events, pk=pk)
    if request.method == "POST" and (
        earlier := sent_before(request.partner.eventtemplates, request.POST)
    ):
        say_sent_before(request)
        return redirect(EDIT, earlier.pk)
    name = Truncator(event.theme or event.title).chars(KeepForm.MOST)
    initial = {"name": name, "title": event.title}
    form = KeepForm(posted(request), partner=request.partner, initial=initial)
    if form.is_valid():
        template = form.save(commit=False)
        act = store_once(
            request.partner.eventtemplates,
            template,
            lambda: templates.keep(request.partner, request.user, template, event),
        )
        say(request, _("Kept as a template."), act)
        return redirect(EDIT, template.pk)
    context = {"nav": "events", "form": form, "event": event}
    return render(request, "events/plan/keep.html", context, status=status_of(form))


@require_http_methods(GET_AND_POST)
def template_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.eventtemplates), pk=pk)
    form = TemplateForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = templates.store(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(LIST)
    rows = list(request.partner.templatesteps.filter(template=stored))
    days = [None, *(row.days for row in rows)]
    steps = [(row, row.days == before) for row, before in zip(rows, days, strict=False)]
    return page(request, form, template=stored, steps=steps, conflict=form.conflict)


def page(request: PartnerRequest, form: Any, **more: Any):
    context = {"nav": "events", "form": form, **more}
    return render(request, "events/plan/template.html", context, status=status_of(form))


@require_POST
def template_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    template = held(request, request.partner.eventtemplates).filter(pk=pk).first()
    if template is not None:
        act = templates.remove(request.partner, request.user, template)
        say(request, _("“%(name)s” is deleted.") % {"name": template.name}, act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect(LIST)


@require_http_methods(GET_AND_POST)
def template_step_add(request: PartnerRequest, pk: uuid.UUID):
    template = get_object_or_404(request.partner.eventtemplates, pk=pk)
    if request.method == "POST" and sent_before(request.partner.templatesteps, request.POST):
        say_sent_before(request)
        return redirect(EDIT, pk)
    form = TemplateStepForm(posted(request), partner=request.partner)
    if form.is_valid():
        step = form.new_step()
        step.template = template
        act = store_once(
            request.partner.templatesteps,
            step,
            lambda: templates.store_step(request.partner, request.user, step),
        )
        say(request, _("Noted."), act)
        return redirect(EDIT, pk)
    return step_page(request, form, template=template)


@require_http_methods(GET_AND_POST)
def template_step_edit(request: PartnerRequest, pk: uuid.UUID):
    rows = held(request, request.partner.templatesteps.select_related("template"))
    stored = get_object_or_404(rows, pk=pk)
    form = TemplateStepForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = templates.store_step(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(EDIT, stored.template_id)
    return step_page(request, form, template=stored.template, step=stored, conflict=form.conflict)


def step_page(request: PartnerRequest, form: TemplateStepForm, **more: Any):
    context = {"nav": "events", "form": form, **more}
    return render(request, "events/plan/template_step.html", context, status=status_of(form))


@require_POST
def template_step_move(request: PartnerRequest, pk: uuid.UUID):
    """One place up among the steps of its day."""
    step = get_object_or_404(request.partner.templatesteps, pk=pk)
    same = request.partner.templatesteps.filter(template=step.template_id, days=step.days)
    rows = list(held(request, same))
    at = next((number for number, one in enumerate(rows) if one.pk == pk), 0)
    rows.insert(max(at - 1, 0), rows.pop(at))
    say(request, _("Moved up."), templates.order_steps(request.partner, request.user, rows))
    return redirect(EDIT, step.template_id)


@require_POST
def template_step_remove(request: PartnerRequest, pk: uuid.UUID):
    step = held(request, request.partner.templatesteps).filter(pk=pk).first()
    if step is None:
        if not request.partner.changes.filter(row_id=pk).exists():
            raise Http404
        return redirect(LIST)
    act = templates.remove_step(request.partner, request.user, step)
    say(request, _("Taken away."), act)
    return redirect(EDIT, step.template_id)

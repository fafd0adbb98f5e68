"""The same for many: ask what, do it, show what was done lately, and take it back."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, bulk_words, selection
from customers.list_forms import MANY
from customers.views import posted, say_sent_before, status_of
from partners import clock
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

NAMED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_act(request: PartnerRequest, kind: str):
    if kind not in MANY:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    people = selection.selected(request.partner, data)
    form = MANY[kind](posted(request), partner=request.partner)
    if form.is_valid():
        return change(request, kind, form)
    names, count = [row.name for row in people[:NAMED]], people.count()
    context = {
        "nav": "customers",
        "kind": kind,
        "back": safe_next(request, reverse("customer-list")),
        "title": bulk_words.titles()[kind],
        "form": form,
        "names": ", ".join(names),
        "others": count - len(names),
        "count": count,
        "selection": selection.as_fields(data),
    }
    return render(request, "customers/list/bulk.html", context, status=status_of(form))


def change(request: PartnerRequest, kind: str, form):
    back = safe_next(request, reverse("customer-list"))
    if sent_before(request.partner.bulkacts, request.POST):
        say_sent_before(request)
        return redirect(back)
    who, row = selection.as_fields(request.POST), request.partner.bulkacts.model()
    row.pk = form.cleaned_data["row_id"]
    bulk = store_once(
        request.partner.bulkacts,
        row,
        lambda: actions.change_many(
            request.partner, request.user, kind, who, form.params, row_id=row.pk
        ),
    )
    if bulk is None:
        say_sent_before(request)
        return redirect(back)
    return after(request, bulk, back)


def after(request: PartnerRequest, bulk, back: str):
    """A toast when it is done; the page of its progress when it takes longer."""
    if actions.is_running(bulk):
        return redirect("job-detail", bulk.job_id)
    if bulk.acts:
        messages.success(request, bulk_words.said(bulk), extra_tags=f"bulk-{bulk.pk}")
    else:
        messages.info(
            request, _("That was so already.") if bulk.done else _("Nobody was selected.")
        )
    return redirect(back)


@require_safe
def bulk_list(request: PartnerRequest):
    """What was done to many lately, and for how long it can be taken back."""
    since = clock.now() - actions.UNDO_LASTS
    lately = request.partner.bulkacts.filter(created_at__gte=since).exclude(acts=[], job_id=None)
    working = set(request.partner.jobs.filter(finished_at=None).values_list("pk", flat=True))
    told = [
        bulk_words.told(
            bulk,
            is_running=bulk.job_id in working,
            can_be_undone=actions.can_be_undone(bulk),
        )
        for bulk in lately
    ]
    return render(request, "customers/list/latest.html", {"nav": "customers", "acts": told})


@require_POST
def bulk_undo(request: PartnerRequest, pk: uuid.UUID):
    bulk = get_object_or_404(request.partner.bulkacts, pk=pk)
    back = safe_next(request, reverse("bulk-list"))
    if actions.is_running(bulk):
        return redirect("job-detail", bulk.job_id)
    if not actions.can_be_undone(bulk):
        messages.info(request, _("That can no longer be taken back."))
        return redirect(back)
    bulk = actions.undo_many(request.partner, request.user, bulk)
    if actions.is_running(bulk):
        return redirect("job-detail", bulk.job_id)
    if bulk.kept:
        messages.warning(request, bulk_words.kept_spoken(bulk.kept))
    else:
        messages.success(request, _("Taken back."))
    return redirect(back)

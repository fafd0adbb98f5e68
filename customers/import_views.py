"""Contacts come from a file or from the phone: the upload, the columns, the report and the undo."""

import csv
import uuid

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.actions import importing
from customers.import_forms import ColumnsForm, PickedForm, UploadForm
from customers.imports import reading, tables
from customers.imports.standing import Standing, failed_rows, standing, standings
from customers.views import held, posted, status_of
from partners.http import PartnerRequest
from partners.job_views import Progress
from partners.owned_form import sent_before

State = importing.State
EARLIER = 20
MOST_FAILED = 1000


@require_http_methods(["GET", "HEAD", "POST"])
def customer_import(request: PartnerRequest):
    """Choose a file, or people in the phone; and what came before."""
    sent = sent_before(request.partner.imports, request.POST)
    if sent:
        return redirect(next_page(standing(sent)))
    is_picked = "picked" in request.POST
    form = UploadForm(None if is_picked else posted(request), request.FILES or None)
    picked = PickedForm(request.POST if is_picked else None)
    asked = picked if is_picked else form
    if asked.is_valid() and (run := begun(request, asked)):
        return redirect(next_page(standing(run)))
    context = {
        "nav": "customers",
        "form": form,
        "picked": picked,
        "earlier": standings(request.partner, request.partner.imports.all()[:EARLIER]),
    }
    return render(request, "customers/import/start.html", context, status=status_of(asked))


def begun(request: PartnerRequest, form: UploadForm | PickedForm):
    partner, user, pk = request.partner, request.user, form.cleaned_data["row_id"]
    try:
        with transaction.atomic():
            if isinstance(form, PickedForm):
                return importing.begin_picked(partner, user, pk, form.cleaned_data["picked"])
            file = form.cleaned_data["file"]
            return importing.begin(partner, user, pk, file.name[:200], file.read())
    except reading.Unreadable as error:
        form.add_error(
            None if "file" not in form.fields else "file", reading.sentence(error.problem)
        )
    except IntegrityError:  # a second submit was faster by a hair
        return request.partner.imports.filter(pk=pk).first()
    return None


def next_page(stands: Standing) -> str:
    """Where to go on with an import."""
    run = stands.run
    if run.state == State.MAPPING:
        return reverse("customer-import-columns", args=[run.pk])
    if run.state == State.READY:
        return reverse("customer-import-preview", args=[run.pk])
    return reverse("customer-import-detail", args=[run.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def customer_import_columns(request: PartnerRequest, pk: uuid.UUID):
    """Which column holds what; a look at the first rows as they would be read."""
    run = get_object_or_404(held(request, request.partner.imports), pk=pk)
    stands = standing(run)
    is_readable = run.file is not None and run.kind in tables.KINDS
    if run.state not in {State.MAPPING, State.READY} or not is_readable:
        return redirect(next_page(stands))
    own = list(request.partner.ownfields.values_list("name", flat=True))
    found = tables.look(run, request.POST or request.GET)
    is_final = request.method == "POST" and "again" not in request.POST
    form = ColumnsForm(request.POST if is_final else None, found=found, own=own)
    if form.is_valid():
        tables.settle(run, found, form.columns)
        importing.start_reading(request.partner, request.user, run)
        return redirect(next_page(standing(run)))
    context = {"nav": "customers", "stands": stands, "form": form, "found": found}
    context["columns"] = tables.side_by_side(form, found)
    partial = request.htmx and request.htmx.target == "columns"
    page = "customers/import/columns.html"
    return render(request, f"{page}#columns" if partial else page, context, status=status_of(form))


@require_safe
def customer_import_detail(request: PartnerRequest, pk: uuid.UUID):
    """How far it came, and what it did."""
    run = get_object_or_404(request.partner.imports, pk=pk)
    stands = standing(run)
    if run.state in {State.MAPPING, State.READY}:
        return redirect(next_page(stands))
    tag = request.partner.tags.filter(name=run.settings.get("tag") or None).first()
    context = {
        "nav": "customers",
        "stands": stands,
        "progress": Progress(stands.job) if stands.job and stands.is_at_work else None,
        "failed": failed_rows(run, 5) if run.counts.get("failed") else [],
        "tag": tag,
    }
    return render(request, "customers/import/detail.html", context)


@require_safe
def customer_import_failed(request: PartnerRequest, pk: uuid.UUID):
    """Rows that could not be read, to be mended and brought again."""
    run = get_object_or_404(request.partner.imports, pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="import.csv"'
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    header = run.settings.get("header") or [_("What stood there")]
    table.writerow([_("Line"), _("Reason"), *map(reading.guarded, header)])
    for row in failed_rows(run, MOST_FAILED):
        table.writerow([row["number"], row["reason"], *map(reading.guarded, row["raw"])])
    return response


@require_POST
def customer_import_undo(request: PartnerRequest, pk: uuid.UUID):
    """Everything becomes what it was, unless it changed since; twice is harmless."""
    run = get_object_or_404(held(request, request.partner.imports), pk=pk)
    if standing(run).can_be_undone:
        importing.start_undoing(request.partner, request.user, run)
        if run.state == State.UNDONE:
            say_undone(request, run.counts["kept"])
    return redirect("customer-import-detail", run.pk)


def say_undone(request: PartnerRequest, kept: int) -> None:
    if kept:
        sentence = ngettext(
            "Taken back. %(count)d entry has changed since and stays as it is.",
            "Taken back. %(count)d entries have changed since and stay as they are.",
            kept,
        )
        messages.warning(request, sentence % {"count": kept})
    else:
        messages.success(request, _("Taken back."))


@require_POST
def customer_import_discard(request: PartnerRequest, pk: uuid.UUID):
    """Forget a file that was not taken over."""
    run = held(request, request.partner.imports).filter(pk=pk).first()
    if run is None:
        get_object_or_404(request.partner.imports, pk=pk)
    elif standing(run).can_be_discarded:
        importing.discard(run)
        messages.success(request, _("Forgotten. Nothing was taken over."))
    return redirect("customer-import")

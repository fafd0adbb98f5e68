"""Taking people along: files, everything at once, labels and a list for cards."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.export_forms import ExportForm, LabelForm
from customers.exports import card_list, labels, people, running
from customers.views import status_of
from partners.http import PartnerRequest
from partners.job_views import Progress

ON_A_LIST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PartnerRequest):
    """Who and how; up to 500 people come at once, more when a worker has written them."""
    groups = people.groups(request.partner, request.POST or request.GET)
    group = people.chosen(groups)
    if request.POST.get("format") == "zip":
        everybody: Any = request.partner.customers(manager="unscoped_with_hidden")
        return started(request, everybody.by_name(), {"format": "zip", "columns": "everything"})
    form = ExportForm(request.POST if "format" in request.POST else None)
    if form.is_valid():
        if group.count:
            return started(request, group.rows, form.wish)
        form.add_error(None, _("There is nobody in it yet. Choose somebody else above."))
    under_way, ready = running.files_of(request.partner)
    context = {
        "nav": "customers",
        "form": form,
        "groups": groups,
        "group": group,
        "is_empty": not any(one.count for one in groups),
        "under_way": [Progress(job) for job in under_way],
        "ready": ready,
    }
    return render(request, "customers/export/export.html", context, status=status_of(form))


def started(request: PartnerRequest, rows, wish: dict[str, str]):
    ids = rows.values_list("pk", flat=True)
    job = running.start(request.partner, request.user, ids.iterator(), wish)
    if job.is_over:
        return redirect("file-detail", job.result["file"])
    messages.success(request, _("Your file is being made. You need not wait here."))
    return redirect("export")


@require_http_methods(["GET", "HEAD", "POST"])
def label_sheets(request: PartnerRequest):
    """POST with `start` answers with the PDF."""
    groups = people.groups(request.partner, request.POST or request.GET)
    group = people.chosen(groups)
    found = group.rows.prefetch_related("addresses")[: labels.MOST]
    reached, missing = labels.addressed(found)
    form = LabelForm(request.POST if "start" in request.POST else None)
    if form.is_valid() and reached:
        content = labels.pdf(labels.labels(reached, form.wish), form.wish.start)
        name = f'attachment; filename="{_("labels")}.pdf"'
        headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type=labels.CONTENT_TYPE, headers=headers)
    context = {
        "nav": "customers",
        "form": form,
        "groups": groups,
        "group": group,
        "reached": len(reached),
        "missing": missing,
        "most": labels.MOST,
        "is_cut": len(reached) + len(missing) == labels.MOST,
    }
    return render(request, "customers/export/labels.html", context, status=status_of(form))


@require_safe
def cards(request: PartnerRequest):
    """To be printed and laid beside the cards one writes: names, addresses, occasions."""
    groups = people.groups(request.partner, request.GET)
    group = people.chosen(groups)
    rows = group.rows.prefetch_related("addresses")
    page = Paginator(rows, ON_A_LIST).get_page(request.GET.get("page"))
    context = {
        "nav": "customers",
        "groups": groups,
        "group": group,
        "page": page,
        "rows": card_list.rows(page, request.partner),
    }
    return render(request, "customers/export/cards.html", context)

"""A look at what an import would do, the decisions about it, and the start."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customers.actions import importing
from customers.import_forms import OptionsForm
from customers.import_views import next_page
from customers.imports import decisions, preview
from customers.imports.looking import VERDICTS
from customers.imports.standing import standing
from customers.views import held
from partners import clock
from partners.http import PartnerRequest

PER_PAGE = 25


@require_safe
def customer_import_preview(request: PartnerRequest, pk: uuid.UUID):
    run = get_object_or_404(request.partner.imports, pk=pk)
    stands = standing(run)
    if not stands.is_open:
        return redirect(next_page(stands))
    tabs = preview.tabs(run)
    verdict = request.GET.get("show", "")
    if verdict not in VERDICTS:
        verdict = next((tab.verdict for tab in tabs if tab.count), VERDICTS[0])
    total = run.counts.get(verdict, 0)
    page = Paginator(range(total), PER_PAGE).get_page(request.GET.get("page"))
    start = page.start_index() - 1 if total else 0
    context = {
        "nav": "customers",
        "stands": stands,
        "run": run,
        "tabs": tabs,
        "verdict": verdict,
        "for_all": preview.for_all(run, verdict),
        "page": page,
        "rows": preview.rows(run, verdict, start, start + len(page)),
        "undecided": decisions.undecided(run),
        "form": OptionsForm(run=run, initial={"tag": tag_of_today(request)}),
    }
    return render(request, "customers/import/preview.html", context)


def tag_of_today(request: PartnerRequest) -> str:
    today = clock.today(request.partner.zone)
    return _("Import %(day)s") % {"day": formats.date_format(today, "SHORT_DATE_FORMAT")}


@require_POST
def customer_import_decide(request: PartnerRequest, pk: uuid.UUID):
    """One row, or all of a kind."""
    run = get_object_or_404(held(request, request.partner.imports), pk=pk)
    if not standing(run).is_open:
        return redirect(next_page(standing(run)))
    verdict, choice = request.POST.get("show", ""), request.POST.get("choice", "")
    if "row" not in request.POST:
        if choice not in decisions.CHOICES.get(verdict, ()):
            raise Http404
        decisions.decide_for_all(run, verdict, choice)
        return redirect(back_to(run, request))
    number, _dash, at = request.POST["row"].partition("-")
    page = run.pages.filter(number=whole(number)).first()
    if page is None or not 0 <= whole(at) < len(page.rows):
        raise Http404
    if not decisions.may_choose(page.rows[whole(at)], choice):
        raise Http404
    row = decisions.decide(run, page, whole(at), choice, request.POST.getlist("take"))
    if not request.htmx:
        return redirect(back_to(run, request))
    context = {
        "run": run,
        "verdict": row["v"],
        "row": preview.row(run, page.number, whole(at), row),
        "undecided": decisions.undecided(run),
    }
    return render(request, "customers/import/_decided.html", context)


def whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1  # noqa: PLR2004


def back_to(run, request: PartnerRequest) -> str:
    asked = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return f"{reverse('customer-import-preview', args=[run.pk])}?{urlencode(asked)}"


@require_POST
def customer_import_start(request: PartnerRequest, pk: uuid.UUID):
    """Take over what was decided, or go on after a stop; a second click finds the first at work."""
    run = get_object_or_404(held(request, request.partner.imports), pk=pk)
    stands = standing(run)
    if stands.can_go_on:
        importing.start_taking(request.partner, request.user, run, {})
    elif stands.is_open:
        form = OptionsForm(request.POST, run=run)
        options = form.cleaned_data if form.is_valid() else {}
        importing.start_taking(request.partner, request.user, run, options)
    return redirect("customer-import-detail", run.pk)

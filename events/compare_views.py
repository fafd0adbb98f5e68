"""One's own evenings beside one another."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import compare
from events.result_forms import ComparisonForm
from partners.http import PartnerRequest

PER_PAGE = 12


@require_safe
def event_compare(request: PartnerRequest):
    form = ComparisonForm(request.GET, request.partner)
    found = compare.evenings(request.partner, **form.chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "events",
        "form": form,
        "is_filtered": bool(form.chosen),
        "page": page,
        "comparison": compare.compared(list(page)),
    }
    return render(request, "events/result/compare.html", context)

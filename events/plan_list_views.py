"""All evenings: as a list, and as a month."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import plan, plan_list, plan_month
from partners.http import PartnerRequest


@require_safe
def event_list(request: PartnerRequest):
    listing = plan_list.Listing(request.partner, request.GET)
    context = {
        "nav": "events",
        "listing": listing,
        "page": listing.page,
        "count": listing.page.paginator.count,
    }
    is_part = request.htmx and request.htmx.target == "rows"
    name = "events/plan/list.html"
    return render(request, f"{name}#rows" if is_part else name, context)


@require_safe
def event_month(request: PartnerRequest):
    today = plan.today_of(request.partner)
    first = plan_month.month_asked(request.GET.get("month"), today)
    context = {"nav": "events", "month": plan_month.month(request.partner, first)}
    return render(request, "events/plan/month.html", context)

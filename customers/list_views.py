"""The circle as a list, and what Ctrl-K finds in it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers import actions, found_above, listing
from customers.filters import CustomerFilter
from customers.listing import SORTS, Listing
from partners.http import PartnerRequest


@require_safe
def customer_list(request: PartnerRequest):
    if not request.htmx and (asks_nothing := empty(request.GET)):
        kept = {name: values for name, values in request.GET.lists() if name not in asks_nothing}
        return redirect(f"{request.path}?{urlencode(kept, doseq=True)}".rstrip("?"))
    if request.GET.get("duty") == "unseen":  # no list shows hidden guests
        return redirect("duties")
    asked = Listing(request.partner, request.GET)
    if asked.sort == "due":
        actions.faded(request.partner)
    saved = listing.kept(request.partner)
    context = {
        "nav": "customers",
        "listing": asked,
        "sorts": [(name, label) for name, (label, _order) in SORTS.items()],
        "page": asked.page,
        "count": asked.page.paginator.count,
        "rows": asked.lines,
        "saved": saved,
        "opened": next((row for row in saved if row.query == asked.question), None),
        "has_none": not asked.query and not asked.page.paginator.count,
    }
    if not (request.htmx and request.htmx.target == "rows"):
        return render(request, "customers/list.html", context)
    response = render(request, "customers/list.html#rows", context)
    response.headers["HX-Replace-Url"] = asked.address
    return response


def empty(data) -> set[str]:
    """What a plain form sends along though nothing was typed or chosen there."""
    return {name for name, values in data.lists() if not any(values)}


@require_safe
def customer_filter(request: PartnerRequest):
    """All filters: a page of its own, or what the fold of the list fetches when it is opened."""
    asked = CustomerFilter(request.GET, partner=request.partner, complete=True)
    fields = [field for field in asked.form if field.name != "q"]
    context = {
        "nav": "customers",
        "filter": asked,
        "first": [field for field in fields if field.name in asked.FIRST],
        "more": [field for field in fields if field.name not in asked.FIRST],
        "more_is_asked": any(name not in asked.FIRST for name, _value in asked.understood),
        "sort": request.GET.get("sort", ""),
    }
    partial = request.htmx and request.htmx.target == "filter-body"
    name = "customers/list/filter.html"
    return render(request, f"{name}#fields" if partial else name, context)


@require_safe
def search(request: PartnerRequest):
    """People, and the pages of the house, by a few letters (Ctrl-K)."""
    query = request.GET.get("q", "").strip()[:100]
    people, close = listing.find(request.partner, query) if query else ([], [])
    context = {
        "q": query,
        "people": people,
        "close": close,
        "elsewhere": found_above.find(request.partner, query) if query else [],
        "pages": pages_matching(query),
    }
    return render(request, "search.html", context)


def pages_matching(query: str) -> list[dict[str, str]]:
    pages = [
        (_("Today"), "today", "sun"),
        (_("Customers"), "customer-list", "people"),
        (_("New person"), "customer-add", "plus-lg"),
        (_("Write down first names"), "first-names", "pencil"),
        (_("Events"), "event-list", "calendar3"),
        (_("Plan an evening"), "event-add", "plus-lg"),
        (_("Tags"), "tag-list", "tag"),
        (_("Latest changes of many"), "bulk-list", "clock-history"),
        (_("Outbox"), "message-list", "send"),
        (_("Settings"), "settings", "sliders"),
        (_("How customers see me"), "profile", "person"),
        (_("Your notice on data"), "notice-share", "shield-check"),
        (_("Your morning mail"), "digest-preview", "envelope"),
        (_("Sign out"), "account_logout", "x-lg"),
    ]
    return [
        {"title": title, "url": reverse(name), "icon": icon}
        for title, name, icon in pages
        if query.casefold() in title.casefold()
    ]

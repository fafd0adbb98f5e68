"""Recommendations as a whole: the list, who brought whom, and what a recommendation is worth."""

import uuid

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from customers.network import SHOWS, Network
from customers.network_sources import sources
from partners import clock
from partners.http import PartnerRequest

PER_PAGE, PER_STORY, FIRST_DUE, FRIENDS = 25, 8, 3, 5
TITLES = {
    "": pgettext_lazy("recommendations", "All"),
    "open": pgettext_lazy("recommendations", "Open"),
    "customer": _("Became customers"),
    "no": _("Came to nothing"),
    "thanks": _("Not thanked yet"),
}


@require_safe
def recommendation_list(request: PartnerRequest):
    network = Network(request.partner)
    show, query = request.GET.get("show", ""), request.GET.get("q", "").strip()[:100]
    show = show if show in SHOWS else ""
    found = network.found(show, query)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    due = network.due(found if show == "thanks" else network.words)
    today = clock.today(request.partner.zone)
    context = {
        "nav": "more",
        "has_none": not network.words,
        "show": show,
        "q": query,
        "shows": [
            (key, title, network.counts[key])
            for key, title in TITLES.items()
            if network.counts[key] or key in {"", show}
        ],
        "page": page,
        "words": [(word, word.day_spoken(today)) for word in page],
        "count": len(found),
        "due": due if show == "thanks" else due[:FIRST_DUE],
        "due_count": len(due),
        "friends": network.friends(FRIENDS),
        "has_tree": bool(network.brought),
        "worth": sources(request.partner).worth,
    }
    return render(request, "customers/network/recommendations.html", context)


@require_safe
def recommendation_tree(request: PartnerRequest):
    network = Network(request.partner)
    page = Paginator(network.stories, PER_PAGE).get_page(request.GET.get("page"))
    told = [(story, network.lines(story)) for story in page]
    context = {
        "nav": "more",
        "page": page,
        "known": len(network.parents),
        "stories": [(story, lines[:PER_STORY], len(lines) - PER_STORY) for story, lines in told],
    }
    return render(request, "customers/network/tree.html", context)


@require_safe
def recommendation_sources(request: PartnerRequest):
    context = {"nav": "more", "sources": sources(request.partner)}
    return render(request, "customers/network/sources.html", context)


@require_safe
def customer_network(request: PartnerRequest, pk: uuid.UUID):
    """Through whom somebody came, and who came through them."""
    customer = get_object_or_404(request.partner.customers, pk=pk)
    network = Network(request.partner)
    context = {"nav": "customers", "customer": customer}
    if who := network.people.get(pk):
        story = network.story(who)
        page = Paginator(network.lines(story), PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "way": network.way_to(who),
            "also_by": network.also_by(who),
            "story": story,
            "page": page,
        }
    return render(request, "customers/network/person.html", context)

"""The pages for people who are in the circle twice: who may be, and making one of two."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import duplicates, merging, selection
from customers.actions import merging as actions
from customers.views import held, say
from partners import clock
from partners.http import PartnerRequest, safe_next

PER_PAGE = 20
TWO = 2
WAYS = ("phones", "emails")


@require_safe
def duplicate_list(request: PartnerRequest):
    pairs = duplicates.find(request.partner)
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    shown = {pk for pair in page for pk in (pair.one, pair.other)}
    people = request.partner.customers.filter(pk__in=shown).prefetch_related(*WAYS).in_bulk()
    context = {
        "nav": "customers",
        "page": page,
        "count": page.paginator.count,
        "pairs": [(pair, people[pair.one], people[pair.other]) for pair in page],
    }
    return render(request, "customers/merge/duplicates.html", context)


@require_POST
def duplicate_apart(request: PartnerRequest, one: uuid.UUID, other: uuid.UUID):
    """Two people after all: they are not proposed again."""
    found = two_of(request, one, other)
    if found is None:
        raise Http404
    act = actions.keep_apart(request.partner, request.user, *found)
    said = {"one": found[0].name, "other": found[1].name}
    say(request, _("%(one)s and %(other)s stay two people.") % said, act)
    return redirect(safe_next(request, reverse("duplicates")))


@require_safe
def merge_selected(request: PartnerRequest):
    """Two people from the list, as `?ids=`."""
    ids = selection.ids_in(request.GET)
    if len(ids) == TWO:
        return redirect("customer-merge", *ids)
    messages.info(request, _("Please choose two people to merge."))
    return redirect(safe_next(request, reverse("customer-list")))


@require_http_methods(["GET", "HEAD", "POST"])
def customer_merge(request: PartnerRequest, one: uuid.UUID, other: uuid.UUID):
    """Side by side, field by field."""
    found = two_of(request, one, other)
    if found is None:
        return where_they_went(request, one, other)
    pair = merging.Pair(found[0], found[1], request.POST)
    is_sent = request.method == "POST"
    has_changed = is_sent and not as_seen(request, pair)
    if is_sent and not has_changed:
        return merge(request, pair)
    context = {
        "nav": "customers",
        "pair": pair,
        "sides": pair.sides(),
        "questions": pair.questions(),
        "together": pair.together(),
        "refusals": pair.refusals(),
        "has_changed": has_changed,
        "today": clock.today(request.partner.zone),
        "back": safe_next(request, "") if found[0].is_hidden or found[1].is_hidden else "",
    }
    status = HTTPStatus.CONFLICT if has_changed else HTTPStatus.OK
    return render(request, "customers/merge/merge.html", context, status=status)


def two_of(request: PartnerRequest, one: uuid.UUID, other: uuid.UUID):
    """Two people of one's own circle, guests who have not come yet included, or nothing."""
    everybody = request.partner.customers(manager="unscoped_with_hidden")
    people = held(request, everybody).prefetch_related(*merging.PREFETCHED)
    found = people.order_by("pk").in_bulk([one, other])
    return [found[one], found[other]] if len(found) == TWO else None


def where_they_went(request: PartnerRequest, *ids: uuid.UUID):
    """Merged before, in another tab perhaps: the page of the one who stayed."""
    for pk in ids:
        if survivor := actions.survivor_of(request.partner, pk):
            return redirect(survivor)
    raise Http404


def as_seen(request: PartnerRequest, pair: merging.Pair) -> bool:
    """Whether both are still what the page showed."""
    versions = {"version-one": pair.one.version, "version-other": pair.other.version}
    return all(request.POST.get(name) == str(version) for name, version in versions.items())


def merge(request: PartnerRequest, pair: merging.Pair):
    act = actions.merge(
        request.partner,
        request.user,
        pair.survivor,
        pair.leaving,
        pair.values(),
        own_fields=pair.own_fields(),
    )
    say(request, _("%(name)s is one person now.") % {"name": pair.survivor.name}, act)
    shown = (
        reverse("customer-list") if pair.survivor.is_hidden else pair.survivor.get_absolute_url()
    )
    return redirect(safe_next(request, shown))


@require_safe
def customer_known(request: PartnerRequest):
    """As somebody types a new person: who is there already with this number, e-mail or name."""
    typed = {name: request.GET.get(name, "").strip()[:100] for name in ("phone", "email")}
    people = duplicates.known(
        request.partner,
        first=request.GET.get("first_name", "").strip()[:100],
        last=request.GET.get("last_name", "").strip()[:100],
        **typed,
    )
    return render(request, "customers/merge/known.html", {"people": people})

"""Sheets on a person's page: tags, relations, interests, what happened; add and take away."""

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers import actions, person
from customers.around_forms import EventForm, InterestForm, RelationForm, TagForm
from customers.views import held, posted, say, status_of
from partners import clock
from partners.http import PartnerRequest, safe_next

MOST_KNOWN_TAGS = 300
KINDS = {
    "tags": "taggings",
    "relations": "relations",
    "interests": "interests",
    "events": "life_events",
}


@dataclasses.dataclass
class Sheet:
    kind: str
    title: str
    store: Callable[[PartnerRequest, Any, Any], Any]


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: PartnerRequest, pk: uuid.UUID):
    form = TagForm(posted(request))
    known = request.partner.tags.values_list("name", flat=True)[:MOST_KNOWN_TAGS]
    return sheet(request, pk, form, Sheet("tags", _("Tags"), put_tags), known_tags=known)


def put_tags(request: PartnerRequest, customer, form: TagForm):
    return actions.tag(request.partner, request.user, customer, *form.cleaned_data["names"])


@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(request.partner.customers, pk=pk)
    form = RelationForm(posted(request), partner=request.partner, customer=customer)
    return sheet(request, pk, form, Sheet("relations", _("Who belongs together"), relate))


def relate(request: PartnerRequest, customer, form: RelationForm):
    said = form.cleaned_data
    return actions.relate(
        request.partner,
        request.user,
        customer,
        form.meant or said["name"],
        said["kind"],
        shares_address=said["shares_address"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: PartnerRequest, pk: uuid.UUID):
    form = InterestForm(posted(request), initial={"kind": request.GET.get("kind") or "likes"})
    title = _("Likes, has, does not like")
    return sheet(request, pk, form, Sheet("interests", title, note_interest))


def note_interest(request: PartnerRequest, customer, form: InterestForm):
    return actions.note_interest(request.partner, request.user, customer, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def events(request: PartnerRequest, pk: uuid.UUID):
    form = EventForm(posted(request))
    return sheet(request, pk, form, Sheet("events", _("Life events"), note_event))


def note_event(request: PartnerRequest, customer, form: EventForm):
    return actions.note_event(request.partner, request.user, customer, **form.cleaned_data)


def sheet(request: PartnerRequest, pk: uuid.UUID, form: Any, about: Sheet, **more: Any):
    """What is there, each with its button to take it away; and a line for the next one."""
    if request.method == "POST" and form.is_valid():
        customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
        act = about.store(request, customer, form)
        say(request, _("Noted.") if act.left_traces else _("You knew that already."), act)
        return redirect(safe_next(request, customer.get_absolute_url()))
    customer = person.whole(request.partner, pk)
    known = person.facts(customer, clock.today(request.partner.zone)).chips(about.kind)
    context = {
        "nav": "customers",
        "customer": customer,
        "form": form,
        "title": about.title,
        "kind": about.kind,
        "known": known,
        **more,
    }
    return render(request, "customers/person/sheet.html", context, status=status_of(form))


@require_POST
def forget(request: PartnerRequest, pk: uuid.UUID, kind: str, row: uuid.UUID):
    """Take one thing away; a second tap finds nothing and is harmless."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    found = next((rows.filter(pk=row).first() for rows in rows_of(customer, kind)), None)
    if found is None and kind == "relations":
        found = customer.relations_back.filter(pk=row).first()
    if found is not None:
        act = actions.forget(request.partner, request.user, found)
        say(request, _("Taken away."), act)
    return redirect(safe_next(request, customer.get_absolute_url()))


def rows_of(customer, kind: str) -> list:
    return [getattr(customer, KINDS[kind]).all()] if kind in KINDS else []

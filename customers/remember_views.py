"""The line "+ remember": see where a fact belongs, choose another place, keep it."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers import actions
from customers.remembering.offers import Offers, offers
from customers.views import held, say
from partners import clock
from partners.http import PartnerRequest, safe_next

PREVIEW = "remember-preview"


@require_http_methods(["GET", "HEAD", "POST"])
def remember(request: PartnerRequest, pk: uuid.UUID):
    """Typed words alone bring the places; with a chosen place they are stored."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    said = request.POST if request.method == "POST" else request.GET
    typed = said.get("text", "").strip()
    found = offers(request.partner, customer, typed, clock.today(request.partner.zone))
    problem = trouble(found, said) if request.method == "POST" else ""
    if problem is None:
        return keep(request, customer, found)
    return step(request, customer, found, problem=problem)


def trouble(found: Offers, said) -> str | None:
    """What is still to be decided, as a sentence (empty: the place); None when nothing is."""
    if not found.typed:
        return _("One fact is enough: a birthday, a number, what somebody likes.")
    # A place chosen for other words than these was not chosen.
    if said.get("read", "").strip() != found.typed or said.get("place") not in found.offers:
        return ""
    if said["place"] == "relation" and not said.get("other") and found.people:
        return _("Please say whom you mean.")
    if found.is_health and "sure" not in said:
        return ""
    return None


def lone(found: Offers) -> str:
    """The one who must be meant, if there is no doubt."""
    if not found.people:
        return "new"
    return str(found.people[0].pk) if len(found.people) == 1 else ""


def keep(request: PartnerRequest, customer, found: Offers):
    offer = found.offers[request.POST["place"]]
    chosen = request.POST.get("other", "")
    other = next((person for person in found.people if str(person.pk) == chosen), None)
    try:
        act = actions.remember(
            request.partner,
            request.user,
            customer,
            offer.guess,
            other=other,
            shares_address="shares_address" in request.POST,
        )
    except ValidationError as error:
        return step(request, customer, found, problem=error.messages[0])
    if act.left_traces:
        say(request, f"{offer.title}: {offer.text}", act)
    else:
        messages.info(request, _("You knew that already."))
    return redirect(safe_next(request, customer.get_absolute_url()))


def step(request: PartnerRequest, customer, found: Offers, *, problem: str = ""):
    """The places to choose from, as a page or below the line where one types."""
    said = request.POST if request.method == "POST" else request.GET
    chosen = said.get("place") or found.likely[0].key
    context = {
        "nav": "customers",
        "customer": customer,
        "offers": found,
        "chosen": chosen,
        "is_elsewhere": chosen in {offer.key for offer in found.others},
        "other": said.get("other", "") or lone(found),
        "problem": problem,
        "is_asked": request.method == "POST",
    }
    if request.htmx and request.htmx.target == PREVIEW:
        return render(request, "customers/person/_places.html", context)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["is_asked"] else HTTPStatus.OK
    return render(request, "customers/person/remember.html", context, status=status)

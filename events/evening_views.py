"""One guest on the evening, and codes for guests to scan; others may look over the shoulder."""

import uuid
from copy import copy

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.views import held, posted
from events import links
from events.actions import at_the_door
from events.evening_forms import GuestNoteForm
from partners import qr
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next


def of_partner(request: PartnerRequest):
    here = request.partner.eventguests.filter(event__deleted_at=None, customer__deleted_at=None)
    return here.select_related("customer", "event")


@require_http_methods(["GET", "HEAD", "POST"])
def evening_guest(request: PartnerRequest, pk: uuid.UUID):
    """Noted in place: what they like, wish, ordered; and what comes of it."""
    guest = get_object_or_404(held(request, of_partner(request)), pk=pk)
    form = GuestNoteForm(posted(request), instance=copy(guest), partner=request.partner)
    back = safe_next(request, reverse("event-door", args=[guest.event_id]))
    if form.is_valid():
        act = at_the_door.note(request.partner, request.user, guest, form.values)
        say(request, _("Noted for %(name)s.") % {"name": guest.customer.first_name}, act)
        return redirect(back)
    context = {
        "nav": "events",
        "guest": guest,
        "customer": guest.customer,
        "form": form,
        "conflict": form.conflict,
        "next": back,
    }
    return render(request, "events/evening/guest.html", context, status=status_of(form))


@require_safe
def event_qr(request: PartnerRequest, pk: uuid.UUID, what: str):
    """Stars, or signing up: a code that fills the screen, and nothing else."""
    event = get_object_or_404(request.partner.events, pk=pk)
    leads_to = {"stars": links.of_stars, "open": links.of_event}.get(what)
    if leads_to is None or event.is_cancelled or (what == "open" and not event.is_open):
        raise Http404
    return code(request, leads_to(event), event.pk)


@require_safe
def guest_qr(request: PartnerRequest, pk: uuid.UUID):
    """A guest's own page, on their own phone."""
    guest = get_object_or_404(of_partner(request), pk=pk)
    return code(request, links.of_guest(guest), guest.event_id)


def code(request: PartnerRequest, link: str, event: uuid.UUID):
    back = safe_next(request, reverse("event-door", args=[event]))
    return render(request, "events/evening/qr.html", {"qr": qr.svg(link), "back": back})

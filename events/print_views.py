"""An evening on paper: who comes, what is to do, invitations with a square to answer."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import evening, print_cards, saying
from events.actions import guesting
from events.print_forms import InvitationForm
from events.print_panel import groups, parts, setting
from partners import changes
from partners.answers import status_of
from partners.http import PartnerRequest


def here(request: PartnerRequest, pk: uuid.UUID) -> evening.Evening:
    found = evening.read(request.partner, pk)
    if found is None:
        raise Http404
    return found


def about(found: evening.Evening) -> dict[str, Any]:
    when = saying.day_and_time(found.event.local_start)
    return {"nav": "events", "event": found.event, "when": when}


@require_safe
def guests(request: PartnerRequest, pk: uuid.UUID):
    found = here(request, pk)
    context = about(found) | {"groups": groups(found)}
    return render(request, "events/print/guests.html", context)


@require_safe
def checklist(request: PartnerRequest, pk: uuid.UUID):
    found = here(request, pk)
    context = about(found) | {"parts": parts(found), "setting": setting(found.event)}
    return render(request, "events/print/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: PartnerRequest, pk: uuid.UUID):
    """POST answers with the cards, and notes who was invited by one if that is ticked."""
    found = here(request, pk)
    event = found.event
    can_invite = event.is_ahead
    form = InvitationForm(request.POST if request.method == "POST" else None, evening=found)
    if can_invite and form.is_valid():
        if form.cleaned_data["note"]:
            act = changes.Act(request.partner, request.user, "guest-invite")
            guesting.mark_invited(act, event, form.chosen, "card")
        cards = [print_cards.for_guest(guest) for guest in form.chosen]
        cards += print_cards.for_anybody(event, form.without_name)
        headers = {
            "Content-Disposition": f'inline; filename="{_("invitations")}.pdf"',
            "X-Content-Type-Options": "nosniff",
        }
        content = print_cards.pdf(request.partner, event, cards)
        return HttpResponse(content, content_type=print_cards.CONTENT_TYPE, headers=headers)
    context = {"nav": "events", "event": event, "form": form, "can_invite": can_invite}
    return render(request, "events/print/invitations.html", context, status=status_of(form))

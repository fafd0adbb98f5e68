"""The mails of an evening: invited and thanked from here, reminded by itself."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.views import held
from events import mail_page
from events.actions import mailing
from events.mail_forms import RemindersForm
from events.reminders import inviting
from partners.answers import say
from partners.http import PartnerRequest
from partners.mail_frame import document, in_a_frame

DO = {mail_page.INVITE: inviting.invite, mail_page.THANK: inviting.thank}


def event_or_404(request: PartnerRequest, pk: uuid.UUID):
    event = mail_page.event_of(request.partner, pk)
    if event is None:
        raise Http404
    return event


@require_safe
def event_mails(request: PartnerRequest, pk: uuid.UUID):
    event = event_or_404(request, pk)
    guests = mail_page.guests_of(request.partner, event)
    context = {
        "nav": "events",
        "event": event,
        "unasked": sum(map(mail_page.is_unasked, guests)) if event.is_ahead else 0,
        "came": sum(guest.has_come for guest in guests),
        "ahead": mail_page.ahead(request.partner, event, guests),
        "asked_for": sum(guest.wants_reminder for guest in guests),
        "rows": mail_page.history(request.partner, event, guests),
        "form": RemindersForm(initial=first_values(event)),
    }
    return render(request, "events/mail/mails.html", context)


def first_values(event):
    return {"reminders": event.reminders, "host_wants_mail": event.host_wants_mail}


@require_POST
def event_reminders(request: PartnerRequest, pk: uuid.UUID):
    event = get_object_or_404(held(request, request.partner.events), pk=pk)
    form = RemindersForm(request.POST)
    if form.is_valid():
        act = mailing.set_reminders(request.partner, request.user, event, **form.values)
        say(request, _("Saved."), act)
    return redirect("event-mails", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def event_mail_choose(request: PartnerRequest, pk: uuid.UUID, what: str):
    """Whom to invite or to thank by mail; who cannot be written to stands there with the reason."""
    if what not in DO:
        raise Http404
    event = event_or_404(request, pk)
    guests = mail_page.guests_of(request.partner, event)
    reaches = mail_page.reaches(request.partner, mail_page.wanted(request.partner, guests, what))
    welcome = [reach for reach in reaches if reach.is_welcome]
    if request.method == "POST":
        return send(request, event, what, [reach.guest for reach in welcome])
    context = {
        "nav": "events",
        "event": event,
        "what": what,
        "welcome": welcome,
        "others": [reach for reach in reaches if not reach.is_welcome],
        "lacks_imprint": any(reach.profile.lacks for reach in welcome),
    }
    return render(request, "events/mail/choose.html", context)


def send(request: PartnerRequest, event, what: str, guests):
    """Only to whom it may go now; a second tap finds nobody left."""
    ticked = set(request.POST.getlist("guest"))
    chosen = [guest for guest in guests if str(guest.pk) in ticked]
    if chosen:
        act = DO[what](request.partner, request.user, event, chosen)
        words = ngettext(
            "%(count)d mail is on its way.", "%(count)d mails are on their way.", len(chosen)
        )
        say(request, words % {"count": len(chosen)}, act)
    return redirect("event-mails", event.pk)


@require_safe
@in_a_frame
def event_mail_example(request: PartnerRequest, pk: uuid.UUID, what: str):
    if what not in DO:
        raise Http404
    event = event_or_404(request, pk)
    return document(mail_page.example(request.partner, event, what).html)

"""Calendars: secret addresses to subscribe to, and one evening as a file."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.views import held, posted, say_sent_before
from events import calendar_feeds, invite, links
from events.actions import feeding
from events.calendar_forms import FeedForm
from partners.answers import say, status_of
from partners.http import PartnerRequest, by_link
from partners.misses import few_misses
from partners.owned_form import sent_before, store_once

ICS = "text/calendar; charset=utf-8"


def file(content: str, name: str = "termin.ics") -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=ICS, headers=disposition)


# --- by link -------------------------------------------------------------------------------------


@by_link
@few_misses
@require_safe
def calendar_feed(request: HttpRequest, token: str):
    """What a calendar program fetches every hour or so."""
    link = calendar_feeds.found(token)
    if link is None or not invite.is_at_work(link.partner):
        return nothing_there(request)
    partner = link.partner
    with translation.override(partner.user.language), invite.room(partner, to_act=False):
        feed = calendar_feeds.feed_of(link)
        if feed is None:
            return nothing_there(request)
        return file(calendar_feeds.told(partner, feed), "kundenkreis.ics")


@by_link
@few_misses
@require_safe
def invitation_ics(request: HttpRequest, token: str):
    link = links.found(links.GUEST, token)
    if link is None or not invite.is_at_work(link.partner):
        return nothing_there(request)
    partner = link.partner
    with translation.override(partner.user.language), invite.room(partner, to_act=False):
        guest = invite.guest_of(link)
        return file(calendar_feeds.of_guest(guest)) if guest else nothing_there(request)


def nothing_there(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)


# --- the partner's own ---------------------------------------------------------------------------


@require_safe
def event_ics(request: PartnerRequest, pk: uuid.UUID):
    event = get_object_or_404(request.partner.events.select_related("host"), pk=pk)
    return file(calendar_feeds.of_event(request.partner, event))


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_list(request: PartnerRequest):
    if request.method == "POST" and sent_before(request.partner.calendarfeeds, request.POST):
        say_sent_before(request)
        return redirect("calendar-list")
    form = FeedForm(posted(request), partner=request.partner)
    if form.is_valid():
        feed = form.save(commit=False)
        act = store_once(
            request.partner.calendarfeeds,
            feed,
            lambda: feeding.add(request.partner, request.user, feed),
        )
        say(request, _("The address is ready. Give it to your calendar."), act)
        return redirect("calendar-list")
    feeds = request.partner.calendarfeeds.all()
    context = {
        "nav": "more",
        "form": form,
        "feeds": [(feed, *addresses(feed)) for feed in feeds],
    }
    return render(request, "events/calendar/list.html", context, status=status_of(form))


def addresses(feed) -> tuple[str, str]:
    """To copy, and to tap: phones know `webcal:` as a calendar to subscribe to."""
    address = calendar_feeds.address(feed)
    return address, f"webcal:{address.partition(':')[2]}"


@require_POST
def calendar_renew(request: PartnerRequest, pk: uuid.UUID):
    feed = get_object_or_404(held(request, request.partner.calendarfeeds), pk=pk)
    feeding.renew(request.partner, request.user, feed)
    say(request, _("The former address no longer works. Here is the new one."))
    return redirect("calendar-list")


@require_POST
def calendar_revoke(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    feed = held(request, request.partner.calendarfeeds).filter(pk=pk).first()
    if feed is not None:
        act = feeding.revoke(request.partner, request.user, feed)
        say(request, _("The address no longer works."), act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect("calendar-list")

"""Stars for an evening, by the code on the table or a link; looking changes nothing."""

from http import HTTPStatus

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events import invite, stars
from events.actions import starring
from events.star_forms import StarForm
from partners import clock, profile
from partners.http import by_link
from partners.misses import few_misses


@by_link
@few_misses
@csrf_exempt  # browsers inside of messengers keep no cookies; the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def event_stars(request: HttpRequest, token: str):
    found = stars.found(token)
    if found is None or not invite.is_at_work(found[1].partner):
        return nowhere(request)
    purpose, link = found
    with (
        translation.override(link.partner.user.language),
        invite.room(link.partner, to_act=request.method == "POST"),
    ):
        asked = stars.asked(purpose, link)
        if asked is None or stars.is_over(asked.event, clock.now()):
            return nowhere(request)
        return page(request, link.partner, asked)


def nowhere(request: HttpRequest):
    return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)


def page(request: HttpRequest, partner, asked: stars.Asked):
    mine = profile.of(partner)
    is_early = stars.is_early(asked.event, clock.now())
    context = {
        "brand_name": mine.name,
        "event": asked.event,
        "is_formal": asked.event.is_formal,
        "is_early": is_early,
        "notice_url": profile.notice_link(partner),
    }
    if is_early:
        return render(request, "events/evening/stars.html", context)
    data = request.POST if request.method == "POST" else None
    form = StarForm(data, is_formal=asked.event.is_formal, knows_who=asked.guest is not None)
    if form.is_valid():
        given = form.feedback
        given.pk = invite.own_id(asked.event, given.pk)
        starring.rate(partner, asked.event, given, asked.guest)
        return render(request, "events/evening/stars.html", context | {"given": given})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "events/evening/stars.html", context | {"form": form}, status=status)

"""A partner's notice on data: open to whoever has the link, the same for all."""

from contextlib import nullcontext
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from partners import links, profile, qr, walls
from partners.http import by_link
from partners.misses import few_misses


@by_link
@few_misses
def notice(request: HttpRequest, token: str):
    try:
        partner = profile.by_notice(token)
    except links.BadLink:
        return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)
    with room(partner):
        return page(request, partner)


@require_safe
def page(request: HttpRequest, partner: Any):
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else partner.user.language
    shown = profile.of(partner)
    link = profile.notice_link(partner)
    context = {
        "profile": shown,
        "face": profile.face(shown),
        "address": profile.address(shown),
        "version": profile.notice_version(shown),
        "host": settings.BASE_URL.partition("://")[2],
        "link": link,
        "qr": qr.svg(link),
        "others": [code for code, _name in settings.LANGUAGES if code != language],
    }
    with translation.override(language):
        text = f"partners/profile/notice/{profile.EDITION}.{language}.html"
        context["text"] = render_to_string(text, context)
        return render(request, "partners/profile/notice.html", context)


def room(partner: Any):
    """Reading on SQLite needs no transaction, and one would take the only write lock."""
    return walls.acting_for(partner) if walls.has_second_wall() else nullcontext()

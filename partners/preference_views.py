"""The page behind the mails' "no more of this": no sign-in, one button, and the way back."""

from http import HTTPStatus

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners import links, preferences
from partners.http import by_link


@by_link
@csrf_exempt  # mail programs press the button for their readers (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: HttpRequest, token: str):
    """Looking changes nothing, since scanners open every link; pressing twice is harmless."""
    try:
        partner, which = preferences.found(token)
    except links.BadLink:
        return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        preferences.switch(partner, which, on="on" in request.POST)
    context = {
        "is_digest": which == preferences.DIGEST,
        "is_on": preferences.is_on(partner, which),
        "was_pressed": request.method == "POST",
    }
    with translation.override(partner.user.language):
        return render(request, "partners/preferences.html", context)

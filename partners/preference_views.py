"""The page behind the mails' "no more of this": no sign-in, one button."""

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners import preferences
from partners.http import public


@public
@csrf_exempt  # mail programs press the button for their readers (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def digest_preferences(request: HttpRequest, token: str):
    """Looking changes nothing, since scanners open every link; pressing twice is harmless."""
    partner = preferences.partner_of(token)
    if partner is None:
        raise Http404
    if request.method == "POST":
        preferences.turn_digest_off(partner)
    with translation.override(partner.user.language):
        return render(request, "partners/preferences.html", {"of_partner": partner})

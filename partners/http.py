"""Who may open a page. A view that declares nothing is private: one partner's own."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from partners.models import Partner, User

# What a browser might drop or turn around before it reads the address.
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")

# What a link proves, it proves to whoever knows it: no cache, no search engine, no other site.
UNTOLD = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

View = Callable[..., Any]


class PartnerRequest(HttpRequest):
    """A request to a private page."""

    user: User
    partner: Partner
    htmx: HtmxDetails


def public(view: View) -> View:
    """Anybody may open this page; it acts for no partner."""
    view.audience = "public"  # type: ignore[attr-defined]
    return login_not_required(view)


def by_link(view: View) -> View:
    """A public page whose address is the proof: nobody passes it on."""

    @public
    @wraps(view)
    def untold(*args: Any, **kwargs: Any):
        response = view(*args, **kwargs)
        for name, value in UNTOLD.items():
            response.headers[name] = value
        return response

    return untold


def office(view: View) -> View:
    """For the back office alone; others get the page that does not exist."""
    view.audience = "office"  # type: ignore[attr-defined]
    return view


def before_terms(view: View) -> View:
    """A private page that a partner may open before accepting the terms."""
    view.before_terms = True  # type: ignore[attr-defined]
    return view


def safe_next(request: HttpRequest, default: str) -> str:
    """Where the browser wants to go next, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_plain = target.startswith("/") and not CONTROLS.search(unquote(target))
    if is_plain and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return default

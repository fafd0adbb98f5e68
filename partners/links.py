"""Links that work without signing in: derived from a key, never stored.

A token names a purpose, an id and a version; raising the version in its row revokes the link.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

SIGNATURE_BYTES = 24


class BadLink(ValueError):
    """Not a link of ours, or altered on its way."""


def _signature(purpose: str, payload: str) -> str:
    key = settings.LINK_KEY.encode()
    digest = hmac.new(key, f"{purpose}:{payload}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()


def token(purpose: str, identifier: object, version: int) -> str:
    payload = f"{identifier}.{version}"
    return f"{payload}.{_signature(purpose, payload)}"


def read(purpose: str, text: str) -> tuple[str, int]:
    """The id and version a token carries; BadLink unless we made it for this purpose."""
    payload, _, signature = text.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(purpose, payload).encode()):
        raise BadLink
    identifier, _, version = payload.rpartition(".")
    return identifier, int(version)


def absolute(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"

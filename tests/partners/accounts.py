"""What the tests of accounts share: typing passwords, reading mail, an authenticator app."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from partners.models import User
from partners.outbox import deliver_due
from tests.factories import PASSWORD
from tests.harness.roles import as_app

NEW_PASSWORD = "vier-kleine-rote-schuhe"
PERIOD, DIGITS = 30, 6


def sign_in(client: Client, email: str, password: str = PASSWORD, **data: str):
    data = {"login": email, "password": password, **data}
    return client.post(reverse("account_login"), data)


def signed_in_user(client: Client) -> int | None:
    """Who the next request would come from."""
    return client.get(reverse("account_change_password")).wsgi_request.user.pk


def confirm_password(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def delivered() -> list[EmailMessage]:
    """Let the outbox work, and take the mails out of the letter box."""
    with as_app():
        deliver_due()
    taken, mail.outbox[:] = list(mail.outbox), []
    return taken


def only_mail() -> EmailMessage:
    (message,) = delivered()
    return message


def path_in(message: EmailMessage) -> str:
    """Where the link in the plain text of a mail leads."""
    (path,) = set(re.findall(r"http://testserver(/\S+)", str(message.body)))
    return path


def code_for(secret: str, moment: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time() if moment is None else moment) // PERIOD)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def set_up_authenticator(client: Client) -> str:
    """Set an authenticator app up as a person does; return its secret."""
    confirm_password(client)
    url = reverse("mfa_activate_totp")
    secret = client.get(url).context["form"].secret
    response = client.post(url, {"code": code_for(secret)})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def without_password(user: User) -> User:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user

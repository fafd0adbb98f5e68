"""Mails about accounts. The outbox keeps who and what; links are made when a mail is handed over."""

import dataclasses
from typing import Any
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.utils.translation import gettext_lazy as _

from partners import actions, clock, links, outbox
from partners.account_texts import INVITATION, TEXTS
from partners.letters import compose
from partners.models import MailClass, OutboxMessage, User

ACCOUNT = "account"
RESET = "account/email/password_reset_key"
CONFIRMATION = "account/email/email_confirmation"
NEW_ADDRESS_NAMED = "account/email/new_address_named"
NOBODY = User(pk=0)


@dataclasses.dataclass(frozen=True)
class Letter:
    """What a mail needs besides its words."""

    user: User
    to: str
    link: str = ""


def register() -> None:
    outbox.register(
        ACCOUNT,
        MailClass.SYSTEM,
        load_accounts,
        may_be_told,
        render,
        label=_("Account and sign-in"),
    )
    outbox.register(
        actions.INVITATION,
        MailClass.SYSTEM,
        load_invitations,
        is_invited,
        render,
        label=_("Invitation"),
    )


# --- writing ---------------------------------------------------------------------------------


def write(template: str, user: User, email: str = "") -> None:
    """Note that a mail is due; `email` matters where a new address is to be confirmed."""
    address = None
    if template == CONFIRMATION:
        address = EmailAddress.objects.get(user=user, email=email)
    note(template, user, source_id=str(address.pk) if address else "")


def write_reset(user: User | None) -> None:
    """A link for a new password, once a minute at most.

    For an address that nobody has, a row is written too and dropped at hand-over, so that the page
    takes the same time.
    """
    note(RESET, user or NOBODY, occurrence=f"{clock.now():%Y%m%d%H%M}" if user else "")


def note(template: str, user: User, occurrence: str = "", **fields: Any) -> None:
    key = f"{template}:{user.pk}:{occurrence or uuid4()}"
    row = outbox.message(ACCOUNT, key=key, recipient=user, source_type=template, **fields)
    outbox.write([row])


# --- at hand-over ----------------------------------------------------------------------------


def load_accounts(rows: list[OutboxMessage]) -> dict[Any, Letter]:
    users = recipients(rows)
    asked = [row.source_id for row in rows if row.source_type == CONFIRMATION]
    addresses = EmailAddress.objects.filter(verified=False).in_bulk(asked)
    letters = {}
    for row in rows:
        user = users.get(int(row.recipient_id))
        if user is None:
            continue
        if row.source_type == RESET:
            letters[row.pk] = Letter(user, user.email, reset_link(user))
        elif row.source_type != CONFIRMATION:
            letters[row.pk] = Letter(user, user.email)
        elif address := addresses.get(int(row.source_id)):
            link = links.absolute("account_confirm_email", EmailConfirmationHMAC(address).key)
            letters[row.pk] = Letter(user, address.email, link)
    return letters


def load_invitations(rows: list[OutboxMessage]) -> dict[Any, Letter]:
    users = recipients(rows)
    return {
        row.pk: Letter(user, user.email, actions.welcome_link(user))
        for row in rows
        if (user := users.get(int(row.recipient_id)))
    }


def recipients(rows: list[OutboxMessage]) -> dict[int, User]:
    return User.objects.in_bulk({int(row.recipient_id) for row in rows})


def reset_link(user: User) -> str:
    key = default_token_generator.make_token(user)
    return links.absolute("account_reset_password_from_key", user_pk_to_url_str(user), key)


def may_be_told(row: OutboxMessage, letter: Letter) -> bool:
    return letter.user.is_active


def is_invited(row: OutboxMessage, letter: Letter) -> bool:
    """Whether this is still the newest invitation and nobody has followed it."""
    newest = str(actions.invitation_version(letter.user))
    return letter.user.is_active and row.source_version == newest


def render(row: OutboxMessage, letter: Letter) -> outbox.Mail:
    is_invitation = row.kind == actions.INVITATION
    text = INVITATION if is_invitation else TEXTS[row.source_type]
    name = letter.user.name if is_invitation else ""
    context = {"subject": text.subject, "text": text, "name": name, "link": letter.link}
    return compose("account", context, to=letter.to)

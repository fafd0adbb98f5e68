"""What the mails about accounts say: calm, short, and without addressing anyone as du or Sie."""

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Any  # a lazy translation; django-stubs has no public name for it


@dataclasses.dataclass(frozen=True)
class Text:
    """One mail: its subject, its paragraphs, and perhaps a button that leads somewhere."""

    subject: Words
    paragraphs: tuple[Words, ...]
    button: Words = ""


NOT_ME = _(
    "If this came from someone else: choose a new password and end all other sessions in the "
    "account's security settings, and tell the back office."
)

TEXTS = {
    "account/email/password_reset_key": Text(
        _("Choose a new password"),
        (
            _("A new password was asked for at the sign-in page. It can be chosen here:"),
            _("The link works once, for three days."),
            _("Nothing was asked for? Then nothing needs to be done: the old password stays."),
        ),
        _("Choose a new password"),
    ),
    "account/email/password_reset": Text(
        _("The password is new"), (_("The password of this account was set anew."), NOT_ME)
    ),
    "account/email/password_changed": Text(
        _("The password is new"), (_("The password of this account was changed."), NOT_ME)
    ),
    "account/email/password_set": Text(
        _("The password is new"), (_("This account has a password now."), NOT_ME)
    ),
    "account/email/email_confirmation": Text(
        _("Please confirm this e-mail address"),
        (
            _("This address was named for an account. Once confirmed, it is used for signing in."),
            _("The link works for three days. Not known here? Then simply leave it unused."),
        ),
        _("Confirm the address"),
    ),
    "account/email/new_address_named": Text(
        _("A new e-mail address was named"),
        (
            _(
                "Another e-mail address was named for this account. As soon as it is confirmed, it "
                "replaces this one."
            ),
            NOT_ME,
        ),
    ),
    "account/email/email_changed": Text(
        _("The new e-mail address is in use"),
        (_("From now on, this address is used for signing in and for mails."), NOT_ME),
    ),
    "account/email/email_deleted": Text(
        _("The e-mail address stays as it is"),
        (_("The new address that waited for its confirmation was taken back."), NOT_ME),
    ),
    "mfa/email/totp_activated": Text(
        _("Signing in now asks for a code"),
        (_("An authenticator app was set up for this account."), NOT_ME),
    ),
    "mfa/email/totp_deactivated": Text(
        _("The authenticator app was removed"),
        (_("Signing in no longer asks for a code of the authenticator app."), NOT_ME),
    ),
    "mfa/email/recovery_codes_generated": Text(
        _("There are new recovery codes"),
        (_("New recovery codes were made for this account; the old ones no longer work."), NOT_ME),
    ),
    "mfa/email/webauthn_added": Text(
        _("A passkey was added"), (_("A passkey was added to this account."), NOT_ME)
    ),
    "mfa/email/webauthn_removed": Text(
        _("A passkey was removed"), (_("A passkey of this account was removed."), NOT_ME)
    ),
}

INVITATION = Text(
    _("Welcome to Kundenkreis"),
    (
        _(
            "an account at Kundenkreis is ready: the notebook for customers and promises. All that "
            "is missing is a password:"
        ),
        _("The link works for seven days and belongs to this address alone."),
    ),
    _("Choose a password"),
)

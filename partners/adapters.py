"""How django-allauth behaves in our house: who may sign in, where to, in which words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners import account_mail, actions
from partners.models import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user: User) -> bool:
    """Whether a clerk must set up a second factor before the back office opens."""
    required = settings.OFFICE_MFA == "required" and user.is_staff
    return required and not is_mfa_enabled(user, SECOND_FACTORS)


class Backend(AuthenticationBackend):
    """Who is paused is signed out with the next request, and does not come in."""

    def user_can_authenticate(self, user):
        paused = user.partner is not None and user.partner.is_paused
        return super().user_can_authenticate(user) and not paused


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is paused at the moment."),
        "cannot_remove_primary_email": _("The account needs this e-mail address."),
        "duplicate_email": _("This is the address of the account already."),
        "email_password_mismatch": _("E-mail address and password do not match."),
        "email_taken": _("This address cannot be used. Please choose another one."),
        "enter_current_password": _("This is not the present password."),
        "incorrect_code": _("This code is not right, or no longer valid."),
        "incorrect_password": _("This password is not right."),
        "invalid_or_expired_key": _("This link no longer works."),
        "invalid_password_reset": _("This link no longer works."),
        "rate_limited": _("That was a little too often. Please try again in a few minutes."),
        "same_as_current": _("This is the address of the account already."),
        "too_many_login_attempts": _(
            "That was a little too often. Please try again in a few minutes."
        ),
    }

    # --- who comes in, and where to ---

    def is_open_for_signup(self, request):
        """Partners are invited by the back office."""
        return False

    def pre_login(self, request, user, **kwargs):
        if user.partner and user.partner.is_paused:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        actions.trust_address(user)
        super().login(request, user)

    def get_login_redirect_url(self, request):
        return reverse("office-home" if request.user.is_staff else "today")

    def get_password_change_redirect_url(self, request):
        return reverse("account_change_password")

    def is_safe_url(self, url):
        """Only pages of ours, named by their path."""
        return url.startswith("/") and super().is_safe_url(url)

    def set_password(self, user, password):
        actions.set_password(user, password)

    def confirm_email(self, request, email_address):
        """An address can belong to one user only."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email__iexact=email_address.email).exists():
            self.add_message(request, messages.ERROR, message=self.error_messages["email_taken"])
            return False
        return super().confirm_email(request, email_address)

    # --- mail: noted here, made and sent by the outbox ---

    def send_mail(self, template_prefix, email, context: dict[str, Any]):
        account_mail.write(template_prefix, context["user"], email)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        account_mail.write(template_prefix, user)

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """The new address is asked, the old one is told."""
        super().send_confirmation_mail(request, emailconfirmation, signup)
        account_mail.write(account_mail.NEW_ADDRESS_NAMED, emailconfirmation.email_address.user)

    # --- words ---

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": _("With the password"),
            "mfa_reauthenticate": _("With a code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Recovery codes come with a second factor."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth names it so
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

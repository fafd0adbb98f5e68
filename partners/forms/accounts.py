"""allauth's forms in our words: few fields, no placeholders, one password field with an eye."""

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from partners import account_mail
from partners.models import User

EYE = "account/password_input.html"
LABELS = {
    "login": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "code": _("Code"),
    "name": _("Name"),
    "passwordless": _("Sign in with it alone, without a password"),
}
HELP = {
    "password1": _("At least 10 characters. Three or four words in a row are easy to remember."),
    "passwordless": _("The device then asks for a fingerprint, a face or its PIN."),
}


class Worded:
    """A form of allauth, worded by us; a password is typed once, since it can be looked at."""

    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.template_name = EYE
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class LoginForm(Worded, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username"}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    pass


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    pass


class SetPasswordForm(Worded, account.SetPasswordForm):
    pass


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    pass


class AddEmailForm(Worded, account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = LABELS["login"]

    def save(self, request, **kwargs):
        """Write the mail down; an unknown address costs the same work and brings none."""
        account_mail.write_reset(next(iter(self.users), None))
        return self.cleaned_data["email"]


class AuthenticateForm(Worded, factor.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(Worded, factor.ReauthenticateForm):
    pass


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    pass


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    name = forms.CharField(max_length=100, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=100)


class WelcomeForm(forms.Form):
    """The first password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=HELP["password1"],
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].widget.template_name = EYE

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

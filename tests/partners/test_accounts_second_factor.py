"""A second factor: required of the office, offered to partners; codes, recovery, passkeys."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.factories import UserFactory
from tests.partners.accounts import (
    code_for,
    confirm_password,
    delivered,
    set_up_authenticator,
    sign_in,
    signed_in_user,
)
from tests.personas import signed_in


@pytest.fixture
def clerk():
    """A clerk on the first day: no second factor yet."""
    return UserFactory(email="clerk@example.org", name="Klara Klar", is_staff=True)


def test_the_office_opens_with_a_second_factor_alone(client, clerk, settings):
    settings.OFFICE_MFA = "required"
    sign_in(client, "clerk@example.org")
    assert client.get("/office/").url == reverse("mfa_index")

    set_up_authenticator(client)

    assert client.get("/office/").status_code == 200


def test_without_a_second_factor_a_clerk_cannot_act_either(clerk, settings, anna):
    settings.OFFICE_MFA = "required"

    signed_in(clerk).post(reverse("office-partner-pause", args=[anna.pk]))

    anna.refresh_from_db()
    assert not anna.is_paused


def test_the_admin_asks_for_it_too(clerk, settings):
    settings.OFFICE_MFA = "required"
    clerk.is_superuser = True
    clerk.save()

    assert signed_in(clerk).get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/"


def test_a_try_out_may_do_without(clerk, settings):
    settings.OFFICE_MFA = "optional"

    assert signed_in(clerk).get("/office/").status_code == 200


def test_partners_may_do_without(as_anna, settings):
    settings.OFFICE_MFA = "required"

    assert as_anna.get("/terms/").status_code == 200
    assert as_anna.get(reverse("mfa_index")).status_code == 200


def test_setting_up_asks_for_the_password_first(as_anna):
    response = as_anna.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_signing_in_then_asks_for_a_code(client, anna, clock):
    sign_in(client, "anna@example.org")
    secret = set_up_authenticator(client)
    client.logout()

    assert sign_in(client, "anna@example.org").url == reverse("mfa_authenticate")
    assert signed_in_user(client) is None
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert signed_in_user(client) is None
    clock.shift(60)
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert signed_in_user(client) == anna.user.pk


def test_a_recovery_code_opens_once(client, anna):
    sign_in(client, "anna@example.org")
    set_up_authenticator(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.logout()

    for expected in (anna.user.pk, None):
        sign_in(client, "anna@example.org")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in_user(client) == expected
        client.logout()


def test_new_recovery_codes_replace_the_old_ones(client, anna):
    sign_in(client, "anna@example.org")
    set_up_authenticator(client)
    url = reverse("mfa_view_recovery_codes")
    old = client.get(url).context["unused_codes"]

    client.post(reverse("mfa_generate_recovery_codes"))

    assert not set(old) & set(client.get(url).context["unused_codes"])


def test_guessing_codes_ends_after_five_tries(client, anna, clock):
    sign_in(client, "anna@example.org")
    secret = set_up_authenticator(client)
    client.logout()
    clock.shift(60)

    sign_in(client, "anna@example.org")
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert signed_in_user(client) is None


def test_each_change_is_told_by_mail(client, anna, django_capture_on_commit_callbacks):
    sign_in(client, "anna@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_authenticator(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert [message.subject for message in delivered()] == [
        "Die Anmeldung fragt jetzt nach einem Code",
        "Es gibt neue Notfallcodes",
        "Die Authenticator-App wurde entfernt",
    ]
    assert not Authenticator.objects.filter(user=anna.user).exists()


def test_the_passkey_page_runs_no_script_of_its_own(as_anna):
    """The content security policy would stop it; data blocks are no scripts."""
    confirm_password(as_anna)
    for name in ("account_login", "mfa_add_webauthn"):
        client = type(as_anna)() if name == "account_login" else as_anna
        page = client.get(reverse(name)).content.decode()
        tags = [part.split(">")[0] for part in page.split("<script")[1:]]

        assert all("src=" in tag or 'type="application/json"' in tag for tag in tags)
        assert " onclick=" not in page
        assert " style=" not in page


def test_a_made_up_passkey_is_refused(client, anna):
    for credential in ("{}", "[]", "1", "null", '{"response": {"userHandle": "MQ"}}', "x"):
        form = {"credential": credential}
        assert client.post(reverse("mfa_login_webauthn"), form).url == reverse("account_login")
    assert signed_in_user(client) is None

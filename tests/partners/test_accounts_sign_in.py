"""Signing in and out: who comes in, where to, and what a stranger learns."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from partners import actions
from partners.models import OutboxMessage, Partner
from tests.factories import PASSWORD, UserFactory
from tests.partners.accounts import (
    NEW_PASSWORD,
    delivered,
    only_mail,
    path_in,
    sign_in,
    signed_in_user,
)

LOGIN = "/accounts/login/"


def test_a_partner_lands_on_today_and_a_clerk_in_the_office(client, anna):
    UserFactory(email="clerk@example.org", is_staff=True)

    assert sign_in(client, "anna@example.org").url == "/"
    client.logout()
    assert sign_in(client, "clerk@example.org").url == "/office/"


def test_a_safe_next_page_comes_first(client, anna):
    assert sign_in(client, "anna@example.org", next="/customers/").url == "/customers/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "http://testserver/"]
)
def test_a_foreign_next_page_is_ignored(client, anna, target):
    assert sign_in(client, "anna@example.org", next=target).url == "/"


def test_the_address_may_be_typed_in_capitals_and_with_blanks(client, anna):
    assert sign_in(client, " ANNA@Example.org ").url == "/"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, anna):
    wrong = sign_in(client, "anna@example.org", "wrong")
    unknown = sign_in(client, "nobody@example.org", "wrong")

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert len(wrong.content) - len("anna") == len(unknown.content) - len("nobody")


def test_after_five_wrong_passwords_the_right_one_must_wait(client, anna, clock):
    for _ in range(5):
        sign_in(client, "anna@example.org", "wrong")

    assert sign_in(client, "anna@example.org").status_code == 200
    clock.shift(dt.timedelta(minutes=6))
    assert sign_in(client, "anna@example.org").status_code == 302


def test_the_admin_has_no_sign_in_of_its_own(client, office):
    for method in (client.get, client.post):
        response = method("/admin/login/", {"username": "office@example.org", "password": PASSWORD})
        assert response.status_code == 302
        assert response.url.startswith(f"{LOGIN}?next=")
    assert signed_in_user(client) is None


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/")
    form = {"email": "new@example.org", "password1": NEW_PASSWORD}

    assert page.templates[0].name == "account/signup_closed.html"
    assert client.post("/accounts/signup/", form).templates[0].name == page.templates[0].name
    assert not Partner.objects.exists()


# --- a forgotten password ---------------------------------------------------------------------


def ask_for_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_reset_link_arrives_by_mail_and_works_once(client, anna):
    ask_for_reset(client, "anna@example.org")
    path = path_in(only_mail())

    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD})

    assert sign_in(client, "anna@example.org", NEW_PASSWORD).url == "/"
    client.logout()
    assert client.get(path, follow=True).context["token_fail"]


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, anna):
    known = ask_for_reset(client, "anna@example.org")
    unknown = ask_for_reset(client, "nobody@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in delivered()] == [["anna@example.org"]]


def test_an_unknown_address_costs_the_same_queries(client, anna, django_assert_num_queries):
    with django_assert_num_queries(3) as known:
        ask_for_reset(client, "anna@example.org")
    with django_assert_num_queries(len(known.captured_queries)):
        ask_for_reset(client, "nobody@example.org")


def test_a_double_click_on_reset_sends_one_mail(client, anna, clock):
    ask_for_reset(client, "anna@example.org")
    ask_for_reset(client, "anna@example.org")

    assert len(delivered()) == 1


def test_the_outbox_keeps_neither_address_nor_link(client, anna):
    ask_for_reset(client, "anna@example.org")
    row = OutboxMessage.objects.get()
    kept = " ".join(str(value) for value in vars(row).values())

    assert "anna" not in kept
    assert "http" not in kept
    assert (row.kind, row.source_type) == ("account", "account/email/password_reset_key")


def test_a_reset_link_is_dead_after_a_password_change(client, anna):
    ask_for_reset(client, "anna@example.org")
    path = path_in(only_mail())
    actions.set_password(anna.user, NEW_PASSWORD)

    assert client.get(path).context["token_fail"]


# --- paused -----------------------------------------------------------------------------------


def test_a_paused_partner_is_refused_with_a_kind_sentence(client, anna):
    actions.pause(anna)

    page = client.get(sign_in(client, "anna@example.org").url)

    assert page.templates[0].name == "account/account_inactive.html"
    assert signed_in_user(client) is None


def test_a_wrong_password_does_not_tell_that_somebody_is_paused(client, anna):
    actions.pause(anna)

    assert sign_in(client, "anna@example.org", "wrong").status_code == 200


def test_a_pause_ends_the_session_at_once_and_for_good(client, anna):
    sign_in(client, "anna@example.org")

    actions.pause(anna)
    assert client.get("/").url == f"{LOGIN}?next=/"
    actions.resume(anna)
    assert client.get("/").url == f"{LOGIN}?next=/"


def test_a_session_without_a_record_is_closed_too_while_the_pause_lasts(as_anna, anna):
    actions.pause(anna)

    assert as_anna.get("/").url == f"{LOGIN}?next=/"


# --- devices ----------------------------------------------------------------------------------


def test_all_other_devices_can_be_signed_out(client, anna):
    phone, laptop = client, type(client)()
    sign_in(phone, "anna@example.org")
    sign_in(laptop, "anna@example.org")
    assert len(laptop.get("/accounts/sessions/").context["sessions"]) == 2

    laptop.post("/accounts/sessions/")

    assert signed_in_user(phone) is None
    assert signed_in_user(laptop) == anna.user.pk


def test_a_new_password_ends_the_other_devices(client, anna):
    phone, laptop = client, type(client)()
    sign_in(phone, "anna@example.org")
    sign_in(laptop, "anna@example.org")

    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    laptop.post("/accounts/password/change/", form)

    assert signed_in_user(phone) is None
    assert signed_in_user(laptop) == anna.user.pk


# --- another address ---------------------------------------------------------------------------


def test_a_new_address_counts_once_it_is_confirmed(client, anna):
    sign_in(client, "anna@example.org")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "neu@example.org"})

    mails = {message.to[0]: message for message in delivered()}
    assert set(mails) == {"anna@example.org", "neu@example.org"}
    client.post(path_in(mails["neu@example.org"]))

    anna.user.refresh_from_db()
    assert anna.user.email == "neu@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("neu@example.org", True, True)
    ]
    assert [message.to for message in delivered()] == [["neu@example.org"]]


def test_nobody_can_take_over_an_address_that_is_in_use(client, anna, boris):
    sign_in(client, "anna@example.org")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "boris@example.org"})
    mails = {message.to[0]: message for message in delivered()}

    client.post(path_in(mails["boris@example.org"]))

    anna.user.refresh_from_db()
    assert anna.user.email == "anna@example.org"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/customers/?q=a", "/customers/%3Fq%3Da"),
        ("http://evil.example/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(client, came_from, back):
    response = client.post(
        "/follow-ups/0199c0de-0000-7000-8000-000000000001/done/", headers={"referer": came_from}
    )

    assert response.url == f"/accounts/login/?next={back}"

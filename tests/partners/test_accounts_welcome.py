"""From the invitation to the first page: a password of one's own, then the terms."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from partners import actions
from partners.models import OutboxMessage, User
from tests.partners.accounts import (
    NEW_PASSWORD,
    delivered,
    only_mail,
    path_in,
    sign_in,
    signed_in_user,
)


@pytest.fixture
def newcomer(clock):
    fields = {"language": "de", "time_zone": "Europe/Berlin"}
    return actions.create_partner(name="Nora Neu", email="nora@example.org", **fields)


def test_the_invitation_leads_to_a_password_and_to_the_terms(client, newcomer):
    path = path_in(only_mail())
    assert client.get(path).status_code == 200

    assert client.post(path, {"password": NEW_PASSWORD}).url == "/"
    assert client.get("/").url == "/terms/?next=%2F"
    accepted = client.post("/terms/", {"version": "2026-11", "next": "/customers/"})

    assert accepted.url == "/customers/"
    newcomer.refresh_from_db()
    assert newcomer.has_accepted_terms


def test_looking_at_the_invitation_changes_nothing(client, newcomer):
    path = path_in(only_mail())
    for _ in range(3):
        assert client.get(path).status_code == 200

    assert User.objects.get().invited_at
    assert signed_in_user(client) is None


def test_the_invitation_works_once(client, newcomer):
    path = path_in(only_mail())
    client.post(path, {"password": NEW_PASSWORD})
    client.logout()

    assert client.get(path).status_code == 410
    assert client.post(path, {"password": "another-fine-password"}).status_code == 410
    assert sign_in(client, "nora@example.org", NEW_PASSWORD).status_code == 302


def test_the_invitation_works_for_seven_days(client, newcomer, clock):
    path = path_in(only_mail())

    clock.shift(dt.timedelta(days=7, seconds=-1))
    assert client.get(path).status_code == 200
    clock.shift(dt.timedelta(seconds=1))
    assert client.get(path).status_code == 410


def test_only_the_newest_invitation_works(client, newcomer, clock):
    first = path_in(only_mail())
    clock.shift(dt.timedelta(hours=1))
    actions.invite(newcomer.user)
    second = path_in(only_mail())

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_inviting_twice_in_a_minute_sends_one_mail(client, newcomer, clock):
    path = path_in(only_mail())
    clock.shift(30)
    actions.invite(newcomer.user)

    assert delivered() == []
    assert client.get(path).status_code == 200


def test_an_invitation_that_waited_too_long_is_not_sent(newcomer, clock):
    clock.shift(dt.timedelta(days=8))

    assert delivered() == []
    assert OutboxMessage.objects.get().state == "expired"


@pytest.mark.parametrize("token", ["x", "1.2.3", "1.1.ä", "99999999999999999999.1.x", "." * 300])
def test_a_made_up_link_shows_a_calm_page(client, token):
    assert client.get(reverse("welcome", args=[token])).status_code == 410


def test_a_weak_password_is_explained_beside_the_field(client, newcomer):
    page = client.post(path_in(only_mail()), {"password": "kurz"})

    assert page.status_code == 422
    assert page.context["form"].errors["password"]
    assert User.objects.get().invited_at


def test_a_paused_newcomer_does_not_come_in(client, newcomer):
    path = path_in(only_mail())
    actions.pause(newcomer)

    assert client.get(path).status_code == 410


def test_following_the_link_signs_somebody_else_out(as_anna, newcomer):
    path = path_in(only_mail())

    as_anna.post(path, {"password": NEW_PASSWORD})

    assert signed_in_user(as_anna) == newcomer.user.pk


def test_an_invitation_proves_the_address(client, newcomer):
    client.post(path_in(only_mail()), {"password": NEW_PASSWORD})

    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("nora@example.org", True, True)


def test_other_pages_wait_until_the_terms_are_accepted(client, newcomer):
    client.post(path_in(only_mail()), {"password": NEW_PASSWORD})

    client.post("/terms/", {"version": "1999-01"})

    assert client.get("/customers/").url == "/terms/?next=%2Fcustomers%2F"


def test_the_terms_can_be_read_again_in_both_languages(as_anna, anna):
    assert "Wem die Daten gehören" in as_anna.get("/terms/").content.decode()
    User.objects.filter(partner=anna).update(language="en")
    assert "Whose data it is" in as_anna.get("/terms/").content.decode()


def test_accepting_twice_keeps_the_first_date(as_anna, anna):
    before = anna.terms_accepted_at

    as_anna.post("/terms/", {"version": "2026-11"})

    anna.refresh_from_db()
    assert anna.terms_accepted_at == before

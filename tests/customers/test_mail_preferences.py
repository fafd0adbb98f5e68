"""The page on which people decide for themselves, and the one click that ends all mails."""

import datetime as dt

import pytest

from customers import permissions, preference
from customers.models import Customer, Permission
from partners import misses, preferences
from tests.customers.mails import (
    ABOUT_MAIL,
    Channel,
    How,
    Says,
    deliver,
    link_for,
    person,
    says_yes,
    with_imprint,
    written,
)
from tests.factories import AddressFactory, CustomerFactory, PhoneFactory
from tests.harness.roles import AppClient

pytestmark = pytest.mark.usefixtures("clock")
FORM = "application/x-www-form-urlencoded"
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def clara(anna):
    customer = person(with_imprint(anna))
    says_yes(customer)
    return customer


@pytest.fixture
def link(clara) -> str:
    return preference.link(clara).removeprefix("http://testserver")


@pytest.fixture
def stranger() -> AppClient:
    return AppClient(enforce_csrf_checks=True)


def welcome(customer, channel=Channel.EMAIL) -> bool:
    return bool(permissions.may_contact(customer, channel, ABOUT_MAIL[1]))


def count() -> int:
    return Permission.unscoped.count()


def test_who_tries_one_link_after_the_other_waits_but_the_button_always_works(
    stranger, clara, link, monkeypatch
):
    monkeypatch.setattr(misses, "MOST", 3)

    tries = [stranger.get(f"/p/{number}.1.x/").status_code for number in range(5)]
    assert tries == [404, 404, 404, 429, 429]
    assert stranger.get(link).status_code == 429
    assert stranger.post("/p/6.1.x/", ONE_CLICK, FORM).status_code == 429

    assert stranger.post(link, ONE_CLICK, FORM).status_code == 200
    assert not welcome(clara)


# --- one click (RFC 8058) ------------------------------------------------------------------------


@pytest.mark.parametrize("secure", [False, True])
def test_one_click_ends_it_at_once_however_often(stranger, clara, link, settings, secure):
    settings.SECURE_SSL_REDIRECT = secure
    for _time in range(3):
        response = stranger.post(link, ONE_CLICK, FORM, secure=secure)

        assert (response.status_code, dict(response.cookies)) == (200, {})
    assert not welcome(clara)
    assert count() == 2
    said = clara.permissions.last()
    assert (said.says, said.how, said.channel) == (Says.NO, How.UNSUBSCRIBED, Channel.EMAIL)


def test_the_link_in_a_mail_is_this_link(stranger, clara, link, mailoutbox):
    written(clara)
    deliver()

    assert link_for(mailoutbox[0]) == link
    stranger.post(link_for(mailoutbox[0]), ONE_CLICK, FORM)
    written(clara, "Another")
    assert deliver() == 0


def test_twenty_looks_change_nothing(stranger, clara, link):
    for _look in range(20):
        for look in (stranger.get, stranger.head, stranger.options):
            look(link)

    assert (welcome(clara), count()) == (True, 1)


# --- the page ------------------------------------------------------------------------------------


def test_each_way_that_is_known_can_be_switched(stranger, clara, link):
    PhoneFactory.create(customer=clara, typed="0170 1234567")
    AddressFactory.create(customer=clara)
    page = stranger.get(link).content.decode()
    assert page.count('type="checkbox"') == 6

    stranger.post(link, {"save": "1", "channel": ["phone", "letter"]})

    now = {channel: welcome(clara, channel) for channel in Channel.values}
    assert [channel for channel, is_on in now.items() if is_on] == ["phone", "letter"]
    by_phone = clara.permissions.get(channel="phone", says=Says.YES)
    assert (by_phone.how, by_phone.recorded_by) == (How.PAGE, None)
    assert by_phone.text
    assert by_phone.confirmed_at


def test_what_is_as_before_is_not_said_again(stranger, clara, link):
    stranger.post(link, {"save": "1", "channel": ["email"]})

    assert count() == 1


def test_nothing_at_all_means_every_way_and_is_said_once(stranger, clara, link):
    for _time in range(2):
        page = stranger.post(link, {"nothing": "1"}).content.decode()

    assert "Ab jetzt ist Ruhe" in page
    assert not any(welcome(clara, channel) for channel in Channel.values)
    assert clara.permissions.filter(says=Says.NO).count() == len(Channel.values)


def test_the_way_back_is_on_the_same_page(stranger, clara, link, clock):
    stranger.post(link, ONE_CLICK, FORM)
    clock.shift(dt.timedelta(seconds=20))

    stranger.post(link, {"save": "1", "channel": ["email"]})

    assert welcome(clara)


def test_the_page_tells_no_more_than_the_mails(stranger, clara, link):
    Customer.unscoped.filter(pk=clara.pk).update(note="likes lavender", last_name="Zobel")

    page = stranger.get(link).content.decode()

    for secret in ("lavender", "Zobel", "example.net", "Clara"):
        assert secret not in page
    assert "Anna Berger" in page


def test_who_lies_in_the_bin_can_still_say_no(stranger, as_anna, clara, link):
    as_anna.post(f"/customers/{clara.pk}/delete/")

    assert stranger.post(link, ONE_CLICK, FORM).status_code == 200

    assert Permission.unscoped_with_bin.filter(says=Says.NO).exists()


def test_a_link_to_a_merged_entry_leads_to_the_one_who_stays(stranger, anna, clara, link):
    survivor = CustomerFactory.create(partner=anna, first_name="Clara")
    gone = {"merged_into": survivor, "deleted_at": "2026-11-20T00:00Z"}
    Customer.unscoped.filter(pk=clara.pk).update(**gone)

    assert stranger.post(link, ONE_CLICK, FORM).status_code == 200

    assert survivor.permissions.get().says == Says.NO


def test_a_revoked_link_leads_nowhere(stranger, clara, link):
    Customer.unscoped.filter(pk=clara.pk).update(link_version=2)

    assert stranger.post(link, ONE_CLICK, FORM).status_code == 404
    assert welcome(clara)


def test_links_of_partners_own_mails_still_work(stranger, anna):
    from_digest = preference_of(anna)

    assert stranger.post(from_digest, ONE_CLICK, FORM).status_code == 200

    anna.refresh_from_db()
    assert not anna.digest_on


def preference_of(partner) -> str:
    return preferences.link(partner).removeprefix("http://testserver")

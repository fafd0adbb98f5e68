"""The settings: what a partner says about themselves, and what follows from it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from customers.models import FollowUp
from partners import preferences
from partners.forms.settings import SettingsForm, zone_choices
from partners.models import Partner
from tests.factories import FollowUpFactory

TUESDAY = dt.date(2026, 11, 24)


def said(**changes) -> dict:
    return {
        "name": "Anna Albers",
        "language": "de",
        "time_zone": "Europe/Berlin",
        "digest_on": "on",
        "digest_time": "07:30",
        "digest_weekdays": list("1234567"),
        **changes,
    }


def save(client, **changes):
    return client.post(reverse("settings"), said(**changes))


def test_what_was_said_is_kept(as_anna, anna):
    response = save(
        as_anna,
        name="Anna Albers-Zeh",
        language="en",
        digest_time="06:15",
        digest_weekdays=["5", "1"],
        digest_on="",
    )

    assert response.status_code == 302
    stored = Partner.objects.select_related("user").get(pk=anna.pk)
    assert (stored.name, stored.user.name) == ("Anna Albers-Zeh", "Anna Albers-Zeh")
    assert stored.user.language == "en"
    assert stored.digest_time == dt.time(6, 15)
    assert (stored.digest_on, stored.digest_weekdays) == (False, "15")


def test_the_page_shows_what_is_stored(as_anna):
    page = as_anna.get(reverse("settings")).content.decode()

    assert 'value="07:30"' in page
    assert '<option value="Europe/Berlin" selected>' in page
    assert page.count("checked") == 8


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Bitte sag uns, wie du heißt."),
        ({"digest_time": "25:99"}, "Bitte schreib die Uhrzeit so: 07:30."),
        ({"digest_time": ""}, "Bitte sag, wann die Mail kommen soll, zum Beispiel 07:30."),
        ({"time_zone": "Europe/Fulda"}, "Bitte wähl eine Zeitzone aus der Liste."),
        ({"language": "xx"}, "Bitte wähl eine Sprache aus der Liste."),
        ({"digest_weekdays": ["8"]}, "Bitte wähl Tage aus der Liste."),
        (
            {"digest_weekdays": []},
            "Wähl mindestens einen Tag, oder schalte die Morgenmail aus.",
        ),
    ],
)
def test_what_we_cannot_use_is_answered_with_a_sentence_and_kept(as_anna, anna, changes, sentence):
    response = save(as_anna, **{"name": "Typed Name"} | changes)

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    if "name" not in changes:
        assert "Typed Name" in page
    stored = Partner.objects.get(pk=anna.pk)
    assert (stored.name, stored.digest_time, stored.time_zone) == (
        "Anna", dt.time(7, 30), "Europe/Berlin",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["x" * 10_000, "👩🏽‍🌾 Änne", "آنا", "<script>alert(1)</script>"])
def test_any_name_is_kept_or_refused_but_never_harmful(as_anna, anna, name):
    response = save(as_anna, name=name)

    assert response.status_code == (422 if len(name) > 100 else 302)
    assert "<script>alert" not in as_anna.get(reverse("settings")).content.decode()


def test_a_name_that_is_not_valid_does_not_show_elsewhere(as_anna):
    response = save(as_anna, name="Wrong Name", digest_time="never")

    assert response.context["form"]["name"].value() == "Wrong Name"
    assert response.context["partner"].name == "Anna"


def test_ten_o_clock_stays_ten_o_clock_when_the_partner_moves(as_anna, anna):
    open_one = FollowUpFactory(customer__partner=anna, due=TUESDAY, due_time=dt.time(10))
    all_day = FollowUpFactory(customer__partner=anna, due=TUESDAY)
    done = FollowUpFactory(
        customer__partner=anna,
        due=TUESDAY,
        due_time=dt.time(10),
        state=FollowUp.State.DONE,
        closed_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    )
    closed_before = done.due_at

    save(as_anna, time_zone="Asia/Kathmandu")

    for follow_up in (open_one, all_day, done):
        follow_up.refresh_from_db()
    assert open_one.due_at == dt.datetime(2026, 11, 24, 4, 15, tzinfo=dt.UTC)
    assert all_day.due_at == dt.datetime(2026, 11, 23, 18, 15, tzinfo=dt.UTC)
    assert (open_one.zone, open_one.due_time) == ("Asia/Kathmandu", dt.time(10))
    assert done.due_at == closed_before


def test_another_partners_follow_ups_stay_when_one_moves(as_anna, boris):
    theirs = FollowUpFactory(customer__partner=boris, due=TUESDAY, due_time=dt.time(10))
    before = theirs.due_at

    save(as_anna, time_zone="Asia/Kathmandu")

    theirs.refresh_from_db()
    assert theirs.due_at == before


def test_a_pause_by_the_office_survives_a_form_that_was_open(as_anna, anna, monkeypatch):
    """Only what stands on the page is written."""
    paused_at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    saving = SettingsForm.save

    def save_after_the_office(form):
        Partner.objects.filter(pk=anna.pk).update(paused_at=paused_at)
        return saving(form)

    monkeypatch.setattr(SettingsForm, "save", save_after_the_office)
    save(as_anna)

    assert Partner.objects.get(pk=anna.pk).paused_at == paused_at


def test_every_zone_can_be_chosen():
    offered = {name for _heading, zones in zone_choices() for name, _label in zones}

    assert {"Europe/Berlin", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"} <= offered


# --- leaving by a link -----------------------------------------------------------------------


@pytest.fixture
def link(anna):
    return preferences.link(anna).removeprefix("http://testserver")


def test_looking_at_the_link_changes_nothing(client, anna, link):
    for method in (client.get, client.head, client.options):
        method(link)

    assert Partner.objects.get(pk=anna.pk).digest_on
    assert "Morgenmail abstellen" in client.get(link).content.decode()


def test_one_click_ends_it_without_a_redirect_or_cookie_however_often(anna, link):
    program = Client(enforce_csrf_checks=True)

    for _time in range(2):
        response = program.post(link, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not response.cookies
        assert not Partner.objects.get(pk=anna.pk).digest_on
    assert "Die Morgenmail ist abgestellt" in response.content.decode()


def test_the_page_speaks_its_partners_language(client, anna, link):
    type(anna.user).objects.update(language="en")

    assert "No more morning mail?" in client.get(link).content.decode()


@pytest.mark.parametrize("change", ["x", "other partner", "version"])
def test_a_link_we_did_not_make_is_a_page_that_does_not_exist(client, anna, boris, link, change):
    if change == "version":
        Partner.objects.filter(pk=anna.pk).update(digest_off_version=2)
    elif change == "x":
        link = link.replace(".", ".x", 1)
    else:
        link = link.replace(f"/{anna.pk}.", f"/{boris.pk}.", 1)

    assert client.post(link).status_code == 404
    assert Partner.objects.filter(digest_on=True).count() == 2

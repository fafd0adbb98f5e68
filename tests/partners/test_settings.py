"""The settings: what a partner says about themselves, and what follows from it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import FollowUp
from partners.forms.settings import SettingsForm, zone_choices
from partners.models import Partner
from tests.factories import FollowUpFactory

MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)


def said(**changes) -> dict:
    return {
        "name": "Anna Albers",
        "language": "de",
        "time_zone": "Europe/Berlin",
        "digest_on": "on",
        "digest_time": "07:30",
        "digest_weekdays": list("1234567"),
        "reminders_on": "on",
        "reminder_lead": "15",
        "absent_from": "",
        "absent_until": "",
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
        reminders_on="",
        reminder_lead="120",
        absent_from="2026-12-24",
        absent_until="03.01.2027",
    )

    assert response.status_code == 302
    stored = Partner.objects.select_related("user").get(pk=anna.pk)
    assert (stored.name, stored.user.name) == ("Anna Albers-Zeh", "Anna Albers-Zeh")
    assert stored.user.language == "en"
    assert stored.digest_time == dt.time(6, 15)
    assert (stored.digest_on, stored.digest_weekdays) == (False, "15")
    assert (stored.reminders_on, stored.reminder_lead) == (False, 120)
    assert stored.absent_from == dt.date(2026, 12, 24)
    assert stored.absent_until == dt.date(2027, 1, 3)


def test_the_page_shows_what_is_stored(as_anna):
    Partner.objects.update(absent_from="2026-12-24", absent_until="2027-01-03")

    page = as_anna.get(reverse("settings")).content.decode()

    assert 'value="07:30"' in page
    assert '<option value="Europe/Berlin" selected>' in page
    assert page.count("checked") == 9
    assert '<option value="15" selected>15 Minuten vorher</option>' in page
    assert 'value="2026-12-24"' in page
    assert 'value="2027-01-03"' in page


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
        ({"reminder_lead": ""}, "Bitte wähl, wie lange vorher."),
        ({"reminder_lead": "7"}, "Bitte wähl aus der Liste, wie lange vorher."),
        ({"absent_from": "2026-12-24"}, "Bitte sag auch den letzten Tag."),
        ({"absent_until": "2026-12-24"}, "Bitte sag auch den ersten Tag."),
        (
            {"absent_from": "2026-12-24", "absent_until": "2026-12-23"},
            "Der letzte Tag liegt vor dem ersten.",
        ),
        (
            {"absent_from": "2027-02-30", "absent_until": "2027-03-01"},
            "Bitte schreib den Tag so: 24.12.2026.",
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


def test_an_absence_that_is_over_is_forgotten(as_anna, anna, clock):
    over = {"absent_from": "2026-11-01", "absent_until": "2026-11-22"}
    Partner.objects.update(**over)

    save(as_anna, **over)
    assert Partner.objects.get(pk=anna.pk).absent_from is None

    save(as_anna, absent_from="2026-11-01", absent_until="2026-11-23")
    assert Partner.objects.get(pk=anna.pk).absent_until == MONDAY


@pytest.mark.parametrize("first", ["2026-10-20", "2025-12-24"])
def test_an_absence_typed_with_the_wrong_year_is_asked_about_and_kept(as_anna, anna, clock, first):
    Partner.objects.update(absent_from="2026-10-20", absent_until="2026-10-25")

    response = save(as_anna, absent_from=first, absent_until="2026-11-03")

    assert response.status_code == 422
    page = response.content.decode()
    assert "Dieser Urlaub ist schon vorbei." in page
    assert f'value="{first}"' in page
    assert Partner.objects.get(pk=anna.pk).absent_from == dt.date(2026, 10, 20)


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ("2026-11-23", "Du bist bis heute weg: Es kommen keine Erinnerungen."),
        ("2027-01-03", "Du bist bis 3. Januar 2027 weg: Es kommen keine Erinnerungen."),
    ],
)
def test_while_somebody_is_away_heute_says_so_without_asking_more(
    as_anna, clock, django_assert_num_queries, last, sentence
):
    with CaptureQueriesContext(connection) as usual:
        assert "weg:" not in as_anna.get(reverse("today")).content.decode()
    Partner.objects.update(absent_from=MONDAY, absent_until=last)

    with django_assert_num_queries(len(usual)):
        assert sentence in as_anna.get(reverse("today")).content.decode()


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-24", "2026-11-25"), ("2026-11-21", "2026-11-22")]
)
def test_before_and_after_an_absence_heute_is_as_always(as_anna, clock, first, last):
    Partner.objects.update(absent_from=first, absent_until=last)

    assert "weg:" not in as_anna.get(reverse("today")).content.decode()


def test_every_zone_can_be_chosen():
    offered = {name for _heading, zones in zone_choices() for name, _label in zones}

    assert {"Europe/Berlin", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"} <= offered

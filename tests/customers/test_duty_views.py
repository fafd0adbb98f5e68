"""Duties settled together, one person told, and what Heute and the person's page say."""

import datetime as dt
from http import HTTPStatus
from urllib.parse import quote

import pytest
from django.urls import reverse

from customers.actions import undo as take_back
from partners import clock as business
from partners import profile
from partners.models import uuid7
from tests.customers.many import everything, undo_url
from tests.customers.pages import tags, toasts, undo
from tests.factories import (
    CustomerFactory,
    InteractionFactory,
    PhoneFactory,
)
from tests.harness.queries import costs
from tests.trust_factories import DataSubjectRequestFactory, PermissionFactory, ProfileFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

DUTIES = "/customers/duties/"
TODAY = dt.date(2026, 11, 23)  # as the clock stands


def days_ago(number):
    return business.now() - dt.timedelta(days=number)


def untold(partner, ago=20, **fields):
    return CustomerFactory(
        partner=partner, created_at=days_ago(ago), **{"source_kind": "recommendation"} | fields
    )


def silent(partner, ago=500, **fields):
    return CustomerFactory(partner=partner, created_at=days_ago(ago), **fields)


def informed_url(customer):
    return reverse("customer-informed", args=[customer.pk])


def settle(client, do, *people, **more):
    return client.post(DUTIES, {"do": do, "ids": [person.pk for person in people]} | more)


def page(client, url=DUTIES):
    return client.get(url).content.decode()


# --- the page ---------------------------------------------------------------------------------


def test_heute_leads_to_the_page_in_one_line(as_anna, anna):
    assert DUTIES not in page(as_anna, "/")

    for _number in range(12):
        untold(anna)

    heute = page(as_anna, "/")
    assert "12 people do not know yet that you noted them" in heute
    assert f'href="{DUTIES}"' in heute


def test_an_empty_page_says_so(as_anna, anna):
    assert "All settled." in page(as_anna)


def test_everybody_stands_there_with_a_day(as_anna, anna):
    untold(anna, ago=40, first_name="Late", source="from Petra")
    untold(anna, ago=1, first_name="Fresh", source_kind="company")
    silent(anna, first_name="Quiet")

    html = page(as_anna)

    assert html.index("Late") < html.index("Fresh") < html.index("Quiet")
    assert "From Petra" in html
    assert "due for 9 days" in html
    assert "by 22 December" in html
    assert "never spoken" in html
    assert profile.notice_link(anna) in html


@pytest.mark.parametrize(
    ("do", "how", "has_version"),
    [
        ("spoken", "spoken", False),
        ("link", "link", True),
        ("printed", "printed", True),
        ("known", "known", False),
    ],
)
def test_some_are_told_together_and_it_can_be_taken_back(as_anna, anna, do, how, has_version):
    mine = ProfileFactory(partner=anna)
    eva, ida, otto = untold(anna), untold(anna), untold(anna)
    before = everything(anna)

    response = settle(as_anna, do, eva, ida)

    assert toasts(response) == ["Noted: 2 people know."]
    eva, ida, otto = [anna.customers.get(pk=one.pk) for one in (eva, ida, otto)]
    assert {(one.informed_how, one.informed_on) for one in (eva, ida)} == {(how, TODAY)}
    assert eva.notice_version == (profile.notice_version(mine) if has_version else "")
    assert otto.informed_on is None

    as_anna.post(undo_url(anna.bulkacts.get()))
    assert everything(anna) == before


def test_all_of_a_group_are_meant_not_only_those_on_the_page(as_anna, anna, boris):
    for _number in range(30):
        untold(anna)
    other, theirs = silent(anna), untold(boris)
    html = page(as_anna)
    assert html.count('name="ids"') == 25 + 1
    assert "?duty=untold" in html

    response = settle(as_anna, "spoken", query="duty=untold")

    assert toasts(response) == ["Noted: 30 people know."]
    assert anna.customers.exclude(informed_on=None).count() == 30
    assert not anna.customers.get(pk=other.pk).informed_on
    assert not boris.customers.get(pk=theirs.pk).informed_on


def test_who_has_been_silent_stays_or_goes(as_anna, anna):
    stays, goes = silent(anna), silent(anna)
    InteractionFactory(customer=goes, occurred_at=days_ago(450))
    before = everything(anna)

    assert toasts(settle(as_anna, "keep", stays)) == ["1 person stays."]
    assert anna.customers.get(pk=stays.pk).kept_on == TODAY
    assert toasts(settle(as_anna, "delete", goes))[-1] == "1 person is in the bin."
    assert list(anna.customers.all()) == [stays]
    assert "All settled." in page(as_anna)

    for bulk in anna.bulkacts.all():
        as_anna.post(undo_url(bulk))
    assert everything(anna) == before


def test_the_same_form_twice_is_done_once(as_anna, anna):
    person = untold(anna)
    row = str(uuid7())

    settle(as_anna, "spoken", person, row_id=row)
    take_back(anna, anna.user, anna.bulkacts.get().acts[0])
    response = settle(as_anna, "link", person, row_id=row)

    assert toasts(response)[-1] == "You had saved this already."
    assert not anna.customers.get(pk=person.pk).informed_on


def test_with_nobody_chosen_nothing_happens(as_anna, anna):
    person = untold(anna)

    assert toasts(settle(as_anna, "spoken")) == ["Nobody was selected."]
    assert settle(as_anna, "nonsense", person).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.customers.get(pk=person.pk).informed_on


def test_nobody_settles_for_somebody_else(as_anna, boris):
    theirs = untold(boris)

    for do in ("spoken", "keep", "delete"):
        settle(as_anna, do, theirs)

    theirs = boris.customers.get(pk=theirs.pk)
    assert (theirs.informed_on, theirs.kept_on, theirs.version) == (None, None, 1)


def test_a_request_stands_there_until_it_is_answered(as_anna, anna):
    eva = CustomerFactory(partner=anna, first_name="Eva")
    asked = DataSubjectRequestFactory(customer=eva, due_on=dt.date(2026, 11, 27))
    html = page(as_anna)
    assert "wants to see their data" in html
    assert "by Friday" in html
    assert reverse("right-list", args=[eva.pk]) in html

    asked.state = "done"
    asked.save()
    assert "All settled." in page(as_anna)


def test_a_request_of_somebody_who_is_locked_still_waits(as_anna, anna):
    locked = CustomerFactory(
        partner=anna, deleted_at=days_ago(1), restricted_at=days_ago(1), first_name="Locked"
    )
    gone = CustomerFactory(partner=anna, deleted_at=days_ago(1), first_name="Binned")
    for person in (locked, gone):
        DataSubjectRequestFactory(customer=person, due_on=TODAY)

    html = page(as_anna)

    assert "Locked" in html
    assert "Binned" not in html
    assert reverse("locked-list") in html
    assert "1 request by today" in page(as_anna, "/")


def test_the_list_can_be_asked_for_each_kind_of_duty(as_anna, anna):
    people = {
        "untold": untold(anna, stage="customer"),
        "silent": silent(anna),
        "unanswering": CustomerFactory(partner=anna, created_at=days_ago(20)),
    }
    PermissionFactory(customer=people["unanswering"], says="asked", said_at=days_ago(20))
    CustomerFactory(partner=anna)

    for name, person in people.items():
        html = page(as_anna, f"/customers/?duty={name}")
        assert person.get_absolute_url() in html
        assert html.count('name="ids"') == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(as_anna, anna, count):
    for number in range(count):
        person = untold(anna, stage="customer", last_contact_at=days_ago(2))
        DataSubjectRequestFactory(customer=person, due_on=TODAY)
        silent(anna)
        asked = CustomerFactory(partner=anna, created_at=days_ago(20 + number))
        PermissionFactory(customer=asked, says="asked", said_at=days_ago(20))

    page(as_anna)
    with costs(7):  # session, user, requests, four groups
        page(as_anna)


# --- one person -------------------------------------------------------------------------------


def test_the_persons_page_says_whether_they_know(as_anna, anna):
    person = untold(anna)
    assert "Does not know yet that you noted them: best told by" in page(
        as_anna, person.get_absolute_url()
    )
    friend = CustomerFactory(partner=anna)
    assert "Say that you noted them" in page(as_anna, friend.get_absolute_url())

    response = as_anna.post(informed_url(person), {"how": "spoken", "day": "2026-11-20"})

    assert response.url == person.get_absolute_url()
    person = anna.customers.get(pk=person.pk)
    assert (person.informed_how, person.informed_on) == ("spoken", dt.date(2026, 11, 20))
    assert "Knows since 20 November that you noted them" in page(as_anna, person.get_absolute_url())
    undo(as_anna, response)
    assert anna.customers.get(pk=person.pk).informed_on is None


def test_what_was_noted_by_mistake_is_taken_back(as_anna, anna):
    person = untold(anna, informed_on=TODAY, informed_how="link", notice_version="1.abc")

    response = as_anna.post(reverse("customer-uninformed", args=[person.pk]))

    assert toasts(response) == ["Noted: not told yet."]
    assert tags(response)[0].startswith("undo-")
    person = anna.customers.get(pk=person.pk)
    assert (person.informed_how, person.informed_on, person.notice_version) == ("", None, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"how": "spoken", "day": "2026-11-24"}, "That day has not come yet."),
        ({"how": "", "day": "2026-11-20"}, "Please choose one."),
        ({"how": "mail", "day": "2026-11-20"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(as_anna, anna, typed, sentence):
    person = untold(anna)

    response = as_anna.post(informed_url(person), typed)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.content.decode()
    assert anna.customers.get(pk=person.pk).version == 1


def test_the_words_to_send_leave_from_the_partners_own_phone(as_anna, anna):
    ProfileFactory(partner=anna, name="Anna Albers")
    eva = untold(anna, first_name="Eva", last_name="Roth", salutation="ms")
    PhoneFactory(customer=eva, typed="0171 3920001", kind="mobile")

    html = page(as_anna, informed_url(eva))

    link = profile.notice_link(anna)
    assert "Dear Eva," in html
    assert "I noted your name." in html
    assert "Anna Albers" in html
    assert f"https://wa.me/491713920001?text={quote('Dear Eva,')}" in html
    assert quote(link) in html

    anna.customers.update(formality="sie")
    assert "Dear Ms Roth," in page(as_anna, informed_url(eva))
    assert not anna.messages.exists()

    anna.customers.update(declined="messenger email")
    html = page(as_anna, informed_url(eva))
    assert "wa.me" not in html
    assert "mailto:" not in html
    assert "sms:+491713920001?" in html


def test_the_sheet_costs_the_same_with_one_and_three_numbers(as_anna, anna):
    person = untold(anna)
    page(as_anna, informed_url(person))
    for _number in range(2):
        PhoneFactory(customer=person)
        with costs(5):  # session, user, person, profile, how to reach them
            page(as_anna, informed_url(person))

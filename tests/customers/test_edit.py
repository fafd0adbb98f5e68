"""Changing and deleting people in two tabs, and taking it back."""

from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partners import changes
from partners.models import uuid7
from tests.customers.pages import ADD, LIST, edit_url, full_customer, new, toasts, typed_over, undo
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    PhoneFactory,
)

pytestmark = pytest.mark.usefixtures("english")


def test_an_edit_writes_everything_once(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra")
    url = edit_url(petra)

    response = as_anna.post(
        url,
        typed_over(
            as_anna,
            edit_url(petra),
            last_name="Weiß",
            phone="030 23125 100",
            email="petra@example.org",
            city="Fulda",
            birthday="29.2.",
            note="Duft zu stark",
        ),
    )

    assert response.url == petra.get_absolute_url()
    assert list(anna.customers.search("weiss 03023125100 fulda petra@")) == [petra]
    petra.refresh_from_db()
    assert (petra.birth_day, petra.birth_month, petra.birth_year) == (29, 2, None)
    assert petra.version == 2
    assert anna.changes.filter(row_id=petra.pk).count() == 1


def test_an_edit_that_changes_nothing_offers_no_undo(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra)

    response = as_anna.post(edit_url(petra), typed_over(as_anna, edit_url(petra)))

    assert [message.extra_tags for message in get_messages(response.wsgi_request)] == [""]
    assert not anna.changes.exists()


def two_tabs(client, customer, first: dict, second: dict):
    """Both pages are open before either is saved; what the second one answers."""
    ours, theirs = (
        typed_over(client, edit_url(customer), **second),
        typed_over(client, edit_url(customer), **first),
    )
    url = edit_url(customer)
    assert client.post(url, theirs).status_code == HTTPStatus.FOUND
    return url, ours, client.post(url, ours)


def test_two_tabs_the_slower_one_is_asked(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra", stage="prospect", note="old")

    url, ours, answer = two_tabs(
        as_anna, petra, {"note": "theirs", "stage": "guest"}, {"note": "ours"}
    )

    assert answer.status_code == HTTPStatus.CONFLICT
    assert [(label, theirs, yours) for label, theirs, yours in answer.context["conflict"]] == [
        ("Stage", "guest", "prospect"),
        ("Note", "theirs", "ours"),
    ]
    assert anna.customers.get().note == "theirs"
    html = answer.content.decode()
    assert all(word in html for word in ("theirs", "ours", "Note"))

    shown = answer.context["form"]
    as_anna.post(url, ours | {"row_version": shown["row_version"].value()})
    assert anna.customers.get().note == "ours"


@pytest.mark.parametrize(
    ("theirs", "ours", "label"),
    [
        ({"phone": "030 23125 101"}, {"phone": "030 23125 102"}, "Phone number"),
        ({"phone": "03023125100"}, {"phone": "030 23125 100 "}, "Phone number"),
        ({"phone": ""}, {"phone": "030 23125 102"}, "Phone number"),
        ({"email": "new@example.org"}, {"email": "newer@example.org"}, "E-mail"),
        ({"city": "Hünfeld"}, {"city": "Petersberg"}, "Place"),
        ({"birthday": "1.2."}, {"birthday": "3.4.1980"}, "Birthday"),
    ],
)
def test_two_tabs_notice_numbers_and_addresses_too(as_anna, anna, theirs, ours, label):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra, typed="030 23125 100")
    EmailFactory(customer=petra)
    AddressFactory(customer=petra)

    _url, _data, answer = two_tabs(as_anna, petra, theirs, ours)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert [row[0] for row in answer.context["conflict"]] == [label]


def test_two_tabs_that_typed_the_same_do_not_quarrel(as_anna, anna):
    petra = CustomerFactory(partner=anna)

    _url, _data, answer = two_tabs(as_anna, petra, {"note": "same"}, {"note": "same"})

    assert answer.status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("version", ["", "nonsense", "0", "99999999999999999999"])
def test_an_edit_without_its_version_overwrites_nothing(as_anna, anna, version):
    petra = CustomerFactory(partner=anna, note="theirs")

    data = typed_over(as_anna, edit_url(petra), note="ours", row_version=version)
    answer = as_anna.post(edit_url(petra), data)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert anna.customers.get().note == "theirs"


def test_a_row_that_changes_between_reading_and_writing_is_not_overwritten(
    as_anna, anna, monkeypatch
):
    petra = CustomerFactory(partner=anna, note="theirs")
    data = typed_over(as_anna, edit_url(petra), note="ours")
    swap = changes.touch

    def too_late(row, **new):
        type(row).unscoped.filter(pk=row.pk).update(version=99)
        swap(row, **new)

    monkeypatch.setattr(changes, "touch", too_late)
    answer = as_anna.post(edit_url(petra), data | {"next": LIST})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert b"This has changed meanwhile." in answer.content
    assert answer.context["next"] == LIST
    assert anna.customers.get().note == "theirs"


def everything(partner) -> list:
    """Each live row of a partner with what it says."""
    kinds = ("customers", "phones", "emails", "addresses", "followups", "interactions")
    left_out = ("version", "updated_at", "schedule_version", "scheduled_at")
    return [
        sorted(
            [
                tuple((k, v) for k, v in row.items() if k not in left_out)
                for row in getattr(partner, kind).values()
            ],
            key=str,
        )
        for kind in kinds
    ]


def test_delete_takes_everything_and_undo_brings_back_exactly_that(as_anna, anna):
    petra = full_customer(anna)
    CustomerFactory(partner=anna, first_name="Other")
    before = everything(anna)

    response = as_anna.post(reverse("customer-delete", args=[petra.pk]))

    assert toasts(response) == ["Petra Müller lies in the bin for 30 days."]
    assert [len(rows) for rows in everything(anna)] == [1, 0, 0, 0, 0, 0]
    assert as_anna.get(petra.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND

    undo(as_anna, response)
    assert everything(anna) == before
    assert list(anna.customers.search("muller petra fulda")) == [petra]


def test_what_was_deleted_before_stays_deleted(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra)
    as_anna.post(edit_url(petra), typed_over(as_anna, edit_url(petra), phone=""))

    undo(as_anna, as_anna.post(reverse("customer-delete", args=[petra.pk])))

    assert not petra.phones.exists()


def test_a_second_tap_on_delete_is_harmless(as_anna, anna):
    url = reverse("customer-delete", args=[CustomerFactory(partner=anna).pk])

    answers = [as_anna.post(url), as_anna.post(url)]

    assert [answer.url for answer in answers] == [LIST, LIST]
    assert anna.changes.count() == 1


def test_undo_of_an_edit_restores_the_person_and_the_search(as_anna, anna):
    petra = full_customer(anna)
    before = everything(anna)
    url = edit_url(petra)

    response = as_anna.post(
        url,
        typed_over(
            as_anna, edit_url(petra), last_name="Weiß", phone="069 90009-1", city="", street=""
        ),
    )
    assert list(anna.customers.search("muller")) == []
    undone = undo(as_anna, response)

    assert toasts(undone)[-1] == "Taken back."
    assert everything(anna) == before
    assert list(anna.customers.search("muller 030 23125")) == [petra]


def test_undo_of_one_edit_leaves_the_next_ones_findable(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    url = edit_url(petra)
    first = as_anna.post(url, typed_over(as_anna, edit_url(petra), phone="030 23125 100"))
    as_anna.post(url, typed_over(as_anna, edit_url(petra), email="petra@example.org"))

    undo(as_anna, first)

    assert list(anna.customers.search("petra@example.org")) == [petra]
    assert list(anna.customers.search("030 23125")) == []


def test_an_open_edit_page_notices_an_undo(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    url = edit_url(petra)
    response = as_anna.post(url, typed_over(as_anna, edit_url(petra), phone="030 23125 100"))
    page = typed_over(as_anna, edit_url(petra), note="ours")

    undo(as_anna, response)

    assert as_anna.post(url, page).status_code == HTTPStatus.CONFLICT


def test_undo_twice_is_harmless(as_anna, anna):
    petra = full_customer(anna)
    response = as_anna.post(reverse("customer-delete", args=[petra.pk]))
    undo(as_anna, response)
    before = everything(anna)

    again = undo(as_anna, response)

    assert toasts(again)[-1] == "Taken back."
    assert everything(anna) == before


def test_undo_keeps_what_changed_later_and_says_so(as_anna, anna):
    petra = CustomerFactory(partner=anna, note="first")
    url = edit_url(petra)
    response = as_anna.post(url, typed_over(as_anna, edit_url(petra), note="second"))
    as_anna.post(url, typed_over(as_anna, edit_url(petra), note="third"))

    undone = undo(as_anna, response)

    assert anna.customers.get().note == "third"
    assert toasts(undone)[-1] == "Some of it has changed since and stays as it is."


@pytest.mark.parametrize("later", ["note", "phone", "promise"])
def test_undo_of_adding_keeps_a_person_who_is_in_use(as_anna, anna, later):
    response = as_anna.post(ADD, new(row_id=uuid7(), phone="030 23125 100"))
    petra = anna.customers.get()
    if later == "promise":
        FollowUpFactory(customer=petra)
    else:
        typed = {"note": "likes lemon"} if later == "note" else {"phone": "030 23125 101"}
        url = edit_url(petra)
        as_anna.post(url, typed_over(as_anna, edit_url(petra), **typed))

    undone = undo(as_anna, response)

    assert toasts(undone)[-1] == "Some of it has changed since and stays as it is."
    assert anna.customers.get().phones.count() == 1


def test_undo_of_adding_takes_the_person_away(as_anna, anna):
    response = as_anna.post(ADD, new(row_id=uuid7(), phone="030 23125 100", city="Fulda"))

    undo(as_anna, response)

    assert everything(anna) == [[], [], [], [], [], []]


def test_an_act_of_another_partner_is_not_there(as_anna, as_boris, anna, boris):
    petra = CustomerFactory(partner=boris)
    response = as_boris.post(reverse("customer-delete", args=[petra.pk]))

    answers = [undo(as_anna, response), as_anna.post(reverse("undo", args=[uuid7()]))]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert not boris.customers.exists()

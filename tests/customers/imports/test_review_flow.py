"""Odd cards, odd answers and files of which somebody has two tabs open."""

import json
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers.actions import importing
from customers.imports import decisions, picked
from customers.imports.standing import standing
from customers.models import Import, OwnField
from partners.models import uuid7
from tests.customers.imports.flows import (
    card,
    everything,
    plain_cards,
    read,
    rows_of,
    take,
    undo,
    verdicts,
)
from tests.factories import CustomerFactory, OwnFieldFactory, PhoneFactory

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards", "english")
Kind = OwnField.Kind


def test_what_an_own_field_cannot_hold_stands_in_the_note_and_is_said(anna):
    OwnFieldFactory(partner=anna, name="Shoe size", kind=Kind.NUMBER)
    before = everything(anna)
    eva = card("Eva Kern", phone="0661 1", note="Tea", own={"Shoe size": "rather big"})

    run = take(read(anna, eva))

    assert anna.customers.get().note == "Tea\nShoe size: rather big"
    assert not anna.own_values.exists()
    assert standing(run).remarks == [
        "“rather big” does not fit Shoe size and now stands in the note."
    ]
    assert verdicts(read(anna, eva)) == ["same"]
    undo(run)
    assert everything(anna) == before


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.NUMBER, "38,50"), (Kind.DATE, "14.3.2026"), (Kind.YES_NO, "ja")]
)
def test_an_own_value_is_the_same_however_it_is_written(anna, kind, said):
    OwnFieldFactory(partner=anna, name="Shoe size", kind=kind)
    eva = card("Eva Kern", email="eva@example.org", own={"Shoe size": said})

    take(read(anna, eva))

    assert anna.own_values.count() == 1
    assert verdicts(read(anna, eva)) == ["same"]


@pytest.mark.parametrize("which", ["²", "-1", "9" * 5000, "2", " 0", "٠"])
def test_a_forged_answer_is_no_answer(anna, as_anna, which):
    for _twin in range(2):
        twin = CustomerFactory(partner=anna, first_name="Eva", last_name="Kern")
        PhoneFactory(customer=twin, typed="0661 12345")
    run = read(anna, card("Eva Kern", phone="0661 12345"))
    assert verdicts(run) == ["doubtful"]
    row = f"{decisions.PEOPLE}-0"

    answer = as_anna.post(
        reverse("customer-import-decide", args=[run.pk]),
        {"row": row, "show": "doubtful", "choice": f"same-{which}"},
    )

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "choice" not in rows_of(run)[0]


@pytest.mark.parametrize("posted", ['[{"name": ["Eva \\ud800"]}]', "[" * 200_000, '[{"name": 1}'])
def test_what_a_phone_cannot_mean_is_refused_in_a_sentence(as_anna, anna, posted):
    answer = as_anna.post(reverse("customer-import"), {"row_id": str(uuid7()), "picked": posted})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not anna.imports.exists()


def test_nul_in_what_a_phone_hands_over_can_be_stored(anna):
    posted = json.dumps([{"name": ["Eva\0"], "tel": ["0661 12345\0"]}, {"name": ["\0"]}])
    assert picked.read(posted)

    run = importing.begin_picked(anna, anna.user, uuid7(), posted)

    assert run.state == Import.State.READY
    assert take(run).counts["taken"] == {"added": 1, "failed": 1}
    assert anna.customers.get().first_name == "Eva"

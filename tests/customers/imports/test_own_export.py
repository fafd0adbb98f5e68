"""Our own export read again is what was written, whatever stands in it."""

import csv
import io

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from customers.cards import Card, Number
from customers.exports import vcard
from customers.imports import reading
from tests.customers.imports.people import people
from tests.customers.imports.reading_files import cards, read, saved, workbook

# A person is large: shrinking a failure takes longer than reading it.
AS_FOUND = settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
PEOPLE = st.lists(people(), min_size=1, max_size=4)


def table(everyone: list[Card], *, german: bool = False, delimiter: str = ";") -> str:
    columns = reading.columns_for(everyone)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([column[1 + german] for column in columns])
    for card in everyone:
        row = reading.own_row(card, columns, german)
        writer.writerow([reading.guarded(cell) for cell in row])
    return out.getvalue()


def plain(everyone: list[Card]) -> list[dict]:
    return [card.as_json() for card in everyone]


@AS_FOUND
@given(PEOPLE, st.booleans(), st.sampled_from(";,\t"))
def test_a_table_comes_back_as_it_was(everyone, german, delimiter):
    content = table(everyone, german=german, delimiter=delimiter).encode("utf-8-sig")

    assert reading.sniff(content, "export.csv").source == "own-export"
    assert cards(content) == plain(everyone)


@AS_FOUND
@given(PEOPLE, st.sampled_from(["4.0", "3.0"]))
def test_cards_come_back_as_they_were(everyone, version):
    for card in everyone:
        card.formality = card.formality or "du"  # is always said, and marks a card as ours
    written = vcard.write(everyone, version)

    assert [entry.card.as_json() for entry in read(written)] == plain(everyone)


def test_a_workbook_comes_back_as_it_was():
    everyone = [Card(first_name="=Anna", note="'=1\n+2", phones=[Number("+49 151 1")], tags=["-"])]
    columns = reading.columns_for(everyone)
    book = workbook([column[2] for column in columns], reading.own_row(everyone[0], columns, True))
    for cell in book["Kunden"][2]:
        cell.data_type = "s"

    assert cards(saved(book)) == plain(everyone)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 151 1234", "-5", "@SUM(A1)", "'=1", "''=1", "'s Gravenhage", "|x", "a=b"]
)
def test_a_guarded_cell_is_harmless_and_comes_back(text):
    assert reading.guarded(text)[0] not in "=+-@|"
    assert reading.unguarded(reading.guarded(text)) == text


def test_a_long_note_of_ours_may_have_many_lines():
    note = "\n".join(f"Zeile {at}" for at in range(400))

    assert cards(table([Card(first_name="Anna", note=note)]))[0]["note"] == note


def test_every_field_of_a_card_has_a_column():
    keys = {key.split(".")[0].split(":")[0] for key, *_headers in reading.own_columns(own=["x"])}
    many = {"phone": "phones", "email": "emails", "address": "addresses"}
    said = {many.get(key, key) for key in keys} - {"birthday"}

    assert said | {"birth_day", "birth_month", "birth_year"} == set(Card.__dataclass_fields__)


def test_headings_and_words_are_read_in_both_languages():
    anna = Card(first_name="Anna", stage="regular", phones=[Number("0661 1", "work")])

    assert cards(table([anna], german=True)) == cards(table([anna])) == plain([anna])

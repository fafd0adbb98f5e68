"""Sample files of each source, in its true format, odd cases included, read to the last field.

What a file says stands beside it as JSON, read through by somebody who knows the file.
"""

import json

import pytest

from customers.cards import Card
from customers.imports import reading
from tests.customers.imports.reading_files import SAMPLES, codes, read, sample

FILES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".json")
SOURCES = {
    "google.csv": "google",
    "google-alt.csv": "google",
    "outlook-deutsch.csv": "outlook",
    "outlook-english.csv": "outlook",
    "thunderbird.csv": "thunderbird",
    "thunderbird-deutsch.csv": "thunderbird",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("in_english")
def test_a_file_is_read_to_the_last_field(name):
    found = [
        {
            "number": entry.number,
            "card": entry.card and entry.card.as_json(),
            "problems": codes(entry.problems),
            "notes": codes(entry.notes),
        }
        for entry in read(sample(name))
    ]

    assert found == json.loads(sample(f"{name}.json"))


@pytest.mark.parametrize("name", FILES)
def test_what_was_read_can_be_stored_as_json_and_said(name):
    for entry in read(sample(name)):
        if entry.card:
            assert Card.from_json(json.loads(json.dumps(entry.card.as_json()))) == entry.card
        for problem in [*entry.problems, *entry.notes]:
            assert reading.Problem.from_json(json.loads(json.dumps(problem.as_json()))) == problem
            assert reading.sentence(problem)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_slices_say_the_same_as_the_whole(name, limit):
    assert read(sample(name), limit=limit) == read(sample(name))


@pytest.mark.parametrize(("name", "source"), SOURCES.items())
def test_the_source_is_known_by_its_headings(name, source):
    assert reading.sniff(sample(name), "x").source == source


@pytest.mark.parametrize("name", FILES)
def test_every_guessed_column_can_be_chosen(name):
    columns = reading.sniff(sample(name), "x").columns
    groups = reading.field_choices(used=columns)
    choices = {key: str(label) for _group, fields in groups for key, label in fields}

    assert all(map(reading.is_field, columns))
    assert set(columns) <= set(choices)
    assert all(choices.values())

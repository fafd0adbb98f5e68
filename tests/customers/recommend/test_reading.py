"""What the line behind "+" understands, in both languages."""

import pytest

from customers.recommend_reading import read


def understood(typed: str) -> dict[str, str]:
    """All that was understood, without what was not said."""
    line = read(typed)
    said = {
        "first": line.name.first,
        "last": line.name.last,
        "phone": line.phone,
        "email": line.email,
        "by": line.recommender,
        "why": line.why,
        "kind": line.kind,
        **line.place,
    }
    return {name: value for name, value in said.items() if value}


MEIKE = {"first": "Meike", "last": "Schulz", "phone": "0661 12345", "by": "Petra"}


@pytest.mark.parametrize(
    "typed",
    [
        "Meike Schulz 0661 12345 von Petra",
        "meike schulz 0661 12345 von petra",
        "Meike Schulz von Petra 0661 12345",
        "Meike Schulz, 0661 12345, von Petra.",
        "von Petra: Meike Schulz 0661 12345",
        "Meike Schulz 0661 12345 von der Petra",
        "Meike Schulz 0661 12345 empfohlen von Petra",
        "Meike Schulz 0661 12345, Tipp von Petra",
        "Meike Schulz 0661 12345 from Petra",
        "Meike Schulz 0661 12345 recommended by Petra",
        "Meike Schulz 0661 12345 durch Petra",
    ],
)
def test_a_name_a_number_and_from_whom_in_whatever_order(typed):
    assert understood(typed) == MEIKE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Petra", {"first": "Petra"}),
        ("0661 12345", {"first": "0661 12345", "phone": "0661 12345"}),
        ("Meike von Petra", {"first": "Meike", "by": "Petra"}),
        (
            "Meike Schulz 0661 12345 von Petra Vogel, sucht ein Messer",
            MEIKE | {"by": "Petra Vogel", "why": "sucht ein Messer"},
        ),
        (
            "Meike Schulz 0661 12345 von Petra wegen der Messer",
            MEIKE | {"why": "wegen der Messer"},
        ),
        (
            "Meike meike@example.org von Petra",
            {"first": "Meike", "email": "meike@example.org", "by": "Petra"},
        ),
        (
            "Frau Dr. Schulz aus Künzell von Petra",
            {"first": "Schulz", "city": "Künzell", "by": "Petra"},
        ),
        (
            "Meike Schulz, Lindenweg 4, 36037 Fulda, von Petra",
            {
                "first": "Meike",
                "last": "Schulz",
                "street": "Lindenweg 4",
                "postcode": "36037",
                "city": "Fulda",
                "by": "Petra",
            },
        ),
        (
            "Meike Schulz 0661 12345, Nachbarin von Petra",
            MEIKE | {"kind": "neighbour"},
        ),
        (
            "Meike 0661 12345 0171 2345678 via Petra",
            {"first": "Meike", "phone": "0661 12345", "by": "Petra", "why": "0171 2345678"},
        ),
        ("Bäckerei Krume GmbH von Petra", {"first": "Bäckerei Krume GmbH", "by": "Petra"}),
        ("", {}),
        ("von", {"first": "von"}),
    ],
)
def test_whatever_else_is_said_has_its_place_or_stays_as_words(typed, said):
    assert understood(typed) == said


def test_a_noble_name_is_no_recommendation_beyond_doubt():
    line = read("Anna von der Heide 0661 12345")

    assert (line.full_name.last, line.is_sure, line.is_noble) == ("von der Heide", False, True)


def test_the_last_recommender_counts_and_the_first_belongs_to_the_name():
    line = read("Ursula von Leyen 0661 12345 von Petra")

    assert (line.name.first, line.name.last, line.recommender) == ("Ursula", "von Leyen", "Petra")


@pytest.mark.parametrize(
    "typed", ["a" * 5000, "von " * 800, "0 " * 900, "\0\0", "von von von", "'; drop"]
)
def test_hostile_lines_are_read_in_no_time(typed):
    assert len(read(typed).typed) <= 300

"""What people write into one field: names, days, numbers, addresses."""

import pytest

from customers.cards import Place
from customers.imports.reading import dates, names, ways
from customers.imports.reading.drafts import Draft
from customers.imports.reading.headers import meaning
from customers.imports.reading.names import Name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Müller, Anna", Name("", "", "Anna", "Müller")),
        ("Anna Müller", Name("", "", "Anna", "Müller")),
        ("Anna", Name("", "", "Anna", "")),
        ("Frau Dr. Anna von der Heide", Name("ms", "Dr.", "Anna", "von der Heide")),
        ("Dr. med. Müller, Anna", Name("", "Dr. med.", "Anna", "Müller")),
        ("Müller, Prof. Dr. Anna", Name("", "Prof. Dr.", "Anna", "Müller")),
        ("Dipl.-Ing. Uwe Klein", Name("", "Dipl.-Ing.", "Uwe", "Klein")),
        ("Herr Müller", Name("mr", "", "", "Müller")),
        ("Fr. Müller", Name("ms", "", "", "Müller")),
        ("M. Klein", Name("", "", "M.", "Klein")),
        ("Max Muster jun.", Name("", "", "Max", "Muster jun.")),
        ("Anna & Peter Müller", Name("", "", "Anna & Peter", "Müller")),
        ("Doris Dörrie", Name("", "", "Doris", "Dörrie")),
        ("Magda Ing", Name("", "", "Magda", "Ing")),
        ("Salon Haarmonie GmbH", Name("", "", "Salon Haarmonie GmbH", "", is_business=True)),
    ],
)
def test_a_name_in_one_field(text, name):
    assert names.split(text) == name


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("12.4.", (12, 4, None)),
        ("12.4", (12, 4, None)),
        ("12. April", (12, 4, None)),
        ("12. Mai 1975", (12, 5, 1975)),
        ("3 März", (3, 3, None)),
        ("April 12, 1980", (12, 4, 1980)),
        ("12 Apr 1980", (12, 4, 1980)),
        ("12.04.80", (12, 4, 1980)),
        ("12.04.26", (12, 4, 2026)),
        ("12.04.27", (12, 4, 1927)),
        ("12/04/1980", (12, 4, 1980)),
        ("1980-04-12", (12, 4, 1980)),
        ("1980-04-12 00:00:00", (12, 4, 1980)),
        ("--04-12", (12, 4, None)),
        ("29.2.", (29, 2, None)),
        ("12.04.1604", (12, 4, None)),
    ],
)
def test_a_birthday_as_people_write_it(text, born):
    found = dates.birthday(text, this_year=2026)

    assert found is not None
    assert found[:3] == born


@pytest.mark.parametrize(
    "text",
    ["30.2.", "29.2.1981", "12.13.1980", "0.4.", "1.1.1899", "1.1.2101", "bald", "0661 1234"],
)
def test_no_birthday(text):
    assert dates.birthday(text) is None


@pytest.mark.parametrize("text", ["0.0.00", "00.00.0000", "0/0/00", "0000-00-00", "", "  "])
def test_a_day_that_programs_write_for_none(text):
    assert dates.is_nothing(text)


@pytest.mark.parametrize("text", ["10.10.2000", "1.1.1900", "12.4."])
def test_a_day_with_zeros_is_one(text):
    assert not dates.is_nothing(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0661 1234 / 0170 12345", ["0661 1234", "0170 12345"]),
        ("0661 12345/0170 12345", ["0661 12345", "0170 12345"]),
        ("0661/1234567", ["0661/1234567"]),
        ("0661 12345, 0170 12345", ["0661 12345", "0170 12345"]),
        ("0661-12345 oder 0170 12345", ["0661-12345", "0170 12345"]),
        ("0661 12345 ::: 0170 12345", ["0661 12345", "0170 12345"]),
        ("+49 661 1234,5", ["+49 661 1234,5"]),
        ("+49 (0) 661 1234", ["+49 (0) 661 1234"]),
    ],
)
def test_one_number_or_two(text, numbers):
    assert ways.numbers(text) == numbers


@pytest.mark.parametrize(
    ("number", "is_mobile"),
    [
        ("0170 1", True),
        ("+49 151 1", True),
        ("0049 (0) 160 1", True),
        ("49151123456", True),
        ("0661 1", False),
        ("+49 661 1", False),
    ],
)
def test_a_mobile_number_shows_itself(number, is_mobile):
    assert ways.is_mobile(number) is is_mobile


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Am Ring 5, 36037 Fulda", Place(street="Am Ring 5", postcode="36037", city="Fulda")),
        ("Am Ring 5 36037 Fulda", Place(street="Am Ring 5", postcode="36037", city="Fulda")),
        (
            "Bei Meier\nAm Ring 5\nD-36037 Fulda",
            Place("Bei Meier", "Am Ring 5", "36037", "Fulda", country="Deutschland"),
        ),
        (
            "Am Ring 5\n36037 Fulda\nÖsterreich",
            Place("", "Am Ring 5", "36037", "Fulda", country="Österreich"),
        ),
        ("Dorfplatz", Place(street="Dorfplatz")),
    ],
)
def test_a_whole_address_in_one_field(text, place):
    found = Place()
    ways.whole_place(text, found)

    assert found == place


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Vorname", "first_name"),
        ("Geb.", "birthday"),
        ("Tel.", "phone"),
        ("Handy-Nr.", "phone.mobile"),
        ("Tel. dienstlich", "phone.work"),
        ("Telefon privat 2", "phone.home"),
        ("PLZ/Ort", "address.private.place"),
        ("Straße geschäftlich 2", "address.work.extra"),
        ("Weiteres/r Bundesland/Kanton", "address.other.region"),
        ("Business Postal Code", "address.work.postcode"),
        ("E-Mail 2: Adresse", "email.other"),
        ("Phone 12 - Value", "phone.12"),
        ("Telefon 2 – Label", "phone.2.kind"),
        ("Lieblingstee", None),
    ],
)
def test_what_a_heading_means(heading, field):
    assert meaning(heading) == field


@pytest.mark.parametrize(("said", "year"), [("1.1.2026", 2026), ("1.1.2027", None)])
def test_nobody_is_born_in_a_year_to_come(said, year):
    draft = Draft(day_first=True, this_year=2026)

    draft.born(said)

    assert draft.card.birth_year == year
    assert bool(draft.notes) == (year is None)

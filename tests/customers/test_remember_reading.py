"""What a sentence about somebody means: a long table, and never an accident."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers import health
from customers.models import OwnField
from customers.remembering import anywhere, read

pytestmark = pytest.mark.usefixtures("in_english")

TODAY = dt.date(2026, 11, 23)
FIELDS = [OwnField(name="Schuhgröße"), OwnField(name="Liebste Farbe")]


def born(day, month, year=None):
    return "birthday", {"birth_day": day, "birth_month": month, "birth_year": year}


def phone(typed, kind="mobile"):
    return "phone", {"typed": typed, "kind": kind}


def home(street="", postcode="", city=""):
    return "address", {"street": street, "postcode": postcode, "city": city}


def kin(kind, name, salutation="", *, is_other=False):
    said = {"kind": kind, "name": name, "salutation": salutation, "is_other": is_other}
    return "relation", said


def thing(place, what, **more):
    return place, {"what": what} | more


def event(kind, text, day=None):
    return "event", {"kind": kind, "text": text, "happened_on": day}


SENTENCES = [
    ("Geburtstag 12. April", born(12, 4)),
    ("Geburtstag: 12.4.", born(12, 4)),
    ("geb. 12.4.80", born(12, 4, 1980)),
    ("geboren am 12. April 1980", born(12, 4, 1980)),
    ("hat am 12.4. Geburtstag", born(12, 4)),
    ("* 3.5.1975", born(3, 5, 1975)),
    ("12.4.1980", born(12, 4, 1980)),
    ("29. Februar", born(29, 2)),
    ("born April 12, 1980", born(12, 4, 1980)),
    ("birthday is on 12 April", born(12, 4)),
    ("0171 2345678", phone("0171 2345678")),
    ("Handy 0171 2345678", phone("0171 2345678")),
    ("neue Nummer 0151 23456789", phone("0151 23456789")),
    ("Arbeit: 0661 / 12345", phone("0661 / 12345", "work")),
    ("+49 661 12345", phone("+49 661 12345", "home")),
    ("anna@web.de", ("email", {"typed": "anna@web.de"})),
    ("Mail: anna@web.de", ("email", {"typed": "anna@web.de"})),
    ("www.salon-schick.de", ("website", {"website": "www.salon-schick.de"})),
    ("Lindenweg 4, 36037 Fulda", home("Lindenweg 4", "36037", "Fulda")),
    ("Lindenweg 4", home("Lindenweg 4")),
    ("36037 Fulda", home("", "36037", "Fulda")),
    ("wohnt in Fulda", home(city="Fulda")),
    ("wohnt in 36037 Fulda, Marktstraße 5", home("Marktstraße 5", "36037", "Fulda")),
    ("Fulda, Marktstraße 5", home("Marktstraße 5", city="Fulda")),
    ("wohnt jetzt Am Graben 12a, 36037 Fulda", home("Am Graben 12a", "36037", "Fulda")),
    ("Straße des 17. Juni 135, 10623 Berlin", home("Straße des 17. Juni 135", "10623", "Berlin")),
    ("lives in Leeds", home(city="Leeds")),
    ("Schwester von Meike", kin("sibling", "Meike", "ms")),
    ("ist die Schwester von Meike", kin("sibling", "Meike", "ms")),
    ("Sie ist die Schwester von Meike", kin("sibling", "Meike", "ms")),
    ("Bruder von Meike", kin("sibling", "Meike", "mr")),
    ("Nachbarin von Petra", kin("neighbour", "Petra", "ms")),
    ("Meikes Schwester", kin("sibling", "Meike", "ms")),
    ("Petra's neighbour", kin("neighbour", "Petra")),
    ("sister of Meike", kin("sibling", "Meike", "ms")),
    ("beste Freundin von Meike Sommer", kin("friend", "Meike Sommer", "ms")),
    ("Frau von Peter", kin("spouse", "Peter", "ms")),
    ("ihr Mann heißt Jonas", kin("spouse", "Jonas", "mr", is_other=True)),
    ("Mann: Jonas", kin("spouse", "Jonas", "mr", is_other=True)),
    ("Tochter Lena", kin("child", "Lena", "ms", is_other=True)),
    ("wohnt mit Jonas", kin("household", "Jonas")),
    ("lebt mit Jonas zusammen", kin("household", "Jonas")),
    ("verheiratet mit Jonas", kin("spouse", "Jonas")),
    ("kennt Petra", kin("other", "Petra")),
    ("trinkt keinen Kaffee", thing("avoids", "Kaffee")),
    ("Trinkt keinen Kaffee.", thing("avoids", "Kaffee")),
    ("mag kein Parfum", thing("avoids", "Parfum")),
    ("mag Parfum nicht", thing("avoids", "Parfum")),
    ("doesn't drink coffee", thing("avoids", "coffee")),
    ("mag Lavendel", thing("likes", "Lavendel")),
    ("Er mag Wein", thing("likes", "Wein")),
    ("interessiert sich für Duftkerzen", thing("likes", "Duftkerzen")),
    ("kocht gern", thing("likes", "kocht gern")),
    ("likes lavender", thing("likes", "lavender")),
    ("hat Thermomix seit 2021", thing("owns", "Thermomix", since=dt.date(2021, 1, 1))),
    ("hat schon den Thermomix", thing("owns", "Thermomix", since=None)),
    ("hat einen Hund", thing("owns", "Hund", since=None)),
    ("has a dog", thing("owns", "dog", since=None)),
    ("zieht nach Kassel", event("move", "zieht nach Kassel")),
    ("ist umgezogen", event("move", "ist umgezogen")),
    ("zieht im März um", event("move", "zieht im März um", dt.date(2027, 3, 1))),
    ("zieht im November um", event("move", "zieht im November um", dt.date(2026, 11, 1))),
    ("zieht nächsten Monat um", event("move", "zieht nächsten Monat um", dt.date(2026, 12, 1))),
    ("zieht am 1.3. um", event("move", "zieht am 1.3. um", dt.date(2027, 3, 1))),
    ("zieht Ende Mai 2028 nach Köln", event("move", "zieht Ende Mai 2028 nach Köln", dt.date(2028, 5, 1))),
    ("is moving in March", event("move", "is moving in March", dt.date(2027, 3, 1))),
    ("ist im März umgezogen", event("move", "ist im März umgezogen", dt.date(2026, 3, 1))),
    ("hat am 3. Mai geheiratet", event("wedding", "hat am 3. Mai geheiratet", dt.date(2026, 5, 3))),
    ("heiratet am 29.2.", event("wedding", "heiratet am 29.2", dt.date(2028, 2, 29))),
    ("zieht am 31.2. um", event("move", "zieht am 31.2. um")),
    ("zieht in Kürze um", event("move", "zieht in Kürze um")),
    ("ist nach Kassel gezogen", event("move", "ist nach Kassel gezogen")),
    ("neuer Job bei Edeka", event("job", "neuer Job bei Edeka")),
    ("hat ein Baby bekommen", event("birth", "hat ein Baby bekommen")),
    ("hat am 3.5.2026 geheiratet", event("wedding", "hat am 3.5.2026 geheiratet", dt.date(2026, 5, 3))),
    ("ist in Rente", event("retirement", "ist in Rente")),
    ("am besten abends", ("reach", {"best_time": "abends"})),
    ("nicht vor 18 Uhr", ("reach", {"best_time": "nicht vor 18 Uhr"})),
    ("lieber WhatsApp", ("reach", {"preferred_channel": "whatsapp"})),
    (
        "am liebsten per WhatsApp, abends",
        ("reach", {"preferred_channel": "whatsapp", "best_time": "abends"}),
    ),
    ("am besten per Mail", ("reach", {"preferred_channel": "email"})),
    ("arbeitet bei Müller GmbH", ("work", {"company": "Müller GmbH"})),
    ("arbeitet als Friseurin", ("work", {"job_title": "Friseurin"})),
    ("ist Friseurin bei Schick", ("work", {"job_title": "Friseurin", "company": "Schick"})),
    ("#stammtisch", ("tags", {"names": ["stammtisch"]})),
    ("#stammtisch #garten", ("tags", {"names": ["stammtisch", "garten"]})),
    ("Schlagwort Garten", ("tags", {"names": ["Garten"]})),
    ("4 Sterne", ("stars", {"satisfaction": 4})),
    ("★★★", ("stars", {"satisfaction": 3})),
    ("genannt Hanni", ("nickname", {"nickname": "Hanni"})),
    ("wir duzen uns", ("formality", {"formality": "du"})),
    ("per Sie", ("formality", {"formality": "sie"})),
    ("kennengelernt auf dem Markt", ("source", {"source": "kennengelernt auf dem Markt"})),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), SENTENCES, ids=[typed for typed, _ in SENTENCES])
def test_a_sentence_is_understood(typed, meant):
    first = read(typed, TODAY, FIELDS)[0]

    assert (first.place, first.values) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Tochter kommt in die Schule",
        "hat zwei Kinder",
        "hat Geburtstag",
        "drei Kinder, alle in der Schule",
        "schreibt gerade ein Buch",
        "Wein",
        "12",
        "31.2.1980",
        "am 12. Mai Prüfung",
        "Konto 4",
        "",
        "   ",
    ],
)
def test_what_is_not_understood_is_left_to_the_note(typed):
    assert read(typed, TODAY, FIELDS) == []
    assert anywhere(typed)[-1].place == "note"


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [
        ("Schuhgröße 38", "Schuhgröße", "38"),
        ("schuhgroesse: 38,5", "Schuhgröße", "38,5"),
        ("Liebste Farbe blau", "Liebste Farbe", "blau"),
    ],
)
def test_an_own_field_is_called_by_its_name(typed, name, text):
    first = read(typed, TODAY, FIELDS)[0]

    assert (first.place, first.values["name"], first.values["text"]) == ("own", name, text)


def test_a_new_job_may_be_the_place_of_work_too():
    assert [guess.place for guess in read("neuer Job bei Edeka", TODAY)] == ["event", "work"]


@given(st.text(max_size=80))
@settings(max_examples=30, deadline=None)
def test_nothing_typed_breaks_it(typed):
    for guess in [*read(typed, TODAY, FIELDS), *anywhere(typed)]:
        assert guess.key


@pytest.mark.parametrize(
    "typed",
    [
        "hat eine Allergie gegen Nüsse",
        "Nussallergie",
        "ist schwanger",
        "Neurodermitis",
        "hat Rückenschmerzen",
        "laktoseintolerant",
        "is pregnant",
        "war krank",
    ],
)
def test_health_is_noticed(typed):
    assert health.smells_of_health(typed)


@pytest.mark.parametrize(
    "typed",
    ["Krankenschwester von Beruf", "sucht ein Geschenk", "herzlich", "mag Krimis", "Schuhgröße", "Opel", "Physiotherapeutin"],
)  # fmt: skip
def test_what_only_looks_like_health_is_fine(typed):
    assert not health.smells_of_health(typed)

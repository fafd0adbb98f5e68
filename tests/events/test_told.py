"""What is noted of people at evenings and in the club: in the archive, and in their own package."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from customers.access import package
from customers.models import Customer
from events.models import Event, EventGuest
from partners import files
from tests.customers.exports.test_declared import archive
from tests.customers.exports.test_running import rows
from tests.event_factories import (
    BenefitFactory,
    BenefitUseFactory,
    ClubFactory,
    EventFactory,
    EventGuestFactory,
    FeedbackFactory,
    MembershipFactory,
)
from tests.factories import CustomerFactory


@pytest.fixture
def petra(anna) -> Customer:
    """Was host and guest, gave stars, belongs to the club."""
    petra = CustomerFactory.create(partner=anna, first_name="Petra", last_name="Hahn")
    uta = CustomerFactory.create(partner=anna, first_name="Uta", last_name="Roth")
    EventFactory.create(host=petra, title="Bei Petra", note="Uta kauft nie", sales=700)
    other = EventFactory.create(host=uta, title="Bei Uta")
    EventGuestFactory.create(event=other, customer=petra, answer="yes", wishes="Tee")
    FeedbackFactory.create(event=other, customer=petra, stars=4, text="Schön war es")
    club = ClubFactory.create(partner=anna, name="Kaffeekreis")
    MembershipFactory.create(club=club, customer=petra, number=7, since=dt.date(2025, 3, 1))
    benefit = BenefitFactory.create(club=club, name="Tasse")
    BenefitUseFactory.create(benefit=benefit, customer=petra, given_on=dt.date(2025, 4, 2))
    return petra


def test_the_page_to_take_along_tells_of_evenings_and_the_club(anna, petra):
    page = archive(anna)["index.html"].decode()

    assert "Bei Petra (" in page
    assert "Bei Uta (" in page
    assert "★★★★ (Bei Uta, Schön war es)" in page
    assert "Nr. 7 seit 01.03.2025 (Kaffeekreis)" in page
    assert "Tasse (02.04.2025)" in page


def test_tables_hold_evenings_guests_and_members(anna, petra):
    told = archive(anna)

    assert [row["Titel"] for row in rows(told["abende.csv"])] == ["Bei Petra", "Bei Uta"]
    [guest] = rows(told["gaeste.csv"])
    assert (guest["Person"], guest["Abend"], guest["Wünsche"]) == (petra.name, "Bei Uta", "Tee")
    [member] = rows(told["kundenclub-mitglieder.csv"])
    assert (member["Nummer"], member["Person"]) == ("7", petra.name)


def test_a_guest_who_has_not_come_is_in_the_archive_and_not_in_its_address_book(as_anna, anna):
    hidden = CustomerFactory.create(partner=anna, first_name="Heike", last_name="", is_hidden=True)
    evening = EventFactory.create(host=CustomerFactory.create(partner=anna))
    EventGuestFactory.create(event=evening, customer=hidden, message="Mit Kuchen")

    as_anna.post(reverse("export"), {"format": "zip"})

    content = files.content(anna.files.get(is_complete=True))
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        [guest] = rows(found.read("gaeste.csv"))
        [cards] = [found.read(name).decode() for name in found.namelist() if name.endswith(".vcf")]
    assert "Heike" not in cards  # which, brought again, would add her to the circle
    assert (guest["Person"], guest["Nachricht an die Gastgeberin"]) == ("Heike", "Mit Kuchen")


def test_nobody_from_the_bin_is_named_in_the_tables_of_evenings(anna, petra):
    Customer.unscoped.filter(pk=petra.pk).update(deleted_at=petra.created_at)

    told = [said.decode() for name, said in archive(anna).items() if name != "verlauf.csv"]

    assert not [said for said in told if "Schön war es" in said or "Petra Hahn" in said]


def test_a_person_gets_what_is_noted_of_them_and_nothing_of_the_others(anna, petra):
    told = package(anna, petra)

    said = {section.model: section for section in told.sections}
    lines = {name: {line for row in section.rows for line in row} for name, section in said.items()}
    assert ("Abend", "Bei Uta") in lines["eventguest"]
    assert ("Nummer", "7") in lines["membership"]
    assert ("Vorteil", "Tasse") in lines["benefituse"]
    assert ("Titel", "Bei Petra") in lines["event"]
    [data] = said["event"].data
    assert not {"note", "sales", "went_well"} & set(data)
    assert "Uta kauft nie" not in str(told.sections) + str(told.history)


def test_what_a_machine_reads_of_a_guest_names_the_evening(anna, petra):
    [data] = next(part.data for part in package(anna, petra).sections if part.model == "eventguest")

    assert data["event"] == "Bei Uta"
    assert data["answer"] == EventGuest.Answer.YES
    assert Event.unscoped.count() == 2

"""Who changed what when on a person, in words."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import actions, history_words
from customers.actions import informing, merging
from customers.models import OwnValue, Permission, PersonalMail, Phone, Tagging, hanging
from partners import changes
from partners.changes import Act
from tests.customers.pages import new
from tests.factories import (
    CustomerFactory,
    FollowUpFactory,
    ImportFactory,
    ImportPageFactory,
    InteractionFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    TagFactory,
)
from tests.harness.queries import costs


@pytest.fixture
def petra(anna):
    return CustomerFactory.create(partner=anna, first_name="Petra", salutation="ms")


def url(customer) -> str:
    return reverse("customer-history", args=[customer.pk])


def deeds(client, customer) -> list:
    return client.get(url(customer)).context["deeds"]


def said(deed) -> list[str]:
    return [f"{line.label}: {line.old} → {line.new} {line.verb}".strip() for line in deed.lines]


def change(customer, name="customer-edit", **values) -> Act:
    customer.refresh_from_db()
    act = Act(customer.partner, customer.partner.user, name)
    changes.update(act, customer, **values)
    return act


def test_it_tells_what_was_and_what_is(as_anna, petra):
    change(petra, stage="regular", birth_day=12, birth_month=4)

    (deed,) = deeds(as_anna, petra)

    assert said(deed) == ["Stand: Interessentin → Stammkundin", "Geburtstag:  → 12. April"]
    assert deed.who == "Anna Albers"


def test_it_says_when(as_anna, petra, clock):
    change(petra, stage="regular")
    clock.shift(3 * 24 * 60 * 60)

    assert deeds(as_anna, petra)[0].when == "23. November, 12:00"


def test_the_latest_comes_first_and_one_act_is_told_once(as_anna, anna, petra):
    as_anna.post("/customers/add/", new(first_name="Uwe", phone="0661 12345"))
    uwe = anna.customers.get(first_name="Uwe")
    change(uwe, company="Haarscharf")

    titles = [(deed.title, said(deed)) for deed in deeds(as_anna, uwe)]

    assert titles[0] == ("Geändert", ["Firma:  → Haarscharf"])
    assert titles[1][0] == "Angelegt"
    assert "Vorname:  → Uwe" in titles[1][1]
    assert "Telefonnummer:  → 0661 12345 hinzugefügt" in titles[1][1]


def test_what_hung_on_somebody_is_told_after_it_is_gone(as_anna, anna, petra):
    phone = PhoneFactory.build(customer=petra, typed="0661 90009-77")
    phone.normalise()
    tagging = Tagging(customer=petra, tag=TagFactory(partner=anna, name="Balkon"))
    act = Act(anna, anna.user, "customer-edit")
    changes.create(act, phone, tagging)
    changes.update(Act(anna, anna.user, "customer-edit"), phone, typed="0661 90009-78")
    changes.remove(Act(anna, anna.user, "customer-edit"), phone, tagging)

    removed, changed, added = [said(deed) for deed in deeds(as_anna, petra)]

    assert removed[1] == "Schlagwort:  → Balkon entfernt"
    assert changed == ["Telefonnummer: 0661 90009-77 → 0661 90009-78"]
    assert added == [
        "Telefonnummer:  → 0661 9000977 hinzugefügt",
        "Schlagwort:  → Balkon hinzugefügt",
    ]


def test_an_own_field_goes_by_its_name(as_anna, anna, petra):
    value = OwnValueFactory(customer=petra, field=OwnFieldFactory(partner=anna, name="Schuhgröße"))
    changes.update(Act(anna, anna.user, "own-value"), value, text="39")

    assert said(deeds(as_anna, petra)[0]) == ["Schuhgröße: 38 → 39"]


def test_a_merge_names_the_other_one_and_tells_of_both(as_anna, anna, petra):
    double = CustomerFactory(partner=anna, first_name="Petronella")
    change(double, company="Haarscharf")
    InteractionFactory.create_batch(2, customer=double)
    petra.refresh_from_db()
    double.refresh_from_db()
    merging.merge(anna, anna.user, petra, double, {})

    merged, before = deeds(as_anna, petra)

    assert merged.title == "Zusammengeführt mit Petronella"
    assert "Gespräch:  →  2 umgezogen" in said(merged)
    assert merged.can_be_undone
    assert said(before) == ["Firma:  → Haarscharf"]
    assert as_anna.get(url(double)).headers["Location"] == url(petra)


def test_an_import_names_its_file(as_anna, anna, petra):
    act = change(petra, name="import", company="Haarscharf")
    run = ImportFactory(partner=anna, name="kontakte.csv")
    ImportPageFactory(run=run, act_id=act.id)

    assert deeds(as_anna, petra)[0].title == "Import kontakte.csv"


def test_an_act_is_taken_back_from_here(as_anna, petra):
    act = change(petra, company="Haarscharf")
    assert deeds(as_anna, petra)[0].can_be_undone

    as_anna.post(reverse("undo", args=[act.id]))

    petra.refresh_from_db()
    assert petra.company == ""
    assert [(deed.title, deed.can_be_undone) for deed in deeds(as_anna, petra)] == [
        ("Zurückgenommen", False),
        ("Geändert", False),
    ]


def test_what_changed_since_offers_no_undo(as_anna, petra):
    change(petra, company="Haarscharf")
    change(petra, company="Kamm und Schere")

    assert [deed.can_be_undone for deed in deeds(as_anna, petra)] == [True, False]


def test_what_was_done_to_many_is_not_taken_back_from_here(as_anna, anna, petra):
    act = Act(anna, anna.user, "bulk-stage")
    changes.update(act, petra, stage="regular")
    changes.update(act, CustomerFactory(partner=anna), stage="regular")

    assert [deed.can_be_undone for deed in deeds(as_anna, petra)] == [False]


def test_who_did_it_is_told(as_anna, anna, office, petra):
    changes.update(Act(anna, None, "customer-edit"), petra, company="A")
    changes.update(Act(anna, office, "customer-edit"), petra, company="B")

    assert [deed.who for deed in deeds(as_anna, petra)] == ["Innendienst", "von uns"]


def test_a_long_note_is_folded(as_anna, petra):
    change(petra, note="Sie mag Lavendel. " * 20)

    assert "<details" in as_anna.get(url(petra)).content.decode()


# These come and go, and what they say does not change; or their columns go by another name.
ONLY_WHOLE = {Permission, PersonalMail, OwnValue}


@pytest.mark.parametrize(
    "model", sorted(hanging.pointers().keys() - ONLY_WHOLE, key=lambda model: model.__name__)
)
def test_every_column_that_is_told_has_a_name_in_words(model):
    told = {
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in history_words.SILENT.get(model, history_words.UNTOLD)
        and field.attname not in changes.BOOKKEEPING | model.derived
    }
    named = history_words.COLUMNS.get(model, {})
    nameless = {
        name
        for name in told - named.keys() - set(history_words.BIRTHDAY)
        if isinstance(model._meta.get_field(name).verbose_name, str)
    }

    assert nameless == set()


def test_what_only_we_read_is_not_told(as_anna, anna, petra):
    informing.inform(anna, anna.user, petra, "link", None)

    assert all("version" not in line.lower() for line in said(deeds(as_anna, petra)[0]))


def test_nothing_yet_says_so(as_anna, petra):
    assert "Noch hat sich nichts geändert." in as_anna.get(url(petra)).content.decode()


def test_somebody_in_the_bin_has_no_page(as_anna, anna, petra):
    actions.remove_customer(anna, anna.user, petra)

    assert as_anna.get(url(petra)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("times", [1, 3])
def test_it_costs_the_same_for_one_deed_and_for_many(as_anna, anna, petra, times):
    for number in range(times):
        change(petra, company=f"Haarscharf {number}")
        phone = PhoneFactory(customer=petra)
        follow_up = FollowUpFactory(customer=petra, due=dt.date(2026, 11, 24))
        tagging = Tagging(customer=petra, tag=TagFactory(partner=anna))
        act = Act(anna, anna.user, "customer-edit")
        changes.update(act, phone, label="Büro")
        changes.update(act, follow_up, what="Anrufen")
        changes.create(act, tagging)
    assert Phone.unscoped.count() == times
    as_anna.get(url(petra))

    with costs(16):
        as_anna.get(url(petra))

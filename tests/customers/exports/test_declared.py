"""The archive with everything holds whatever is declared as exported, and tells it in words.

A model that is new turns this red until it stands in a table, or says that it is not exported.
"""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from customers.models import NotDuplicate, Phone, Relation, Tagging, hanging
from events.models import BenefitUse
from partners import clock, profile
from partners.models import Change, OwnedModel, Partner, Privacy, User
from tests.customers.exports.people import somebody
from tests.customers.exports.test_running import export, rows, slices_of_two
from tests.factories import CustomerFactory
from tests.project.world import TOKEN, build
from tests.trust_factories import (
    DataSubjectRequestFactory,
    PermissionFactory,
    PersonalMailFactory,
    RecommendationFactory,
    ReferenceFactory,
)

__all__ = ["slices_of_two"]
HISTORY = "verlauf.csv"
# What has no text of its own, and where it is told.
ELSEWHERE: dict[Any, tuple[str, str]] = {
    BenefitUse: ("vorteile-gegeben.csv", f"{TOKEN}benefitname"),
    Change: (HISTORY, f"{TOKEN}secondnote"),
    Partner: ("index.html", "Anna"),
    Phone: ("kontakte.csv", "069 90009-777"),
    Relation: ("kontakte.csv", f"{TOKEN}othername"),
    Tagging: ("kontakte.csv", f"{TOKEN}tagname"),
    User: ("profil.csv", "anna@example.org"),
}


def archive(partner: Partner) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export(partner, "zip"))) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def declared() -> list[Any]:
    house = ("partners", "customers", "events")
    found = [model for app in house for model in apps.get_app_config(app).get_models()]
    return [model for model in found if model.privacy.exported]


def canaries(model: type[OwnedModel], partner: Partner) -> set[str]:
    """What stands in the texts that a partner writes in such rows."""
    texts = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        if field.editable and not field.choices
    ]
    found = model.unscoped.filter(partner=partner).values_list(*texts) if texts else []
    return {said for row in found for said in row if TOKEN in said}


def missing(partner: Partner) -> dict[str, set[str]]:
    """By model what the tables of the archive do not hold of it; the history counts for nothing."""
    files = {name: content.decode() for name, content in archive(partner).items()}
    tables = "".join(
        said for name, said in files.items() if name.endswith(".csv") and name != HISTORY
    )
    found: dict[str, set[str]] = {}
    for model in declared():
        if model in ELSEWHERE:
            name, said = ELSEWHERE[model]
            lost = {said} - {said for said in [said] if said in files[name]}
        else:
            told = canaries(model, partner) or {"no table, and not a word"}
            lost = {said for said in told if said not in tables}
        if lost:
            found[model.__name__] = lost
    return found


def test_whatever_is_declared_as_exported_is_in_the_archive(anna):
    build(anna)

    assert missing(anna) == {}


def test_a_model_that_is_declared_and_missing_is_noticed(anna, monkeypatch):
    build(anna)
    monkeypatch.setattr(NotDuplicate, "privacy", Privacy())

    assert set(missing(anna)) == {"NotDuplicate"}


def test_the_page_tells_of_everything_that_hangs_on_a_person(anna):
    build(anna)

    page = archive(anna)["index.html"].decode().lower()

    for model in hanging.pointers():
        told = canaries(model, anna)
        assert not told or any(said in page for said in told), model


def test_what_trust_leaves_behind_stands_in_tables(anna):
    leni = somebody(anna)
    mother = anna.customers.exclude(pk=leni.pk).get()

    files = archive(anna)

    given, received = rows(files["empfehlungen.csv"])
    assert (given["Person"], given["Empfohlen an"]) == (leni.name, mother.name)
    assert given["UID der anderen Karte"] == mother.pk.urn
    assert (given["Produkt oder Leistung"], given["Was ist daraus geworden?"]) == (
        "Seife",
        "weitergesagt",
    )
    assert (received["Person"], received["Wo?"]) == (mother.name, "am Gartenzaun")
    [permission] = rows(files["erlaubnisse.csv"])
    assert permission["Antwort"] == "Ja"
    assert permission["Text"] == "Ja, schreib mir gern"
    assert permission["Nummer oder Adresse"] == "leni@example.org"
    assert permission["UID der Karte"] == leni.pk.urn
    assert permission["Notiert von"] == anna.user.name
    [mail] = rows(files["persoenliche-mails.csv"])
    assert (mail["E-Mail"], mail["Gesendet am"]) == ("leni@example.org", "")
    [request] = rows(files["anfragen.csv"])
    assert request["Notiz"] == "Mappe ausgedruckt"


def test_when_a_mail_left_is_said(anna):
    mail = PersonalMailFactory.create(customer__partner=anna)
    anna.messages.create(
        kind="personal-mail",
        mail_class="marketing",
        dedupe_key=f"personal-mail:{mail.pk.hex}",
        message_id="x",
        due_at=clock.now(),
        sent_at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
    )

    files = archive(anna)

    [told] = rows(files["persoenliche-mails.csv"])
    assert told["Gesendet am"] == "2026-03-01 13:00"
    assert "nicht gesendet" not in files["index.html"].decode()


def test_the_page_reads_like_a_story(anna):
    leni = somebody(anna, informed_on=dt.date(2026, 3, 4), informed_how="spoken")
    mother = anna.customers.exclude(pk=leni.pk).get()

    files = archive(anna)

    page = files["index.html"].decode()
    assert f"{mother.name} (Seife, weitergesagt, " in page
    assert f"{mother.name} (mich, " in page
    assert "04.03.2026 (persönlich gesagt)" in page
    assert (
        "E-Mail, Neuigkeiten und Angebote: Ja (per Link in einer Mail bestätigt, leni@example.org, "
        in page
    )
    [told] = rows(files["informiert.csv"])
    assert (told["Person"], told["Gesagt am"]) == (leni.name, "2026-03-04")


def test_a_profile_comes_with_its_picture(anna):
    mine = profile.of(anna)
    profile.save(anna, anna.user, mine, city="Fulda", sentence="Ich berate gern")
    profile.set_picture(anna, anna.user, profile.of(anna), b"\xff\xd8 a face")

    files = archive(anna)

    assert files["profilbild.jpg"] == b"\xff\xd8 a face"
    assert 'src="profilbild.jpg"' in files["index.html"].decode()
    assert "profilbild.jpg" in files["LIESMICH.txt"].decode()
    told = {row["Was"]: row["Text"] for row in rows(files["profil.csv"])}
    assert told["Ort"] == "Fulda"
    assert told["Konto: E-Mail"] == anna.user.email


def test_nobody_from_the_bin_is_named(anna):
    gone = {"partner": anna, "first_name": "Weggeworfen", "deleted_at": clock.now()}
    clara = CustomerFactory.create(partner=anna)
    RecommendationFactory.create(recommender=clara, recipient=CustomerFactory.create(**gone))
    RecommendationFactory.create(recipient=clara, recommender=CustomerFactory.create(**gone))
    binned = CustomerFactory.create(**gone)
    ReferenceFactory.create(customer=binned, text="Weggeworfen")

    assert not [name for name, said in archive(anna).items() if b"Weggeworfen" in said]


def test_nothing_of_another_partner_is_in_it(anna, boris):
    build(boris)
    somebody(anna)

    assert not [name for name, said in archive(anna).items() if TOKEN.encode() in said.lower()]


@pytest.mark.usefixtures("slices_of_two")
def test_proofs_that_outlive_a_person_come_in_slices_and_once_each(anna):
    CustomerFactory(partner=anna)
    for number in range(5):
        PermissionFactory.create(partner=anna, customer=None, text=f"proof {number}")
    DataSubjectRequestFactory.create_batch(3, partner=anna, customer=None)

    files = archive(anna)

    proofs = [row["Text"] for row in rows(files["erlaubnisse.csv"])]
    assert sorted(proofs) == [f"proof {number}" for number in range(5)]
    assert len(rows(files["anfragen.csv"])) == 3


def test_a_heading_stands_once_above_each_table(anna):
    for name, said in archive(anna).items():
        if name.endswith(".csv"):
            [head, *_rows] = said.decode("utf-8-sig").splitlines()
            columns = head.split(";")
            assert len(columns) == len(set(columns)), name

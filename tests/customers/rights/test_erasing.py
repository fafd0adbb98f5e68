"""Somebody asks to be erased: nothing is left but what the law keeps, and no old list revives them."""

import datetime as dt
import logging

import pytest
from django.core.mail import EmailMultiAlternatives

from customers import actions
from customers.actions import erasing, importing, merging
from customers.exports import running
from customers.models import (
    Customer,
    DataSubjectRequest,
    Import,
    Permission,
    SavedFilter,
    hanging,
)
from partners import walls
from partners.models import Change, OutboxMessage, StoredFile, uuid7
from tests.customers.imports.flows import (
    BROKEN,
    card,
    plain_cards,
    read,
    take,
    undo,
    verdicts,
)
from tests.customers.rights.somebody import MAIL, NAME, NUMBER, somebody, texts, traces
from tests.factories import (
    AddressFactory,
    BulkActFactory,
    CustomerFactory,
    EmailFactory,
    PhoneFactory,
    SavedFilterFactory,
)
from tests.harness.roles import as_app
from tests.trust_factories import DataSubjectRequestFactory, PermissionFactory

__all__ = ["plain_cards"]
pytestmark = pytest.mark.usefixtures("plain_cards", "no_mails")


@pytest.fixture
def no_mails(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture
def xaverine(anna) -> Customer:
    return somebody(anna)


def erase(person: Customer) -> None:
    partner = person.partner
    with as_app(), walls.acting_for(partner):
        erasing.erase(partner, partner.user, hanging.people(partner).get(pk=person.pk))


def her_card(**more):
    return card(" ".join(NAME), phone=NUMBER, email=MAIL, city="Quittingen", **more)


def test_every_row_that_can_hang_on_a_person_is_there_before(xaverine):
    for model in hanging.pointers():
        if model is not Customer:
            assert hanging.rows(xaverine.partner, model, [xaverine.pk]).exists(), model
    told = {model.__name__ for model in hanging.pointers() if texts(model)}
    assert told <= {trace.partition(":")[0] for trace in traces()}


def test_nothing_is_left_but_what_the_law_keeps(anna, xaverine, clock):
    erase(xaverine)

    assert set(traces()) == {f"Permission: {word}" for word in ("Quitte",)}
    proof = Permission.unscoped.get()
    assert proof.customer is None
    assert proof.kept_until == dt.date(2031, 1, 5)


def test_the_history_says_only_that_there_was_something(as_anna, anna, xaverine):
    with as_app(), walls.acting_for(anna):
        fresh = anna.customers.get(pk=xaverine.pk)
        actions.edit_customer(anna, anna.user, fresh, {"note": "Quitte two"}, actions.Ways())
    assert any("Change" in trace for trace in traces())

    erase(xaverine)

    assert not any("Change" in trace for trace in traces())
    assert Change.unscoped.filter(row_id=xaverine.pk, act="customer-erase").exists()


def test_a_merge_that_was_taken_back_leaves_none_of_their_words_with_another(anna, xaverine):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe", last_name="Other")
    with as_app(), walls.acting_for(anna):
        here = anna.customers.in_bulk([uwe.pk, xaverine.pk])
        values = {"company": xaverine.company, "note": xaverine.note}
        act = merging.merge(anna, anna.user, here[uwe.pk], here[xaverine.pk], values)
        actions.undo(anna, anna.user, act.id)

    erase(xaverine)

    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}
    assert anna.customers.filter(pk=uwe.pk).exists()


def test_whoever_was_merged_into_them_goes_along(anna, xaverine):
    double = CustomerFactory.create(partner=anna, first_name="Xaverl", last_name="Quitte")
    EmailFactory.create(customer=double, typed="old@quitte.example")
    with as_app(), walls.acting_for(anna):
        here = anna.customers.in_bulk([double.pk, xaverine.pk])
        merging.merge(anna, anna.user, here[xaverine.pk], here[double.pk], {})

    erase(xaverine)

    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}
    assert read(anna, card("Somebody Else", email="old@quitte.example")).counts["left_out"] == {
        "erased": 1
    }


# --- copies ---------------------------------------------------------------------------------------


def test_imports_forget_them_and_keep_the_others(anna, xaverine):
    others = [card("Meike Schulz", phone="0171 5556677"), BROKEN]
    done = take(read(anna, her_card(), *others))
    ready = read(anna, her_card(company="Quitte AG"), *others)
    assert verdicts(ready) == ["changed", "same", "failed"]

    erase(xaverine)

    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}
    ready.refresh_from_db()
    assert verdicts(ready) == ["same", "failed"]
    assert (ready.counts["changed"], ready.counts["same"]) == (0, 1)
    assert take(ready).state == Import.State.DONE
    done.refresh_from_db()
    assert undo(done).state == Import.State.UNDONE


def test_a_file_that_nobody_has_looked_at_yet_goes_with_them(as_anna, anna, xaverine, monkeypatch):
    monkeypatch.undo()  # a real table
    content = b"Vorname;Nachname\nXaverine;Quittenbaum\nMeike;Schulz\n"
    importing.begin(anna, anna.user, uuid7(), "quittenbaum.csv", content)
    importing.begin(anna, anna.user, uuid7(), "o.csv", b"Vorname;Nachname\nMeike;Schulz\n")

    erase(xaverine)

    assert [run.name for run in anna.imports.all()] == ["o.csv"]
    assert StoredFile.unscoped_with_bin.count() == 1


def test_files_to_take_along_are_gone(anna, xaverine):
    ids = [xaverine.pk]
    running.start(anna, anna.user, ids, {"format": "zip", "columns": "everything"})
    running.start(anna, anna.user, ids, {"format": "csv", "columns": "everything"})
    assert StoredFile.unscoped.count() == 2

    erase(xaverine)

    assert not StoredFile.unscoped_with_bin.exists()


def test_questions_that_only_they_answered_are_gone(anna, xaverine):
    SavedFilterFactory.create(partner=anna, name="Quittenbaum", query="q=quittenbaum")
    SavedFilterFactory.create(partner=anna, name="Her", query="q=Xaverine+Quittenbaum")
    SavedFilterFactory.create(partner=anna, name="Uwe", query="q=uwe")

    erase(xaverine)

    assert [row.name for row in SavedFilter.unscoped_with_bin.all()] == ["Uwe"]


def test_work_on_many_and_messages_name_them_no_more(anna, xaverine):
    BulkActFactory.create(
        partner=anna, params={"who": {"query": "q=Xaverine+Quittenbaum"}, "tag": "Garden"}
    )
    anna.jobs.create(kind="zone-move", cursor={"q": MAIL}, finished_at="2026-01-01T00:00Z")
    message = OutboxMessage.objects.create(
        partner=anna,
        kind="personal-mail",
        mail_class="marketing",
        dedupe_key="x",
        message_id="x",
        recipient_type="person",
        recipient_id=str(xaverine.pk),
        due_at="2026-01-01T00:00Z",
        last_error=f"550 <{MAIL}> unknown",
    )
    erase(xaverine)

    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}
    message.refresh_from_db()
    assert (message.state, message.reason) == ("cancelled", "gone")


def test_mails_to_them_do_not_stay_behind_as_files(
    anna, xaverine, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "partners.mailbox.MailboxBackend"
    for address in (f"X Q <{MAIL}>", "other@example.org"):
        EmailMultiAlternatives("Hello", "Quitte" if MAIL in address else "", to=[address]).send()

    with django_capture_on_commit_callbacks(execute=True):
        erase(xaverine)

    assert len(list(settings.MAIL_DIR.glob("*.eml"))) == 1
    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}


def test_the_log_says_nothing(xaverine, caplog):
    caplog.set_level(logging.DEBUG)

    erase(xaverine)

    assert "Quitte" not in caplog.text


# --- what stays -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"channel": "phone", "says": "yes"}, dt.date(2031, 1, 5)),
        (
            {
                "channel": "phone",
                "says": "yes",
                "last_used_at": dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
            },
            dt.date(2031, 5, 1),
        ),
        (
            {
                "channel": "phone",
                "says": "yes",
                "said_at": dt.datetime(2020, 2, 29, tzinfo=dt.UTC),
            },
            None,
        ),
        ({"channel": "phone", "says": "no"}, None),
        ({"channel": "email", "says": "yes"}, None),
    ],
)
def test_only_the_proof_of_a_yes_to_calls_is_kept(anna, fields, until):
    person = CustomerFactory.create(partner=anna)
    PermissionFactory.create(customer=person, **fields)

    erase(person)

    assert [row.kept_until for row in Permission.unscoped.all()] == ([until] if until else [])


def test_that_they_asked_is_kept_without_a_word_about_them(anna):
    person = CustomerFactory.create(partner=anna)
    DataSubjectRequestFactory.create(
        customer=person, kind="erasure", identity="knows her voice", answer="was upset"
    )

    erase(person)

    request = DataSubjectRequest.unscoped.get()
    assert (request.customer, request.identity, request.answer) == (None, "", "")
    assert (request.state, request.kind) == ("done", "erasure")


@pytest.mark.parametrize("kind", ["access", "correction", "restriction"])
def test_what_else_they_asked_for_ends_and_does_not_count_as_answered(anna, kind):
    person = CustomerFactory.create(partner=anna)
    DataSubjectRequestFactory.create(customer=person, kind=kind)
    DataSubjectRequestFactory.create(customer=person, kind="access", state="done")

    erase(person)

    states = DataSubjectRequest.unscoped.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["erased", "done"]


def test_others_and_other_circles_keep_everything(anna, boris, xaverine):
    foreign = somebody(boris)
    before = {
        model: hanging.rows(boris, model, [foreign.pk]).count() for model in hanging.pointers()
    }

    erase(xaverine)

    assert before == {
        model: hanging.rows(boris, model, [foreign.pk]).count() for model in hanging.pointers()
    }
    assert read(boris, her_card()).counts["left_out"] == {}


def test_the_bin_forgets_as_an_erasure_does_yet_blocks_nothing(anna, xaverine):
    with as_app(), walls.acting_for(anna):
        erasing.forget(anna, [xaverine.pk])

    assert {trace.partition(":")[0] for trace in traces()} == {"Permission"}
    assert verdicts(read(anna, her_card())) == ["new"]


# --- an old list ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        her_card(),
        card("Xaverine Quittenbaum", phone="+49 661 47110815"),
        card("X.", email=MAIL.upper()),
        card("Quitte first_name", city="Quitte city"),
    ],
)
def test_an_old_list_does_not_bring_them_back(as_anna, anna, entry):
    person = CustomerFactory.create(partner=anna, first_name="Quitte", last_name="first_name")
    PhoneFactory.create(customer=person, typed=NUMBER)
    EmailFactory.create(customer=person, typed=MAIL)
    AddressFactory.create(customer=person, city="Quitte city", postcode="", street="")
    erase(person)

    run = read(anna, entry, card("Meike Schulz"))

    assert verdicts(run) == ["new"]
    page = as_anna.get(f"/customers/import/{run.pk}/preview/").content.decode()
    assert "1 Person, die gelöscht werden wollte, wurde nicht wieder aufgenommen." in page
    take(run)
    page = as_anna.get(f"/customers/import/{run.pk}/").content.decode()
    assert "1 Person, die gelöscht werden wollte, wurde nicht wieder aufgenommen." in page
    assert [person.name for person in anna.customers.all()] == ["Meike Schulz"]
    assert traces() == []

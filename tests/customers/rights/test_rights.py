"""Somebody asks what is noted: the clock, the package, the lock."""

import datetime as dt
import json
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from customers import rights
from customers.access.gathering import FOR_FINDING
from customers.actions import binning, merging, requesting
from customers.models import (
    Customer,
    DataSubjectRequest,
    FollowUp,
    Phone,
    Recommendation,
    hanging,
)
from partners import changes, walls
from partners.changes import Act
from tests.customers.imports.flows import card, plain_cards, read, take
from tests.customers.pages import toasts, undo
from tests.customers.rights.somebody import KINDS, MAIL, NAME, NUMBER, somebody, texts
from tests.factories import (
    CustomerFactory,
    FollowUpFactory,
    InteractionFactory,
    PhoneFactory,
    RelationFactory,
)
from tests.harness.queries import costs
from tests.harness.roles import as_app
from tests.trust_factories import (
    DataSubjectRequestFactory,
    PermissionFactory,
    RecommendationFactory,
    TalkNoteFactory,
)

__all__ = ["plain_cards"]
NAMED = {Customer: dict(zip(("first_name", "last_name"), NAME, strict=True))}


@pytest.fixture
def clara(anna) -> Customer:
    return CustomerFactory.create(partner=anna, first_name="Clara", last_name="Maier")


def url(name: str, person: Customer, *more: str) -> str:
    return reverse(f"right-{name}", args=[person.pk, *more])


# --- requests ------------------------------------------------------------------------------------


def test_a_request_is_noted_and_has_a_month(as_anna, clara, clock):
    clock.move_to(dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC))
    typed = {"kind": "access", "received_on": "2026-01-31", "identity": "an der Stimme"}

    answer = as_anna.post(url("list", clara), typed)

    assert toasts(answer) == ["Notiert. Ein Monat ist Zeit zum Antworten."]
    request = DataSubjectRequest.unscoped.get()
    assert (request.customer, request.due_on) == (clara, dt.date(2026, 2, 28))
    page = as_anna.get(url("list", clara)).content.decode()
    assert "möchte sehen, was notiert ist" in page
    assert "zu beantworten bis 28. Februar, noch 28 Tage" in page
    undo(as_anna, answer)
    assert not DataSubjectRequest.unscoped.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "access", "identity": ""}, "woran du merkst, dass sie es wirklich ist"),
        ({"kind": "erasure", "identity": ""}, "woran du merkst, dass sie es wirklich ist"),
        ({"kind": "access", "identity": "x", "received_on": "2999-01-01"}, "kommt erst noch"),
        ({"kind": "", "identity": "x"}, "Worum geht es"),
    ],
)
def test_what_is_missing_is_said_beside_it(as_anna, clara, typed, said):
    answer = as_anna.post(url("list", clara), {"received_on": "2026-01-01"} | typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.content.decode()
    assert not DataSubjectRequest.unscoped.exists()


def test_the_same_form_twice_is_one_request(as_anna, clara):
    typed = {"kind": "correction", "received_on": "2026-01-01"}
    typed["row_id"] = str(as_anna.get(url("list", clara)).context["form"]["row_id"].value())

    as_anna.post(url("list", clara), typed)
    as_anna.post(url("list", clara), typed)

    assert DataSubjectRequest.unscoped.count() == 1


@pytest.mark.parametrize(("name", "state"), [("done", "done"), ("withdrawn", "withdrawn")])
def test_a_request_is_settled_or_taken_back_and_that_can_be_undone(as_anna, clara, name, state):
    request = DataSubjectRequestFactory.create(customer=clara)

    answer = as_anna.post(reverse(f"right-{name}", args=[request.pk]))
    as_anna.post(reverse(f"right-{name}", args=[request.pk]))

    request.refresh_from_db()
    assert (request.state, request.done_on is None) == (state, False)
    undo(as_anna, answer)
    request.refresh_from_db()
    assert request.state == "open"


@pytest.mark.parametrize(
    ("today", "said", "is_urgent"),
    [
        (dt.date(2026, 1, 6), "30 Tage", False),
        (dt.date(2026, 1, 30), "noch 6 Tage", True),
        (dt.date(2026, 2, 4), "noch 1 Tag", True),
        (dt.date(2026, 2, 6), "war bis 5. Februar zu beantworten", True),
    ],
)
def test_the_clock_speaks(as_anna, clara, clock, today, said, is_urgent):  # noqa: PLR0917
    clock.move_to(dt.datetime.combine(today, dt.time(12), dt.UTC))
    DataSubjectRequestFactory.create(customer=clara)

    answer = as_anna.get(url("list", clara))

    assert said in answer.content.decode()
    assert answer.context["open"][0].is_urgent == is_urgent


def test_who_was_merged_is_asked_for_at_the_one_who_stayed(as_anna, anna, clara):
    uwe = CustomerFactory.create(partner=anna)
    merging.merge(anna, anna.user, clara, uwe, {})

    assert as_anna.get(url("list", uwe)).headers["Location"] == url("list", clara)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(as_anna, clara, rows):
    DataSubjectRequestFactory.create_batch(rows, customer=clara)
    as_anna.get(url("list", clara))

    with costs(4):
        as_anna.get(url("list", clara))


# --- the package ------------------------------------------------------------------------------------


def package(client, person) -> dict:
    return json.loads(client.get(url("package", person, "json")).content)


def test_the_package_holds_every_row_and_every_text(as_anna, anna):
    xaverine = somebody(anna)

    said = package(as_anna, xaverine)

    for model in hanging.pointers():
        if model.privacy.exported:
            assert said[model._meta.model_name], model
            told = json.dumps(said[model._meta.model_name])
            wanted = texts(model) | KINDS.get(model, {}) | NAMED.get(model, {})
            for name in wanted.keys() - FOR_FINDING:
                assert wanted[name] in told, (model, name)


def test_the_package_names_the_source_the_keeper_and_the_permissions(as_anna, anna, clara):
    clara.source_kind, clara.source = "fair", "Herbstmarkt"
    clara.save()
    PermissionFactory.create(customer=clara, text="I agree to all of this")

    said = package(as_anna, clara)

    assert said["about"]["Woher es kommt"] == "Messe oder Markt: Herbstmarkt"
    assert said["permission"][0]["text"] == "I agree to all of this"


def test_the_package_tells_what_stood_there_before_and_what_lies_in_the_bin(as_anna, anna, clara):
    PhoneFactory.create(customer=clara, typed=NUMBER)
    page = as_anna.get(reverse("customer-edit", args=[clara.pk])).context["form"]
    data = {field.html_name: field.value() for field in page}
    as_anna.post(
        reverse("customer-edit", args=[clara.pk]),
        {name: "" if value is None else value for name, value in data.items()}
        | {"phone": "", "last_name": "Huber"},
    )

    said = package(as_anna, clara)

    assert said["phone"][0]["typed"] == NUMBER
    assert said["phone"][0]["deleted_at"]
    assert any((change["before"] or {}).get("last_name") == "Maier" for change in said["history"])


def test_others_are_named_and_nothing_else_is_told_of_them(as_anna, anna, clara):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe", note="Secret of Uwe")
    RelationFactory.create(customer=clara, other=uwe)
    InteractionFactory.create(customer=uwe, text="Secret talk")

    said = as_anna.get(url("package", clara, "json")).content.decode()

    assert "Uwe" in said
    assert "Secret" not in said
    assert str(uwe.pk) not in said


def test_what_became_of_others_is_not_told_to_whoever_recommended_them(as_anna, anna, clara):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe")
    RecommendationFactory.create(recommender=clara, recipient=uwe, status="customer")

    (to_her,) = package(as_anna, clara)["recommendation"]
    (to_him,) = package(as_anna, uwe)["recommendation"]

    assert "status" not in to_her
    assert (to_her["recipient"], to_him["recommender"]) == ("Uwe", "Clara Maier")
    assert to_him["status"] == "customer"


def test_the_package_is_a_pdf_for_people(as_anna, anna):
    xaverine = somebody(anna)

    answer = as_anna.get(url("package", xaverine, "pdf"))

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert NAME[1] not in answer.headers["Content-Disposition"]


def test_there_is_no_other_form(as_anna, clara):
    assert as_anna.get(url("package", clara, "exe")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("rows", [1, 3])
def test_the_package_costs_the_same_for_few_and_many_rows(as_anna, anna, clara, rows):
    for _number in range(rows):
        FollowUpFactory.create(customer=clara)
        RelationFactory.create(customer=clara)
        PhoneFactory.create(customer=clara)
    as_anna.get(url("package", clara, "json"))

    with costs(2 + 1 + 1 + len(hanging.pointers()) + 4):
        as_anna.get(url("package", clara, "json"))


# --- the lock ---------------------------------------------------------------------------------------


def lock(client, person):
    return client.post(url("lock", person))


def test_who_is_locked_is_shown_nowhere(as_anna, anna, clara, clock):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe")
    RelationFactory.create(customer=clara, other=uwe)
    FollowUpFactory.create(customer=clara, due=timezone.localdate(), what="Call Clara")
    PhoneFactory.create(customer=clara)

    answer = lock(as_anna, clara)

    assert answer.headers["Location"] == url("list", clara)
    as_anna.get(url("list", clara))  # where the toast says it
    pages = ("/", "/customers/", "/customers/bin/", f"/customers/{uwe.pk}/")
    for address in pages:
        assert "Clara" not in as_anna.get(address).content.decode(), address
    assert as_anna.get("/customers/?q=clara").context["page"].paginator.count == 0
    assert "Clara Maier" in as_anna.get(reverse("locked-list")).content.decode()
    detail = as_anna.get(clara.get_absolute_url())
    assert detail.headers["Location"] == url("list", clara)


def test_who_is_locked_cannot_be_changed(as_anna, clara):
    lock(as_anna, clara)

    for name in ("customer-edit", "interaction-add", "follow-up-add", "remember"):
        answer = as_anna.get(reverse(name, args=[clara.pk]))
        assert answer.status_code == HTTPStatus.NOT_FOUND, name


def test_a_lock_answers_the_wish_and_can_be_taken_back(as_anna, clara):
    PhoneFactory.create(customer=clara)
    request = DataSubjectRequestFactory.create(customer=clara, kind="restriction")

    answer = lock(as_anna, clara)

    request.refresh_from_db()
    assert request.state == "done"
    undo(as_anna, answer)
    assert Customer.unscoped.get(pk=clara.pk).restricted_at is None
    assert Phone.unscoped.exists()


def test_a_tab_left_open_takes_nothing_back_on_somebody_locked(as_anna, anna, clara):
    other = CustomerFactory.create(partner=anna)
    phone = PhoneFactory.create(customer=clara)
    with walls.acting_for(anna):
        act = Act(anna, anna.user, "customer-edit")
        changes.update(act, clara, note="new")
        changes.update(act, other, note="new")
        changes.update(act, phone, label="new")
    locking = lock(as_anna, clara)

    answer = as_anna.post(reverse("undo", args=[act.id]))

    assert toasts(answer)[-1].startswith("Diese Person ist inzwischen gesperrt")
    notes = Customer.unscoped_with_bin.in_bulk([clara.pk, other.pk])
    assert (notes[clara.pk].note, notes[other.pk].note) == ("new", "")
    assert Phone.unscoped_with_bin.get().label == "new"
    undo(as_anna, locking)
    assert Phone.unscoped.get().label == "new"


def test_unlocking_wants_a_reason_and_brings_everything_back(as_anna, clara):
    FollowUpFactory.create(customer=clara)
    PhoneFactory.create(customer=clara)
    RecommendationFactory.create(recommender=clara, recipient=None, recipient_name="Tom")
    lock(as_anna, clara)
    assert not Recommendation.unscoped.exists()

    silent = as_anna.post(url("unlock", clara), {"why": " "})
    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Customer.unscoped.exists()
    answer = as_anna.post(url("unlock", clara), {"why": "Now all is right"})

    clara.refresh_from_db()
    assert (clara.restricted_at, clara.deleted_at) == (None, None)
    assert clara.next_due_at is not None
    assert FollowUp.unscoped.count() == Phone.unscoped.count() == 1
    assert Recommendation.unscoped.exists()
    assert DataSubjectRequest.unscoped.get().answer == "Now all is right"
    assert answer.headers["Location"] == clara.get_absolute_url()


def test_who_is_locked_outlives_the_thirty_days_of_the_bin(as_anna, anna, clara, clock):
    lock(as_anna, clara)
    clock.shift(400 * 24 * 60 * 60)

    with as_app(), walls.acting_for(anna):
        binning.empty_some(anna)

    assert Customer.unscoped_with_bin.filter(pk=clara.pk).exists()


def test_who_is_locked_is_still_given_a_package_and_erased(as_anna, anna):
    xaverine = somebody(anna)
    lock(as_anna, xaverine)

    assert package(as_anna, xaverine)["phone"][0]["typed"] == NUMBER
    as_anna.post(url("erase", xaverine), {"sure": "1"})

    assert not Customer.unscoped_with_bin.filter(pk=xaverine.pk).exists()


@pytest.mark.usefixtures("plain_cards")
def test_an_import_leaves_the_locked_as_they_are(as_anna, anna, clara):
    PhoneFactory.create(customer=clara, typed=NUMBER)
    lock(as_anna, clara)

    run = take(read(anna, card("Clara Maier", phone=NUMBER, email=MAIL), card("Meike Schulz")))

    assert [person.name for person in anna.customers.all()] == ["Meike Schulz"]
    page = as_anna.get(f"/customers/import/{run.pk}/").content.decode()
    assert "1 Person, deren Daten gesperrt sind, bleibt, wie sie ist." in page


# --- before an erasure --------------------------------------------------------------------------


def test_what_stays_is_said_before(as_anna, clara):
    PermissionFactory.create(customer=clara, channel="phone")

    page = as_anna.get(url("erase", clara)).content.decode()

    assert "Das Ja zu Anrufen vom 5. Januar" in page
    assert "bis 5. Januar 2031" in page
    assert "Fingerabdruck" in page
    assert "ohne Namen" not in page
    DataSubjectRequestFactory.create(customer=clara, kind="access")
    assert "ohne Namen" in as_anna.get(url("erase", clara)).content.decode()


def test_where_the_name_still_stands_is_listed(as_anna, anna, clara):
    uwe = CustomerFactory.create(partner=anna, first_name="Uwe", note="Neighbour of Clara Maier.")
    CustomerFactory.create(partner=anna, first_name="Ina", last_name="Maier")
    InteractionFactory.create(customer=uwe, text="The maiers? Maierhofer!")
    TalkNoteFactory.create(partner=anna, title="As Frau Maier says")
    InteractionFactory.create(customer=clara, text="Maier herself")
    RecommendationFactory.create(recommender=uwe, recipient=None, recipient_name="Tom Maier")

    found = rights.mentions(clara)

    assert [(row.where, row.text) for row in found] == [
        ("Uwe", "Neighbour of Clara Maier."),
        ("Uwe", "Tom Maier"),
        (found[2].where, "As Frau Maier says"),
    ]
    assert "Neighbour of Clara Maier." in as_anna.get(url("erase", clara)).content.decode()


def test_erasing_wants_a_tick_and_happens_once(as_anna, clara):
    answer = as_anna.post(url("erase", clara))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Customer.unscoped.exists()

    answer = as_anna.post(url("erase", clara), {"sure": "1"})
    assert toasts(answer) == ["Gelöscht. Auch eine alte Liste bringt diese Person nicht zurück."]
    assert not Customer.unscoped_with_bin.exists()
    again = as_anna.post(url("erase", clara), {"sure": "1"})
    assert again.headers["Location"] == "/customers/"


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_for_one_and_for_many(as_anna, anna, clara, rows):
    for _number in range(rows):
        uwe = CustomerFactory.create(partner=anna, note="Clara Maier")
        InteractionFactory.create(customer=uwe, text="Clara Maier")
        RecommendationFactory.create(recommender=uwe, why="Knows Clara Maier")
    as_anna.get(url("erase", clara))

    with costs(7 + len(rights.written())):  # one for each kind of text
        as_anna.get(url("erase", clara))


def test_a_request_that_nobody_can_see_is_not_there(as_boris, clara):
    assert requesting.TO_ANSWER.months == 1
    assert as_boris.get(url("list", clara)).status_code == HTTPStatus.NOT_FOUND

"""Questions whose SQL is written once: they answer what the queryset would, for whoever asks."""

import ast
import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from customers.models import Customer
from partners import questions, walls
from partners.models import Partner
from partners.questions import NotAsGivenError
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.environment import ROOT
from tests.project.test_walls_static import product_files

# What differs from one moment, person or language to the next, and would be kept as it was.
PASSING = {"clock", "now", "today", "timezone", "request", "settings", "gettext", "_"}


@questions.written_once
def called(partner: Partner, name: str):
    return partner.customers.filter(first_name=name).order_by("last_name")


def names(rows) -> list[str]:
    return [f"{one.first_name} {one.last_name}" for one in rows]


def test_each_partner_is_told_of_their_own(anna, boris):
    CustomerFactory.create(partner=anna, first_name="Petra", last_name="Adler")
    CustomerFactory.create(partner=anna, first_name="Petra", last_name="Auer")
    CustomerFactory.create(partner=boris, first_name="Petra", last_name="Beck")
    found = []

    for partner in (anna, boris, anna):
        with walls.acting_for(partner):
            found.append(names(called(partner, "Petra")))

    assert found == [["Petra Adler", "Petra Auer"], ["Petra Beck"], ["Petra Adler", "Petra Auer"]]


def test_what_is_asked_for_may_be_another_each_time(anna):
    CustomerFactory.create(partner=anna, first_name="Petra", last_name="Adler")
    CustomerFactory.create(partner=anna, first_name="Jürgen 100%_", last_name="O'Hara")

    with walls.acting_for(anna):
        found = [names(called(anna, name)) for name in ("Petra", "Jürgen 100%_", "Niemand")]

    assert found == [["Petra Adler"], ["Jürgen 100%_ O'Hara"], []]


def test_the_sentence_is_said_twice_at_first_and_then_never_again(anna):
    said = []

    @questions.written_once
    def everybody(partner: Partner):
        said.append(partner)
        return partner.customers.all()

    CustomerFactory.create(partner=anna)
    with walls.acting_for(anna):
        assert [len(everybody(anna)) for _ in range(3)] == [1, 1, 1]

    assert len(said) == 2
    assert anna not in said


def test_rows_know_their_partner_and_whom_they_point_to_without_another_query(anna):
    @questions.written_once
    def promises(partner: Partner):
        return partner.followups.select_related("customer").only("what", "customer__first_name")

    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    FollowUpFactory.create(customer=petra, what="Anrufen")

    with walls.acting_for(anna), CaptureQueriesContext(connection) as seen:
        (one,) = promises(anna)
        assert (one.what, one.customer.first_name) == ("Anrufen", "Petra")
        assert one.partner is anna
        assert not one._state.adding
        assert "due_on" in one.get_deferred_fields()

    assert len(seen) == 1


def test_columns_that_a_question_adds_stand_beside_the_others(anna):
    @questions.written_once
    def counted(partner: Partner):
        promised = partner.followups.filter(customer=OuterRef("pk"))
        found = partner.customers.annotate(many=Count("follow_ups"), is_promised=Exists(promised))
        return found.order_by("first_name")

    CustomerFactory.create(partner=anna, first_name="Anna")
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    FollowUpFactory.create_batch(2, customer=petra)

    with walls.acting_for(anna):
        told = [(one.first_name, one.many, one.is_promised) for one in counted(anna)]

    assert told == [("Anna", 0, False), ("Petra", 2, True)]


def test_moments_days_and_ids_are_given_as_they_are(anna):
    @questions.written_once
    def noted(partner: Partner, pk: uuid.UUID, before: dt.datetime, due: dt.date):
        found = partner.followups.filter(customer=pk, created_at__lt=before, due_on__lte=due)
        return found.order_by("pk")

    one = FollowUpFactory.create(customer__partner=anna, due_on=dt.date(2026, 11, 23))
    second, day = dt.timedelta(seconds=1), dt.timedelta(days=1)

    with walls.acting_for(anna):
        assert noted(anna, one.customer_id, one.created_at + second, one.due_on) == [one]
        assert noted(anna, one.customer_id, one.created_at - second, one.due_on) == []
        assert noted(anna, one.customer_id, one.created_at + second, one.due_on - day) == []
        assert noted(anna, uuid.uuid4(), one.created_at + second, one.due_on) == []


def test_nothing_given_is_another_sentence(anna):
    @questions.written_once
    def besides(partner: Partner, pk: uuid.UUID | None):
        return partner.customers.exclude(pk=pk) if pk else partner.customers.all()

    petra = CustomerFactory.create(partner=anna)

    with walls.acting_for(anna):
        assert besides(anna, None) == [petra]
        assert besides(anna, petra.pk) == []
        assert besides(anna, None) == [petra]


def test_an_empty_text_is_another_sentence(anna):
    @questions.written_once
    def living_in(partner: Partner, city: str):
        return partner.customers.filter(city=city) if city else partner.customers.all()

    CustomerFactory.create(partner=anna, first_name="Petra")
    with walls.acting_for(anna):
        assert living_in(anna, "Fulda") == []
        assert len(living_in(anna, "")) == 1


def test_a_question_can_be_asked_by_two_threads(transactional_db, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    told = []

    def ask():
        with walls.acting_for(anna):
            told.append(called(anna, "Petra"))
        connection.close()

    for _ in range(2):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()

    assert told == [[petra], [petra]]


# --- what would be kept as it was the first time --------------------------------------------------


def worked_out(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment - dt.timedelta(days=1))


def worked_out_beside(partner: Partner, moment: dt.datetime):
    earlier = moment - dt.timedelta(days=1)
    return partner.customers.filter(created_at__lt=moment, created_at__gt=earlier)


def looked_up(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment, pk=uuid.uuid4())


def read_beside(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment).prefetch_related("phone_set")


def columns_alone(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment).values_list("pk")


def never_asked(partner: Partner, moment: dt.datetime):
    return partner.customers.all()


def of_everybody(partner: Partner, moment: dt.datetime):
    return Customer.unscoped.filter(created_at__lt=moment)


def of_a_month(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment, birth_month=moment.month)


def as_long(partner: Partner, moment: str):
    return partner.customers.filter(first_name=moment, birth_day=len(moment))


@pytest.mark.parametrize(
    "words",
    [
        of_a_month,
        worked_out,
        worked_out_beside,
        looked_up,
        read_beside,
        columns_alone,
        never_asked,
        of_everybody,
    ],
)
def test_a_sentence_that_does_more_than_it_is_given_is_refused(anna, words):
    with walls.acting_for(anna), pytest.raises(NotAsGivenError, match=words.__name__):
        questions.written_once(words)(anna, dt.datetime(2026, 11, 22, tzinfo=dt.UTC))


def test_not_even_the_length_of_a_text_is_kept(anna):
    with walls.acting_for(anna), pytest.raises(NotAsGivenError):
        questions.written_once(as_long)(anna, "Petra")


@pytest.mark.parametrize("match", ["icontains", "iexact", "startswith"])
def test_a_text_that_is_changed_for_the_database_is_refused_or_found(anna, match):
    def alike(partner: Partner, name: str):
        return partner.customers.filter(**{f"first_name__{match}": name})

    CustomerFactory.create(partner=anna, first_name="Petra_")
    CustomerFactory.create(partner=anna, first_name="PetraX")
    ask = questions.written_once(alike)

    with walls.acting_for(anna):
        try:
            found = [one.first_name for one in ask(anna, "Petra_")]
        except NotAsGivenError:
            return
    assert found == ["Petra_"]


def test_no_question_looks_at_what_passes():
    asked = {}
    for file in product_files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef) and any(map(is_written_once, node.decorator_list)):
                words = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                words |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                given = {one.arg for one in node.args.args}
                asked[f"{file.relative_to(ROOT)}:{node.name}"] = words & PASSING - given

    assert asked
    assert {place: words for place, words in asked.items() if words} == {}


def is_written_once(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr == "written_once"

"""Questions whose SQL is written once: they answer what the queryset would, for whoever asks."""

import ast
import datetime as dt
import functools
import itertools
import threading
import uuid
from contextlib import nullcontext
from importlib import import_module
from inspect import signature
from typing import Any, get_args, get_type_hints

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from customers import agenda
from customers.models import Customer
from partners import questions, walls
from partners.models import Partner
from partners.questions import NotAsGivenError, NotTheirsError
from tests.factories import CustomerFactory, FollowUpFactory
from tests.harness.environment import ROOT
from tests.project.test_walls_static import PRODUCT, product_files

# What differs from one moment, person or language to the next, and would be kept as it was.
PASSING = {
    *("clock", "now", "today", "timezone", "zone", "time_zone", "request", "settings"),
    *("gettext", "ngettext", "pgettext", "_", "uuid4", "uuid7", "random"),
}


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


def test_a_question_can_be_asked_by_two_threads_at_once(transactional_db, anna):
    @questions.written_once
    def everybody(partner: Partner):
        return partner.customers.all()

    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    told, together = [], threading.Barrier(2)

    def ask():
        together.wait(timeout=10)
        with walls.acting_for(anna) if walls.has_second_wall() else nullcontext():
            told.append(everybody(anna))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
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


def of_nobody(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment, pk__in=[])


def in_ones_language(partner: Partner, moment: dt.datetime):
    return partner.customers.filter(created_at__lt=moment, city=get_language())


def as_long(partner: Partner, moment: str):
    return partner.customers.filter(first_name=moment, birth_day=len(moment))


@pytest.mark.parametrize(
    "words",
    [
        of_a_month,
        of_nobody,
        in_ones_language,
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


def test_the_zone_of_whoever_asked_first_is_not_kept(anna):
    def noted_on(partner: Partner, day: dt.date):
        return partner.customers.filter(created_at__date=day)

    with walls.acting_for(anna), pytest.raises(NotAsGivenError):
        questions.written_once(noted_on)(anna, dt.date(2026, 11, 22))


@pytest.mark.parametrize("language", ["de", "en"])
def test_nor_is_their_language(anna, language):
    ask = questions.written_once(in_ones_language)
    with walls.acting_for(anna), translation.override(language), pytest.raises(NotAsGivenError):
        ask(anna, dt.datetime(2026, 11, 22, tzinfo=dt.UTC))


@pytest.mark.parametrize("kind", [dt.datetime, dt.date])
def test_two_strange_days_have_nothing_in_common(kind):
    for _ in range(100):
        one, other = questions.KINDS[kind].two()
        assert one.year != other.year
        assert one.month != other.month
        assert one.day != other.day
        assert one.weekday() != other.weekday()


@pytest.mark.reads_later
def test_nothing_is_known_of_the_partner_but_who_they_are(anna):
    def elsewhere(partner: Partner):
        return partner.followups.exclude(zone=partner.time_zone)

    with walls.acting_for(anna), pytest.raises(NotAsGivenError):
        questions.written_once(elsewhere)(anna)


@pytest.mark.parametrize(
    "value", [SafeString("Petra"), Customer.Stage.PROSPECT, gettext_lazy("Petra"), 5]
)
def test_what_only_looks_like_something_that_can_be_given_is_refused(anna, value):
    with walls.acting_for(anna), pytest.raises(NotAsGivenError, match="nothing that can be given"):
        called(anna, value)


@pytest.mark.sqlite
def test_a_row_of_somebody_else_is_never_shown(anna, boris):
    @questions.written_once
    def promised(partner: Partner):
        theirs = partner.followups.filter(customer=OuterRef("pk"))
        return Customer.unscoped.annotate(is_promised=Exists(theirs))

    CustomerFactory.create(partner=boris)
    with pytest.raises(NotTheirsError, match="Customer"):
        promised(anna)


@pytest.mark.parametrize("match", ["icontains", "startswith"])
def test_a_text_that_is_changed_for_the_database_is_refused(anna, match):
    def alike(partner: Partner, name: str):
        return partner.customers.filter(**{f"first_name__{match}": name})

    with walls.acting_for(anna), pytest.raises(NotAsGivenError, match="alike"):
        questions.written_once(alike)(anna, "Petra")


# --- all questions of the product -------------------------------------------------------------------

GIVEN = {
    uuid.UUID: uuid.uuid4(),
    dt.datetime: dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC),
    dt.date: dt.date(2026, 11, 22),
    str: "Petra",
}


def all_questions() -> list[Any]:
    for file in product_files():
        if "written_once" in file.read_text():
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    agenda.born_from(dt.date(2026, 11, 22))
    asked = [words for words in questions.known if words.__module__.split(".")[0] in PRODUCT]
    return sorted(asked, key=lambda words: (words.__module__, words.__qualname__))


def shapes(kind: Any, anna: Partner) -> list[Any]:
    """Every value of a kind with which the SQL itself differs."""
    if get_args(kind):
        return [value for one in get_args(kind) for value in shapes(one, anna)]
    return {Partner: [anna], bool: [True, False], type(None): [None]}.get(kind) or [GIVEN[kind]]


def test_every_question_is_the_same_at_another_time_whatever_is_given(anna, settings):
    """The clock is moved between the two writings; zone and language change by themselves."""
    asked = 0
    for words in all_questions():
        hints = get_type_hints(words)
        names = list(signature(words).parameters)
        for given in itertools.product(*(shapes(hints[name], anna) for name in names)):
            shifts = iter([dt.timedelta(), dt.timedelta(days=400, hours=7)])

            @functools.wraps(words)
            def said(*values, words=words, shifts=shifts):
                settings.CLOCK_SHIFT = next(shifts)
                return words(*values)

            with walls.acting_for(anna):
                written = questions.write(said, given, connection)
                assert isinstance(written.ask(given, connection), list)
            asked += 1
    assert asked > 20


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


def test_no_question_decides_by_a_value_that_is_given():
    """It would decide once and for all, by a strange value: only nothing, yes and no may part ways."""
    deciding = {}
    for file in product_files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef) and any(map(is_written_once, node.decorator_list)):
                told = {one.arg: ast.unparse(one.annotation or node) for one in node.args.args}
                values = {name for name, kind in told.items() if kind != "bool"}
                values -= {name for name, kind in told.items() if kind.endswith("| None")}
                words = {
                    name.id
                    for part in ast.walk(node)
                    if isinstance(part, ast.If | ast.IfExp | ast.BoolOp | ast.Compare)
                    for name in ast.walk(getattr(part, "test", part))
                    if isinstance(name, ast.Name)
                }
                deciding[f"{file.relative_to(ROOT)}:{node.name}"] = words & values
    assert deciding
    assert {place: words for place, words in deciding.items() if words} == {}


def is_written_once(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr == "written_once"

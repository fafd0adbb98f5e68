"""Heute: what waits on a day, in the order in which a person would want to see it."""

import datetime as dt

import pytest

from customers import agenda
from tests.factories import CustomerFactory, FollowUpFactory, InteractionFactory, PhoneFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

TODAY = dt.date(2026, 11, 23)


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+00:00")


@pytest.fixture
def today(as_anna):
    """What Anna's Heute shows."""
    return lambda query="": as_anna.get("/" + query).context


def due(partner, what, day, time=None, **fields):
    return FollowUpFactory(customer__partner=partner, what=what, due=day, due_time=time, **fields)


def said(rows) -> list[str]:
    return [row.follow_up.what if row.follow_up else row.customer.first_name for row in rows]


def test_the_day_begins_with_what_has_a_time(today, anna, boris):
    due(anna, "yesterday", days(-1), dt.time(8))
    due(anna, "fresh care", days(-1), nature="care")
    due(anna, "at ten", TODAY, dt.time(10))
    due(anna, "long ago", days(-30))
    due(anna, "care at nine", TODAY, dt.time(9), nature="care")
    due(anna, "today", TODAY)
    due(anna, "tomorrow", days(1))
    due(boris, "secret", TODAY)
    due(anna, "done", TODAY, state="done", closed_at=utc("2026-11-23T08:00"))

    day = today()

    assert said(day["timed"]) == ["care at nine", "at ten"]
    assert said(day["promises"]) == ["long ago", "yesterday", "today"]
    assert said(day["care"]) == ["fresh care"]
    assert day["more_count"] == 0


@pytest.mark.parametrize(
    ("zone", "now", "waiting"),
    [
        ("Europe/Berlin", "2026-11-23T22:59:59", ["the 23rd"]),
        ("Europe/Berlin", "2026-11-23T23:00", ["the 23rd", "the 24th"]),
        ("Pacific/Kiritimati", "2026-11-22T09:59", []),
        ("Pacific/Kiritimati", "2026-11-22T10:00", ["the 23rd"]),
        ("Asia/Kathmandu", "2026-11-23T18:14", ["the 23rd"]),
        ("Asia/Kathmandu", "2026-11-23T18:15", ["the 23rd", "the 24th"]),
        ("America/St_Johns", "2026-11-24T03:29", ["the 23rd"]),
        ("America/St_Johns", "2026-11-24T03:30", ["the 23rd", "the 24th"]),
    ],
)
def test_a_day_begins_at_midnight_where_one_is(anna, clock, zone, now, waiting):
    anna.time_zone = zone
    anna.save()
    due(anna, "the 23rd", TODAY)
    due(anna, "the 24th", days(1))
    clock.move_to(utc(now))

    assert said(agenda.agenda(anna).promises) == waiting


def test_a_time_late_in_the_evening_is_still_today(today, anna):
    due(anna, "last minute", TODAY, dt.time(23, 59))

    assert said(today()["timed"]) == ["last minute"]


@pytest.mark.parametrize(("seconds", "is_there"), [(-1, True), (0, True), (1, False)])
def test_soft_care_fades_seven_days_after_its_moment(today, anna, clock, seconds, is_there):
    care = due(anna, "care", TODAY, nature="care")
    due(anna, "promise", TODAY)
    clock.move_to(care.due_at + dt.timedelta(days=7, seconds=seconds))

    day = today()

    assert said(day["care"]) == (["care"] if is_there else [])
    assert said(day["promises"]) == ["promise"]


def test_a_faded_step_is_gone_everywhere(as_anna, today, anna):
    faded = due(anna, "faded", days(-8), nature="care")

    assert as_anna.get(faded.customer.get_absolute_url()).context["follow_ups"] == []
    assert today()["all_done"] == "Everything is done for today."


def test_what_waits_says_since_when_without_reproach(today, anna):
    due(anna, "old", days(-3))
    due(anna, "new", TODAY)
    due(anna, "timed", TODAY, dt.time(9, 5))

    day = today()

    assert [row.overdue_spoken for row in day["promises"]] == ["for 3 days", ""]
    assert [row.due_spoken for row in day["timed"]] == ["09:05"]


def test_each_row_carries_the_last_thing_said(today, anna):
    row = due(anna, "call", TODAY)
    InteractionFactory(customer=row.customer, text="Older", occurred_at=utc("2026-10-01T10:00"))
    InteractionFactory(
        customer=row.customer,
        text="Tochter kommt\nin die Schule",
        occurred_at=utc("2026-11-02T10:00"),
    )
    InteractionFactory(customer=row.customer, text="", occurred_at=utc("2026-11-20T10:00"))

    assert today()["promises"][0].last_said == "3 weeks ago: Tochter kommt in die Schule"


def test_a_long_memory_is_cut(today, anna):
    InteractionFactory(customer=due(anna, "call", TODAY).customer, text="x" * 500)

    assert len(today()["promises"][0].last_said) < 160


def test_each_row_leads_to_its_own_person(today, anna):
    eva = born(anna, "Eva", 23, 11)
    promised = [due(anna, what, TODAY).customer for what in ("call", "call too", "nobody")]
    for person, number in zip(
        [eva, *promised[:2]], ("+4930111", "+4930222", "+4930333"), strict=True
    ):
        PhoneFactory(customer=person, typed=number, number=number)
    PhoneFactory(customer=eva, typed="+4930444", number="+4930444", is_preferred=True)
    PhoneFactory(customer=promised[0], deleted_at=utc("2026-11-22T10:00"), is_preferred=True)

    day = today()

    assert [row.channels.phone for row in day["birthdays"]] == ["tel:+4930444"]
    assert [row.channels.phone for row in day["promises"]] == ["tel:+4930222", "tel:+4930333", ""]


@pytest.mark.parametrize("state", [{"is_hidden": True}, {"deleted_at": utc("2026-11-22T10:00")}])
def test_nobody_is_called_who_is_not_in_the_circle(today, anna, state):
    nora = due(anna, "call", TODAY).customer
    PhoneFactory(customer=nora, typed="+4930111", number="+4930111")
    anna.customers.update(**state)

    assert [row.channels.phone for row in today()["promises"]] == [""]


# --- seven rows --------------------------------------------------------------------------------


def test_seven_rows_then_more(today, anna):
    for number in range(9):
        due(anna, str(number), days(-number))

    day, whole = today(), today("?all=1")

    assert said(day["promises"]) == ["8", "7", "6", "5", "4", "3", "2"]
    assert day["more_count"] == 2
    assert (len(whole["promises"]), whole["more_count"]) == (9, 0)


def test_seven_rows_count_every_group(today, anna):
    due(anna, "timed", TODAY, dt.time(9))
    for number in range(4):
        due(anna, f"promise {number}", days(-4 + number))
        due(anna, f"care {number}", days(-4 + number), nature="care")
    CustomerFactory(partner=anna, first_name="Eva", birth_day=23, birth_month=11)

    day = today()

    groups = [len(day[name]) for name in ("timed", "promises", "birthdays", "care")]
    assert (groups, day["more_count"]) == ([1, 4, 1, 1], 3)


@pytest.mark.parametrize(("count", "offer"), [(10, 0), (11, 11)])
def test_more_than_ten_are_offered_to_be_spread(today, anna, count, offer):
    for number in range(count):
        due(anna, str(number), days(-number))

    assert today()["spread_offer"] == offer


def test_what_has_a_time_today_cannot_be_spread(today, anna):
    for number in range(11):
        due(anna, str(number), TODAY, dt.time(9, number))

    assert today()["spread_offer"] == 0
    assert agenda.plan_to_spread(anna) == []


def test_days_that_are_full_are_left_alone(anna):
    for number in range(11):
        due(anna, str(number), days(-1))
    for number in range(5):
        due(anna, f"tomorrow {number}", days(1))
    due(anna, "the day after", days(2))

    plan = [day for _row, day in agenda.plan_to_spread(anna)]

    assert plan == [days(2)] * 4 + [days(3)] * 2


# --- birthdays ---------------------------------------------------------------------------------


def born(partner, name, day, month, year=None):
    return CustomerFactory(
        partner=partner, first_name=name, birth_day=day, birth_month=month, birth_year=year
    )


def test_a_birthday_says_which(today, anna, boris):
    born(anna, "Eva", 23, 11, 1976)
    born(anna, "Ida", 23, 11)
    born(anna, "Newborn", 23, 11, 2026)
    born(anna, "Not today", 24, 11)
    born(boris, "Secret", 23, 11)

    assert [(row.customer.first_name, row.text) for row in today()["birthdays"]] == [
        ("Eva", "turns 50"),
        ("Ida", "Birthday"),
        ("Newborn", "Birthday"),
    ]


def test_in_german_she_wird_50(today, anna):
    anna.user.language = "de"
    anna.user.save()
    born(anna, "Eva", 23, 11, 1976)

    assert [row.text for row in today()["birthdays"]] == ["wird 50"]


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ("2027-02-28T12:00", ["Leap", "Plain"]),
        ("2028-02-28T12:00", ["Plain"]),
        ("2028-02-29T12:00", ["Leap"]),
        ("2027-03-01T12:00", []),
    ],
)
def test_a_birthday_on_29_february_is_kept_on_the_28th_elsewhen(anna, clock, now, names):
    born(anna, "Leap", 29, 2, 2000)
    born(anna, "Plain", 28, 2)
    clock.move_to(utc(now))

    assert said(agenda.agenda(anna).birthdays) == names


def test_a_talk_on_the_day_settles_the_birthday(as_anna, today, anna, clock):
    eva = born(anna, "Eva", 23, 11)
    InteractionFactory(customer=eva, occurred_at=utc("2026-11-22T22:59"))
    assert said(today()["birthdays"]) == ["Eva"]

    InteractionFactory(customer=eva, occurred_at=utc("2026-11-22T23:00"))
    assert today()["birthdays"] == []
    assert today()["all_done"] == "Everything is done for today."


def test_nobody_reached_leaves_the_birthday_where_it_is(today, anna):
    eva = born(anna, "Eva", 23, 11)
    InteractionFactory(customer=eva, occurred_at=utc("2026-11-23T09:00"), outcome="missed")

    assert said(today()["birthdays"]) == ["Eva"]


def test_the_coming_days_have_their_birthdays_too(today, anna):
    born(anna, "Eva", 25, 11, 1976)
    born(anna, "Too far", 1, 12)
    due(anna, "call", days(2))
    due(anna, "next week", days(7))
    due(anna, "later", days(8))

    assert [(label, said(rows)) for label, rows in today()["coming"]] == [
        ("the day after tomorrow", ["call", "Eva"]),
        ("30 November", ["next week"]),
    ]


@pytest.mark.parametrize(
    ("birthday", "sentence"),
    [
        ((24, 11, 1976), "24 November 1976, turns 50"),
        ((23, 11, 1976), "23 November 1976, turns 50"),
        ((22, 11, 1976), "22 November 1976, turns 51"),
        ((29, 2, None), "29 February"),
        ((29, 2, 2000), "29 February 2000, turns 27"),
        ((None, None, None), ""),
    ],
)
def test_the_detail_page_says_who_turns_what(as_anna, anna, birthday, sentence):
    person = born(anna, "Eva", *birthday)

    facts = as_anna.get(person.get_absolute_url()).context["facts"]

    assert facts.words.get("birthday", "") == sentence


# --- all done ----------------------------------------------------------------------------------


def test_when_all_is_done_the_page_says_so_and_what_tomorrow_brings(today, anna):
    due(anna, "one", days(1))
    due(anna, "two", days(1), dt.time(10))
    due(anna, "three", days(2))

    assert today()["all_done"] == "Everything is done for today. Tomorrow: 2."


def test_while_something_waits_nothing_is_done(today, anna):
    due(anna, "one", TODAY, dt.time(23))

    assert today()["all_done"] == ""


def test_in_german_it_is_finished(today, anna):
    anna.user.language = "de"
    anna.user.save()
    due(anna, "one", days(1))

    assert today()["all_done"] == "Für heute ist alles getan. Morgen: 1."

"""The statements that make evenings, their guests and their steps, of people who are loaded.

The first evening of each partner is coming and large; the others lie before and after today.
"""
# ruff: noqa: S608

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from events.models import Event
from mlmcrm.scale.dialect import dialect, draw, uuid7
from mlmcrm.scale.statements import DAY, FALSE, KNOWN_FOR, OWNED, ROOM, SIZES, TRUE
from partners import clock
from partners.models import Partner

EVENINGS = "scale_party"
LARGE = 200  # guests of the first
MOST = 12  # of the others
STEP, FIRST = 389, 520  # evening number i takes the day i * STEP + FIRST, of all in turn
BOOKED = 30 * DAY  # before
WAITS = 3  # days for its result
TITLES = [
    "Herbstabend",
    "Küchenabend",
    "Suppenabend bei Petra",
    "Adventsabend",
    "Frühlingsabend im Garten",
    "Messerabend",
    "Abend der guten Düfte",
]
STEPS = [
    ("coaching", -14, "Gästeliste durchgehen"),
    ("coaching", -7, "Wie viele Zusagen?"),
    ("setting", -1, "Brotteig ansetzen"),
    ("packing", 0, "Messer, Brett, Gewürze"),
    ("after", 1, "Danke sagen"),
    ("after", 3, "Bei allen nachfragen, die nicht kommen konnten"),
]
OWNED_BY_IT = "partner_id, created_at, created_at, 1"


def evenings(partners: Iterable[int], count: int, people: int, now: int) -> str:
    """The evenings of some partners, in a table of this session from which all rows are made."""
    owners = " UNION ALL ".join(f"SELECT {partner} AS partner_id" for partner in partners)
    return f"""
        CREATE TEMPORARY TABLE {EVENINGS} AS
        WITH RECURSIVE number(i) AS (
            SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count}
        ), numbered AS (
            SELECT partner_id, i, CAST(partner_id AS bigint) * {ROOM} + i AS n
            FROM number CROSS JOIN ({owners}) AS owner
        ), drawn AS (
            SELECT numbered.*, (i * {STEP} + {FIRST}) % {SIZES["evening"]} AS slot,
                   {draw(1, people)} AS host,
                   CASE WHEN i = 1 THEN {max(min(LARGE, people - 1), 0)}
                        ELSE {draw(2, min(MOST, people))} END AS guests
            FROM numbered
        )
        SELECT partner_id, n, host, guests, i = 1 AS is_large,
               {uuid7(f"CAST({now - BOOKED} AS bigint)", "n")} AS id,
               {dialect().moment(str(now - BOOKED))} AS created_at,
               title, place, starts_at, ends_at, day, state, is_over
        FROM drawn JOIN scale_evening ON scale_evening.slot = drawn.slot
    """


def person(place: str, people: int, now: int) -> str:
    """The id of the person with this place, from 0, in the partner's circle."""
    since = f"{now - KNOWN_FOR} + ({place} + 1) * {KNOWN_FOR // people}"
    number = f"CAST(partner_id AS bigint) * {ROOM} + {place} + 1"
    return dialect().uuid(uuid7(f"CAST({since} AS bigint)", number))


def closed(value: str) -> str:
    return f"CASE WHEN state = 'closed' THEN {value} END"


def inserts(people: int, now: int) -> dict[str, str]:
    guest = "n * 256 + seat.slot"
    luck = draw(4, 10, guest)
    came = f"is_over AND {luck} < 6"
    return {
        "events_event": f"""
            INSERT INTO events_event ({OWNED}, kind, maximum, theme, decoration, catering, seating,
                demo_material, agenda, products, invitation_text, thanks_text, title, starts_at,
                ends_at, zone, state, host_id, place, place_name, street, postcode, city,
                online_link, directions, note, formality, companions_allowed, is_open, reminders,
                host_wants_mail, sequence, link_version, cancelled_why, other_sales, other_orders,
                cost_goods, cost_gift, cost_catering, kilometres, per_kilometre, came, buyers,
                orders, sales, reward, went_well, next_time, closed_at)
            SELECT {dialect().uuid("id")}, {OWNED_BY_IT}, 'presentation',
                CASE WHEN is_large THEN NULL ELSE {MOST} END, 'Herbst', '', 'Suppe und Brot', '',
                '', '', '', 'Wir kochen und probieren. Komm gern dazu!', '', title, starts_at,
                ends_at, 'Europe/Berlin', state, {person("host", people, now)}, place, '',
                'Am Markt 1', '36037', 'Fulda', '', '', '', 'du', 1, {TRUE}, '[2880, 120]',
                {FALSE}, 0, 1, '', 0, 0, 12, 8, 15, 24, 0.3,
                {closed("guests / 2")}, {closed("guests / 3")}, {closed("guests / 3")},
                {closed("guests * 21")}, '', '', '', {closed("ends_at")}
            FROM {EVENINGS}
        """,
        "events_eventguest": f"""
            INSERT INTO events_eventguest ({OWNED}, event_id, customer_id, origin, invited_at,
                invited_how, answer, answered_at, companions, message, wants_privately,
                wants_reminder, link_version, presence, presence_at, interest, wishes,
                wants_evening, sales, orders)
            SELECT {dialect().uuid(uuid7(f"CAST({now - BOOKED} AS bigint)", guest))}, {OWNED_BY_IT},
                {dialect().uuid("id")}, {person(f"(host + 1 + seat.slot) % {people}", people, now)},
                'circle', created_at, 'copy',
                CASE WHEN {luck} < 6 THEN 'yes' WHEN {luck} < 8 THEN 'no' ELSE '' END,
                CASE WHEN {luck} < 8 THEN created_at END, {luck} / 5 % 2, '', {FALSE},
                {luck} = 3, 1, CASE WHEN {came} THEN 'attended' ELSE '' END,
                CASE WHEN {came} THEN starts_at END, '', '', {FALSE},
                CASE WHEN {came} AND {luck} < 4 THEN 20 + {draw(5, 60, guest)} ELSE 0 END,
                CASE WHEN {came} AND {luck} < 4 THEN 1 ELSE 0 END
            FROM {EVENINGS}
            JOIN scale_seat AS seat ON seat.slot < guests
        """,
        "events_eventstep": f"""
            INSERT INTO events_eventstep ({OWNED}, event_id, part, text, days, for_host, position,
                due_on, done_at, done_by_host)
            SELECT {dialect().uuid(uuid7(f"CAST({now - BOOKED} AS bigint)", "n * 16 + step.slot"))}, {OWNED_BY_IT},
                {dialect().uuid("id")}, part, text, days, days = -14, step.slot,
                {dialect().later("day", "days")}, CASE WHEN is_over THEN ends_at END, {FALSE}
            FROM {EVENINGS} CROSS JOIN scale_step AS step
        """,
    }


def days() -> Iterator[tuple[Any, ...]]:
    """One evening in ten is still to come; most of the others are closed."""
    zone, state, adapted = Partner().zone, Event.State, connection.ops.adapt_datetimefield_value
    places = [Event.Place.HOST, Event.Place.HOST, Event.Place.OWN, Event.Place.CAFE]
    for number in range(SIZES["evening"]):
        ahead = number - SIZES["evening"] * 9 // 10
        day = clock.today(zone) + dt.timedelta(days=ahead)
        kept = state.INVITING if ahead >= 0 else state.CLOSED if ahead < -WAITS else state.HELD
        said = state.CANCELLED if number % 40 == 0 else kept
        yield (
            TITLES[number % len(TITLES)],
            places[number % len(places)],
            adapted(clock.moment(day, dt.time(19, 30), zone)),
            adapted(clock.moment(day, dt.time(22), zone)),
            connection.ops.adapt_datefield_value(day),
            said,
            said in {state.CLOSED, state.HELD},
        )

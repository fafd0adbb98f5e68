"""Load partners and their synthetic circles."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from customers import text
from customers.models import FollowUp, Interaction
from mlmcrm.scale import evenings, names, statements
from partners import clock
from partners.models import Partner, User
from partners.walls import PARTNER, acting_for, has_second_wall

PASSWORD = "kundenkreis"  # noqa: S105 - for measuring alone
DOMAIN = "scale.example"
AT_ONCE = 20_000  # people per transaction
MOST_PARTNERS = 500  # per transaction: SQLite joins no more lists
OPEN_DAYS = range(-3, 60)
DONE_DAYS = range(-200, -1)
TIMES = (None, None, None, dt.time(10), dt.time(17, 30), dt.time(19, 15))


def load(
    partner_count: int, customer_count: int, big: int, events: int, tell: Callable[[str], None]
) -> Counter[str]:
    """Load everything; return the number of rows by table."""
    began = time.monotonic()
    rows: Counter[str] = Counter()
    with transaction.atomic():
        partners = add_partners(partner_count)
    rows["partners_partner"] = rows["partners_user"] = len(partners)
    circles = [(partners[:1], big), (partners[1:], customer_count)]
    if not big:
        circles = [(partners, customer_count)]
    now = int(clock.now().timestamp())
    with lookup_tables():
        for some, count in batches(circles):
            with acting_for(*some):
                rows.update(add_people(some, count, now))
                if events:
                    rows.update(add_evenings(some, events, count, now))
            tell(f"{rows['customers_customer']:>9,} people, {time.monotonic() - began:5.0f} s")
    return rows


def add_partners(count: int) -> list[int]:
    """Partners who have accepted the terms; all share one password, hashed once."""
    now = clock.now()
    password = make_password(PASSWORD)
    terms = {"terms_version": settings.TERMS_VERSION, "terms_accepted_at": now}
    partners = Partner.objects.bulk_create(
        [Partner(name=f"Partner {k}", **terms) for k in range(1, count + 1)], batch_size=1000
    )
    users = [
        User(email=f"p{k}@{DOMAIN}", name=partner.name, password=password, partner=partner)
        for k, partner in enumerate(partners, start=1)
    ]
    User.objects.bulk_create(users, batch_size=1000)
    return [partner.pk for partner in partners]


def batches(circles: Iterable[tuple[list[int], int]]) -> Iterator[tuple[list[int], int]]:
    """Partners in groups whose people fit into one transaction."""
    for partners, count in circles:
        size = min(max(AT_ONCE // max(count, 1), 1), MOST_PARTNERS)
        for start in range(0, len(partners), size):
            if count:
                yield partners[start : start + size], count


def add_people(partners: list[int], count: int, now: int) -> Counter[str]:
    rows: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(statements.tags(partners, now))
        cursor.execute(statements.people(partners, count, now))
        for table, statement in statements.inserts(now).items():
            cursor.execute(statement)
            rows[table] = cursor.rowcount
        cursor.execute(statements.stories(now))
        cursor.execute(f"DROP TABLE {statements.PEOPLE}")
    return rows


def add_evenings(partners: list[int], count: int, people: int, now: int) -> Counter[str]:
    rows: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(evenings.evenings(partners, count, people, now))
        for table, statement in evenings.inserts(people, now).items():
            cursor.execute(statement)
            rows[table] = cursor.rowcount
        cursor.execute(f"DROP TABLE {evenings.EVENINGS}")
    return rows


# --- names and dates to choose from ----------------------------------------------------------


@contextmanager
def lookup_tables() -> Iterator[None]:
    """The tables from which names and dates are chosen, for as long as we load.

    After an error they end with the session.
    """
    with connection.cursor() as cursor:
        for statement in statements.lookup_tables():
            cursor.execute(statement)
        for name, rows in choices().items():
            fill(cursor, f"scale_{name}", rows, statements.SIZES[name])
    yield
    with connection.cursor() as cursor:
        for name in statements.SIZES:
            cursor.execute(f"DROP TABLE scale_{name}")


def fill(cursor, table: str, rows: Sequence[tuple[Any, ...]], size: int) -> None:
    marks = ", ".join(["%s"] * (len(rows[0]) + 1))
    slots = [(slot, *rows[slot % len(rows)]) for slot in range(size)]
    cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", slots)  # noqa: S608 - our own names
    if has_second_wall():
        cursor.execute(f"GRANT SELECT ON {table} TO {PARTNER}")


def choices() -> dict[str, Sequence[tuple[Any, ...]]]:
    sizes = statements.SIZES
    women = [("ms", *forms(name)) for name in names.spread(names.WOMEN, sizes["first"] * 7 // 10)]
    men = [("mr", *forms(name)) for name in names.spread(names.MEN, sizes["first"] * 3 // 10)]
    places = (place.split(" ", 1) for place in names.spread(names.PLACES, sizes["place"]))
    return {
        "first": women + men,
        "last": [forms(name) for name in names.spread(names.LAST, sizes["last"])],
        "street": [
            (name, text.fold(name)) for name in names.spread(names.STREETS, sizes["street"])
        ],
        "place": [(postcode, city, text.fold(city)) for postcode, city in places],
        "said": list(talks()),
        "due": list(dates()),
        "evening": list(evenings.days()),
        "seat": [(number,) for number in range(sizes["seat"])],
        "step": evenings.STEPS,
    }


def forms(name: str) -> tuple[str, str, str, str, str]:
    """A name as written, as compared, as it sounds, and the first two in an e-mail address."""
    mail = text.fold(name).replace(" ", "-")
    return name, text.fold(name), text.sounds(name), mail, text.fold(mail)


def talks() -> Iterator[tuple[str, str, str]]:
    kinds, outcomes = Interaction.Kind, Interaction.Outcome
    for said in [*names.SAID, "", ""]:
        yield kinds.CALL, outcomes.REACHED if said else outcomes.MISSED, said
        yield kinds.MESSAGE, outcomes.NONE, said
        yield kinds.VISIT, outcomes.NONE, said


def dates() -> Iterator[tuple[Any, ...]]:
    """Two open follow-ups for each one that is done, their days evenly spread."""
    zone = Partner().zone
    today, adapted = clock.today(zone), connection.ops.adapt_datetimefield_value
    kinds, states, natures = list(FollowUp.Kind), FollowUp.State, FollowUp.Nature
    for number in range(statements.SIZES["due"]):
        is_done = number % 3 == 0
        days = DONE_DAYS if is_done else OPEN_DAYS
        day = today + dt.timedelta(days=days[number * 37 % len(days)])
        hour = TIMES[number % len(TIMES)]
        at = adapted(clock.moment(day, hour or dt.time(), zone))
        yield (
            kinds[number % len(kinds)],
            natures.CARE if number % 4 == 0 else natures.PROMISE,
            names.PROMISED[number % len(names.PROMISED)],
            connection.ops.adapt_datefield_value(day),
            connection.ops.adapt_timefield_value(hour),
            at,
            states.DONE if is_done else states.OPEN,
            at if is_done else None,
        )


# --- statistics ------------------------------------------------------------------------------


def analyze() -> bool:
    """Refresh the planner's statistics; False where that is not ours to do."""
    with connection.cursor() as cursor:
        if has_second_wall():
            cursor.execute(
                "SELECT pg_has_role(current_user, relowner, 'USAGE')"
                " FROM pg_class WHERE oid = 'customers_customer'::regclass"
            )
            if not cursor.fetchone()[0]:
                return False
        cursor.execute("ANALYZE")
    return True

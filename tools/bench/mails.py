"""What is done with mails from inside: `python -m tools.bench.inside mails COMMAND …`.

`follow-ups` gives each partner's people one that is due, `morning SECONDS` makes all morning mails
due so many seconds from now, `write COUNT` queues short mails, `drain` hands over what waits and
says how that went, `bare COUNT` sends the same mail in a loop that knows nothing.
"""

import dataclasses
import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from partners import clock, outbox, walls
from partners.models import MailClass, OutboxMessage, Partner, User
from partners.outbox import delivery
from partners.outbox.letter import Letter, as_letter
from tools.bench import proc

KIND = "bench"
MAIL = outbox.Mail(
    to="somebody@scale.example",
    subject="A short mail",
    text="Hello,\n\nthis mail is short and the same for everybody.\n\nKundenkreis\n",
)
AT_ONCE = 500  # partners per transaction
STEPS = (0.1, 0.5, 1)
held: list[float] = []  # MB, batch by batch
# As varied as life: of each partner's people by their rank and stage.
FOLLOW_UPS = """
    INSERT INTO customers_followup (id, partner_id, created_at, updated_at, version, customer_id,
        kind, nature, what, due_on, due_time, zone, due_at, schedule_version, state)
    SELECT id, partner_id, created_at, created_at, 1, id,
        CASE stage WHEN 'prospect' THEN 'call' WHEN 'guest' THEN 'message'
            WHEN 'regular' THEN 'bring' WHEN 'inactive' THEN 'card' ELSE 'visit' END,
        CASE rank WHEN 'A' THEN 'care' ELSE 'promise' END, 'Wie war die Lieferung?',
        CASE rank WHEN 'B' THEN %s WHEN 'C' THEN %s ELSE %s END,
        CASE stage WHEN 'guest' THEN %s END, %s,
        CASE rank WHEN 'B' THEN %s WHEN 'C' THEN %s ELSE %s END, 1, 'open'
    FROM customers_customer
"""


def main(command: str, *arguments: str) -> None:
    outbox.register(KIND, MailClass.REMINDER, load, wanted, render, recheck=unchanged)
    commands: dict[str, Callable[..., Any]] = {
        "follow-ups": follow_ups,
        "morning": morning,
        "write": write,
        "drain": drain,
        "bare": bare,
    }
    print(json.dumps(commands[command](*map(float, arguments))))


# --- a morning -------------------------------------------------------------------------------


def noon() -> str:
    """A zone where the day is neither young nor nearly over."""
    return f"Etc/GMT{timezone.now().hour - 12:+d}"  # the sign is Greenwich's, not the zone's


def follow_ups() -> int:
    """What is due today or was some days ago, in place of what was loaded; how many there are."""
    Partner.objects.update(time_zone=noon(), digest_on=False, reminders_on=False)
    zone = Partner(time_zone=noon()).zone
    days = [clock.today(zone) - dt.timedelta(days=ago) for ago in (1, 3, 0)]
    dates = [connection.ops.adapt_datefield_value(day) for day in days]
    moments = [
        connection.ops.adapt_datetimefield_value(clock.moment(day, dt.time(), zone)) for day in days
    ]
    time_of_day = connection.ops.adapt_timefield_value(dt.time(19, 30))
    partners = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
    total = 0
    for start in range(0, len(partners), AT_ONCE):
        some = partners[start : start + AT_ONCE]
        with walls.acting_for(*some), connection.cursor() as cursor:
            whose = f"WHERE partner_id BETWEEN {some[0]} AND {some[-1]}"
            cursor.execute(f"DELETE FROM customers_followup {whose}")  # noqa: S608 - our own ids
            values = [*dates, time_of_day, zone.key, *moments]
            cursor.execute(f"{FOLLOW_UPS} {whose}", values)
            total += cursor.rowcount
    return total


def morning(seconds: float) -> float:
    """Let all morning mails be due soon; the moment, in Unix seconds."""
    due = (timezone.now() + dt.timedelta(seconds=seconds)).replace(microsecond=0)
    local = due.astimezone(Partner(time_zone=noon()).zone)
    Partner.objects.update(digest_on=True, digest_weekdays="1234567", digest_time=local.time())
    return due.timestamp()


# --- short mails -----------------------------------------------------------------------------


def load(rows: Iterable[OutboxMessage]) -> dict[Any, outbox.Mail]:
    held.append(proc.memory())
    return dict.fromkeys([row.pk for row in rows], MAIL)


def wanted(row: OutboxMessage, mail: outbox.Mail) -> bool:
    return True


def render(row: OutboxMessage, mail: outbox.Mail) -> outbox.Mail:
    return mail


def unchanged(mails: Iterable[tuple[OutboxMessage, outbox.Mail]]) -> set[Any]:
    """A short mail has a source too: its partner, read once more under a lock."""
    rows = [row for row, _mail in mails]
    partners = Partner.objects.filter(pk__in=[row.partner_id for row in rows]).order_by("pk")
    there = {partner.pk for partner in partners.select_for_update(no_key=True, of=("self",))}
    return {row.pk for row in rows if row.partner_id in there}


def messages(count: int) -> Iterator[OutboxMessage]:
    """To the partners in turn."""
    users = list(User.objects.exclude(partner=None)[:1000])
    begun = time.time_ns()
    for number in range(count):
        user = users[number % len(users)]
        yield outbox.message(KIND, key=f"{KIND}:{begun}:{number}", recipient=user)


def write(count: float) -> dict[str, float]:
    before, began = proc.memory(), time.perf_counter()
    outbox.write(messages(int(count)))
    return {"seconds": time.perf_counter() - began, "more": proc.memory() - before}


def prepared() -> Callable[[outbox.Mail, OutboxMessage], Letter]:
    """The short mail as bytes, made once; each message puts its own identifier in."""
    user = User.objects.exclude(partner=None)[0]
    model = outbox.message(KIND, key="", recipient=user)
    letter = as_letter(MAIL, model)
    mark = model.message_id.encode()

    def put_in(mail: outbox.Mail, row: OutboxMessage) -> Letter:
        content = letter.content.replace(mark, row.message_id.encode())
        return dataclasses.replace(letter, content=content)

    return put_in


def drain() -> dict[str, Any]:
    """Hand over all that waits: how many, in what time, and the memory held on the way.

    The mail is prepared, as it is for the bare loop: what is measured is the way, not the writing.
    """
    setattr(delivery, "as_letter", prepared())  # noqa: B010 - the one place where a mail is written
    mails = 0
    began, used = time.perf_counter(), time.process_time()
    while taken := outbox.deliver_due():
        mails += taken
    return {
        "mails": mails,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "held": [held[int((len(held) - 1) * step)] for step in STEPS] if held else [],
    }


def bare(count: float) -> dict[str, float]:
    """The floor: the same mail over and over through one connection."""
    user = User.objects.exclude(partner=None)[0]
    letter = as_letter(MAIL, outbox.message(KIND, key="", recipient=user))
    content = letter.email.message().as_bytes()  # sendmail() ends lines and doubles dots itself
    backend: Any = get_connection()
    backend.open()
    began, used = time.perf_counter(), time.process_time()
    for _ in range(int(count)):
        backend.connection.sendmail(letter.sender, [letter.recipient], content)
    taken = time.perf_counter() - began
    backend.close()
    return {"mails": count, "seconds": taken, "cpu": time.process_time() - used}

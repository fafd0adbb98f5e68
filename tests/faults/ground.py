"""Where a fault is played: a database, a mail server, and workers that may be harmed."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from partners import outbox
from partners.models import OutboxMessage, Partner, User
from tests.faults.crew import LOOP, Nursery, Worker
from tests.faults.kinds import GUEST, REMINDER
from tests.harness.processes import poll
from tests.harness.smtp import MailServer

BERLIN = ZoneInfo("Europe/Berlin")
# Business time where it matters; it goes on from here.
MORNING = dt.datetime.combine(
    dt.datetime.now(BERLIN).date() + dt.timedelta(days=1), dt.time(9), tzinfo=BERLIN
)
SHIFT = round((MORNING - dt.datetime.now(dt.UTC)).total_seconds())
State = OutboxMessage.State
OVER = (State.SENT, State.UNKNOWN, State.FAILED, State.CANCELLED, State.EXPIRED, State.SKIPPED)
FAST: dict[str, Any] = {
    "BATCH": 40,
    "BATCH_SECONDS": 1,
    "ROUND": 3,
    "LEASE": 2,
    "HANDOFF_LEASE": 3,
    "CONNECT_TIMEOUT": 2,
    "DOT_TIMEOUT": 2,
    "COMMAND_TIMEOUT": 20,
    "BACKOFF": [1] * 8,
    "GATE_PAUSE": 1,
    "GATE_LONGEST": 2,
}


class Ground:
    """A database and a mail server that this process shares with the workers it hires."""

    def __init__(self, home: Path, mail: MailServer, nursery: Nursery):
        self.home, self.mail, self.nursery = home, mail, nursery
        self.workers: list[Worker] = []
        self.kills = 0
        self.started = time.monotonic()
        self.shift = 0
        self.set_outbox()

    # --- before the workers come ---------------------------------------------------------------

    def set_outbox(self, **durations: Any) -> None:
        self.outbox = FAST | durations

    def set_clock(self, *, later: dt.timedelta = dt.timedelta()) -> None:
        """Tomorrow morning or later, for workers that come from now on and for this process."""
        self.shift = SHIFT + round(later.total_seconds())
        settings.CLOCK_SHIFT = dt.timedelta(seconds=self.shift)

    def users(self, count: int = 1, **partner: Any) -> list[User]:
        """Partners whose own planner stays silent, unless told otherwise."""
        quiet = {"digest_on": False, "reminders_on": False, **partner}
        circles = Partner.objects.bulk_create(
            [Partner(name=f"Partner {number}", **quiet) for number in range(count)]
        )
        return User.objects.bulk_create(
            [
                User(email=f"user{circle.pk}@example.org", name="Anna", partner=circle)
                for circle in circles
            ]
        )

    def write(
        self, count: int = 1, kind: str = REMINDER, users: Iterable[User] = (), **fields: Any
    ) -> list[OutboxMessage]:
        """So many messages, taken in turn from these users; each goes to an address of its own."""
        users = list(users) or self.users()
        start = OutboxMessage.objects.count()
        rows = [
            outbox.message(
                kind,
                key=f"{kind}:{number}",
                recipient=users[number % len(users)],
                source_id=f"{kind}-{number}",
                **fields,
            )
            for number in range(start, start + count)
        ]
        outbox.write(rows)
        return rows

    def write_pair(self) -> tuple[OutboxMessage, OutboxMessage]:
        """One mail that is sent again in doubt and one that is held; a worker takes one at a time."""
        self.set_outbox(BATCH=1)
        (user,) = self.users()
        (guest,), (reminder,) = self.write(1, GUEST, [user]), self.write(1, REMINDER, [user])
        return reminder, guest

    # --- the workers -----------------------------------------------------------------------------

    def run(self, *command: str) -> Worker:
        """A command of the product as a process of its own."""
        number = len(list(self.home.glob("worker*.log")))
        log = self.home / f"worker{number}.log"
        log.touch()
        self.workers.append(self.nursery.start(log, self.outbox, self.shift, *command))
        return self.workers[-1]

    def hire(self, count: int = 1) -> list[Worker]:
        return [self.run(*LOOP) for _number in range(count)]

    def kill(self, worker: Worker) -> None:
        worker.kill()
        self.workers.remove(worker)
        self.kills += 1

    def keep(self, count: int) -> None:
        """Bring back as many workers as died, as a supervisor does."""
        self.workers = [worker for worker in self.workers if worker.is_alive]
        self.hire(count - len(self.workers))

    def dismiss(self) -> None:
        """All stop as after a polite word; one that was paused wakes first."""
        for worker in self.workers:
            worker.wake()
            worker.stop()
        self.workers.clear()

    def logs(self) -> str:
        return "\n".join(log.read_text(errors="replace") for log in self.home.glob("worker*.log"))

    # --- what they have done -----------------------------------------------------------------------

    def until(self, question: Callable[[], Any], what: str, *, seconds: float = 60) -> Any:
        try:
            return poll(question, seconds=seconds, what=what, pause=0.05)
        except AssertionError as error:
            error.add_note(f"{self.states()}\n{self.logs()[-6000:]}")
            raise

    def until_done(self, *, seconds: float = 60, workers: int = 0) -> None:
        """Until nothing waits any more; with `workers`, so many are kept alive meanwhile."""

        def done() -> bool:
            if workers:
                self.keep(workers)
            return not OutboxMessage.objects.exclude(state__in=OVER).exists()

        self.until(done, "an end of the queue", seconds=seconds)

    def until_round(self, worker: Worker, rounds: int = 2) -> None:
        """Until this worker has finished so many more rounds."""
        seen = worker.said().count(" planned, ")
        self.until(lambda: worker.said().count(" planned, ") >= seen + rounds, "a further round")

    def states(self) -> dict[str, int]:
        rows = OutboxMessage.objects.order_by().values_list("state", flat=True)
        return {state: list(rows).count(state) for state in set(rows)}

    def now(self) -> dt.datetime:
        """What the database takes for the time."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT CURRENT_TIMESTAMP")
            (now,) = cursor.fetchone()
        if isinstance(now, str):
            now = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
        return now

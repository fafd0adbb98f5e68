"""Several mails at once, each on a connection of its own, step by step together.

All are brought to the point where the server is ready for them; then their hand-over is committed
in one transaction; then they go out; and as the answers come in they are settled together. Each
mail keeps its own order of steps, the database is asked once for all of them.
"""

import dataclasses
import selectors
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Any, Self

from django.conf import settings

from partners.models import OutboxMessage
from partners.outbox.letter import Letter
from partners.outbox.smtp import BrokenOff, Lane, NoAnswer, NotNow, Refused, without

TOGETHER = 0.02  # seconds to wait for answers that come almost at the same time
FAILURES = (NotNow, Refused, BrokenOff, NoAnswer)


class Withdrawn(Exception):
    """The hand-over was not granted: the lease is gone, or what the mail says has changed."""


@dataclasses.dataclass(eq=False)
class Dispatch:
    """One message on its way, and how it went: nothing was wrong unless `failure` says so."""

    row: OutboxMessage
    letter: Letter
    material: Any
    failure: Exception | None = None


Grant = Callable[[list[Dispatch]], Collection[Any]]


class MailServer:
    """A few connections, opened when first needed and used for many mails."""

    def __init__(self) -> None:
        self.lanes = [Lane()]
        self.most = settings.OUTBOX["CONNECTIONS"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *about: object) -> None:
        """After an error nobody knows what each server waits for: no word makes sense any more."""
        for lane in self.lanes:
            lane.drop() if error else lane.close()

    def open(self) -> None:
        """At least one connection; NotNow where there is none to be had."""
        self.lanes[0].open()

    def open_for(self, number: int) -> list[Lane]:
        """As many connections as there are mails, as many as the server grants, or one."""
        self.open()
        if not self.lanes[0].is_smtp:
            return self.lanes
        while len(self.lanes) < min(number, self.most):
            self.lanes.append(Lane())
        for position, lane in enumerate(self.lanes[1:number], 1):
            try:
                lane.open()
            except NotNow:
                self.most = position
                del self.lanes[position:]
                break
        return self.lanes[:number]

    def hand_over(self, mails: list[Dispatch], grant: Grant) -> Iterator[list[Dispatch]]:
        """Hand mails over, as many as there are lanes; yield them as their fate is known.

        `grant` commits the hand-over of those it returns the ids of; the others are withdrawn.
        """
        lanes = self.open_for(len(mails))
        if not lanes[0].is_smtp:
            yield from keep(lanes[0], mails, grant)
            return
        talks = list(zip(mails, lanes, strict=False))
        for step in ("sender", "recipient", "data"):
            talks = together(talks, step)
        granted = grant([mail for mail, _lane in talks]) if talks else ()
        going = []
        for mail, lane in talks:
            if mail.row.pk in granted:
                with noting(mail):
                    lane.put_content(mail.letter)
                    going.append((mail, lane))
            else:
                lane.drop()
                mail.failure = mail.failure or Withdrawn()
        on_their_way = {id(mail) for mail, _lane in going}
        yield [
            mail for mail, _lane in zip(mails, lanes, strict=False) if id(mail) not in on_their_way
        ]
        yield from answers(going)


Talks = list[tuple[Dispatch, Lane]]


class noting(suppress):  # noqa: N801 - read like suppress
    """What goes wrong with one mail is noted on it, and the others go on."""

    def __init__(self, mail: Dispatch):
        super().__init__(*FAILURES)
        self.mail = mail

    def __exit__(self, kind, error, traceback):
        if is_known := super().__exit__(kind, error, traceback):
            self.mail.failure = error
            if isinstance(error, Refused):
                error.said = without(error.said, self.mail.letter.recipient)
        return is_known


def together(talks: Talks, step: str) -> Talks:
    """Say one command on all lanes, then hear all answers; who was refused drops out."""
    for mail, lane in talks:
        getattr(lane, f"put_{step}")(mail.letter)
    deadline = time.monotonic() + settings.OUTBOX["COMMAND_TIMEOUT"]
    for mail, lane in talks:
        lane.wait_until(deadline)
        with noting(mail):
            getattr(lane, f"get_{step}")(mail.letter)
    return [(mail, lane) for mail, lane in talks if mail.failure is None]


def answers(talks: Talks) -> Iterator[list[Dispatch]]:
    """The answers to the final dots, those that come together in one go."""
    deadline = time.monotonic() + settings.OUTBOX["DOT_TIMEOUT"]
    with selectors.DefaultSelector() as selector:
        for mail, lane in talks:
            selector.register(lane.line.sock, selectors.EVENT_READ, (mail, lane))
        while selector.get_map():
            found = hear(selector, deadline - time.monotonic())
            if not found:
                break
            until = time.monotonic() + TOGETHER
            while selector.get_map() and (more := hear(selector, until - time.monotonic())):
                found += more
            yield found
        silent = [key.data for key in selector.get_map().values()]
    for mail, lane in silent:
        lane.drop()
        mail.failure = NoAnswer("no answer in time")
    yield [mail for mail, _lane in silent]


def hear(selector: selectors.BaseSelector, patience: float) -> list[Dispatch]:
    heard = []
    for key, _events in selector.select(max(patience, 0)):
        mail, lane = key.data
        selector.unregister(key.fileobj)
        with noting(mail):
            lane.get_answer()
        heard.append(mail)
    return heard


def keep(lane: Lane, mails: list[Dispatch], grant: Grant) -> Iterator[list[Dispatch]]:
    """Where mails do not travel: kept as files, or in memory."""
    for mail in mails[:1]:
        if mail.row.pk in grant([mail]):
            with noting(mail):
                lane.keep(mail.letter)
        else:
            mail.failure = mail.failure or Withdrawn()
        yield [mail]

"""Mail to people in a circle: whose it is, what is asked before it leaves, and what waits."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone, translation

from partners import outbox, sent
from partners.models import MailClass, OutboxMessage, Reason, uuid7
from partners.outbox import SEND, Ruling, delivery
from partners.outbox.handing import Dispatch
from tests.harness.roles import as_app
from tests.partners.post import Letter, State, deliver, now_in, wrote

Recipient = OutboxMessage.Recipient


class News(Letter):
    """Advertising that asks a list of answers, one after the other, before it leaves."""

    name, mail_class = "news", MailClass.MARKETING

    def __init__(self):
        super().__init__()
        self.rulings: list[Ruling] = []
        self.asked = 0
        self.changed: set[str] = set()

    def permit(self, row, names):
        self.asked += 1
        return self.rulings.pop(0) if self.rulings else SEND

    def recheck(self, mails):
        return {row.pk for row, _names in mails if row.source_id not in self.changed}


@pytest.fixture
def news(monkeypatch) -> News:
    kind = News()
    ask = lambda *asked: kind.permit(*asked)  # noqa: E731, PLW0108 - tests put another in its place
    how = {"permit": ask, "recheck": kind.recheck}
    parts = (kind.load, kind.still_wanted, kind.render)
    monkeypatch.setitem(outbox.kinds, "news", outbox.Kind("news", kind.mail_class, *parts, **how))
    return kind


def to_person(partner, person=None, **fields) -> OutboxMessage:
    return wrote(partner.user, kind="news", person=person or uuid7(), **fields)


# --- whose it is ---------------------------------------------------------------------------------


def test_a_person_is_written_to_in_the_partners_language_and_zone(anna, boris, news, mailoutbox):
    type(anna.user).objects.filter(pk=anna.user.pk).update(language="en")
    type(anna).objects.filter(pk=anna.pk).update(time_zone="Asia/Tokyo")
    row = to_person(anna)
    to_person(boris)

    assert deliver() == 2

    assert (row.recipient_type, row.partner) == (Recipient.PERSON, anna)
    assert row.recipient_id != str(anna.user.pk)
    assert sorted(news.seen) == ["de Europe/Berlin", "en Asia/Tokyo"]


def test_nobody_is_written_to_for_a_partner_who_is_paused(anna, boris, news, mailoutbox, clock):
    type(anna).objects.filter(pk=anna.pk).update(paused_at=timezone.now())
    paused, other = to_person(anna), to_person(boris)

    assert deliver() == 1

    assert (now_in(paused), paused.reason) == (State.CANCELLED, Reason.PAUSED)
    assert now_in(other) == State.SENT


def test_a_pause_between_claim_and_hand_over_wins(anna, news, mailoutbox, monkeypatch):
    row = to_person(anna)

    def pause(*asked):
        type(anna).objects.filter(pk=anna.pk).update(paused_at=timezone.now())
        return SEND

    monkeypatch.setattr(news, "permit", pause)

    assert deliver() == 0

    assert (now_in(row), mailoutbox) == (State.PENDING, [])


# --- what is asked -------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["permit", "recheck"])
def test_advertising_without_permission_cannot_even_be_registered(missing):
    ways = {"permit": News().permit, "recheck": News().recheck}
    del ways[missing]

    with pytest.raises(ImproperlyConfigured):
        outbox.register("spam", MailClass.MARKETING, *[News().load] * 3, **ways)

    assert "spam" not in outbox.kinds


def test_what_is_not_allowed_never_leaves_and_says_why(anna, news, mailoutbox):
    row = to_person(anna)
    news.rulings = [Ruling(Reason.NOT_ALLOWED)]

    assert deliver() == 0
    assert deliver() == 0

    assert (now_in(row), row.reason, row.attempts) == (State.CANCELLED, Reason.NOT_ALLOWED, 0)
    with translation.override("en"):
        [told] = sent.rows_of(sent.told(anna), anna)
    assert (told.status_word, told.can_retry, told.needs_you) == ("not sent", False, False)
    assert told.reason


@pytest.mark.parametrize("reason", [Reason.QUIET, Reason.TOO_OFTEN, Reason.NO_IMPRINT])
def test_what_waits_loses_no_try_and_leaves_at_its_moment(anna, news, mailoutbox, clock, reason):
    row = to_person(anna)
    later = row.due_at + dt.timedelta(days=30)
    news.rulings = [Ruling(reason, later)]

    assert deliver() == 0
    assert (now_in(row), row.reason, row.due_at) == (State.PENDING, reason, later)
    assert (row.attempts, row.tries.count(), row.lease_token) == (0, 0, None)
    assert sent.rows_of([row], anna)[0].reason
    clock.shift(dt.timedelta(days=29))
    assert deliver() == 0
    assert news.asked == 1

    clock.shift(dt.timedelta(days=2))
    assert deliver() == 1
    assert (now_in(row), row.reason) == (State.SENT, "")


def test_what_waits_for_the_imprint_is_asked_again_as_soon_as_it_may_be_there(anna, boris, news):
    rows = [to_person(partner) for partner in (anna, boris)]
    quiet = to_person(anna)
    later = rows[0].due_at + dt.timedelta(days=30)
    news.rulings = [Ruling(Reason.NO_IMPRINT, later)] * 2 + [Ruling(Reason.QUIET, later)]
    assert deliver() == 0

    assert outbox.wake(anna, Reason.NO_IMPRINT) == 1

    assert deliver() == 1
    assert [now_in(row) for row in (*rows, quiet)] == [State.SENT, State.PENDING, State.PENDING]


def test_a_fault_of_the_permission_is_no_permission(anna, news, mailoutbox, monkeypatch):
    row = to_person(anna)
    monkeypatch.setattr(news, "permit", lambda *asked: 1 / 0)

    assert deliver() == 0

    assert (now_in(row), row.reason) == (State.PENDING, Reason.FAULT)


# --- under lock ----------------------------------------------------------------------------------


def test_a_no_between_claim_and_hand_over_has_the_last_word(anna, news, mailoutbox):
    row, other = to_person(anna, name="clara"), to_person(anna, name="dora")
    news.changed = {"clara"}
    news.rulings = [SEND, SEND, Ruling(Reason.NOT_ALLOWED)]

    assert deliver() == 1
    assert (now_in(row), now_in(other)) == (State.PENDING, State.SENT)
    OutboxMessage.objects.update(next_attempt_at=None)
    assert deliver() == 0

    assert (now_in(row), row.reason, row.handoff_at) == (State.CANCELLED, "not-allowed", None)


def test_two_mails_to_one_person_never_leave_in_the_same_breath(anna, news):
    person = uuid7()
    first, second = (to_person(anna, person) for _number in range(2))
    claimed = delivery.claim()

    with as_app():
        granted = delivery.grant([Dispatch(row, None, []) for row in claimed])

    assert granted == {first.pk}
    assert [now_in(row) for row in (first, second)] == [State.SENDING] * 2
    assert second.handoff_at is None

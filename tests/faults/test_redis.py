"""Celery is the alarm clock: what happens to it may cost a minute, and never a mail."""

import datetime as dt
import re
import statistics
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from customers.reminders.morning import DIGEST_NOW
from partners.models import OutboxMessage
from tests.factories import CustomerFactory, FollowUpFactory, PartnerFactory
from tests.faults.ground import MORNING, State
from tests.faults.reckoning import reckon
from tests.harness.redis import Redis
from tests.harness.stack import Stack

pytestmark = pytest.mark.postgresql
REQUESTS = 20
PATIENCE = 60  # seconds a mail may be late, whatever befell Redis
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as server:
        yield server


class Crowd(Stack):
    """Two hosts that each run everything: two beats ring, two workers hear."""

    def programs(self) -> dict[str, list[str]]:
        one = super().programs()
        beat = [*one["beat"][:-1], f"{one['beat'][-1]}2"]
        return {**one, "worker2": one["worker"], "beat2": beat}


@pytest.fixture
def house(ground, redis, variables) -> Stack:
    return Stack(ground.home / "house", {**variables, "REDIS_URL": redis.url})


@pytest.fixture
def crowd(ground, redis, variables) -> Stack:
    return Crowd(ground.home / "house", {**variables, "REDIS_URL": redis.url})


class Browser:
    """Somebody who forgot their password."""

    def __init__(self, house: Stack):
        self.url = f"{house.base_url}/accounts/password/reset/"
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, email: str) -> float:
        """Ask for a new one; how many seconds the answer took."""
        with self.opener.open(self.url) as page:
            (token, *_rest) = TOKEN.findall(page.read().decode())
        form = urlencode({"email": email, "csrfmiddlewaretoken": token}).encode()
        started = time.monotonic()
        with self.opener.open(self.url, form) as answer:
            answer.read()
        return time.monotonic() - started


def test_redis_flushed_stopped_and_restarted(ground, redis, house, figures):
    """Meanwhile people ask for new passwords, and wait no longer for an answer than before."""
    (anna, *_others) = partners = PartnerFactory.create_batch(2 * REQUESTS, digest_on=False)
    addresses = [partner.user.email for partner in partners]

    def arrive(count: int, what: str) -> None:
        ground.until(lambda: len(ground.mail.mails) == count, what, seconds=PATIENCE)

    with house:
        house.start()
        browser = Browser(house)
        quick = [browser.ask(email) for email in addresses[:REQUESTS]]
        arrive(REQUESTS, "the mails of a good day")

        redis.client().flushall()
        ground.write(1, DIGEST_NOW, [anna.user])
        arrive(REQUESTS + 1, "a mail after Redis lost its memory")

        redis.stop()
        slow = [browser.ask(email) for email in addresses[REQUESTS:]]
        house.manage("send_reminders", "--once")
        arrive(2 * REQUESTS + 1, "the mails that another caller sends")

        ground.write(1, DIGEST_NOW, [anna.user])
        redis.start()
        arrive(2 * REQUESTS + 2, "a mail after Redis came back")

    told = reckon(ground, occurrences=2 * REQUESTS + 2, ends={State.SENT})
    before, after = (round(1000 * statistics.median(waits)) for waits in (quick, slow))
    figures(told, f"pages in {before} ms, without Redis in {after} ms")
    assert after < 2 * before
    assert max(slow) < 2


def test_two_beats_and_two_workers_send_one_mail_each(ground, crowd, figures):
    partners = [PartnerFactory.create(digest_time=dt.time(7, 30)) for _number in range(30)]
    for partner in partners:
        customer = CustomerFactory.create(partner=partner)
        FollowUpFactory.create(customer=customer, due=MORNING.date())
    with crowd:
        crowd.start(at=MORNING)
        ground.until(lambda: OutboxMessage.objects.count() == 30, "thirty planned")
        ground.until_done()
        rounds = [ground.home / "house" / f"{name}.log" for name in ("beat", "beat2")]
        ground.until(
            lambda: all(log.read_text().count("plan and deliver") > 3 for log in rounds),
            "further bells of both",
        )

    told = reckon(ground, occurrences=30, ends={State.SENT})
    figures(told)
    assert told.sink == 30

"""Time-ordered identifiers (RFC 9562, version 7): new rows land at the end of the index."""

import datetime as dt
import hashlib
import secrets
import threading
import time
import uuid

COUNTER_BITS, RANDOM_BITS = 12, 62
SMALL_STEP_BACK = 1000  # milliseconds


class Identifiers:
    """Those of one process rise even within a millisecond, and so keep the order of events."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.moment = self.counter = 0

    def next(self) -> uuid.UUID:
        now = time.time_ns() // 1_000_000
        with self.lock:
            if self.moment - SMALL_STEP_BACK < now <= self.moment:
                self.counter += 1
            else:
                self.moment, self.counter = now, secrets.randbits(COUNTER_BITS - 1)
            if self.counter >> COUNTER_BITS:
                self.moment, self.counter = self.moment + 1, 0
            return stamped(self.moment, self.counter, secrets.randbits(RANDOM_BITS))


def stamped(moment: int, counter: int, tail: int) -> uuid.UUID:
    """The identifier of a moment, in milliseconds."""
    return uuid.UUID(int=moment << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail)


identifiers = Identifiers()


def uuid7() -> uuid.UUID:
    return identifiers.next()


def first_since(moment: dt.datetime) -> uuid.UUID:
    """What was made since that moment has a larger identifier than this."""
    return stamped(int(moment.timestamp() * 1000), 0, 0)


def uuid7_like(seed: uuid.UUID, *words: object) -> uuid.UUID:
    """Always the same identifier for the same words, of the seed's moment."""
    digest = hashlib.sha256(repr((seed, words)).encode()).digest()
    drawn = int.from_bytes(digest[:10])
    counter = drawn >> RANDOM_BITS & ((1 << COUNTER_BITS) - 1)
    return stamped(seed.int >> 80, counter, drawn & ((1 << RANDOM_BITS) - 1))

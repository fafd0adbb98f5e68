"""Decides which mails a partner gets about their customers. The outbox decides how they travel."""

from customers.reminders import morning, opting_in, personal, single
from customers.reminders.morning import DIGEST, expiry, plan_digests, preview, send_now

__all__ = ["DIGEST", "expiry", "plan_digests", "preview", "register_kinds", "send_now"]


def register_kinds() -> None:
    morning.register()
    single.register()
    personal.register()
    opting_in.register()

"""One line of Heute, with all that a template says of it as ready words."""

import dataclasses
import datetime as dt

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.channels import Channels
from customers.models import Customer, FollowUp
from partners import addresses, spoken

SAID_LENGTH = 140


@dataclasses.dataclass
class Row:
    """A follow-up, or a birthday (then `text` says which)."""

    customer: Customer
    follow_up: FollowUp | None = None
    channels: Channels = dataclasses.field(default_factory=Channels)
    last_said: str = ""
    due_spoken: str = ""
    overdue_spoken: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        return self.customer.name

    @property
    def declined(self) -> str:
        return declined_words(self.customer)

    @property
    def write_title(self) -> str:
        return _("Write to %(name)s") % {"name": self.customer.name}

    @property
    def kind(self) -> str:
        return sentence(str(FollowUp.Kind(self.follow_up.kind).label)) if self.follow_up else ""

    @property
    def address(self) -> str:
        return addresses.of("customer-detail", self.customer.pk)

    @property
    def log_address(self) -> str:
        return addresses.of("interaction-add", self.customer.pk)

    @property
    def edit_address(self) -> str:
        return addresses.of("follow-up-edit", self.follow_up.pk) if self.follow_up else ""

    @property
    def done_address(self) -> str:
        return addresses.of("follow-up-done", self.follow_up.pk) if self.follow_up else ""

    @property
    def move_address(self) -> str:
        return addresses.of("follow-up-move", self.follow_up.pk) if self.follow_up else ""


def declined_words(customer: Customer) -> str:
    """What they asked for, said loudly; nothing for nearly everybody."""
    if not customer.declined:
        return ""
    if customer.has_declined("phone"):
        return _("Please do not call")
    written = {
        "email": _("Please no e-mails"),
        "sms": _("Please no SMS"),
        "messenger": _("Please no messages"),
    }
    silent = [word for channel, word in written.items() if customer.has_declined(channel)]
    if not silent:
        return _("Please no letters or visits")
    return silent[0] if len(silent) == 1 else _("Please do not write")


def words() -> dict[str, str]:
    """What each row says, translated once for a page of many."""
    return {
        "call": pgettext("verb", "Call"),
        "write": _("Write"),
        "mail": _("E-mail"),
        "log": pgettext("verb", "Log"),
        "later": pgettext("short", "Another day"),
        "done": _("Done"),
        "when": _("When instead?"),
        "tonight": _("tonight"),
        "tomorrow": _("tomorrow"),
        "three_days": _("in 3 days"),
        "next_week": _("next week"),
        "another_day": _("Another day"),
        "example": _("e.g. fri 18, 14.3."),
        "move": _("Move"),
        "birthday": _("Birthday"),
    }


def row_of(follow_up: FollowUp, today: dt.date, channels: Channels | None = None) -> Row:
    return Row(
        customer=follow_up.customer,
        follow_up=follow_up,
        channels=channels or Channels(),
        last_said=last_said(follow_up, today),
        due_spoken=due_spoken(follow_up, today),
        overdue_spoken=spoken.since(follow_up.due_on, today) if follow_up.due_on < today else "",
    )


def birthday_row(
    customer: Customer, day: dt.date, today: dt.date, channels: Channels | None = None
) -> Row:
    return Row(
        customer=customer,
        channels=channels or Channels(),
        text=birthday_text(customer, day),
        last_said=last_said(customer, today),
    )


def birthday_text(customer: Customer, day: dt.date) -> str:
    """“turns 50”; without a year just the word."""
    age = customer.age_on(day)
    return _("turns %(age)d") % {"age": age} if age and age > 0 else _("Birthday")


def due_spoken(follow_up: FollowUp, today: dt.date) -> str:
    if follow_up.due_on == today and follow_up.due_time:
        return f"{follow_up.due_time:%H:%M}"
    return spoken.day_and_time(follow_up.due_on, follow_up.due_time, today)


def closed_spoken(follow_up: FollowUp, today: dt.date) -> str:
    if follow_up.closed_at is None:
        return ""
    return spoken.moment(timezone.localtime(follow_up.closed_at), today)


def last_said(row, today: dt.date) -> str:
    """“3 weeks ago: daughter starts school”, where the row was read with these words."""
    if getattr(row, "said_at", None) is None:
        return ""
    words = Truncator(" ".join(row.said.split())).chars(SAID_LENGTH)
    return f"{spoken.ago(timezone.localdate(row.said_at), today)}: {words}"


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]

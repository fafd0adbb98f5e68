"""What somebody said about being written to and called, in the words of a page."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.models import Customer, Permission
from customers.models.whole import rows
from customers.permissions import Known, Standing, may_contact, standing
from customers.permissions.deciding import WITHOUT_A_YES
from customers.person import Facts
from customers.rows import sentence
from partners import spoken

Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
NAMES = {
    Channel.PHONE: gettext_lazy("Calls"),
    Channel.EMAIL: gettext_lazy("E-mails"),
    Channel.SMS: "SMS",
    Channel.MESSENGER: "WhatsApp & Co.",
    Channel.LETTER: gettext_lazy("Letters and cards"),
    Channel.VISIT: gettext_lazy("Visits"),
}
NOT_AT_ALL = {
    Channel.PHONE: gettext_lazy("Please do not call"),
    Channel.EMAIL: gettext_lazy("Please no e-mails"),
    Channel.SMS: gettext_lazy("Please no SMS"),
    Channel.MESSENGER: gettext_lazy("Please no messages"),
    Channel.LETTER: gettext_lazy("Please no letters"),
    Channel.VISIT: gettext_lazy("Please do not drop in"),
}
ANYWAY = {
    Channel.PHONE: gettext_lazy("Call anyway"),
    Channel.SMS: gettext_lazy("Write anyway"),
    Channel.MESSENGER: gettext_lazy("Write anyway"),
    Channel.EMAIL: gettext_lazy("Write anyway"),
}
# A statement as one would say it, by what it says and what about.
SAYINGS = {
    (Says.YES, Purpose.ADVERTISING): gettext_lazy("Yes to news and offers"),
    (Says.NO, Purpose.ADVERTISING): gettext_lazy("No news and offers, please"),
    (Says.ASKED, Purpose.ADVERTISING): gettext_lazy("Asked about news and offers"),
    (Says.YES, Purpose.APPOINTMENT): gettext_lazy("Yes to reminders of appointments"),
    (Says.NO, Purpose.APPOINTMENT): gettext_lazy("No reminders of appointments, please"),
    (Says.ASKED, Purpose.APPOINTMENT): gettext_lazy("Asked about reminders of appointments"),
    (Says.YES, Purpose.ANYTHING): gettext_lazy("All right again"),
    (Says.NO, Purpose.ANYTHING): gettext_lazy("Please not at all"),
    (Says.ASKED, Purpose.ANYTHING): pgettext_lazy("permission", "asked"),
}
HOPES = {
    "unconfirmed": gettext_lazy("Said yes; the click on the link in the mail is still missing"),
    "lapsed": gettext_lazy("Said yes more than five years ago; better ask again"),
    "other-address": gettext_lazy("Said yes for an earlier number or address"),
}


@dataclasses.dataclass(frozen=True)
class Way:
    """Where somebody stands on one channel; `is_no` where they want nothing at all."""

    channel: str
    name: str
    text: str
    when: str = ""
    also: tuple[str, ...] = ()
    is_no: bool = False
    can_ask: bool = False


def ways(customer: Customer, known: Known, today: dt.date) -> list[Way]:
    return [way(customer, known, Channel(channel), today) for channel in Channel.values]


def way(customer: Customer, known: Known, channel: Permission.Channel, today: dt.date) -> Way:
    decision = may_contact(customer, channel, Purpose.ADVERTISING, known=known)
    stands = standing(known.statements, channel, Purpose.ADVERTISING)
    row = stands.row or stands.asked
    reminders = standing(known.statements, channel, Purpose.APPOINTMENT).row
    also = [reminders] if reminders and reminders.purpose == Purpose.APPOINTMENT else []
    return Way(
        channel=channel,
        name=str(NAMES[channel]),
        text=str(HOPES.get(decision.code, plain(channel, stands))),
        when=told(row, today) if row else "",
        also=tuple(f"{saying(one)} ({told(one, today)})" for one in also),
        is_no=decision.code == "declined",
        can_ask=channel == Channel.EMAIL and decision.code in {"no-consent", "unconfirmed"},
    )


def plain(channel: str, stands: Standing) -> str:
    if stands.row:
        return saying(stands.row)
    if stands.asked:
        return _("Asked, no answer yet")
    return _("Nothing against it so far") if channel in WITHOUT_A_YES else _("Not asked yet")


def saying(row: Permission) -> str:
    return str(SAYINGS[Says(row.says), Purpose(row.purpose)])


def refusal(channel: Permission.Channel, purpose: Permission.Purpose) -> str:
    return f"{NAMES[channel]}: {SAYINGS[Says.NO, purpose]}"


def told(row: Permission, today: dt.date) -> str:
    """“3 May, said in person”."""
    day = spoken.day(timezone.localtime(row.said_at).date(), today)
    return f"{day}, {How(row.how).label}"


@dataclasses.dataclass(frozen=True)
class Hint:
    """One line under the buttons with which one calls or writes; `is_loud` asks to be heeded."""

    text: str
    detail: str = ""
    is_loud: bool = False
    can_note: bool = False


def hint(customer: Customer, statements: Collection[Permission], *, can_call: bool) -> Hint | None:
    """Nothing where all is well: what is allowed looks like an ordinary button."""
    if customer.declined:
        return loud(customer, statements)
    stands = standing(statements, Channel.PHONE, Purpose.ADVERTISING)
    if not can_call or stands.says == Says.YES:
        return None
    always = _("Calling back and orders are always fine.")
    if stands.says == Says.NO:
        return Hint(_("No advertising on the phone, please."), always)
    return Hint(_("Not asked about advertising yet."), always, can_note=True)


def hint_at(facts: Facts) -> Hint | None:
    """The same for a page that has fetched everything at once."""
    statements = rows(facts.customer, "permissions")
    return hint(facts.customer, statements, can_call=bool(facts.phones))


def warning(customer: Customer) -> Hint | None:
    return loud(customer, customer.permissions.all()) if customer.declined else None


def may_ask(customer: Customer) -> bool:
    """Whether a call is an occasion to note what they say to calls with news."""
    stands = standing(customer.permissions.all(), Channel.PHONE, Purpose.ADVERTISING)
    return not (stands.row or customer.has_declined(Channel.PHONE))


def loud(customer: Customer, statements: Iterable[Permission]) -> Hint:
    found = list(statements)
    channels = [Channel(name) for name in customer.declined.split()]
    said = [standing(found, channel, Purpose.ANYTHING).row for channel in channels]
    dates = [row for row in said if row]
    today = timezone.localdate()
    words = " · ".join(str(NOT_AT_ALL[channel]) for channel in channels)
    return Hint(
        text=words if len(channels) < len(Channel) else _("Please do not get in touch"),
        detail=sentence(told(dates[-1], today)) if dates else _("They said so before."),
        is_loud=True,
    )


@dataclasses.dataclass(frozen=True)
class Proof:
    """One statement with all that shows how it came about."""

    row: Permission
    title: str
    facts: list[tuple[str, str]]


def proofs(statements: Iterable[Permission], names: dict[int, str], today: dt.date) -> list[Proof]:
    """The latest first."""
    return [proof(row, names, today) for row in reversed(list(statements))]


def proof(row: Permission, names: dict[int, str], today: dt.date) -> Proof:
    facts = {
        _("Said on"): moment(row.said_at),
        _("How"): str(How(row.how).label),
        _("By"): row.person,
        _("To"): row.sender,
        _("About"): row.point,
        _("Word by word"): _("“%(text)s”") % {"text": row.text} if row.text else "",
        _("Version of the text"): row.text_version,
        _("Confirmed by the link on"): moment(row.confirmed_at),
        _("Last call that rests on it"): moment(row.last_used_at),
        _("Written down by"): names.get(row.recorded_by or 0, ""),
    }
    title = f"{NAMES[Channel(row.channel)]}: {saying(row)}"
    return Proof(row, title, [(name, text) for name, text in facts.items() if text])


def moment(at: dt.datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local:%d.%m.%Y %H:%M}"

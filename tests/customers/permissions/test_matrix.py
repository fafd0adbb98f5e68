"""Who may be written to or called for what: one row for each channel, purpose and circumstance."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from customers.models import Permission, SuppressionEntry
from customers.permissions import Verdict, may_contact
from customers.permissions.suppression import digests
from partners.models import MailClass, OutboxMessage, uuid7
from tests.factories import AddressFactory, CustomerFactory, EmailFactory, PhoneFactory
from tests.trust_factories import PermissionFactory, ProfileFactory, SuppressionEntryFactory

YES, NO, ASKED = "yes", "no", "asked"
ADVERTISING, APPOINTMENT, ANYTHING = "advertising", "appointment", "anything"
MONDAY_NOON = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LAST_YEAR = MONDAY_NOON - 365 * DAY
CHANNELS = tuple(Permission.Channel.values)
NEED_A_YES = ("phone", "email", "sms", "messenger")
BERLIN = ZoneInfo("Europe/Berlin")


@dataclasses.dataclass(frozen=True)
class Said:
    """A statement, by default about advertising and confirmed by the link in the mail."""

    says: str
    purpose: str = ADVERTISING
    at: dt.datetime = LAST_YEAR
    how: str = "opt-in"
    point: str = ""
    used: dt.datetime | None = None


def every(channels, *rest):
    return [(channel, *rest) for channel in channels]


# Channel, purpose, what was said, what else is known, then verdict and code. The evidence is the
# last thing said that counts, and none where nothing was.
NOTHING_SAID = [
    *every(NEED_A_YES, ADVERTISING, [], {}, "no", "no-consent"),
    *every(("letter", "visit"), ADVERTISING, [], {}, "yes", "no-objection"),
    *every(NEED_A_YES, APPOINTMENT, [], {}, "no", "no-consent"),
    *every(("letter", "visit"), APPOINTMENT, [], {}, "yes", "no-objection"),
    *every(CHANNELS, ANYTHING, [], {}, "yes", "answering"),
]
SAID = [
    *every(CHANNELS, ADVERTISING, [Said(YES)], {}, "yes", "consent"),
    *every(CHANNELS, ADVERTISING, [Said(NO)], {}, "no", "objected"),
    *every(CHANNELS, ADVERTISING, [Said(YES), Said(NO, at=MONDAY_NOON)], {}, "no", "objected"),
    *every(CHANNELS, ADVERTISING, [Said(NO), Said(YES, at=MONDAY_NOON)], {}, "yes", "consent"),
    *every(CHANNELS, ADVERTISING, [Said(NO), Said(YES)], {}, "no", "objected"),
    *every(NEED_A_YES, ADVERTISING, [Said(ASKED)], {}, "no", "asked"),
    *every(CHANNELS, ADVERTISING, [Said(NO), Said(ASKED, at=MONDAY_NOON)], {}, "no", "objected"),
    *every(NEED_A_YES, ADVERTISING, [Said(YES, APPOINTMENT)], {}, "no", "no-consent"),
    *every(CHANNELS, APPOINTMENT, [Said(YES, APPOINTMENT)], {}, "yes", "consent"),
    *every(CHANNELS, APPOINTMENT, [Said(NO, APPOINTMENT)], {}, "no", "objected"),
    *every(NEED_A_YES, APPOINTMENT, [Said(YES)], {}, "no", "no-consent"),
    *every(CHANNELS, ANYTHING, [Said(NO)], {}, "yes", "answering"),
]
NOT_AT_ALL = [
    *every(CHANNELS, ADVERTISING, [Said(NO, ANYTHING)], {}, "no", "declined"),
    *every(CHANNELS, APPOINTMENT, [Said(NO, ANYTHING)], {}, "no", "declined"),
    *every(CHANNELS, ANYTHING, [Said(NO, ANYTHING)], {}, "no", "declined"),
    *every(CHANNELS, ADVERTISING, [Said(YES), Said(NO, ANYTHING, MONDAY_NOON)], {}, "no", "declined"),
    *every(CHANNELS, ANYTHING, [Said(NO, ANYTHING), Said(YES, at=MONDAY_NOON)], {}, "yes", "answering"),
    *every(
        NEED_A_YES, ADVERTISING, [Said(NO, ANYTHING), Said(YES, ANYTHING, MONDAY_NOON)], {},
        "no", "no-consent",
    ),
    *every(CHANNELS, ADVERTISING, [Said(NO), Said(YES, ANYTHING, MONDAY_NOON)], {}, "no", "objected"),
]  # fmt: skip
PROOFS = [
    ("email", ADVERTISING, [Said(YES, how="spoken")], {}, "no", "unconfirmed"),
    ("email", ADVERTISING, [Said(YES, how="paper")], {}, "no", "unconfirmed"),
    ("email", ADVERTISING, [Said(YES, how="page")], {}, "yes", "consent"),
    ("email", APPOINTMENT, [Said(YES, APPOINTMENT, how="spoken")], {}, "yes", "consent"),
    *every(("phone", "sms", "messenger"), ADVERTISING, [Said(YES, how="spoken")], {}, "yes", "consent"),
    ("email", ADVERTISING, [Said(YES, point="clara@example.org")], {}, "yes", "consent"),
    ("email", ADVERTISING, [Said(YES, point="old@example.org")], {}, "no", "other-address"),
    ("phone", ADVERTISING, [Said(YES, point="+4966123125100")], {}, "no", "other-address"),
    ("phone", ADVERTISING, [Said(YES, point="+493023125100")], {}, "yes", "consent"),
    ("phone", ADVERTISING, [Said(YES, at=MONDAY_NOON - relativedelta(years=5))], {}, "yes", "consent"),
    ("phone", ADVERTISING, [Said(YES, at=MONDAY_NOON - relativedelta(years=5, days=1))], {}, "no", "lapsed"),
    (
        "phone", ADVERTISING,
        [Said(YES, at=MONDAY_NOON - relativedelta(years=8), used=MONDAY_NOON - relativedelta(years=5))],
        {}, "yes", "consent",
    ),
    ("email", ADVERTISING, [Said(YES, at=MONDAY_NOON - relativedelta(years=8))], {}, "yes", "consent"),
]  # fmt: skip
PERSON = [
    *every(CHANNELS, ADVERTISING, [Said(YES)], {"born": dt.date(2010, 11, 24)}, "no", "child"),
    *every(CHANNELS, ADVERTISING, [Said(YES)], {"born": dt.date(2010, 11, 23)}, "yes", "consent"),
    *every(
        CHANNELS,
        APPOINTMENT,
        [Said(YES, APPOINTMENT)],
        {"born": dt.date(2010, 11, 24)},
        "yes",
        "consent",
    ),
    *every(CHANNELS, ADVERTISING, [Said(YES)], {"restricted": True}, "no", "restricted"),
    *every(CHANNELS, ANYTHING, [], {"restricted": True}, "no", "restricted"),
    *every(CHANNELS, ADVERTISING, [Said(YES)], {"binned": True}, "no", "gone"),
]
# The objection of an earlier entry with the same address, number, or name and place.
KNOWN_BEFORE = [
    *every(CHANNELS, ADVERTISING, [], {"before": ADVERTISING}, "no", "objected"),
    *every(CHANNELS, ADVERTISING, [Said(YES)], {"before": ADVERTISING}, "no", "objected"),
    *every(CHANNELS, ADVERTISING, [Said(YES, at=MONDAY_NOON)], {"before": ADVERTISING}, "yes", "consent"),
    *every(CHANNELS, ANYTHING, [], {"before": ADVERTISING}, "yes", "answering"),
    *every(CHANNELS, ANYTHING, [], {"before": ANYTHING}, "no", "declined"),
    *every(CHANNELS, ADVERTISING, [], {"erased": True}, "no", "declined"),
]  # fmt: skip
WAITING = [
    ("email", ADVERTISING, [Said(YES)], {"imprint": False}, "not-now", "no-imprint"),
    ("email", APPOINTMENT, [Said(YES, APPOINTMENT)], {"imprint": False}, "not-now", "no-imprint"),
    ("email", ANYTHING, [], {"imprint": False}, "not-now", "no-imprint"),
    ("email", ADVERTISING, [], {"imprint": False}, "no", "no-consent"),
    ("phone", ADVERTISING, [Said(YES)], {"imprint": False}, "yes", "consent"),
    ("email", ADVERTISING, [Said(YES)], {"mailed": MONDAY_NOON - 13 * DAY}, "not-now", "too-often"),
    ("email", ADVERTISING, [Said(YES)], {"mailed": MONDAY_NOON - 14 * DAY}, "yes", "consent"),
    ("email", APPOINTMENT, [Said(YES, APPOINTMENT)], {"mailed": MONDAY_NOON - DAY}, "yes", "consent"),
    ("phone", ADVERTISING, [Said(YES)], {"mailed": MONDAY_NOON - DAY}, "yes", "consent"),
    *every((*NEED_A_YES, "visit"), ADVERTISING, [Said(YES)], {"at": MONDAY_NOON - DAY}, "not-now", "quiet"),
    *every(CHANNELS, APPOINTMENT, [Said(YES, APPOINTMENT)], {"at": MONDAY_NOON - DAY}, "yes", "consent"),
    *every(CHANNELS, ANYTHING, [], {"at": MONDAY_NOON - DAY}, "yes", "answering"),
    ("letter", ADVERTISING, [Said(YES)], {"at": MONDAY_NOON - DAY}, "yes", "consent"),
]  # fmt: skip
MATRIX = [*NOTHING_SAID, *SAID, *NOT_AT_ALL, *PROOFS, *PERSON, *KNOWN_BEFORE, *WAITING]
NAMES = [f"{at}-{row[0]}-{row[1]}-{row[5]}" for at, row in enumerate(MATRIX)]
WITHOUT_EVIDENCE = {"no-consent", "no-objection", "answering", "child", "restricted", "gone"}


@pytest.mark.parametrize("row", MATRIX, ids=NAMES)
def test_the_matrix(anna, clock, row):
    channel, purpose, said, around, verdict, code = row
    clara = person(anna, **around)
    rows = [stated(clara, channel, one) for one in said]
    kept_before(clara, channel, **around)

    decision = may_contact(clara, channel, purpose, at=around.get("at"))

    assert (decision.verdict, decision.code) == (Verdict(verdict), code)
    assert str(decision.reason)
    assert bool(decision) is decision.allowed is (verdict == "yes")
    if code in WITHOUT_EVIDENCE:
        assert decision.evidence is None
    elif verdict == "no" and around.keys() & {"before", "erased"}:
        assert decision.evidence.how == "known"
    else:
        assert decision.evidence == last_word(rows, code)


def last_word(rows, code):
    """The statement on which it rests."""
    says = {"objected": NO, "declined": NO, "asked": ASKED}.get(code, YES)
    return max((row for row in rows if row.says == says), key=lambda row: row.said_at, default=None)


def person(anna, *, born=None, restricted=False, binned=False, imprint=True, mailed=None, **_more):
    clara = CustomerFactory.create(
        partner=anna,
        first_name="Clara",
        last_name="Cramer",
        birth_day=born and born.day,
        birth_month=born and born.month,
        birth_year=born and born.year,
        restricted_at=LAST_YEAR if restricted else None,
        deleted_at=LAST_YEAR if binned else None,
    )
    EmailFactory.create(customer=clara, typed="Clara@example.org")
    PhoneFactory.create(customer=clara)
    AddressFactory.create(customer=clara)
    ProfileFactory.create(partner=anna, **({} if imprint else {"street": ""}))
    if mailed:
        mailed_at(clara, mailed)
    return clara


def mailed_at(clara, moment):
    key = f"test:{uuid7()}"
    OutboxMessage.objects.create(
        partner=clara.partner,
        kind="personal-mail",
        mail_class=MailClass.MARKETING,
        dedupe_key=key,
        message_id=f"<{key}>",
        recipient_type=OutboxMessage.Recipient.PERSON,
        recipient_id=str(clara.pk),
        due_at=moment,
        handoff_at=moment,
        state=OutboxMessage.State.SENT,
    )


def stated(clara, channel, one):
    return PermissionFactory.create(
        customer=clara, channel=channel, purpose=one.purpose, says=one.says, said_at=one.at,
        how=one.how, point=one.point, last_used_at=one.used,
    )  # fmt: skip


def kept_before(clara, channel, *, before=None, erased=False, **_more):
    """What an entry that is gone by now said, half a year ago."""
    if not (before or erased):
        return
    for kind, digest in digests(clara):
        SuppressionEntryFactory.create(
            partner=clara.partner,
            kind=kind,
            digest=digest,
            why=SuppressionEntry.Why.ERASED if erased else SuppressionEntry.Why.OBJECTED,
            channel="" if erased else channel,
            purpose="" if erased else before,
            said_at=MONDAY_NOON - 180 * DAY,
        )

"""The links by which people in a circle decide for themselves what they are written about.

One leads to their own page, as long as its version stands; the other confirms a yes, once, for a
week. All but the links and `found` happens inside the partner's wall, which the view enters.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers import permissions
from customers.actions import permitting
from customers.models import Customer, Permission, hanging
from customers.permissions import Known, Verdict
from customers.permissions.deciding import is_confirmed
from partners import clock, links
from partners.models import Partner

PAGE, OPT_IN = "person", "opt-in"
OPT_IN_LASTS = dt.timedelta(days=7)
Channel, Purpose, Says, How = (
    Permission.Channel,
    Permission.Purpose,
    Permission.Says,
    Permission.How,
)
NOT_AT_ALL = (Purpose.ANYTHING, Says.NO)
BY_NUMBER = (Channel.PHONE, Channel.SMS, Channel.MESSENGER)
BY_PLACE = (Channel.LETTER, Channel.VISIT)
BY = {
    Channel.EMAIL: _("by e-mail"),
    Channel.PHONE: _("by phone"),
    Channel.SMS: _("by SMS"),
    Channel.MESSENGER: _("by messenger"),
    Channel.LETTER: _("by letter or card"),
    Channel.VISIT: _("in person"),
}


class Found(NamedTuple):
    """Whose circle a link leads to, what it is for, and the row it names."""

    partner: Partner
    which: str
    pk: uuid.UUID
    version: int
    is_too_old: bool = False


def link(customer: Customer) -> str:
    """The page of one person; a higher version in their row revokes it."""
    return address(PAGE, customer.partner_id, customer.pk, customer.link_version)


def opt_in_link(asked: Permission, customer: Customer) -> str:
    until = (asked.said_at + OPT_IN_LASTS).date()
    return address(OPT_IN, asked.partner_id, asked.pk, customer.link_version, until)


def address(which: str, partner: int, pk: uuid.UUID, version: int, *until: dt.date) -> str:
    token = links.token(which, f"{partner}-{pk.hex}", version, *until)
    return links.absolute("person-preferences", token)


def headers(customer: Customer) -> Mapping[str, str]:
    """One-click unsubscribing (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{link(customer)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def found(token: str) -> Found | None:
    """Nothing unless it is such a link of ours; one that is too old is found, and says so."""
    for which in (PAGE, OPT_IN):
        try:
            said, is_too_old = links.read(which, token), False
        except links.Expired as expired:
            said, is_too_old = expired.link, True
        except links.BadLink:
            continue
        owner, _dash, pk = said.identifier.partition("-")
        partner = Partner.objects.filter(pk=owner).select_related("user").first()
        if partner is not None:
            return Found(partner, which, uuid.UUID(pk), said.version, is_too_old)
    return None


# --- inside the wall -----------------------------------------------------------------------------


def customer_of(link: Found, *, to_act: bool = False) -> Customer | None:
    """Who is meant, in the bin perhaps; whoever was merged lives on in somebody else.

    To act, the person is locked.
    """
    people = hanging.people(link.partner).filter(merged_into=None)
    people = people.select_for_update(of=("self",)) if to_act else people
    if link.which == OPT_IN:
        asked = link.partner.permissions.filter(pk=link.pk, says=Says.ASKED)
        return people.filter(permissions__in=asked, link_version=link.version).first()
    meant = Q(pk=link.pk, link_version=link.version) | Q(merged_from=link.pk)
    return people.filter(meant).first()


def asked(link: Found) -> Permission:
    """What an opt-in mail asked for."""
    return link.partner.permissions.get(pk=link.pk)


def is_answered(asked: Permission, statements: Iterable[Permission]) -> bool:
    """Whether a yes or no came since: then the link has done its work."""
    return any(
        row.channel == asked.channel
        and row.says in {Says.YES, Says.NO}
        and (row.purpose == asked.purpose or (row.purpose, row.says) == NOT_AT_ALL)
        and (row.said_at, row.pk) > (asked.said_at, asked.pk)
        for row in statements
    )


def confirm(partner: Partner, customer: Customer, asked: Permission) -> bool:
    """Write down the yes to the very words of the mail; False if the link was used before."""
    if is_answered(asked, customer.permissions.all()):
        return False
    permitting.record(
        partner,
        None,
        customer,
        asked.channel,
        asked.purpose,
        Says.YES,
        How.OPT_IN,
        point=asked.point,
        text=asked.text,
        text_version=asked.text_version,
        confirmed_at=clock.now(),
    )
    return True


def choices(customer: Customer, known: Known) -> dict[str, bool]:
    """For each channel on which they can be reached, whether news and offers may come that way.

    It is their word that counts here, also while their data is locked. E-mail can be switched on
    only for a mailbox that is known to be theirs.
    """
    them = copy(customer)
    them.restricted_at = None
    now = {
        channel: permissions.may_contact(them, channel, Purpose.ADVERTISING, known=known).verdict
        is not Verdict.NO
        for channel in reachable(customer)
    }
    if not (now.get(Channel.EMAIL) or mailbox(known)):
        now.pop(Channel.EMAIL, None)
    return now


def mailbox(known: Known) -> str:
    """The address from which they once confirmed a yes, if it still is theirs."""
    confirmed = (
        row.point
        for row in reversed(known.statements)
        if (row.channel, row.says) == (Channel.EMAIL, Says.YES) and is_confirmed(row)
    )
    return next((point for point in confirmed if point in (known.points or ())), "")


def known_of(partner: Partner, customer: Customer) -> Known:
    return permissions.gather(partner, [customer])[customer.pk]


def spoken_choices(partner: Partner, customer: Customer) -> list[tuple[str, Any, bool]]:
    """Each way with its words, and whether it is welcome."""
    now = choices(customer, known_of(partner, customer))
    return [(channel, BY[Channel(channel)], is_on) for channel, is_on in now.items()]


def reachable(customer: Customer) -> list[str]:
    ways = [Channel.EMAIL] if customer.emails.exists() else []
    ways += BY_NUMBER if customer.phones.exists() else ()
    ways += BY_PLACE if customer.addresses.exists() else ()
    return [channel.value for channel in ways]


def choose(partner: Partner, customer: Customer, wanted: Iterable[str]) -> None:
    """They said themselves, on their page, which ways are welcome; what is as before stays so."""
    wanted, known = set(wanted), known_of(partner, customer)
    now = choices(customer, known)
    refused = [channel for channel in Channel.values if channel not in wanted]
    refused = [channel for channel in refused if now.get(channel) or holds_yes(known, channel)]
    refuse(partner, customer, refused, how=How.PAGE)
    for channel, is_on in now.items():
        if channel in wanted and not is_on:
            permitting.record(
                partner,
                None,
                customer,
                channel,
                Purpose.ADVERTISING,
                Says.YES,
                How.PAGE,
                point=mailbox(known) if channel == Channel.EMAIL else "",
                confirmed_at=clock.now(),
            )


def holds_yes(known: Known, channel: str) -> bool:
    """A yes that does not count at present would come back: left unticked, it is taken back."""
    return permissions.standing(known.statements, channel, Purpose.ADVERTISING).says == Says.YES


def refuse(
    partner: Partner, customer: Customer, channels: Iterable[str] = Channel.values, *, how: str
) -> None:
    """No more news and offers this way; a second time finds it done."""
    said = customer.permissions.filter(purpose=Purpose.ADVERTISING).order_by("said_at", "pk")
    last = {row.channel: row.says for row in said}
    if fresh := [channel for channel in channels if last.get(channel) != Says.NO]:
        permitting.object_to(partner, None, customer, fresh, how=how)


def no_more_mail(partner: Partner, customer: Customer) -> None:
    """One click in the mail program."""
    refuse(partner, customer, [Channel.EMAIL], how=How.UNSUBSCRIBED)


def nothing_more(partner: Partner, customer: Customer) -> None:
    refuse(partner, customer, how=How.PAGE)

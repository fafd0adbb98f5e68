"""Noting that people were told that they are kept, and that they stay in the circle."""

import datetime as dt
from typing import Any

from django.db import transaction

from customers.models import Customer
from partners import changes, clock, profile
from partners.changes import Act
from partners.models import Partner, User

Informed = Customer.Informed


@transaction.atomic
def inform(partner: Partner, actor: User, customer: Customer, how: str, day: dt.date | None) -> Act:
    """Note how and when somebody was told; no word how means that they were not."""
    act = Act(partner, actor, "inform")
    said = words(partner, how, day) if how else {"how": "", "version": "", "day": None}
    changes.update(act, customer, **columns(said))
    return act


def words(partner: Partner, how: str, day: dt.date | None = None) -> dict[str, Any]:
    """What is noted of it, as it can be stored with work for many."""
    day = day or clock.today(partner.zone)
    is_by_notice = how in {Informed.LINK, Informed.PRINTED}
    version = profile.notice_version(profile.of(partner)) if is_by_notice else ""
    return {"how": how, "version": version, "day": day.isoformat()}


def columns(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "informed_how": said["how"],
        "informed_on": dt.date.fromisoformat(said["day"]) if said["day"] else None,
        "notice_version": said["version"],
    }


# --- many at once -----------------------------------------------------------------------------


def inform_some(act: Act, people: list[Customer], said: dict[str, Any]) -> None:
    changes.update_all(act, [(person, columns(said)) for person in people])


def keep_some(act: Act, people: list[Customer], params: dict[str, Any]) -> None:
    """They stay; whether they shall go on staying is asked in a year."""
    today = clock.today(act.partner.zone)
    kept = {"kept_on": today, "is_hidden": False}
    changes.update_all(act, [(person, kept) for person in people])

"""What can be done to many people; each function does it to at most 500 within one act."""

import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects

from customers import kept_above
from customers.actions.deriving import refresh_search
from customers.actions.follow_ups import PER_DAY
from customers.actions.people import HANGING
from customers.actions.tags import tags_named
from customers.models import Customer, FollowUp, Tagging
from partners import changes
from partners.changes import Act

People = list[Customer]
Params = dict[str, Any]


def find_or_make_tag(act: Act, params: Params) -> None:
    """The tag that was typed; a new one comes with the act."""
    [found] = tags_named(act, [params["name"]])
    params |= {"tag": str(found.pk), "name": found.name}


def tag(act: Act, people: People, params: Params) -> None:
    tags = act.partner.tags.filter(pk=params["tag"])
    for wanted in tags:  # none, if somebody deleted it meanwhile
        have = set(customers_of(act, people, wanted.pk))
        new = [
            Tagging(partner=act.partner, customer=person, tag=wanted)
            for person in people
            if person.pk not in have
        ]
        changes.create(act, *new)
        refresh_search(act.partner, [row.customer_id for row in new])


def untag(act: Act, people: People, params: Params) -> None:
    rows = taggings(act, people, params["tag"])
    changes.remove(act, *rows)
    refresh_search(act.partner, [row.customer_id for row in rows])


def retag(act: Act, people: People, params: Params) -> None:
    """One tag instead of another; who has both keeps the one."""
    into = act.partner.tags.filter(pk=params["into"]).first()
    if into is None:  # somebody deleted it meanwhile
        return
    have = set(customers_of(act, people, into.pk))
    rows = taggings(act, people, params["tag"])
    changes.update_all(act, [(row, {"tag": into}) for row in rows if row.customer_id not in have])
    changes.remove(act, *[row for row in rows if row.customer_id in have])
    refresh_search(act.partner, [row.customer_id for row in rows])


def remove_tag(act: Act, params: Params) -> None:
    """Unless people have it, since the other one was deleted meanwhile or they got it just now."""
    here = act.partner.taggings.filter(tag=params["tag"], customer__deleted_at=None)
    if not here.exists():
        changes.remove(act, *act.partner.tags.filter(pk=params["tag"]))


def update(act: Act, people: People, params: Params) -> None:
    changes.update_all(act, [(person, params["values"]) for person in people])


def promise(act: Act, people: People, params: Params) -> None:
    """A follow-up for each, on one day or a few a day from then on."""
    first, zone = dt.date.fromisoformat(params["day"]), act.partner.zone
    time = dt.time.fromisoformat(params["time"]) if params["time"] else None
    follow_ups = []
    for place, person in enumerate(people, params["done"]):
        later = dt.timedelta(days=place // PER_DAY if params["spread"] else 0)
        follow_up = FollowUp(customer=person, kind=params["kind"], what=params["what"])
        follow_up.schedule(first + later, time, zone)
        follow_ups.append(follow_up)
    changes.create(act, *follow_ups)


def remove(act: Act, people: People, params: Params) -> None:
    """To the bin, with all that hangs on them."""
    prefetch_related_objects(people, *HANGING)
    hanging = {
        row.pk: row for name in HANGING for person in people for row in getattr(person, name).all()
    }
    with kept_above.kept(act, [person.pk for person in people]):
        changes.remove(act, *hanging.values(), *people)


def taggings(act: Act, people: People, tag: Any) -> list[Tagging]:
    return list(act.partner.taggings.filter(tag=tag, customer__in=people))


def customers_of(act: Act, people: People, tag: Any):
    return act.partner.taggings.filter(tag=tag, customer__in=people).values_list(
        "customer", flat=True
    )

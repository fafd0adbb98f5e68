"""One person's page: all that is known, as ready words, and nothing that is not."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import agenda, kin, own
from customers.channels import once_more
from customers.models import Address, Customer, Email, Interest, LifeEvent, Phone
from customers.models.whole import lists, one_with_everything, rows
from customers.remembering.places import (
    at_work,
    event,
    event_day,
    event_title,
    how_to_reach,
    stars,
    with_since,
)
from customers.rows import sentence
from customers.timeline import Entry
from partners import addresses, spoken
from partners.models import Partner

INTERESTS = {
    Interest.Kind.LIKES: gettext_lazy("Likes"),
    Interest.Kind.OWNS: gettext_lazy("Has already"),
    Interest.Kind.AVOIDS: gettext_lazy("Does not like"),
}
WAYS = ("phones", "emails", "addresses")


@dataclasses.dataclass
class Way:
    """A number or an address, with a word for what it is."""

    name: str
    text: str
    href: str
    is_preferred: bool

    @property
    def halves(self) -> tuple[str, str, str]:
        """An address may go on in the next line from its @ on."""
        return self.text.partition("@")


@dataclasses.dataclass
class Link:
    """Somebody who belongs to this person."""

    relation: uuid.UUID
    text: str
    href: str


@dataclasses.dataclass
class Chip:
    id: uuid.UUID
    text: str
    href: str = ""


@dataclasses.dataclass
class Facts:
    customer: Customer
    today: dt.date
    phones: list[Phone]
    emails: list[Email]
    addresses: list[Address]
    ways: list[Way]
    places: list[Way]
    relations: list[Link]
    tags: list[Chip]
    interests: list[tuple[str, list[Chip]]]
    events: list[LifeEvent]
    own: list[tuple[str, str]]
    words: dict[str, str]

    def chips(self, kind: str) -> list[Chip]:
        """The rows of one kind, each with its id, for the sheet where they can be taken away."""
        match kind:
            case "tags":
                return self.tags
            case "relations":
                return [Chip(link.relation, link.text) for link in self.relations]
            case "interests":
                return [
                    Chip(chip.id, f"{title}: {chip.text}")
                    for title, chips in self.interests
                    for chip in chips
                ]
        names = ("kind", "happened_on", "text")
        return [
            Chip(row.pk, event({name: getattr(row, name) for name in names}, self.today))
            for row in self.events
        ]

    @property
    def has_reach(self) -> bool:
        return bool(self.ways or self.places or "reach" in self.words or "website" in self.words)

    @property
    def website(self) -> str:
        return web_address(self.customer.website)

    @property
    def adds(self) -> list[tuple[str, str]]:
        """What can still be added, by the names of its sheet; the rest has its own button."""
        wanted = {
            "tags": (self.tags, _("Tag")),
            "relations": (self.relations, _("Relation")),
            "interests": (self.interests, _("Interest")),
            "events": (self.events, _("Life event")),
        }
        return [
            (f"{addresses.of('customer-detail', self.customer.pk)}{name}/", title)
            for name, (known, title) in wanted.items()
            if not known
        ]


def whole(partner: Partner, pk: uuid.UUID) -> Customer:
    """A customer with all that hangs on it; 404 for anybody else."""
    for customer in one_with_everything(partner, pk):
        return customer
    raise Http404


def facts(customer: Customer, today: dt.date) -> Facts:
    phones, emails, places = (rows(customer, name) for name in WAYS)
    return Facts(
        customer=customer,
        today=today,
        phones=phones,
        emails=emails,
        addresses=places,
        ways=[way(row, href_of(customer, row)) for row in (*phones, *emails)],
        places=[way(row, "") for row in places],
        relations=relations(customer),
        tags=tags(customer),
        interests=interests(customer),
        events=rows(customer, "life_events"),
        own=own_values(customer),
        words=words(customer, today),
    )


def href_of(customer: Customer, row: Phone | Email) -> str:
    """What they asked for is not overlooked."""
    channel = "phone" if isinstance(row, Phone) else "email"
    return once_more(customer, channel) if customer.has_declined(channel) else row.href


def way(row: Phone | Email | Address, href: str) -> Way:
    """Named by its label where it has one; a private e-mail address needs no word more."""
    if row.label:
        name = row.label
    elif isinstance(row, Phone):
        name = sentence(str(row.get_kind_display()))
    else:
        title = _("E-mail") if isinstance(row, Email) else _("Address")
        is_plain = row.kind == row.Kind.PRIVATE
        name = title if is_plain else f"{title} ({row.get_kind_display()})"
    return Way(name, str(row), href, row.is_preferred)


def relations(customer: Customer) -> list[Link]:
    """Read from both ends: what this person is to the other one."""
    found = [link(customer, row, row[1]) for row in lists(customer, "relations")]
    found += [link(customer, row, kin.back(row[1])) for row in lists(customer, "relations_back")]
    return sorted(found, key=lambda link: link.relation)


def link(customer: Customer, row: list[Any], kind: str) -> Link:
    """`kind` says what the customer is to the person named in the row."""
    pk, _kind, other, first_name, last_name, _salutation = row
    name = f"{first_name} {last_name}".strip()
    if customer.is_business:
        said = kin.at_a_business(kin.back(kind), name)
    else:
        said = kin.spoken(kind, customer.salutation, name)
    address = addresses.of("customer-detail", uuid.UUID(other))
    return Link(uuid.UUID(pk), sentence(said), address)


def tags(customer: Customer) -> list[Chip]:
    found = [
        Chip(uuid.UUID(pk), name, f"{reverse('customer-list')}?tag={uuid.UUID(tag)}")
        for pk, tag, name in lists(customer, "taggings")
    ]
    return sorted(found, key=lambda chip: chip.text.casefold())


def interests(customer: Customer) -> list[tuple[str, list[Chip]]]:
    """Under “Likes”, “Has already” and “Does not like”."""
    found: dict[str, list[Chip]] = {kind: [] for kind in INTERESTS}
    for row in rows(customer, "interests"):
        found[row.kind].append(Chip(row.pk, with_since(row.what, row.since)))
    return [(str(INTERESTS[Interest.Kind(kind)]), chips) for kind, chips in found.items() if chips]


def own_values(customer: Customer) -> list[tuple[str, str]]:
    found = sorted(lists(customer, "own_values"), key=lambda row: (row[4], row[5]))
    return [(name, own.spoken(kind, text)) for _pk, name, kind, text, *_order in found]


def words(customer: Customer, today: dt.date) -> dict[str, str]:
    """Sentences about the customer's own columns, those that say something."""
    said = {
        "reach": sentence(how_to_reach(customer.preferred_channel, customer.best_time)),
        "birthday": agenda.birthday_spoken(customer, today),
        "nickname": customer.nickname,
        "work": at_work(customer.job_title, customer.company),
        "website": customer.website,
        "stars": stars(customer.satisfaction) if customer.satisfaction else "",
        "source": source(customer),
    }
    return {name: text for name, text in said.items() if text}


def source(customer: Customer) -> str:
    kind = Customer.Source(customer.source_kind)
    return ": ".join(filter(None, (sentence(str(kind.label)) if kind else "", customer.source)))


def web_address(website: str) -> str:
    """Only what a browser opens as a page."""
    is_whole = website.startswith(("https://", "http://"))
    return website if is_whole else f"https://{website}"


def headline(customer: Customer) -> str:
    """Who this is, in one line."""
    work = at_work(customer.job_title, customer.company)
    business = _("Business") if customer.is_business else ""
    return " · ".join(filter(None, (business, customer.stage_spoken, work, customer.city)))


def event_entries(events: list[LifeEvent], today: dt.date) -> list[Entry]:
    """Life events as entries of the story; without a day, when they were noted."""
    return [
        Entry(
            at=moment_of(row),
            when_spoken=event_day(row.happened_on, row.text, today) or noted(row, today),
            icon="gift",
            title=title,
            text=row.text if row.text != title else "",
        )
        for row in events
        for title in [title_of(row, today)]
    ]


def title_of(row: LifeEvent, today: dt.date) -> str:
    if row.kind == LifeEvent.Kind.OTHER:
        return row.text
    return event_title(row.kind, row.happened_on, row.text, today)


def noted(row: LifeEvent, today: dt.date) -> str:
    """When it was is not known."""
    day = spoken.day(timezone.localtime(row.created_at).date(), today)
    return _("noted %(day)s") % {"day": day}


def moment_of(row: LifeEvent) -> dt.datetime:
    if row.happened_on is None:
        return timezone.localtime(row.created_at)
    noon = dt.datetime.combine(row.happened_on, dt.time(12))
    return timezone.make_aware(noon)


@dataclasses.dataclass(frozen=True)
class Missing:
    """What would be nice to know, and the words with which one begins to say it."""

    name: str
    begins: str


def missing(facts: Facts) -> Missing | None:
    """One thing at a time, the most useful first."""
    customer = facts.customer
    if not facts.ways:
        return Missing(_("a number or an e-mail address"), "")
    if customer.birth_day is None and not customer.is_business:
        return Missing(_("the birthday"), _("Birthday"))
    if not facts.places:
        return Missing(_("the place"), _("lives in"))
    if not (customer.source or customer.source_kind):
        return Missing(_("how you know each other"), _("met"))
    return None

"""What somebody may ask about their data, as the page of a person says it."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers import own_words
from customers.actions import erasing
from customers.models import Customer, DataSubjectRequest, Permission, hanging
from partners import clock, spoken
from partners.models import OwnedModel, Partner

Kind, State = DataSubjectRequest.Kind, DataSubjectRequest.State
WISHES = {
    Kind.ACCESS: gettext_lazy("wants to see what is noted"),
    Kind.CORRECTION: gettext_lazy("wants something corrected"),
    Kind.RESTRICTION: gettext_lazy("wants everything locked for now"),
    Kind.ERASURE: gettext_lazy("wants to be erased"),
}
SOON = 7
MOST_MENTIONS = 20
# Of a person, only these are prose; by a surname the whole family would be found.
PROSE: dict[type[OwnedModel], tuple[str, ...]] = {Customer: ("note", "source")}
SHORTEST = 3
WHOSE = ("customer", "recommender")


def person_of(partner: Partner, pk: uuid.UUID) -> Customer | None:
    """Somebody in the circle, locked or in the bin; who was merged is found by the other one."""
    person = hanging.people(partner).filter(pk=pk, merged_into=None).first()
    if person is not None:
        person.partner = partner
    return person


def locked(partner: Partner) -> Any:
    return hanging.people(partner).exclude(restricted_at=None).order_by("sort_name", "pk")


def is_locked(partner: Partner, pk: uuid.UUID) -> bool:
    return locked(partner).filter(pk=pk).exists()


# --- requests ------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Wish:
    """One request, as it stands."""

    row: DataSubjectRequest
    today: dt.date

    @property
    def title(self) -> str:
        return str(WISHES[Kind(self.row.kind)])

    @property
    def is_open(self) -> bool:
        return self.row.state == State.OPEN

    @property
    def is_urgent(self) -> bool:
        return self.is_open and (self.row.due_on - self.today).days < SOON

    @property
    def clock(self) -> str:
        """How long there is, or what became of it."""
        if not self.is_open:
            done = self.row.done_on or self.row.received_on
            day = spoken.day(done, self.today)
            if self.row.state == State.DONE:
                return _("done %(day)s") % {"day": day}
            return _("taken back %(day)s") % {"day": day}
        left = (self.row.due_on - self.today).days
        until = {"day": spoken.calendar_day(self.row.due_on, self.today), "count": abs(left)}
        if left < 0:
            return _("was to be answered by %(day)s") % until
        said = ngettext(
            "to be answered by %(day)s, %(count)d day left",
            "to be answered by %(day)s, %(count)d days left",
            left,
        )
        return said % until

    @property
    def asked(self) -> str:
        return _("asked %(day)s") % {"day": spoken.day(self.row.received_on, self.today)}


def wishes(person: Customer) -> list[Wish]:
    """Open ones first, the most urgent on top; then the others, the latest first."""
    today = clock.today(person.partner.zone)
    found = [Wish(row, today) for row in person.subject_requests.all()]
    open_ones = [wish for wish in found if wish.is_open]
    return open_ones + [wish for wish in reversed(found) if not wish.is_open]


# --- before an erasure -----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Stays:
    """Something that remains: what, until when, and why."""

    what: str
    until: str
    why: str


def what_stays(person: Customer) -> list[Stays]:
    partner, ids = person.partner, erasing.whole(person.partner, [person.pk])
    today = clock.today(partner.zone)
    proofs = [
        Stays(
            _("The yes to calls of %(day)s, with name and number")
            % {"day": spoken.calendar_day(row.said_at.date(), today)},
            _("until %(day)s") % {"day": spoken.calendar_day(until, today)},
            _("As long as somebody could ask you whether you were allowed to call."),
        )
        for row, until in erasing.kept(partner, hanging.rows(partner, Permission, ids))
    ]
    fingerprint = Stays(
        _("A fingerprint of numbers and addresses, which nobody can read"),
        _("for good"),
        _("So that an old list does not bring them back, and a no stays a no."),
    )
    asked = Stays(
        _("That somebody asked about their data, and when, without a name"),
        _("for good"),
        _("So that you can show what became of it."),
    )
    has_asked = partner.subject_requests.filter(customer__in=ids).exists()
    return [*proofs, fingerprint, *([asked] if has_asked else [])]


@dataclasses.dataclass(frozen=True)
class Mention:
    """A text of another row in which the name still stands."""

    where: str
    text: str
    url: str


def mentions(person: Customer) -> list[Mention]:
    """What the partner wrote elsewhere; a word of a name is looked for, whole words count."""
    ids = erasing.whole(person.partner, [person.pk])
    needle = person.last_name or person.first_name
    wanted = set(own_words.split(needle))
    if len(needle) < SHORTEST:
        return []
    found: list[Mention] = []
    for model, columns in written().items():
        rows = rows_saying(person.partner, model, columns, needle)
        for row in rows.exclude(pk__in=own_rows(person.partner, model, ids))[:MOST_MENTIONS]:
            texts = [str(getattr(row, name)) for name in columns]
            said = next((one for one in texts if wanted <= set(own_words.split(one))), "")
            if said:
                found.append(mention(row, said, needle))
    return found[:MOST_MENTIONS]


def written() -> dict[type[OwnedModel], tuple[str, ...]]:
    """Columns into which a partner writes freely."""
    return {
        model: columns
        for model in hanging.owned()
        if model.privacy.on_erasure == "delete"
        and (model in hanging.pointers() or model.privacy.words == "written")
        if (columns := PROSE.get(model) or prose(model))
    }


def prose(model: type[OwnedModel]) -> tuple[str, ...]:
    fields: list[Any] = [model._meta.get_field(name) for name in model.privacy.personal]
    return tuple(
        field.name
        for field in fields
        if field.get_internal_type() in {"CharField", "TextField"} and not field.choices
    )


def rows_saying(partner: Partner, model: Any, columns: tuple[str, ...], needle: str) -> Any:
    said = Q()
    for name in columns:
        said |= Q(**{f"{name}__icontains": needle})
    rows = hanging.live(partner, model).filter(said)
    ends = hanging.pointers().get(model, ())
    return rows.select_related(*(name for name in WHOSE if f"{name}_id" in ends))


def own_rows(partner: Partner, model: type[OwnedModel], ids: set[uuid.UUID]) -> Any:
    if model not in hanging.pointers():
        return []
    return hanging.rows(partner, model, ids).values("pk")


def mention(row: Any, said: str, needle: str) -> Mention:
    at = max(0, said.casefold().find(needle.casefold()) - 40)
    text = f"{'…' if at else ''}{said[at : at + 120]}"
    people = (getattr(row, name, None) for name in WHOSE)
    customer = row if isinstance(row, Customer) else next(filter(None, people), None)
    where = customer.name if customer else str(row._meta.verbose_name)
    return Mention(where, text, customer.get_absolute_url() if customer else "")

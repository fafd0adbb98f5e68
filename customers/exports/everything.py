"""All that a partner has, to be taken along: what the archive holds, slice by slice."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.exports import collect, columns, sheets, stories, tables, trust, vcard
from customers.exports.archive import Archive
from customers.models import Customer, FollowUp, Interaction, OwnField
from partners import files, profile
from partners.models import Partner, Profile

AT_ONCE = 500  # rows of the history
PEOPLE_HERE = "<!-- people -->"
TOLD = ("pk", "created_at", "actor_id", "act", "model", "row_id", "before", "after")
MOMENT = "%Y-%m-%d %H:%M"


class Bundle:
    """`cursor` is the job's: how far the history came, and how wide the table of people is."""

    def __init__(self, partner: Partner, archive: Archive, cursor: dict[str, Any], *, german: bool):
        self.partner, self.archive, self.cursor, self.german = partner, archive, cursor, german
        self.columns = columns.of_job("everything", partner, cursor, german=german)

    def begin(self) -> None:
        self.add("readme", self.rendered("readme.txt"))
        self.add("index", self.index()[0])
        self.add("cards", "")
        self.table("people", [self.columns.header], is_first=True)
        self.table("talks", [talk_header()], is_first=True)
        self.table("follow_ups", [follow_up_header()], is_first=True)
        self.table("tags", tag_rows(self.partner), is_first=True)
        self.table("own_fields", own_field_rows(self.partner), is_first=True)
        self.table("history", [history_header()], is_first=True)
        self.add_profile()
        self.table("told", [sheets.TOLD.header()], is_first=True)
        for key, sheet in sheets.SHEETS.items():
            self.table(key, [sheet.header()], is_first=True)
        for key, sheet in sheets.OF_THE_PARTNER.items():
            self.table(key, map(sheet.row, sheet.rows(self.partner).all()))

    def add_profile(self) -> None:
        self.table("profile", sheets.profile_rows(self.partner, self.profile), is_first=True)
        if self.profile.picture:
            self.add("picture", files.content(self.profile.picture))

    @cached_property
    def profile(self) -> Profile:
        return profile.of(self.partner)

    def add_people(self, people: Sequence[Customer]) -> None:
        ids = [customer.pk for customer in people]
        talks = list(self.partner.interactions.filter(customer__in=ids).order_by("occurred_at"))
        follow_ups = list(self.partner.followups.filter(customer__in=ids).order_by("due_at"))
        cards = [collect.card(customer) for customer in people]
        of_talks, of_follow_ups = by_customer(talks), by_customer(follow_ups)
        hanging = trust.gather(self.partner, ids)
        told = [
            stories.Story(
                customer,
                card,
                of_talks[customer.pk],
                of_follow_ups[customer.pk],
                trust.of(customer, hanging),
            )
            for customer, card in zip(people, cards, strict=True)
        ]
        self.add("index", render_to_string("customers/export/index_people.html", {"people": told}))
        # Guests who never came are told of; the address book, once brought again, adds nobody.
        circle = [card for one, card in zip(people, cards, strict=True) if not one.is_hidden]
        self.add("cards", vcard.write(circle))
        self.table("people", map(self.columns.row, circle))
        uids = {
            customer.pk: (card.name, card.uid) for customer, card in zip(people, cards, strict=True)
        }
        self.table("talks", [talk_row(talk, *uids[talk.customer_id]) for talk in talks])
        self.table("follow_ups", [follow_up_row(row, *uids[row.customer_id]) for row in follow_ups])
        has_been_told = [
            customer for customer in people if customer.informed_on or customer.kept_on
        ]
        self.table("told", [sheets.TOLD.row(row, uids[row.pk]) for row in has_been_told])
        for key, sheet in sheets.OF_PEOPLE.items():
            rows = hanging[key].items()
            self.table(key, [sheet.row(row, uids[pk]) for pk, its in rows for row in its])

    def add_outliving(self) -> int:
        """The next proofs of those who were erased; the most rows of one kind that there were."""
        most, last = 0, self.cursor.setdefault("outliving", {})
        for key, sheet in sheets.OUTLIVING.items():
            rows = sheet.rows(self.partner).filter(customer=None).order_by("pk")
            found = list(rows.filter(pk__gt=last[key])[:AT_ONCE] if key in last else rows[:AT_ONCE])
            self.table(key, map(sheet.row, found))
            if found:
                last[key] = str(found[-1].pk)
            most = max(most, len(found))
        return most

    def add_history(self) -> int:
        """The next changes, row by row as the index has them; how many there were."""
        found = list(self.changes().values_list(*TOLD, named=True)[:AT_ONCE])
        me = self.partner.user
        actors = {me.pk: me.name, None: ""}
        self.table("history", [history_row(change, actors) for change in found])
        if found:
            last = found[-1]
            self.cursor["after"] = [str(last.row_id), last.created_at.isoformat(), str(last.pk)]
        return len(found)

    def changes(self):
        changes = self.partner.changes.order_by("row_id", "created_at", "pk")
        if "after" not in self.cursor:
            return changes
        row, moment, pk = self.cursor["after"]
        at = dt.datetime.fromisoformat(moment)
        same_row = Q(row_id=row) & (Q(created_at__gt=at) | Q(created_at=at, pk__gt=pk))
        return changes.filter(Q(row_id__gt=row) | same_row, row_id__gte=row)

    def end(self) -> None:
        self.add("index", self.index()[1])

    def index(self) -> tuple[str, str]:
        """The page before and after its people."""
        head, _here, tail = self.rendered("index.html").partition(PEOPLE_HERE)
        return head, tail

    def rendered(self, template: str) -> str:
        context = {"partner": self.partner, "now": timezone.now(), "names": names()}
        context |= {"profile": self.profile, "address": profile.address(self.profile)}
        context |= {"talk_notes": self.partner.talknotes.all(), "further": further()}
        return render_to_string(f"customers/export/{template}", context)

    def add(self, key: str, content: str | bytes) -> None:
        self.archive.add(names()[key], content)

    def table(self, key: str, rows, *, is_first: bool = False) -> None:
        text = tables.write(rows, german=self.german)
        self.add(key, f"{tables.BOM}{text}" if is_first else text)


def names() -> dict[str, str]:
    """The archive's members, in the reader's language."""
    return {
        "readme": _("README.txt"),
        "index": "index.html",
        "cards": _("contacts.vcf"),
        "people": _("contacts.csv"),
        "talks": _("talks.csv"),
        "follow_ups": _("follow-ups.csv"),
        "tags": _("tags.csv"),
        "own_fields": _("own-fields.csv"),
        "history": _("history.csv"),
        "profile": _("profile.csv"),
        "picture": _("picture.jpg"),
        "told": str(sheets.TOLD.name),
        **{key: str(sheet.name) for key, sheet in sheets.SHEETS.items()},
    }


def further() -> list[tuple[str, str | Promise]]:
    """The tables of rooms above, and what stands in them."""
    return [
        (", ".join(str(sheets.SHEETS[key].name) for key in keys), about)
        for keys, about in sheets.FURTHER
    ]


def by_customer(rows: Collection[Any]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found


def talk_header() -> list[str]:
    when, kind = pgettext("column", "When"), pgettext("column", "Kind")
    return [_("Person"), when, kind, _("Outcome"), _("Text"), _("UID of the card")]


def talk_row(talk: Interaction, name: str, uid: str) -> list[str]:
    kind, outcome = Interaction.Kind(talk.kind), Interaction.Outcome(talk.outcome)
    said = str(outcome.label) if outcome else ""
    return [name, moment(talk.occurred_at), str(kind.label), said, talk.text, uid]


def follow_up_header() -> list[str]:
    day, time = pgettext("column", "Day"), pgettext("column", "Time")
    kind, state = pgettext("column", "Kind"), pgettext("column", "State")
    what, closed = pgettext("column", "What"), _("Closed on")
    nature = _("Promise or care step")
    return [_("Person"), day, time, kind, what, nature, state, closed, _("UID of the card")]


def follow_up_row(row: FollowUp, name: str, uid: str) -> list[str]:
    return [
        name,
        row.due_on.isoformat(),
        f"{row.due_time:%H:%M}" if row.due_time else "",
        str(FollowUp.Kind(row.kind).label),
        row.what,
        str(FollowUp.Nature(row.nature).label),
        str(FollowUp.State(row.state).label),
        moment(row.closed_at) if row.closed_at else "",
        uid,
    ]


def tag_rows(partner: Partner) -> list[list[str]]:
    return [[pgettext("column", "Tag")], *([tag.name] for tag in partner.tags.all())]


def own_field_rows(partner: Partner) -> list[list[str]]:
    rows = [
        [
            field.name,
            str(OwnField.Kind(field.kind).label),
            ", ".join(field.choices),
            field.purpose,
        ]
        for field in partner.ownfields.all()
    ]
    kind, name = pgettext("column", "Kind"), pgettext("column", "Name")
    return [[name, kind, _("Choices"), _("What it is for")], *rows]


def history_header() -> list[str]:
    when, what = pgettext("column", "When"), pgettext("column", "What")
    before, after = pgettext("column", "Before"), pgettext("column", "After")
    return [when, _("Who"), what, _("Kind of row"), _("Number of the row"), before, after]


def history_row(change, actors: dict[int | None, str]) -> list[str]:
    return [
        f"{timezone.localtime(change.created_at):{MOMENT}:%S}",
        actors.get(change.actor_id, _("support")),
        change.act,
        change.model,
        str(change.row_id),
        said(change.before),
        said(change.after),
    ]


def said(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""


def moment(when: dt.datetime) -> str:
    return f"{timezone.localtime(when):{MOMENT}}"

"""A row of a table becomes a card: each column has its way of saying something."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _l

from customers.cards import Liking, Link, Occasion
from customers.imports.formulas import unguarded
from customers.imports.reading import columns, dates, ways
from customers.imports.reading.drafts import Draft, line, lines
from customers.imports.reading.groups import ASSEMBLED
from customers.imports.reading.own import unpacked
from customers.imports.reading.words import code

Groups = dict[tuple[str, str], dict[str, str]]
Take = Callable[[Draft, Groups, str], None]

LIST = re.compile(r"\s*(?::::|[;,|\n])\s*")
PEOPLE = re.compile(r"\s*(?:[;,\n&]|\bund\b|\band\b)\s*")
FIRST_OF = {"nickname", "company", "job_title", "website", "best_time", "source", "uid"}
CHOSEN = {"formality", "stage", "rank", "preferred_channel"}
WITH_LINES = {"note", columns.NAMED_NOTE, "interests", "tags"}
LABELS = {"fax": ways.FAX, "pager": "Pager", "car": _l("Car"), "main": _l("Main number")}
LABELS |= {"assistant": _l("Assistant")}


class RowReader:
    """Reads rows with the same columns: what they mean is found out once."""

    def __init__(self, settings: dict[str, Any], this_year: int):
        names = list(settings.get("header") or ())
        keys = settings["columns"]
        names += [""] * (len(keys) - len(names))
        self.takes = [
            (at, line if is_line(key) else lines, taker(key, names[at]))
            for at, key in enumerate(keys)
            if key != columns.IGNORE
        ]
        self.said = {
            "day_first": settings.get("day_first", True),
            "this_year": this_year,
            "is_exact": settings.get("source") == "own-export",
        }

    def read(self, row: Sequence[str]) -> Draft:
        draft, groups = Draft(**self.said), Groups()
        for at, tidy, take in self.takes:
            if (cell := row[at]) and (said := tidy(unguarded(cell))):
                take(draft, groups, said)
        for (group, at_), parts in groups.items():
            ASSEMBLED[group](draft, at_, parts)
        draft.finish()
        return draft


def is_line(key: str) -> bool:
    if key.startswith(columns.OWN):
        return True
    many_lines = key in WITH_LINES or key.endswith(".whole")
    return not many_lines and not key.startswith(("custom.", "phone", "note"))


def taker(key: str, heading: str) -> Take:
    """How a column says what it says."""
    if key.startswith(columns.OWN):
        name = key.removeprefix(columns.OWN)
        return lambda draft, groups, said: draft.card.own.update({name: said})
    if key == columns.NAMED_NOTE:
        return lambda draft, groups, said: draft.keep(heading, said)
    return TAKERS.get(key) or in_group(key)


def in_group(key: str) -> Take:
    group, _dot, rest = key.partition(".")
    at, _dot, part = rest.partition(".")
    if at.isdigit() or group == "address":
        return grouped(group, at, part)
    return of_kind(group, at, part)


def grouped(group: str, at: str, part: str) -> Take:
    def take(draft: Draft, groups: Groups, said: str) -> None:
        parts = groups.setdefault((group, at), {})
        parts[part] = f"{parts[part]}, {said}" if part in parts else said

    return take


def of_kind(group: str, kind: str, part: str) -> Take:
    if group == "phone":
        return lambda draft, groups, said: draft.call(said, kind, str(LABELS.get(part, "")))
    if group == "email":
        return lambda draft, groups, said: draft.mail(said, kind)
    return lambda draft, groups, said: related(draft, kind, said)


def related(draft: Draft, kind: str, said: str) -> None:
    for name in PEOPLE.split(said) if kind == "child" else [said]:
        if name:
            draft.relate(kind, name)


# --- single columns --------------------------------------------------------------------------


def first_name(draft: Draft, groups: Groups, said: str) -> None:
    draft.card.first_name = f"{draft.card.first_name} {said}".strip()


def last_name(draft: Draft, groups: Groups, said: str) -> None:
    draft.card.last_name = f"{draft.card.last_name} {said}".strip()


def full_name(draft: Draft, groups: Groups, said: str) -> None:
    draft.full_name = draft.full_name or said


def middle_name(draft: Draft, groups: Groups, said: str) -> None:
    draft.middle = said


def suffix(draft: Draft, groups: Groups, said: str) -> None:
    draft.suffix = said


def title(draft: Draft, groups: Groups, said: str) -> None:
    if draft.is_exact:
        draft.card.title = said
    else:
        draft.address_as(said)


def salutation(draft: Draft, groups: Groups, said: str) -> None:
    if draft.is_exact:
        draft.choose("salutation", said)
    else:
        draft.address_as(said)


def note(draft: Draft, groups: Groups, said: str) -> None:
    draft.card.note = f"{draft.card.note}\n{said}" if draft.card.note else said


def birthday(draft: Draft, groups: Groups, said: str) -> None:
    if said.isdigit() and len(said) <= len("12"):
        groups.setdefault(("birth", ""), {})["day"] = said
    else:
        draft.born(said)


def birth_part(part: str) -> Take:
    def take(draft: Draft, groups: Groups, said: str) -> None:
        groups.setdefault(("birth", ""), {})[part] = said

    return take


def department(draft: Draft, groups: Groups, said: str) -> None:
    draft.keep(columns.label("department"), said)


def is_business(draft: Draft, groups: Groups, said: str) -> None:
    draft.card.is_business = code("yes", said) == "1"


def tags(draft: Draft, groups: Groups, said: str) -> None:
    split = [item[0] for item in unpacked(said)] if draft.is_exact else LIST.split(said)
    draft.tag([line(tag) for tag in split])


def source_kind(draft: Draft, groups: Groups, said: str) -> None:
    known = code("source_kind", said)
    if known is None:
        draft.put("source", said)
    else:
        draft.card.source_kind = known


def interests(draft: Draft, groups: Groups, said: str) -> None:
    if not draft.is_exact:
        draft.card.interests += [Liking(line(what)) for what in LIST.split(said) if line(what)]
        return
    for kind, what, since in padded(said):
        entry = Liking(what, code("interest", kind) or "likes", dates.date(since))
        draft.card.interests.append(entry)


def life_events(draft: Draft, groups: Groups, said: str) -> None:
    if not draft.is_exact:
        draft.keep(columns.label("life_events"), said)
        return
    for kind, day, words in padded(said):
        entry = Occasion(code("life_event", kind) or "other", dates.date(day), words)
        draft.card.life_events.append(entry)


def relations(draft: Draft, groups: Groups, said: str) -> None:
    if not draft.is_exact:
        draft.keep(columns.label("relations"), said)
        return
    for kind, name, uid in padded(said):
        draft.card.relations.append(Link(code("relation", kind) or "other", name, uid))


def first_of(field: str) -> Take:
    return lambda draft, groups, said: draft.put(field, said)


def chosen(field: str) -> Take:
    return lambda draft, groups, said: draft.choose(field, said)


def padded(said: str) -> list[list[str]]:
    return [[*item, "", "", ""][:3] for item in unpacked(said)]


TAKERS: dict[str, Take] = {
    "name": full_name,
    "first_name": first_name,
    "last_name": last_name,
    "middle_name": middle_name,
    "suffix": suffix,
    "title": title,
    "salutation": salutation,
    "note": note,
    "birthday": birthday,
    "birth_day": birth_part("day"),
    "birth_month": birth_part("month"),
    "birth_year": birth_part("year"),
    "department": department,
    "is_business": is_business,
    "tags": tags,
    "source_kind": source_kind,
    "satisfaction": lambda draft, groups, said: draft.rate(said),
    "interests": interests,
    "life_events": life_events,
    "relations": relations,
    "phone": lambda draft, groups, said: draft.call(said),
    "email": lambda draft, groups, said: draft.mail(said),
    "wedding": lambda draft, groups, said: draft.happen("wedding", said),
    **{key: first_of(key) for key in FIRST_OF},
    **{key: chosen(key) for key in CHOSEN},
}

"""What a column of a table can be mapped to, as a person chooses it from a list."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

IGNORE = ""
NAMED_NOTE = "note.named"  # kept in the note, with the column's heading before it
OWN = "own:"


class Field(NamedTuple):
    key: str
    label: Any
    group: Any


PERSON, REACH, PLACE = _("Person"), _("Reaching them"), _("Address")
TOGETHER, MORE = _("The two of you"), _("More")

FIELDS: list[Field] = [
    Field("name", _("full name (Müller, Anna)"), PERSON),
    Field("first_name", _("first name"), PERSON),
    Field("middle_name", _("middle name"), PERSON),
    Field("last_name", _("last name"), PERSON),
    Field("title", _("title"), PERSON),
    Field("suffix", _("after the name (jun., MBA)"), PERSON),
    Field("salutation", _("salutation"), PERSON),
    Field("nickname", _("nickname"), PERSON),
    Field("birthday", _("birthday"), PERSON),
    Field("birth_day", _("day of birth alone"), PERSON),
    Field("birth_month", _("month of birth alone"), PERSON),
    Field("birth_year", _("year of birth alone"), PERSON),
    Field("formality", _("form of address"), PERSON),
    Field("company", _("company"), PERSON),
    Field("department", _("department"), PERSON),
    Field("job_title", _("occupation"), PERSON),
    Field("is_business", _("a business"), PERSON),
    Field("phone", _("phone number"), REACH),
    Field("phone.mobile", _("mobile number"), REACH),
    Field("phone.home", _("phone at home"), REACH),
    Field("phone.work", _("phone at work"), REACH),
    Field("phone.other", _("another phone"), REACH),
    Field("email", _("e-mail"), REACH),
    Field("email.work", _("e-mail at work"), REACH),
    Field("email.other", _("another e-mail"), REACH),
    Field("website", _("website"), REACH),
    Field("preferred_channel", _("preferred channel"), REACH),
    Field("best_time", _("best time"), REACH),
    Field("address.private.street", _("street and number"), PLACE),
    Field("address.private.number", _("house number alone"), PLACE),
    Field("address.private.postcode", _("postcode"), PLACE),
    Field("address.private.city", _("place"), PLACE),
    Field("address.private.place", _("postcode and place in one (36037 Fulda)"), PLACE),
    Field("address.private.whole", _("whole address in one"), PLACE),
    Field("address.private.extra", _("address line"), PLACE),
    Field("address.private.region", _("region"), PLACE),
    Field("address.private.country", _("country"), PLACE),
    Field("address.work.street", _("street at work"), PLACE),
    Field("address.work.postcode", _("postcode at work"), PLACE),
    Field("address.work.city", _("place at work"), PLACE),
    Field("address.work.whole", _("whole address at work"), PLACE),
    Field("stage", _("stage"), TOGETHER),
    Field("rank", _("rank"), TOGETHER),
    Field("satisfaction", _("satisfaction"), TOGETHER),
    Field("source_kind", _("source"), TOGETHER),
    Field("source", _("How do you know each other?"), TOGETHER),
    Field("relation.spouse", _("husband, wife or partner"), TOGETHER),
    Field("relation.child", _("children"), TOGETHER),
    Field("interests", _("interests"), TOGETHER),
    Field("tags", _("tags"), MORE),
    Field("note", _("note"), MORE),
    Field(NAMED_NOTE, _("keep in the note, with its heading"), MORE),
    Field("wedding", _("wedding day"), MORE),
    Field("life_events", _("life events"), MORE),
    Field("relations", _("relations"), MORE),
    Field("uid", _("identifier of the card"), MORE),
    Field(IGNORE, _("leave out"), MORE),
]
LABELS = {field.key: field.label for field in FIELDS}

# Groups that a program numbers ("Phone 2 - Value"), and groups of a kind that lists above lacks.
NUMBERED = re.compile(
    r"(phone|email|address|relation|event|custom|im|site|company)\.(\w+)(?:\.(\w+))?$"
)
GROUPS: dict[str, Any] = {
    "phone": _("phone number"),
    "email": _("e-mail"),
    "address": _("Address"),
    "relation": _("relation"),
    "event": _("special day"),
    "custom": _("field of their own"),
    "im": _("messenger"),
    "site": _("website"),
    "company": _("company"),
}
PARTS: dict[str, Any] = {
    "kind": _("kind"),
    "label": _("name of this entry"),
    "preferred": _("preferred"),
    "extra": _("address line"),
    "street": _("street and number"),
    "number": _("house number alone"),
    "postcode": _("postcode"),
    "city": _("place"),
    "place": _("postcode and place in one (36037 Fulda)"),
    "whole": _("whole address in one"),
    "box": _("PO box"),
    "region": _("region"),
    "country": _("country"),
    "title": _("occupation"),
    "department": _("department"),
    "service": _("service"),
    "contact": _("contact person"),
}


KNOWN = PARTS | GROUPS | LABELS


def label(key: str) -> str:
    """What the column fills, in words."""
    if key in KNOWN:
        return str(KNOWN[key])
    if key.startswith(OWN):
        return key.removeprefix(OWN)
    found = NUMBERED.match(key)
    if not found:
        return key
    group, at, part = found.groups()
    words = [str(GROUPS[group]), at] if at.isdigit() else [str(GROUPS[group]), f"({at})"]
    return " ".join(words) + (f": {PARTS.get(part, part)}" if part else "")


lazy_label = lazy(label, str)


def field_choices(
    own: Iterable[str] = (), used: Iterable[str] = ()
) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Grouped for a <select>: the fields, the partner's own ones, and whatever else is in use."""
    groups: dict[Any, list[tuple[str, Any]]] = {}
    for field in FIELDS:
        groups.setdefault(field.group, []).append((field.key, field.label))
    fields = {f"{OWN}{name}": name for name in own}
    fields |= {key: key.removeprefix(OWN) for key in used if key.startswith(OWN)}
    if fields:
        groups[_("Fields of your own")] = list(fields.items())
    others = [key for key in dict.fromkeys(used) if key not in LABELS and key not in fields]
    if others:
        groups[_("As in this file")] = [(key, lazy_label(key)) for key in others]
    return list(groups.items())


def is_field(key: str) -> bool:
    """Whether a column may be mapped to this."""
    named = key.startswith(OWN) and len(key) > len(OWN)
    return key in LABELS or named or bool(NUMBERED.match(key))

"""What a vCard says of whom a person knows, of special days, and what only our own cards say."""

import re
from collections.abc import Callable

from customers.cards import Liking, Occasion
from customers.imports.reading import dates
from customers.imports.reading.contentlines import Property
from customers.imports.reading.drafts import Draft, line
from customers.imports.reading.parts import problem
from customers.imports.reading.words import code

Say = Callable[[Draft, Property, str], None]

ANDROID = re.compile(r"vnd\.android\.cursor\.item/")
RELATED_TYPES = {"co-resident": "household", "co-worker": "colleague", "kin": "relative"}
RELATED_TYPES |= {"acquaintance": "other", "contact": "other", "neighbor": "neighbour"}
RELATED_TYPES |= {"sweetheart": "spouse", "met": "other"}
ANDROID_RELATIONS = {"1": "employee", "2": "sibling", "3": "child", "4": "spouse", "5": "parent"}
ANDROID_RELATIONS |= {"6": "friend", "7": "boss", "8": "parent", "9": "parent", "10": "spouse"}
ANDROID_RELATIONS |= {"11": "other", "12": "relative", "13": "sibling", "14": "spouse"}
ANDROID_BIRTHDAY, ANDROID_ANNIVERSARY = "3", "1"


def without_year(said: Property, day: str) -> str:
    """Apple writes a year that is none, and says so."""
    omitted = said.params.get("X-APPLE-OMIT-YEAR")
    return f"--{day[5:]}" if omitted and day.startswith(omitted) and day[4:5] == "-" else day


def anniversary(draft: Draft, said: Property, label: str) -> None:
    draft.happen("wedding", without_year(said, line(said.text)))


def apple_date(draft: Draft, said: Property, label: str) -> None:
    kind = code("life_event", label)
    draft.happen(kind or "other", without_year(said, line(said.text)), "" if kind else label)


def related(draft: Draft, said: Property, label: str) -> None:
    other = line(said.text)
    kind = said.params.get("X-MLMCRM-KIND") or code("relation", label)
    types = [RELATED_TYPES.get(word) or code("relation", word) for word in said.types]
    kind = kind or next(filter(None, types), None)
    uid = said.params.get("X-MLMCRM-UID", "")
    if other.startswith("urn:") and not uid:
        draft.notes.append(problem("left-out", name=said.name))
    elif other:
        draft.relate(kind or "other", other, uid, "" if kind else label)


def of_relation(kind: str) -> Say:
    def say(draft: Draft, said: Property, label: str) -> None:
        if other := line(said.text):
            draft.relate(kind, other)

    return say


def android(draft: Draft, said: Property, label: str) -> None:
    what, *rest = said.parts
    text, kind, own_label = [*map(line, rest), "", "", ""][:3]
    what = ANDROID.sub("", what.strip())
    if not text:
        return
    if what == "nickname":
        draft.put("nickname", text)
    elif what == "relation":
        chosen = ANDROID_RELATIONS.get(kind)
        chosen = chosen or code("relation", own_label)
        draft.relate(chosen or "other", text, label="" if chosen else own_label)
    elif what == "contact_event" and kind == ANDROID_BIRTHDAY:
        draft.born(text)
    elif what == "contact_event":
        is_wedding = kind == ANDROID_ANNIVERSARY
        draft.happen("wedding" if is_wedding else "other", text, own_label)
    else:
        draft.keep(own_label or what, text)


# --- ours ------------------------------------------------------------------------------------


def interest(draft: Draft, said: Property, label: str) -> None:
    since = dates.date(said.params.get("SINCE", ""))
    kind = (said.types or ["likes"])[0]
    draft.card.interests.append(Liking(line(said.text), kind, since))


def life_event(draft: Draft, said: Property, label: str) -> None:
    day = dates.date(said.params.get("DATE", ""))
    draft.card.life_events.append(Occasion((said.types or ["other"])[0], day, line(said.text)))


def own_field(draft: Draft, said: Property, label: str) -> None:
    draft.card.own[said.params.get("NAME", "")] = line(said.text)


def own_company(draft: Draft, said: Property, label: str) -> None:
    draft.own_company = line(said.text)


def chosen(field: str) -> Say:
    return lambda draft, said, label: draft.choose(field, line(said.text))

"""Where a search found somebody: marked in the name, or told in a small line."""

import dataclasses
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from customers import text
from customers.models import Customer
from partners.models import Partner

AROUND = 24  # letters shown on either side of what was found in a long text

Spans = list[tuple[int, int]]

OWN = (("nickname", ""), ("company", ""), ("job_title", ""), ("note", _("Note")))
PLACE = Concat("street", Value(" "), "postcode", Value(" "), "city", output_field=CharField())
AROUND_THEM = (
    ("phones", F("typed"), ""),
    ("emails", F("typed"), ""),
    ("addresses", PLACE, ""),
    ("taggings", F("tag__name"), _("Tag")),
    ("interests", F("what"), _("Interest")),
)


@dataclasses.dataclass(frozen=True)
class Found:
    name: SafeString
    where: SafeString | str = ""


def found_in(partner: Partner, customers: Sequence[Customer], query: str) -> dict[Any, Found]:
    """By id what to show of each hit; one more query if some were found by what hangs on them."""
    words = text.search_words(query)
    elsewhere = {}
    for customer in customers:
        beyond = [w for w in words if w not in customer.sort_name and w in customer.search_text]
        if beyond:
            elsewhere[customer.pk] = beyond
    told = {row.pk: in_own(row, elsewhere[row.pk]) for row in customers if row.pk in elsewhere}
    told |= in_ways(partner, {pk: elsewhere[pk] for pk, said in told.items() if not said})
    return {
        row.pk: Found(marked(row.name, spans(row.name, words)), told.get(row.pk, ""))
        for row in customers
    }


def in_own(customer: Customer, words: list[str]) -> SafeString | str:
    said = ((label, getattr(customer, column)) for column, label in OWN)
    return next(
        (tell(label, value, at) for label, value in said if (at := spans(value, words))), ""
    )


def in_ways(partner: Partner, wanted: dict[uuid.UUID, list[str]]) -> dict[uuid.UUID, SafeString]:
    if not wanted:
        return {}
    asked = [
        getattr(partner, rows)
        .filter(customer__in=wanted)
        .order_by()
        .values_list("customer_id", Value(place, output_field=IntegerField()), column)
        for place, (rows, column, _label) in enumerate(AROUND_THEM)
    ]
    found: dict[uuid.UUID, SafeString] = {}
    for pk, place, value in sorted(asked[0].union(*asked[1:], all=True), key=lambda row: row[1]):
        rows, _column, label = AROUND_THEM[place]
        look = spans_of_number if rows == "phones" else spans
        at = look(value, wanted[pk])
        if at and pk not in found:
            found[pk] = tell(label, value, at)
    return found


def spans(words: str, wanted: Iterable[str]) -> Spans:
    """Where the folded words stand, in order and without overlap."""
    plain = text.PAIRS.sub(text.first_letter, "".join(map(folded, words)))
    hits = [(at, at + len(word) - 1) for word in wanted for at in places(plain, word)]
    if not hits:
        return []
    found = list(letters(words))
    return joined((found[first][1], found[last][2]) for first, last in hits)


def spans_of_number(number: str, wanted: Iterable[str]) -> Spans:
    """The same for digits, whatever stands between them."""
    at = [place for place, char in enumerate(number) if char.isdecimal()]
    digits = "".join(number[place] for place in at)
    return joined(
        (at[place], at[place + len(word) - 1] + 1)
        for word in wanted
        for place in places(digits, word)
    )


def letters(words: str) -> Iterator[tuple[str, int, int]]:
    """What remains of each letter when `text.fold` has folded it, and where it stands."""
    plain = [(char, at) for at, letter in enumerate(words) for char in folded(letter)]
    skip = False
    for (char, at), (following, its_place) in pairwise([*plain, ("", 0)]):
        if skip:
            skip = False
        elif text.PAIRS.match(char + following):
            skip = True
            yield char, at, its_place + 1
        else:
            yield char, at, at + 1


@cache
def folded(letter: str) -> str:
    """A letter alone; pairs (æ is one) have not yet fallen together."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    kept = (" " if c.isspace() else c for c in plain if c.isspace() or not text.is_invisible(c))
    return "".join(kept).translate(text.STROKES)


def places(words: str, wanted: str) -> Iterator[int]:
    at = words.find(wanted)
    while at >= 0:
        yield at
        at = words.find(wanted, at + len(wanted))


def joined(found: Iterable[tuple[int, int]]) -> Spans:
    whole: Spans = []
    for start, end in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def tell(label: Any, value: str, where: Spans) -> SafeString:
    """A little of the text around the first place."""
    start, end = max(0, where[0][0] - AROUND), min(len(value), where[0][1] + AROUND)
    before, after = "…" if start else "", "…" if end < len(value) else ""
    inside = [(a - start, b - start) for a, b in where if b <= end]
    short = f"{before}{marked(value[start:end], inside)}{after}"
    return mark_safe(f"{escape(label)}: {short}" if label else short)  # noqa: S308  all escaped


def marked(words: str, where: Spans) -> SafeString:
    """Escaped, with <mark> around what was found."""
    parts, at = [], 0
    for start, end in where:
        parts += [escape(words[at:start]), "<mark>", escape(words[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(words[at:])]))  # noqa: S308  all escaped

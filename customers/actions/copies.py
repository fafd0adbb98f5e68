"""What machines have copied of people: history, imports, exports, saved questions, messages.

Such rows hang on nobody. Each kind has a cleaner here that takes out what is about somebody who
was erased; a test asks for one for every model that says of itself that its words are copied.
"""

import dataclasses
import json
import uuid
from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast, Concat
from django.http import QueryDict

from customers.actions import importing
from customers.exports import running
from customers.imports.decisions import PEOPLE
from customers.imports.looking import VERDICTS, counted
from customers.models import BulkAct, Import, ImportPage, SavedFilter, hanging
from customers.own_words import OwnWords, as_lines, split
from partners import files, jobs
from partners.models import (
    Change,
    FilePart,
    Job,
    OutboxMessage,
    Partner,
    Reason,
    StoredFile,
)

MIXING = ("customer-merge", "undo")  # acts in which the words of one come to another
UNREAD = {Import.State.MAPPING, Import.State.READING, Import.State.FAILED}
AT_ONCE = 500


@dataclasses.dataclass(frozen=True)
class Gone:
    """People who went, the rows that hung on them, and by which words they are recognised."""

    people: frozenset[uuid.UUID]
    rows: frozenset[uuid.UUID]
    words: OwnWords

    @cached_property
    def spelled(self) -> set[str]:
        return {str(pk) for pk in self.people}


@dataclasses.dataclass(frozen=True)
class Cleaner:
    models: tuple[type, ...]
    clean: Callable[[Partner, Gone], None]


def clean_copies(partner: Partner, gone: Gone) -> None:
    for cleaner in CLEANERS:
        cleaner.clean(partner, gone)


def clean_history(partner: Partner, gone: Gone) -> None:
    """Of them it says no more than that there was something; others keep what is theirs."""
    about = partner.changes.filter(row_id__in=gone.rows)
    acts = set(about.filter(act__in=MIXING).values_list("act_id", flat=True))
    about.update(before={}, after={})
    others = []
    for trace in partner.changes.filter(act_id__in=acts).exclude(row_id__in=gone.rows):
        before, after = gone.words.without(trace.before), gone.words.without(trace.after)
        if (before, after) != (trace.before, trace.after):
            trace.before, trace.after = before, after
            others.append(trace)
    partner.changes.bulk_update(others, ["before", "after"], AT_ONCE)


def clean_others(partner: Partner, words: OwnWords, brought: Collection[uuid.UUID]) -> None:
    """Where the programme wrote a name down with others: as their source, and in their history."""
    met = hanging.people(partner).filter(pk__in=brought).exclude(source="")
    named = [row.pk for row in met if words.is_name(row.source) or words.are_in(row.source)]
    hanging.people(partner).filter(pk__in=named).update(source="")
    changed = []
    for trace in saying(partner, words, named):
        theirs = {
            name
            for values in (trace.before, trace.after)
            for name, value in (values or {}).items()
            if isinstance(value, str)
            and (words.are_in(value) or (name == "source" and words.is_name(value)))
        }
        if theirs:
            trace.before, trace.after = (
                values and {name: value for name, value in values.items() if name not in theirs}
                for values in (trace.before, trace.after)
            )
            changed.append(trace)
    partner.changes.bulk_update(changed, ["before", "after"], AT_ONCE)


def saying(partner: Partner, words: OwnWords, named: Collection[uuid.UUID]) -> Any:
    """Traces in which the name may stand, as the one database spells it or the other."""
    said = Q(row_id__in=named)
    for needle in words.needles:
        for spelled in {needle, json.dumps(needle)[1:-1]}:
            said |= Q(told__icontains=spelled)
    told = Concat(Cast("before", TextField()), Cast("after", TextField()), output_field=TextField())
    return partner.changes.alias(told=told).filter(said)


# --- imports and exports -----------------------------------------------------------------------


def clean_imports(partner: Partner, gone: Gone) -> None:
    """A file that names them goes; what was read of others stays, to be taken over."""
    for run in partner.imports.select_related("file"):
        for page in run.pages.exclude(rows=[]):
            clean_page(run, page, gone)
        if run.file and is_named_in(run.file, run, gone.words):
            if run.state in UNREAD:
                jobs.cancel(partner, run.job_id)
                importing.discard(run)
                continue
            run.file.delete()
            run.file = None
        run.name, run.error = gone.words.without(run.name), gone.words.without(run.error)
        run.settings = gone.words.without(run.settings)
        run.counts = gone.words.without(run.counts)
        run.save(update_fields=["file", "name", "error", "settings", "counts"])


def clean_page(run: Import, page: ImportPage, gone: Gone) -> None:
    kept = [row for row in page.rows if not is_about(row, gone)]
    if len(kept) == len(page.rows):
        return
    page.rows = kept
    page.save(update_fields=["rows"])
    at = page.number - PEOPLE
    numbers = run.counts.get("pages", [])
    if run.state == Import.State.READY and 0 <= at < len(numbers):
        numbers[at] = counted(kept)
        run.counts |= dict(zip(VERDICTS, map(sum, zip(*numbers, strict=True)), strict=True))


def is_about(row: dict[str, Any], gone: Gone) -> bool:
    """A row of a page: with a card, as it stood there, or (on pages of links) one of two people."""
    card = row.get("card", {})
    ways = [part.get("typed", "") for name in ("phones", "emails") for part in card.get(name, ())]
    names = [row.get("name", ""), f"{card.get('first_name', '')} {card.get('last_name', '')}"]
    return (
        any(map(gone.words.is_name, filter(str.strip, names)))
        or any(map(gone.words.reach, ways))
        or gone.words.are_in_row(row.get("raw", ()))
        or row.get("of") in gone.spelled
    )


def is_named_in(file: StoredFile, run: Import, words: OwnWords) -> bool:
    content = files.content(file).decode(run.settings.get("encoding") or "utf-8", "replace")
    return words.are_in(file.name) or any(words.are_in_row([line]) for line in as_lines(content))


def drop_exports(partner: Partner) -> None:
    """Files to be taken along are made anew in a moment, and then without them."""
    for job in partner.jobs.filter(kind=running.EXPORT):
        jobs.cancel(partner, job.pk)
        wanted = {job.cursor.get("file"), job.result.get("file")} - {None}
        partner.files.filter(pk__in=wanted).delete()
    others = partner.files.filter(expires_at__isnull=False)
    others = others.exclude(content_type__startswith="image/")  # former faces of the partner
    others.exclude(pk__in=partner.imports.exclude(file=None).values("file")).delete()


# --- questions, work on many, messages ------------------------------------------------------------


def clean_questions(partner: Partner, gone: Gone) -> None:
    """Saved questions that name them, or that nobody else answers any more."""
    named = [
        question.pk
        for question in partner.savedfilters(manager="unscoped_with_bin").all()
        if gone.words.are_in(question.name)
        or gone.words.are_in(question.query)
        or asks_for_them(partner, question, gone.words)
    ]
    partner.changes.filter(row_id__in=named).update(before={}, after={})
    partner.savedfilters(manager="unscoped_with_bin").filter(pk__in=named).delete()


def asks_for_them(partner: Partner, question: SavedFilter, words: OwnWords) -> bool:
    said = QueryDict(question.query).get("q", "")
    asked = set(split(said))
    is_theirs = any(asked <= set(name) for name in words.names)
    return bool(asked) and is_theirs and not partner.customers.search(said).exists()


def clean_work(partner: Partner, gone: Gone) -> None:
    for bulk in partner.bulkacts.all():
        params = gone.words.without(bulk.params)
        if params != bulk.params:
            if params.get("who") != bulk.params.get("who"):
                params["who"] = {"ids": ""}  # a question without its words would mean everybody
            bulk.params = params
            bulk.save(update_fields=["params"])
    for job in partner.jobs.exclude(finished_at=None):
        cursor, result = gone.words.without(job.cursor), gone.words.without(job.result)
        if (cursor, result) != (job.cursor, job.result):
            partner.jobs.filter(pk=job.pk).update(cursor=cursor, result=result)


def clean_messages(partner: Partner, gone: Gone) -> None:
    """What waits for them does not go out; what servers answer is kept without addresses."""
    theirs = partner.messages.filter(
        recipient_type=OutboxMessage.Recipient.PERSON,
        recipient_id__in=[str(pk) for pk in gone.people],
    )
    theirs.filter(state=OutboxMessage.State.PENDING).update(
        state=OutboxMessage.State.CANCELLED, reason=Reason.GONE
    )
    theirs.update(last_error="")


CLEANERS = (
    Cleaner((Change,), clean_history),
    Cleaner((Import, ImportPage, StoredFile, FilePart), clean_imports),
    Cleaner((SavedFilter,), clean_questions),
    Cleaner((BulkAct, Job), clean_work),
    Cleaner((OutboxMessage,), clean_messages),
)

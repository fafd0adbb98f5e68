"""How an import stands, in words: its own state, and what became of its job."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers.imports.decisions import LINKS, PEOPLE
from customers.imports.erased import ERASED, LOCKED
from customers.imports.reading import Problem, sentence
from customers.models import Import
from partners.models import Job, Partner

State = Import.State
AT_WORK = {State.READING, State.RUNNING, State.UNDOING}
CHIPS = {
    State.DONE: "tag-accent",
    State.READY: "tag-honey",
    State.MAPPING: "tag-honey",
    State.FAILED: "tag-honey",
}
REPORT = (
    ("added", gettext_lazy("added")),
    ("changed", gettext_lazy("completed")),
    ("same", gettext_lazy("known already")),
    ("left", gettext_lazy("left out")),
    ("failed", gettext_lazy("not readable")),
)


@dataclasses.dataclass(frozen=True)
class Standing:
    run: Import
    job: Job | None

    @property
    def is_at_work(self) -> bool:
        return self.run.state in AT_WORK and not self.has_stopped

    @property
    def has_stopped(self) -> bool:
        """Whoever worked on it was told to stop, or gave up."""
        return self.run.state in AT_WORK and (self.job is None or self.job.is_over)

    @property
    def is_open(self) -> bool:
        """Decisions still count."""
        return self.run.state == State.READY

    @property
    def can_be_undone(self) -> bool:
        stopped = self.has_stopped and self.run.state in {State.RUNNING, State.UNDOING}
        return self.run.state == State.DONE or stopped

    @property
    def can_go_on(self) -> bool:
        return self.has_stopped and self.run.state == State.RUNNING

    @property
    def can_be_discarded(self) -> bool:
        untaken = {State.MAPPING, State.READY, State.FAILED}
        return self.run.state in untaken or (self.has_stopped and self.run.state == State.READING)

    @property
    def label(self) -> str:
        return _("stopped") if self.has_stopped else str(self.run.get_state_display())

    @property
    def chip(self) -> str:
        return CHIPS.get(State(self.run.state), "")

    @property
    def name(self) -> str:
        return self.run.name or _("From the phone's address book")

    @property
    def count(self) -> int:
        """How many people the file tells of, as far as we know."""
        return sum(map(sum, self.run.counts.get("pages", ()))) or self.run.counts.get("rows", 0)

    @property
    def numbers(self) -> list[tuple[str, str, int]]:
        taken: dict[str, int] = self.run.counts.get("taken", {})
        return [(key, str(label), taken.get(key, 0)) for key, label in REPORT if taken.get(key)]

    @property
    def remarks(self) -> list[str]:
        """What the reader left out or could not keep, each with its number."""
        return [
            _("%(sentence)s (%(count)d times)") % {"sentence": said, "count": count}
            if count > 1
            else said
            for note, count in self.run.counts.get("notes", ())
            if (said := sentence(Problem.from_json(note)))
        ]

    @property
    def left_out(self) -> list[str]:
        """Who was in the file and does not come back by it, without a name."""
        counts: dict[str, int] = self.run.counts.get("left_out", {})
        gone, locked = counts.get(ERASED, 0), counts.get(LOCKED, 0)
        erased = ngettext(
            "%(count)d person who wanted to be erased was not taken in again.",
            "%(count)d people who wanted to be erased were not taken in again.",
            gone,
        )
        kept = ngettext(
            "%(count)d person whose data is locked stays as it is.",
            "%(count)d people whose data is locked stay as they are.",
            locked,
        )
        return [said % {"count": n} for said, n in ((erased, gone), (kept, locked)) if n]

    @property
    def why_unreadable(self) -> str:
        problem = self.run.settings.get("problem")
        return sentence(Problem.from_json(problem)) if problem else ""


def standings(partner: Partner, runs: Iterable[Import]) -> list[Standing]:
    found: Sequence[Import] = list(runs)
    jobs = partner.jobs.in_bulk([run.job_id for run in found if run.job_id])
    return [Standing(run, jobs.get(run.job_id)) for run in found]


def standing(run: Import) -> Standing:
    return standings(run.partner, [run])[0]


def failed_rows(run: Import, most: int) -> list[dict[str, Any]]:
    """Those that could not be read, with the line and the reason."""
    rows: list[dict[str, Any]] = []
    for page in run.pages.filter(number__gte=PEOPLE, number__lt=LINKS).order_by("number"):
        rows += [shown(row) for row in page.rows if row["v"] == "failed"]
        if len(rows) >= most:
            break
    return rows[:most]


def shown(row: dict[str, Any]) -> dict[str, Any]:
    reasons = " ".join(sentence(Problem.from_json(said)) for said in row.get("problems", ()))
    return {"number": row["n"], "reason": reasons, "raw": row.get("raw", [])}

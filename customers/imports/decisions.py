"""What is to become of each row: for all of a kind, or one by one; the later word counts."""

from collections.abc import Iterator

from customers.imports.looking import VERDICTS, Row
from customers.models import Import, ImportPage

SAME, ADD, SKIP = "same", "add", "skip"
DEFAULTS = {"new": ADD, "changed": SAME, "doubtful": "", "same": SKIP, "failed": SKIP}
CHOICES = {
    "new": (ADD, SKIP),
    "changed": (SAME, ADD, SKIP),
    "doubtful": (SAME, ADD, SKIP),
}

# People lie on pages from here on: below are the pages of new tags and own fields, above those of
# relations. An import is taken back from the highest number down.
PEOPLE, LINKS = 1_000_000, 2_000_000


def choice_of(run: Import, row: Row) -> str:
    """`same` (or `same-1` for the second who could be meant), `add`, `skip`, or nothing yet."""
    verdict = row["v"]
    choice, at = run.settings.get("for_all", {}).get(verdict, (DEFAULTS[verdict], 0))
    if "choice" in row and row.get("round", 0) >= at:
        return row["choice"]
    if choice == SAME and verdict == "doubtful" and len(row.get("who", ())) != 1:
        return SKIP  # "the same person" says nothing where none or several could be meant
    return choice


def decide_for_all(run: Import, verdict: str, choice: str) -> None:
    """Overrules what was said of single rows before."""
    at = run.settings.get("round", 0) + 1
    for_all = run.settings.get("for_all", {}) | {verdict: (choice, at)}
    run.settings = run.settings | {"round": at, "for_all": for_all}
    if verdict == "doubtful":
        run.settings["decided"] = run.counts.get("doubtful", 0)
    run.save(update_fields=["settings"])


def decide(run: Import, page: ImportPage, at: int, choice: str, take: list[str]) -> Row:
    row = page.rows[at]
    if not choice_of(run, row):
        run.settings["decided"] = run.settings.get("decided", 0) + 1
        run.save(update_fields=["settings"])
    row |= {"choice": choice, "round": run.settings.get("round", 0)}
    row["take"] = [name for name in take if name in row.get("clash", {})]
    page.save(update_fields=["rows"])
    return row


def may_choose(row: Row, choice: str) -> bool:
    kind, _dash, which = choice.partition("-")
    if kind not in CHOICES.get(row["v"], ()):
        return False
    if row["v"] == "doubtful" and kind == SAME:
        return (which or "0") in map(str, range(len(row.get("who", ()))))
    return not which


def rows_of(run: Import, verdict: str, start: int, end: int) -> Iterator[tuple[int, int, Row]]:
    """The rows of one verdict from here to there: page, place on it, row; few pages are read."""
    index, wanted = VERDICTS.index(verdict), {}
    before = 0
    for number, counts in enumerate(run.counts.get("pages", [])):
        after = before + counts[index]
        if before < end and after > start and counts[index]:
            wanted[PEOPLE + number] = before
        before = after
    for page in run.pages.filter(number__in=wanted).order_by("number"):
        position = wanted[page.number]
        for at, row in enumerate(page.rows):
            if row["v"] == verdict:
                if start <= position < end:
                    yield page.number, at, row
                position += 1


def undecided(run: Import) -> int:
    """How many doubtful rows nobody has decided; they will be left out."""
    return max(0, run.counts.get("doubtful", 0) - run.settings.get("decided", 0))

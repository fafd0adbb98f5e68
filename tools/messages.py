"""Our texts and their German, without gettext's programs.

``--check``    name every text without German and every compiled catalogue that is behind its source
``--update``   add texts without an entry to the German catalogue, empty
``--compile``  write the compiled catalogues
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("mlmcrm", "events", "customers", "partners")
LOCALE = ROOT / "locale"
GERMAN = LOCALE / "de" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Language": "de",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# Which arguments a function takes before others: c context, s singular, p plural.
ARGUMENTS = {"gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}
SUFFIXES = ("", "_lazy", "_noop")
FUNCTIONS = {name + end: kind for name, kind in ARGUMENTS.items() for end in SUFFIXES}
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(?P<name>n?p?gettext|_)\(\s*(?P<texts>{LITERAL}(?:\s*,\s*{LITERAL})*)\s*[,)]"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


class Text(NamedTuple):
    """What a catalogue looks a translation up by."""

    context: str | None
    singular: str
    plural: str | None


def main() -> int:
    """Do what was asked, in an order in which it can all be asked at once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for flag in ("--update", "--compile", "--check"):
        parser.add_argument(flag, action="store_true")
    asked = parser.parse_args()
    texts = extract()
    if asked.update:
        update(texts)
    if asked.compile:
        for source in LOCALE.rglob("*.po"):
            source.with_suffix(".mo").write_bytes(polib.pofile(str(source)).to_binary())
    faults = [*untranslated(texts), *behind()] if asked.check else []
    print("\n".join(faults) or f"{len(texts)} texts, all with their German.")
    return bool(faults)


def extract() -> dict[Text, list[str]]:
    """Every text of ours with the places that use it."""
    found = defaultdict(list)
    for path in sources():
        reader = from_python if path.suffix == ".py" else from_template
        for text, line in reader(path.read_text()):
            found[text].append(f"{path.relative_to(ROOT)}:{line}")
    return dict(found)


def sources() -> Iterator[Path]:
    """The files that can hold texts."""
    for app in APPS:
        yield from sorted(
            path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
        )
    yield from sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())


def from_python(source: str) -> Iterator[tuple[Text, int]]:
    """Texts in calls of Django's functions, whatever name they were imported under."""
    tree = ast.parse(source)
    names = dict(FUNCTIONS)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {
                alias.asname: FUNCTIONS[alias.name]
                for alias in node.names
                if alias.asname and alias.name in FUNCTIONS
            }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        kind = names.get(getattr(node.func, "id", "") or getattr(node.func, "attr", ""), "")
        values = [
            str(part.value) for part in node.args[: len(kind)] if isinstance(part, ast.Constant)
        ]
        if values and len(values) == len(kind):
            yield text_of(kind, values), node.lineno


def from_template(source: str) -> Iterator[tuple[Text, int]]:
    """Texts in a template, which Django itself rewrites as calls for gettext's programs."""
    calls = templatize(source)
    for call in TEMPLATE_CALL.finditer(calls):
        kind = ARGUMENTS.get(call["name"], "s")
        values = ast.literal_eval(f"({call['texts']},)")
        yield text_of(kind, values), calls.count("\n", 0, call.start()) + 1


def text_of(kind: str, values: list[str]) -> Text:
    """Sort a call's texts by what they are."""
    given = dict(zip(kind, values, strict=True))
    return Text(given.get("c"), given["s"], given.get("p"))


def catalogue() -> polib.POFile:
    """The German catalogue, empty when there is none yet."""
    if GERMAN.exists():
        return polib.pofile(str(GERMAN), wrapwidth=100)
    file = polib.POFile(wrapwidth=100)
    file.metadata = HEADER
    return file


def update(texts: dict[Text, list[str]]) -> None:
    """Add what has no entry, and note which files use each text."""
    german = catalogue()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in german}
    for text, places in sorted(texts.items(), key=lambda item: item[1][0]):
        entry = entries.get((text.context, text.singular))
        if entry is None:
            entry = polib.POEntry(msgctxt=text.context, msgid=text.singular)
            german.append(entry)
            entries[text.context, text.singular] = entry
        if text.plural and not entry.msgid_plural:
            entry.msgid_plural = text.plural
            entry.msgstr_plural = {0: entry.msgstr, 1: ""}
            entry.msgstr = ""
        # Files without line numbers: moving a line is no change of the catalogue.
        entry.occurrences = [(file, "") for file in sorted({p.partition(":")[0] for p in places})]
    GERMAN.parent.mkdir(parents=True, exist_ok=True)
    german.save(str(GERMAN))


def untranslated(texts: dict[Text, list[str]]) -> Iterator[str]:
    """Texts without German, doubtful ones, and those that lose or invent a placeholder."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue()}
    for text, places in texts.items():
        entry = entries.get((text.context, text.singular))
        name = f"{places[0]}: {text.singular!r}" + (f" ({text.context})" if text.context else "")
        if entry is None:
            yield f"{name} has no entry."
            continue
        forms = list(entry.msgstr_plural.values()) if text.plural else []
        forms = forms or [entry.msgstr or entry.msgstr_plural.get(0, "")]
        if "fuzzy" in entry.flags or not all(forms):
            yield f"{name} has no German."
        elif text.plural and len(forms) != len("sp"):
            yield f"{name} has no German plural."
        elif strange := {part for form in forms for part in placeholders(form)} - placeholders(
            text.singular, text.plural
        ):
            yield f"{name} has no {', '.join(sorted(strange))} for its German to show."
        elif lost := placeholders(text.plural or text.singular) - placeholders(forms[-1]):
            yield f"{name}: its German leaves out {', '.join(sorted(lost))}."


def placeholders(*texts: str | None) -> set[str]:
    """The names that are filled in."""
    return {found for text in texts if text for found in PLACEHOLDER.findall(text)}


def behind() -> Iterator[str]:
    """Compiled catalogues that are not what their source compiles to."""
    for source in LOCALE.rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != polib.pofile(str(source)).to_binary():
            yield f"{compiled.relative_to(ROOT)} is behind its source: make messages"


if __name__ == "__main__":
    sys.exit(main())

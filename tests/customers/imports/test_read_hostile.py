"""Broken and hostile files cost what is broken in them, and never more."""

import gzip
import io
import time
import tracemalloc
import zipfile

import pytest

from customers.imports import reading
from customers.imports.reading.sniffing import LARGEST
from tests.customers.imports.reading_files import cards, codes, read

HEADER = "Vorname;Nachname;Notiz\n"


def refused(content: bytes) -> str:
    with pytest.raises(reading.Unreadable) as refusal:
        reading.sniff(content, "kontakte.csv")
    assert reading.sentence(refusal.value.problem)
    return refusal.value.code


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("kontakte.csv"), HEADER)  # without the time
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \n", "empty"),
        (b"\0\0\0\0", "empty"),
        (b";;;\n;;;\n", "empty"),
        (HEADER.encode(), "header-only"),
        (HEADER.encode("utf-16"), "header-only"),
        (HEADER.encode() + b";;\n", "header-only"),
        (zipped(), "zip"),
        (gzip.compress(b"Vorname;Nachname\n", mtime=0), "zip"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "pdf"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "program"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 40, "program"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image"),
        (b"GIF89a\x01\0\x01\0", "image"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "old-excel"),
        (b"<!DOCTYPE html><html><table><tr><td>Anna</table>", "web-page"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "web-page"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_list_is_refused_by_its_content(content, code):
    assert refused(content) == code


def test_a_file_that_is_too_large_is_refused():
    assert refused(b"a" * (LARGEST + 1)) == "too-large"


def test_a_row_with_too_many_or_too_few_columns_fails_alone():
    entries = read(HEADER + "Anna;A;x\nBerta;B\nCarla;C;x;y\nDora;D;x;;\n")

    assert [(entry.number, codes(entry.problems)) for entry in entries] == [
        (2, []),
        (3, ["columns"]),
        (4, ["columns"]),
        (5, []),
    ]
    assert entries[1].problems[0].params == {"expected": 3, "found": 2}
    assert entries[1].raw == ["Berta", "B"]


def test_a_forgotten_quotation_mark_costs_its_own_row():
    rows = "".join(f"P{at};Q;x\n" for at in range(400))
    entries = read(HEADER + 'Anna;"A;x\n' + rows)

    assert [entry.number for entry in entries if entry.problems] == [2]
    assert entries[0].problems == [reading.Problem("quote", {"line": 2})]
    assert entries[0].raw == ['Anna;"A;x']
    assert [entry.card.first_name for entry in entries[1:]] == [f"P{at}" for at in range(400)]


def test_two_forgotten_quotation_marks_swallow_nobody_between_them():
    entries = read(HEADER + 'Anna;"A;x\nBerta;B;x\nCarla;"C;x\nDora;D;x\n')

    assert [entry.number for entry in entries if entry.problems] == [2, 4]
    assert [entry.card.name for entry in entries if entry.card] == ["Berta B", "Dora D"]


def test_a_note_may_have_lines_but_not_endless_ones():
    twenty, endless = "\n".join("x" * 21), "\n".join("x" * 22)
    entries = read(f'{HEADER}Anna;A;"{twenty}"\nBerta;B;"{endless}"\nCarla;C;\n')

    assert entries[0].card.note == twenty
    assert entries[1].problems == [reading.Problem("quote", {"line": 23})]
    assert entries[-1].card.name == "Carla C"


def test_quotation_marks_in_the_middle_are_text():
    (anna,) = cards(HEADER + 'Anna;A;sagt "ja" und "nein"\n')

    assert anna["note"] == 'sagt "ja" und "nein"'


def test_a_field_longer_than_any_is_a_failed_row():
    entries = read(HEADER + f"Anna;A;{'x' * 200_000}\nBerta;B;\n")

    assert codes(entries[0].problems) == ["line-too-long"]
    assert entries[1].card.name == "Berta B"


def test_nul_is_removed_with_a_remark():
    (anna,) = read(HEADER + "An\0na;A;x\0y\n")

    assert (anna.card.first_name, anna.card.note) == ("Anna", "xy")
    assert codes(anna.notes) == ["nul"]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(1)", "+49 151 1", "-1", "=1\t2"])
def test_formulas_are_text_and_an_apostrophe_before_them_is_undone(text):
    row = f'Anna;A;"{text}"\nBerta;B;"\'{text}"\n'

    assert [one["note"] for one in cards(HEADER + row)] == [text.replace("\t", "\t")] * 2


def test_characters_that_turn_a_line_around_are_stripped():
    (anna,) = cards(HEADER + "An\u202ena;Mu\u0308ller;\n")

    assert (anna["first_name"], anna["last_name"]) == ("Anna", "Müller")


def test_a_name_that_is_too_long_fails_and_other_text_moves_to_the_note():
    header = "Vorname;Firma;Stadt;E-Mail;Telefon;Gruppen\n"
    long = "x" * 130
    mail = f"{'m' * 250}@example.org"
    entries = read(f"{header}{long};;;;;\nAnna;{long};{long};{mail};{'1' * 61};{'t' * 41}\n")

    assert entries[0].problems == [
        reading.Problem("too-long", {"field": "first_name", "limit": 100})
    ]
    assert entries[1].problems == []
    assert {"company", "address", "phone", "tags"} <= {
        note.params.get("field") for note in entries[1].notes
    }
    kept = entries[1].card.note
    assert all(said in kept for said in (long, "1" * 61, "t" * 41, mail))


def test_a_note_that_is_too_long_is_not_cut():
    (anna,) = read(HEADER + f"Anna;A;{'x' * 5001}\n")

    assert anna.problems == [reading.Problem("too-long", {"field": "note", "limit": 5000})]


def test_memory_stays_flat_however_long_the_file_is():
    row = "Anna;Müller;trinkt Tee\n".encode()
    content = HEADER.encode() + row * 100_000
    found = reading.sniff(content, "x")
    page = reading.pages(content, found.settings, None)
    tracemalloc.start()
    for _slice in range(5):
        page = reading.pages(memoryview(content), found.settings, page.position)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert page.entries[-1].number == 1 + 6 * 500
    assert peak < 4 << 20


def test_many_open_quotation_marks_do_not_take_forever():
    content = HEADER + 'Anna;"A;x\n' * 5000
    started = time.process_time()

    assert len(read(content)) == 5000
    assert time.process_time() - started < 20

"""vCards as they are met: broken, nested, folded, quoted, with pictures."""

import time

import pytest

from customers.imports import reading
from tests.customers.imports.reading_files import card, cards, codes, read


def vcard(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_one_broken_card_among_500_costs_one():
    everyone = [vcard(f"N:Nr;Anna{at};;;", f"FN:Anna{at} Nr") for at in range(500)]
    everyone[250] = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nr;Zoe\r\ngarbage without a colon\r\nEND:VCARD\r\n"
    )
    entries = read("".join(everyone))

    assert [entry.number for entry in entries if entry.problems] == [251]
    assert codes(entries[250].problems) == ["card-line"]
    assert "garbage" in entries[250].raw
    assert len([entry for entry in entries if entry.card]) == 499


def test_a_card_that_does_not_end_leaves_the_next_one_alone():
    content = "BEGIN:VCARD\r\nFN:Anna\r\n" + vcard("FN:Berta Klein")
    first, second = read(content)

    assert first.problems == [reading.Problem("no-end", {"line": 1})]
    assert second.card.name == "Berta Klein"


def test_a_file_that_breaks_off_says_so():
    assert codes(read(vcard("FN:Anna") + "BEGIN:VCARD\nFN:Ber")[1].problems) == ["no-end"]


@pytest.mark.parametrize("inner", ["", "FN:a\n"])
def test_nesting_without_end_is_refused_without_falling_over(inner):
    entries = read(f"BEGIN:VCARD\n{inner}" * 5000 + "END:VCARD\n" * 5000 + vcard("FN:Berta"))

    assert entries[-1].card.first_name == "Berta"
    assert all(entry.problems for entry in entries[:-2])


def test_a_card_within_a_card_is_passed_over():
    agent = ["AGENT:", "BEGIN:VCARD", "FN:Susi", "TEL:1", "END:VCARD"]

    assert card(vcard("FN:Anna", *agent, "NOTE:x")) == {"first_name": "Anna", "note": "x"}


def test_a_huge_photo_is_dropped_with_a_remark_and_no_memory_kept():
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["A" * 74] * 270_000)
    started = time.process_time()
    (anna,) = read(vcard("FN:Anna", photo, "NOTE:nach dem Bild"))

    assert (anna.card.note, codes(anna.notes)) == ("nach dem Bild", ["photo"])
    assert len(anna.raw) < 100
    assert time.process_time() - started < 10


def test_a_card_with_megabytes_of_text_is_refused():
    assert codes(read(vcard("FN:Anna", "NOTE:" + "x" * 300_000))[0].problems) == ["card-too-large"]


def test_quoted_printable_with_soft_breaks_and_any_charset():
    content = vcard(
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BC=",
        "ller;J=C3=B6rg",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=FC=DFe=0D=0A=",
        " aus=20Fulda",
        version="2.1",
    )

    assert card(content) == {
        "first_name": "Jörg",
        "last_name": "Müller",
        "note": "Grüße\naus Fulda",
    }


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ('TEL;type="voice,cell":0170 1', {"typed": "0170 1", "kind": "mobile"}),
        ('TEL;TYPE=work;X-A="a:b;c":0661 1', {"typed": "0661 1", "kind": "work"}),
        ("tel;type=home;type=pref:06 1", {"typed": "06 1", "kind": "home", "is_preferred": True}),
        ("TEL;CELL;VOICE:0170 1", {"typed": "0170 1", "kind": "mobile"}),
        ("TEL;VALUE=uri;TYPE=cell:tel:+49-170-1", {"typed": "+49-170-1", "kind": "mobile"}),
        ("TEL:0170 1", {"typed": "0170 1", "kind": "mobile"}),
        ("TEL:0661 1", {"typed": "0661 1", "kind": "home"}),
        ("TEL;FAX;WORK:0661 1", {"typed": "0661 1", "kind": "work", "label": "Fax"}),
    ],
)
def test_a_number_with_the_kinds_that_programs_write(line, phone):
    assert card(vcard("FN:Anna", line))["phones"] == [phone]


@pytest.mark.parametrize(
    ("line", "born"),
    [
        ("BDAY:1980-04-12", (12, 4, 1980)),
        ("BDAY:19800412", (12, 4, 1980)),
        ("BDAY;VALUE=date:1980-04-12", (12, 4, 1980)),
        ("BDAY:1980-04-12T00:00:00Z", (12, 4, 1980)),
        ("BDAY:--0412", (12, 4, None)),
        ("BDAY:--04-12", (12, 4, None)),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", (12, 4, None)),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-02-28", (28, 2, None)),
        ("BDAY:1604-02-29", (29, 2, None)),
    ],
)
def test_a_birthday_with_and_without_year(line, born):
    (anna,) = read(vcard("FN:Anna", line))

    assert (anna.card.birth_day, anna.card.birth_month, anna.card.birth_year) == born


def test_a_folded_line_goes_on_and_blank_lines_say_nothing():
    assert card(vcard("FN:An", " na", "", "NOTE:a\\, b\\nc\\;d")) == {
        "first_name": "Anna",
        "note": "a, b\nc;d",
    }


def test_old_letters_are_read():
    content = vcard("N:Groß;Jürgen").encode("cp1252")

    assert card(content) == {"first_name": "Jürgen", "last_name": "Groß"}


def test_a_card_without_a_name_fails():
    assert codes(read(vcard("NOTE:somebody"))[0].problems) == ["no-name"]


@pytest.mark.parametrize(
    ("line", "name"),
    [("TEL:0661 1", "0661 1"), ("EMAIL:john.doe@example.org", "john.doe@example.org")],
)
def test_an_address_or_number_stands_for_a_missing_name(line, name):
    (entry,) = read(vcard(line))

    assert entry.card.first_name == name
    assert codes(entry.notes) == ["way-as-name"]


@pytest.mark.usefixtures("in_english")
def test_what_we_do_not_know_stays_in_the_note():
    (anna,) = read(vcard("FN:Anna", "item1.X-FOO:bar", "item1.X-ABLabel:Lieblingstee", "X-BAR:z"))

    assert anna.card.note == "Lieblingstee: bar\nBar: z"
    assert codes(anna.notes) == ["kept", "kept"]


def test_reading_goes_on_behind_any_card():
    content = "".join(vcard(f"FN:Anna{at}", f"NOTE:{'ü' * at}") for at in range(50)).encode()
    found = reading.sniff(content, "x")
    whole = cards(content)
    position, seen = None, []
    for _slice in range(10):
        page = reading.pages(memoryview(content), found.settings, position, 5)
        seen += [entry.card.as_json() for entry in page.entries]
        position = page.position

    assert (found.rows, page.is_last, seen) == (50, True, whole)


def test_a_soft_break_before_an_empty_line_ends_the_value():
    content = vcard("N;ENCODING=QUOTED-PRINTABLE:;J=C3=B6rg=", "", "NOTE:x", version="2.1")

    assert card(content) == {"first_name": "Jörg", "note": "x"}

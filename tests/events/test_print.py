"""What of an evening goes on paper: guest list, checklist, invitations."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from qrcode.main import QRCode

from events import links, paper, print_cards
from events.models import EventGuest
from tests.event_factories import EventFactory, EventGuestFactory, EventStepFactory
from tests.factories import CustomerFactory
from tests.harness.queries import costs

CARDS = "print-invitations"


@pytest.fixture
def evening(anna):
    host = CustomerFactory.create(partner=anna, first_name="Petra")
    return EventFactory.create(host=host, title="Herbstabend", city="Fulda", street="Lindenweg 4")


def guest(evening, name: str, **more) -> EventGuest:
    said = {"customer__first_name": name, "customer__last_name": "", "customer__rank": "A"}
    return EventGuestFactory.create(event=evening, **said, **more)


@pytest.fixture
def drawn(monkeypatch) -> tuple[list[str], list[str]]:
    """What stands on the paper, and where its squares lead."""
    texts: list[str] = []
    codes: list[str] = []
    monkeypatch.setattr(paper.Paper, "line_of", lambda *args, **_more: texts.append(args[3]))
    monkeypatch.setattr(paper.Paper, "qr", lambda *args: codes.append(args[-1]))
    return texts, codes


def test_the_guest_list_holds_who_may_come_and_nothing_a_guest_must_not_read(as_anna, evening):
    guest(evening, "Ida", answer="yes", companions=2, message="Geheim")
    guest(evening, "Jana")
    guest(evening, "Karla", answer="no")

    page = as_anna.get(reverse("print-guests", args=[evening.pk])).content.decode()

    assert "3 Plätze" in page
    assert "+2" in page
    assert "Ida" in page
    assert "Jana" in page
    assert "Karla" not in page
    assert "Geheim" not in page


def test_the_checklist_shows_what_is_done(as_anna, evening):
    EventStepFactory.create(event=evening, text="Kerzen kaufen", done_at=evening.starts_at)
    EventStepFactory.create(event=evening, text="Petra anrufen", part="coaching")

    page = as_anna.get(reverse("print-checklist", args=[evening.pk])).content.decode()

    assert page.count("✓") == 1
    assert page.index("Petra anrufen") < page.index("Kerzen kaufen")


def test_an_invitation_has_a_square_of_its_own_and_not_the_street(as_anna, evening, drawn):
    texts, codes = drawn
    ida, jana = guest(evening, "Ida"), guest(evening, "Jana")
    address = reverse(CARDS, args=[evening.pk])

    response = as_anna.post(address, {"guests": [ida.pk], "blank": "2", "note": "on"})

    assert response.content.startswith(b"%PDF")
    assert codes == [links.of_guest(ida), *[links.of_event(evening)] * 2]
    assert "Für Ida" in texts
    assert not [text for text in texts if "Lindenweg" in text]
    ida.refresh_from_db()
    jana.refresh_from_db()
    assert (ida.invited_how, jana.invited_at) == ("card", None)


def test_an_invitation_says_du_or_sie(as_anna, evening, drawn):
    evening.formality = "du"
    evening.save()
    address = reverse(CARDS, args=[evening.pk])

    as_anna.post(address, {"blank": "1"})

    assert "Petra lädt dich ein" in drawn[0]
    evening.formality = "sie"
    assert print_cards.invites(evening, "") == "Petra lädt Sie ein"


def test_who_is_asked_must_be_a_guest_of_this_evening(as_anna, evening, boris):
    stranger = EventGuestFactory.create(event__host__partner=boris)

    response = as_anna.post(reverse(CARDS, args=[evening.pk]), {"guests": [stranger.pk]})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_where_nobody_may_sign_up_there_are_no_cards_without_a_name(as_anna, evening):
    evening.is_open = False
    evening.save()

    page = as_anna.post(reverse(CARDS, args=[evening.pk]), {"blank": "4"})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert b"Karten ohne Namen" not in page.content


def test_a_cancelled_evening_prints_no_invitations(as_anna, evening, drawn):
    evening.state = "cancelled"
    evening.save()

    page = as_anna.post(reverse(CARDS, args=[evening.pk]), {"blank": "4"})

    assert page.headers["Content-Type"].startswith("text/html")
    assert drawn == ([], [])


@pytest.mark.parametrize("name", ["print-guests", "print-checklist", CARDS])
@pytest.mark.parametrize("how_many", [1, 3])
def test_paper_costs_the_same_for_one_guest_as_for_many(as_anna, evening, name, how_many):
    for number in range(how_many):
        guest(evening, f"G{number}")
        EventStepFactory.create(event=evening)
    as_anna.get(reverse(name, args=[evening.pk]))

    with costs(5):
        as_anna.get(reverse(name, args=[evening.pk]))


def test_a_long_name_becomes_smaller_and_then_is_cut():
    sheet = paper.Paper("Karten")
    sheet.add_page()
    written: list[str] = []
    sheet.written = lambda *args, **_more: written.append(args[2])  # type: ignore[method-assign]

    sheet.line_of((10, 10), 40, "Ida", 12)
    sheet.line_of((10, 10), 40, "Wilhelmine-Charlotte von Hohenstein-Ammersleben zu Fulda", 12)

    assert written[0] == "Ida"
    assert written[1].endswith("…")
    assert sheet.get_string_width(written[1]) <= 40.1
    sheet.output()  # which closes the font


def test_black_squares_beside_one_another_are_drawn_at_once():
    code = QRCode(border=0)
    code.add_data("https://kreis.example/i/abc")
    for row in code.get_matrix():
        cells = [False] * len(row)
        for start, length in paper.runs(row):
            cells[start : start + length] = [True] * length
        assert cells == row


def test_a_long_title_stands_in_several_lines_and_the_words_get_the_room_there_is(evening):
    sheet = paper.Paper("Karten")
    sheet.add_page()
    written: list[str] = []
    sheet.written = lambda *args, **_more: written.append(args[2])  # type: ignore[method-assign]
    evening.title = "Großer Herbst- und Adventsabend mit Duftreise, Handpflege und Verlosung"
    evening.invitation_text = "Es wird ein richtig gemütlicher Abend bei Kerzenlicht. " * 9

    print_cards.draw(sheet, (0, 0), evening, print_cards.Invitation("", "https://x.de/"), "Anna")

    sheet.output()  # closes the file of the font
    said = " ".join(written)
    assert evening.title in said
    assert evening.invitation_text.strip() in said
    assert "…" not in said


def test_the_heads_of_a_list_stand_in_its_table_and_so_on_every_page(as_anna, evening):
    guest(evening, "Ida", answer="yes")
    EventStepFactory.create(event=evening)

    for name, words in (("print-guests", "Zugesagt · 1 Platz"), ("print-checklist", "Rahmen")):
        page = as_anna.get(reverse(name, args=[evening.pk])).content.decode()
        head = page.partition('<thead class="paper-columns">')[2].partition("</thead>")[0]
        assert words in head

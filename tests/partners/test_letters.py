"""Letters: each element carries its style, as if every mail had been gone through by itself."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from partners import letters

FRAMES = {"base", "_imprint"}
LINES = [("https://x.example.org/f/1/", "Clara C.", "Call · 10:00"), ("/f/2/", "<b>Ö'N & Co", "")]
ODD = "{{ subject }} {% if %} sealed-7b7d- <!-- & \xa0"


class Thing:
    """Answers to any name with words."""

    greeting = day_spoken = ODD
    more = 3


IMPRINT = dict.fromkeys(("who", "address", "phone", "email", "website", "vat_id"), ODD)

CONTEXTS: dict[str, Any] = {
    "account": [
        {"subject": ODD, "name": "Anna", "link": "/x?a=1&b=2", "text": {"paragraphs": ["One", ODD]}},
        {"subject": "Hello", "text": {"paragraphs": []}},
    ],
    "digest": [
        {"digest": Thing(), "first_names": ODD, "groups": [("Promised", LINES), (ODD, LINES[:1])]},
        {"digest": {"greeting": "Hello"}, "groups": []},
    ],
    "opt_in": [
        {"greeting": ODD, "words": ODD, "confirm_url": "/p/1/", "imprint": IMPRINT},
        {"greeting": "Hello", "is_formal": True, "name": ODD, "imprint": {}},
    ],
    "personal": [
        {"paragraphs": [ODD, "<b>\nB"], "signature": "A\nB", "preferences_url": "/", "imprint": IMPRINT},
    ],
    "event_guest": [
        {"subject": ODD, "title": ODD, "when": ODD, "where": ODD, "was": {"when": ODD, "where": ODD}},
        {
            "subject": "Hello", "paragraphs": ["One", ODD], "is_off": True, "was": {}, "after": ODD,
            "button": ODD, "link": "/i/1/", "why": ODD, "unsubscribe": "/p/1/", "imprint": IMPRINT,
        },
    ],
    "event_host": [
        {"subject": ODD, "guests": [("<b>Ida", ODD), ("Ö", "")], "link": "/h/1/", "where": ODD},
        {"subject": "Hello", "guests": [], "total": ODD, "imprint": {}},
    ],
    "follow_up": [
        {"greeting": ODD, "when": "At 15:00", "deed": ODD, "personal_url": "/f/1/"},
    ],
}  # fmt: skip


class Reader(HTMLParser):
    """What a reader's program sees: elements with their attributes, and words."""

    def __init__(self, html: str):
        super().__init__()
        self.seen: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.seen.append(f"/{tag}")

    def handle_comment(self, data):
        self.seen.append(("comment", data))

    def handle_data(self, data):
        if words := data.split():
            self.seen.append(words)


def names() -> list[str]:
    found = (Path(settings.BASE_DIR) / "templates" / "mail").glob("*.html")
    return sorted({path.stem for path in found} - FRAMES)


class Single:
    """A template that lets each mail be gone through by itself."""

    def __init__(self, name: str):
        self.template = get_template(name)

    def render(self, context) -> str:
        return letters.INLINER.inline(self.template.render(context).strip())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", names())
def test_styles_sit_where_they_would_in_each_single_mail(name, language, monkeypatch):
    def read() -> list[list[object]]:
        with translation.override(language):
            mails = [letters.compose(name, context, to="") for context in CONTEXTS[name]]
        return [Reader(mail.html).seen for mail in mails]

    once = read()
    monkeypatch.setattr(letters, "styled", Single)

    assert once == read()


@pytest.mark.parametrize("name", names())
def test_a_letter_needs_no_style_sheet_but_for_the_dark(name):
    html = letters.compose(name, CONTEXTS[name][0], to="anna@example.org").html

    head, body = html.split("</head>")
    assert head.count("<style>") == 1
    assert head.partition("<style>")[2].lstrip().startswith("@media (prefers-color-scheme: dark)")
    assert '<div class="frame" style="' in body
    assert max(map(len, html.splitlines())) < 998  # longer lines would not travel as they are

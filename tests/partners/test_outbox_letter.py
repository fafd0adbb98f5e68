"""The bytes of a mail say what Django's own message says."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from partners import outbox
from partners.outbox.letter import as_email, as_letter
from tests.partners.post import Letter, registered, wrote

TEXTS = [
    "short",
    "Grüße, 10 €, 🎉, שלום\n",
    ".\n..two\n.\n",
    "\r\nbare\rreturns\r\nand\nnewlines\n\n",
    "ö" * 600 + "\nand more\n",
    "",
    "--=border\n--\n",
    "trailing space \n\ttab\n",
]


@pytest.fixture
def row(anna, monkeypatch):
    registered(monkeypatch, Letter())
    return wrote(anna.user)


def read(content: bytes) -> EmailMessage:
    """As the server hands it on: the final dot gone, doubled dots single again."""
    assert content.endswith(b"\r\n.\r\n")
    lines = content.removesuffix(b".\r\n").split(b"\r\n")
    plain = b"\r\n".join(line.removeprefix(b".") for line in lines)
    return message_from_bytes(plain, policy=policy.default)


def words(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("html", ["", "<p>Grüße</p>\n.dot\n" + "x" * 1200])
def test_text_and_page_arrive_as_they_were(row, text, html):
    mail = outbox.Mail(to="clara@example.org", subject="Heute: 3", text=text, html=html)

    read_again = read(as_letter(mail, row).content)

    plain = read_again.get_body(("plain",))
    assert plain is not None
    assert words(plain.get_content()) == words(text)
    page = read_again.get_body(("html",))
    assert (words(page.get_content()) if page else [""]) == words(html)


@pytest.mark.parametrize(
    "subject", ["Heute", "Heute: 3 Wiedervorlagen, Müller & Söhne " + "ä" * 90]
)
def test_the_headers_are_those_of_django(row, subject):
    mail = outbox.Mail(
        to="clara@bücher.example",
        subject=subject,
        text="",
        sender_name="Jürgen über Kundenkreis",
        reply_to="juergen@example.org",
        headers={"List-Unsubscribe": f"<https://crm.example/p/{'x' * 120}/>"},
    )

    ours = read(as_letter(mail, row).content)
    theirs = message_from_bytes(as_email(mail, row).message().as_bytes(), policy=policy.default)

    shape = {"Content-Type", "Content-Transfer-Encoding", "Date"}
    assert {name: value for name, value in ours.items() if name not in shape} == {
        name: value.strip() for name, value in theirs.items() if name not in shape
    }
    assert ours["Date"]
    assert not ours.defects


def test_no_line_is_too_long_to_travel(row):
    mail = outbox.Mail(to="a@example.org", subject="ü" * 400, text="x" * 5000, html="y" * 5000)

    content = as_letter(mail, row).content

    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("field", ["to", "subject", "sender_name", "reply_to"])
def test_no_header_can_be_smuggled_in(row, field):
    fields = {"to": "a@example.org", "subject": "s", "text": "t"}
    fields[field] = f"{fields.get(field, 'b@example.org')}\r\nBcc: evil@example.org"
    try:
        content = as_letter(outbox.Mail(**fields), row).content
    except ValueError:
        return
    assert read(content)["Bcc"] is None


def test_an_entry_for_the_calendar_is_read_by_mail_programs_and_can_be_opened_as_a_file(row):
    content = "BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"
    entry = outbox.Entry("termin.ics", content, "REQUEST")
    mail = outbox.Mail(to="a@example.org", subject="s", text="t", html="<p>h</p>", entries=(entry,))

    read_again = read(as_letter(mail, row).content)

    both, file = read_again.iter_parts()
    plain, page, calendar = both.iter_parts()
    assert [
        part.get_content_type() for part in (read_again, both, plain, page, calendar, file)
    ] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert words(calendar.get_content()) == words(content)
    assert file.get_filename() == "termin.ics"
    assert file.get_content() == content.encode()
    kept = message_from_bytes(as_email(mail, row).message().as_bytes(), policy=policy.default)
    assert [part.get_content_type() for part in kept.walk() if not part.is_multipart()] == [
        part.get_content_type() for part in (plain, page, calendar, file)
    ]

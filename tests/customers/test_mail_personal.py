"""A partner's mail to one person: it leaves when it may, waits when it must, and can be stopped."""

import datetime as dt

import pytest
from django.urls import reverse

from customers.models import PersonalMail
from customers.reminders import personal
from partners import changes, outbox, profile
from partners.models import OutboxMessage, Profile
from tests.customers.mails import (
    State,
    deliver,
    fate,
    link_for,
    person,
    says_no,
    says_yes,
    with_imprint,
    written,
)
from tests.factories import AddressFactory, CustomerFactory

pytestmark = pytest.mark.usefixtures("clock")
AT_NIGHT = dt.timedelta(hours=9)  # from noon


@pytest.fixture
def clara(anna):
    return person(with_imprint(anna))


def write_url(customer) -> str:
    return reverse("mail-write", args=[customer.pk])


def typed(**more) -> dict:
    return {"subject": "The lavender is back", "text": "Dear Clara,\n\nit is."} | more


# --- from the page to the mailbox ----------------------------------------------------------------


def test_a_mail_leaves_at_once_to_whom_said_yes(as_anna, clara, mailoutbox):
    says_yes(clara)

    response = as_anna.post(write_url(clara), typed())
    assert response.headers["Location"] == clara.get_absolute_url()
    assert deliver() == 1

    [mail] = mailoutbox
    assert "Auto-Submitted" not in mail.extra_headers  # a person wrote it
    assert mail.to == ["Clara@example.net"]
    assert (mail.subject, mail.reply_to) == ("The lavender is back", ["anna@example.org"])
    assert mail.from_email.startswith("Anna Berger <")
    assert "it is." in mail.body
    for words in ("Anna Berger", "Lindenweg 4", "36037 Fulda", "0661 900090"):
        assert words in mail.body
    link = link_for(mail)
    assert mail.extra_headers["List-Unsubscribe"] == f"<http://testserver{link}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_row_says_neither_address_nor_words(clara, mailoutbox):
    says_yes(clara)
    mail = written(clara)
    deliver()

    row = personal.message_of(mail.partner, mail)

    kept = " ".join(
        str(value) for value in OutboxMessage.objects.filter(pk=row.pk).values()[0].values()
    )
    assert "example.net" not in kept.lower()
    assert "lavender" not in kept
    assert (row.recipient_type, row.recipient_id) == ("person", str(clara.pk))


def test_the_same_form_sent_twice_sends_once(as_anna, clara, mailoutbox):
    says_yes(clara)
    form = as_anna.get(write_url(clara)).context["form"]
    data = typed(row_id=str(form["row_id"].value()))

    for _time in range(2):
        assert as_anna.post(write_url(clara), data).status_code == 302
    deliver()

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("missing", ["subject", "text"])
def test_an_empty_mail_is_no_mail(as_anna, clara, missing):
    says_yes(clara)

    response = as_anna.post(write_url(clara), typed(**{missing: " "}))

    assert response.status_code == 422
    assert not PersonalMail.unscoped.exists()


def test_whoever_has_no_address_is_offered_one(as_anna, anna):
    page = as_anna.get(write_url(CustomerFactory.create(partner=anna))).content.decode()

    assert "Noch ist keine E-Mail-Adresse da." in page
    assert "<textarea" not in page


# --- not allowed ---------------------------------------------------------------------------------


def test_a_mail_to_somebody_who_said_nothing_is_refused_with_its_reason(as_anna, clara):
    page = as_anna.get(write_url(clara))
    response = as_anna.post(write_url(clara), typed())

    assert page.context["looks"].decision.code == "no-consent"
    assert "<textarea" not in page.content.decode()
    assert str(page.context["looks"].decision.reason) in page.content.decode()
    assert not PersonalMail.unscoped.exists()
    assert "mailto:Clara@example.net?subject=The%20lavender" in response.content.decode()


def test_who_said_no_is_not_even_asked(as_anna, clara):
    says_no(clara)

    looks = as_anna.get(write_url(clara)).context["looks"]

    assert (looks.is_welcome, looks.may_be_asked) == (False, False)


def test_a_no_after_writing_keeps_the_mail_here_and_says_so(as_anna, clara, mailoutbox):
    says_yes(clara)
    mail = written(clara)
    says_no(clara)

    assert deliver() == 0

    assert fate(mail) == (State.CANCELLED, "not-allowed")
    page = as_anna.get("/messages/").content.decode()
    assert "nicht gesendet" in page
    assert "Clara" in page
    assert reverse("mail-detail", args=[mail.pk]) in page


def test_a_no_between_claim_and_hand_over_wins(clara, mailoutbox, monkeypatch):
    says_yes(clara)
    mail = written(clara)
    render = personal.render

    def meanwhile(*args):
        says_no(clara)
        return render(*args)

    monkeypatch.setitem(
        outbox.kinds,
        personal.PERSONAL,
        outbox.Kind(**vars(outbox.kinds[personal.PERSONAL]) | {"render": meanwhile}),
    )

    assert deliver() == 0
    assert (fate(mail)[0], mailoutbox) == (State.PENDING, [])
    assert personal.message_of(mail.partner, mail).handoff_at is None
    assert deliver() == 0
    assert fate(mail) == (State.CANCELLED, "not-allowed")


def test_a_yes_for_another_address_is_no_yes_for_this_one(clara, mailoutbox):
    says_yes(clara, point="other@example.net")
    mail = written(clara)

    assert deliver() == 0

    assert fate(mail) == (State.CANCELLED, "not-allowed")


# --- not now -------------------------------------------------------------------------------------


def test_at_night_it_waits_for_the_morning(as_anna, clara, mailoutbox, clock):
    says_yes(clara)
    clock.shift(AT_NIGHT)
    page = as_anna.get(write_url(clara)).content.decode()
    as_anna.post(write_url(clara), typed())

    assert "morgen, 08:00" in page
    assert deliver() == 0
    mail = PersonalMail.unscoped.get()
    assert fate(mail) == (State.PENDING, "quiet")
    assert "morgen, 08:00" in as_anna.get("/messages/").content.decode()

    clock.shift(dt.timedelta(hours=12))
    assert deliver() == 1


def test_a_second_mail_waits_a_fortnight(clara, mailoutbox, clock):
    says_yes(clara)
    AddressFactory.create(customer=clara, postcode="36037")
    first, second = written(clara), written(clara, "Once more")

    assert deliver() == 1
    assert deliver() == 0
    assert [fate(mail) for mail in (first, second)] == [
        (State.SENT, ""),
        (State.PENDING, "too-often"),
    ]

    clock.shift(dt.timedelta(days=13))
    assert deliver() == 0
    clock.shift(dt.timedelta(days=1))
    assert deliver() == 1


def test_without_imprint_it_waits_and_leaves_as_soon_as_it_is_there(as_anna, anna, mailoutbox):
    clara = person(anna)
    says_yes(clara)
    response = as_anna.post(write_url(clara), typed())

    assert response.headers["Location"].startswith(reverse("imprint-next"))
    assert deliver() == 0
    mail = PersonalMail.unscoped.get()
    assert fate(mail) == (State.PENDING, "no-imprint")
    message = personal.message_of(anna, mail)
    assert (message.attempts, message.expires_at) == (0, None)

    mine = Profile(name="Anna", street="Weg 1", postcode="1", city="F", phone="1", email="a@b.de")
    changes.create(changes.Act(anna, anna.user, "profile"), mine)
    assert profile.of(anna).is_complete
    assert deliver() == 1


def test_it_waits_for_the_imprint_for_months_and_is_not_given_up(anna, mailoutbox, clock):
    clara = person(anna)
    says_yes(clara)
    mail = written(clara)

    for _month in range(3):
        assert deliver() == 0
        clock.shift(dt.timedelta(days=30))

    assert fate(mail) == (State.PENDING, "no-imprint")

"""Invitations and thanks leave by mail to whom the law allows; the page names the others."""

import datetime as dt

import pytest
from django.urls import reverse

from events.models import Event, EventGuest
from partners.undo import undo
from tests.customers.mails import link_for, says_no, says_yes, with_imprint
from tests.events.mails import State, evening, guest, round_, rows, to
from tests.harness.queries import costs

Answer, Presence = EventGuest.Answer, EventGuest.Presence
INVITATION = "event-invitation"


@pytest.fixture
def party(anna, clock):
    anna.digest_on = False
    anna.save()
    return evening(with_imprint(anna))


@pytest.fixture
def ida(party):
    ida = guest(party, "Ida")
    says_yes(ida.customer)
    return ida


def choose(event, what: str = "invite") -> str:
    return reverse("event-mail-choose", args=[event.pk, what])


def test_an_invitation_reaches_who_said_yes_to_mails(as_anna, party, ida, mailoutbox):
    as_anna.post(choose(party), {"guest": [str(ida.pk)]})

    assert round_() == 1
    [mail] = to(mailoutbox, "Ida")
    assert mail.subject == "Petra lädt dich ein: Herbstabend"
    assert link_for(mail, "/i/")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Anna Berger" in mail.body
    ida.refresh_from_db()
    assert (bool(ida.invited_at), ida.invited_how) == (True, "mail")
    assert Event.unscoped.get().state == Event.State.INVITING


def test_who_said_no_or_nothing_stands_there_with_the_reason_and_gets_no_mail(
    as_anna, party, ida, mailoutbox
):
    lea, mia = guest(party, "Lea"), guest(party, "Mia")
    says_no(lea.customer)

    page = as_anna.get(choose(party))
    as_anna.post(choose(party), {"guest": [str(row.pk) for row in (lea, mia)]})

    assert [reach.guest for reach in page.context["welcome"]] == [ida]
    assert {reach.guest for reach in page.context["others"]} == {lea, mia}
    assert reverse("guest-share", args=[lea.pk]) in page.content.decode()
    assert (round_(), mailoutbox) == (0, [])


def test_who_unsubscribes_after_the_tap_gets_none_and_the_outbox_says_so(
    as_anna, party, ida, mailoutbox
):
    as_anna.post(choose(party), {"guest": [str(ida.pk)]})
    says_no(ida.customer)

    assert round_() == 0
    assert rows(INVITATION) == [(State.CANCELLED, "not-allowed")]
    assert "Ida" in as_anna.get("/messages/").content.decode()


def test_at_night_it_waits_and_whoever_answers_meanwhile_needs_none(
    as_anna, party, ida, mailoutbox, clock
):
    clock.shift(dt.timedelta(hours=9))
    as_anna.post(choose(party), {"guest": [str(ida.pk)]})
    assert (round_(), rows(INVITATION)) == (0, [(State.PENDING, "quiet")])

    EventGuest.unscoped.update(answer=Answer.YES)
    clock.shift(dt.timedelta(hours=12))
    assert (round_(), rows(INVITATION)) == (0, [(State.CANCELLED, "unwanted")])


def test_taken_back_before_it_left_it_never_will(as_anna, anna, party, ida, mailoutbox):
    as_anna.post(choose(party), {"guest": [str(ida.pk)]})
    act = anna.changes.filter(act="event-invite").first()
    undo(anna, act.act_id, anna.user)

    assert (round_(), rows(INVITATION)) == (0, [(State.CANCELLED, "unwanted")])


def test_a_second_tap_invites_nobody_twice(as_anna, party, ida, mailoutbox):
    for _tap in range(2):
        as_anna.post(choose(party), {"guest": [str(ida.pk)]})
    assert round_() == 1


def test_the_example_is_the_mail_and_its_link_leads_nowhere(as_anna, client, party, ida):
    page = as_anna.get(reverse("event-mail-example", args=[party.pk, "invite"])).content.decode()

    assert "Petra lädt dich ein" in page
    link = page.partition("/i/")[2].partition("/")[0]
    assert client.get(f"/i/{link}/").status_code == 404


def test_thanks_go_once_to_those_who_came(as_anna, party, ida, mailoutbox, clock):
    lea = guest(party, "Lea", presence=Presence.NO_SHOW)
    says_yes(lea.customer)
    EventGuest.unscoped.filter(pk=ida.pk).update(presence=Presence.ATTENDED)
    clock.shift(dt.timedelta(days=4))

    for _tap in range(2):
        as_anna.post(choose(party, "thank"), {"guest": [str(ida.pk), str(lea.pk)]})

    assert round_() == 1
    assert to(mailoutbox, "Ida")[0].subject == "Danke, dass du da warst: Herbstabend"


def test_the_page_shows_what_left_and_what_will_at_a_constant_price(as_anna, party, ida):
    url = reverse("event-mails", args=[party.pk])
    as_anna.post(choose(party), {"guest": [str(ida.pk)]})
    round_()
    EventGuest.unscoped.update(answer=Answer.YES, wants_reminder=True)

    as_anna.get(url)  # the toast has been seen
    with costs(5):
        page = as_anna.get(url).content.decode()
    assert "Einladung" in page
    assert "an 1 Gast, der es möchte" in page
    assert "morgen, 19:30" in page

    for name in ("Lea", "Mia"):
        says_yes(guest(party, name).customer)
    with costs(5):
        as_anna.get(url)
    with costs(12):
        as_anna.get(choose(party))

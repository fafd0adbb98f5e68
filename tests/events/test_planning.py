"""An evening is planned with a day and a host; the rest comes from the template."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import actions as people
from events.actions import planning
from events.models import Event, EventStep
from partners.models import uuid7
from tests.event_factories import (
    EventFactory,
    EventGuestFactory,
    EventStepFactory,
    EventTemplateFactory,
    TemplateStepFactory,
)
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

THURSDAY = dt.date(2026, 12, 10)


def add(client, **typed):
    data = {"row_id": str(uuid7()), "day": THURSDAY.isoformat(), "start": "19:30"}
    data |= {"place": "host", "host_name": "Petra"} | typed
    return client.post(reverse("event-add"), data)


def move(event, partner, days):
    start = event.starts_at + dt.timedelta(days=days)
    end = event.ends_at + dt.timedelta(days=days)
    return planning.change(partner, partner.user, event, starts_at=start, ends_at=end)


def test_a_day_and_a_host_are_enough(as_anna, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    template = EventTemplateFactory.create(
        partner=anna, title="Autumn by candlelight", maximum=8, theme="Autumn"
    )
    TemplateStepFactory.create(template=template, text="Call Petra", days=-3)
    add(as_anna, template=template.pk)
    event = anna.events.get()
    assert (event.host, event.title, event.maximum, event.theme) == (
        petra,
        "Autumn by candlelight",
        8,
        "Autumn",
    )
    assert event.local_start == dt.datetime(2026, 12, 10, 19, 30, tzinfo=anna.zone)
    assert event.local_end.time() == dt.time(22)
    assert event.steps.get().due_on == dt.date(2026, 12, 7)


def test_whoever_has_no_template_gets_two_with_checklists_at_once(as_anna, anna):
    CustomerFactory.create(partner=anna, first_name="Petra")
    add(as_anna, template="presentation")
    assert sorted(anna.eventtemplates.values_list("kind", flat=True)) == ["club", "presentation"]
    event = anna.events.get()
    assert event.template.kind == "presentation"
    assert event.steps.count() > 10


def test_looking_at_the_form_writes_nothing(as_anna, anna):
    as_anna.get(reverse("event-add"))
    assert not anna.eventtemplates.exists()


def test_a_new_name_is_asked_about_and_then_added_as_host(as_anna, anna):
    answer = add(as_anna, host_name="Petra Neu", template="")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    add(as_anna, host_name="Petra Neu", template="", other="new")
    assert anna.events.get().host.name == "Petra Neu"
    assert anna.customers.search("neu").exists()


def test_an_evening_at_the_host_s_home_takes_their_address(as_anna, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    petra.addresses.create(partner=anna, street="Lindenweg 3", postcode="36037", city="Fulda")
    add(as_anna, template="")
    assert anna.events.get().street == "Lindenweg 3"


def test_the_same_form_sent_twice_makes_one_evening(as_anna, anna):
    CustomerFactory.create(partner=anna, first_name="Petra")
    twice = str(uuid7())
    add(as_anna, row_id=twice, template="")
    add(as_anna, row_id=twice, template="")
    assert anna.events.count() == 1


def test_another_evening_at_that_time_is_told_and_does_not_stop(as_anna, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    other = EventFactory.create(host=petra, title="Harvest")
    day = other.day.isoformat()
    page = as_anna.get(reverse("event-add"), {"day": day, "start": "22:30"})
    assert "Harvest" in page.text
    add(as_anna, day=day, template="")
    assert "Harvest" in as_anna.get(anna.events.latest("pk").get_absolute_url()).text


def test_the_evening_that_led_here_is_kept_and_drawn(as_anna, anna):
    petra = CustomerFactory.create(partner=anna, first_name="Petra")
    first = EventFactory.create(host=petra, title="Where it began")
    page = as_anna.get(reverse("event-add"), {"from": first.pk})
    assert "Where it began" in page.text
    add(as_anna, template="", booked_from=first.pk, title="What came of it")
    event = anna.events.get(title="What came of it")
    assert event.booked_from == first
    assert "What came of it" in as_anna.get(first.get_absolute_url()).text
    assert "Where it began" in as_anna.get(event.get_absolute_url()).text


def test_what_was_noted_at_closing_greets_the_next_of_its_kind(as_anna, anna):
    template = EventTemplateFactory.create(partner=anna)
    petra = CustomerFactory.create(partner=anna)
    EventFactory.create(
        host=petra, template=template, state=Event.State.CLOSED, next_time="Fewer samples"
    )
    asked = {"template": template.pk}
    assert "Fewer samples" in as_anna.get(reverse("event-add"), asked).text
    assert "Fewer samples" not in as_anna.get(reverse("event-add"), {"template": ""}).text


def test_a_moved_evening_takes_its_open_steps_along_and_raises_the_sequence(anna):
    event = EventFactory.create(
        host__partner=anna, answer_until=dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    )
    step = EventStepFactory.create(event=event, days=-2, due_on=event.day - dt.timedelta(days=2))
    done = EventStepFactory.create(event=event, done_at=event.starts_at)
    due, done_on, until = step.due_on, done.due_on, event.answer_until
    assert until
    act = move(event, anna, 7)
    step.refresh_from_db()
    done.refresh_from_db()
    assert (step.due_on - due).days == 7
    assert done.due_on == done_on
    assert event.answer_until == until + dt.timedelta(days=7)
    assert event.sequence == 1
    people.undo(anna, anna.user, act.id)
    step.refresh_from_db()
    event.refresh_from_db()
    assert step.due_on == due
    assert event.sequence == 2


def test_other_words_do_not_raise_the_sequence(anna):
    event = EventFactory.create(host__partner=anna)
    planning.change(anna, anna.user, event, title="Other words", note="Mine")
    assert event.sequence == 0


def test_called_off_with_a_reason_and_taken_up_again(as_anna, anna):
    event = EventFactory.create(host__partner=anna)
    as_anna.post(reverse("event-cancel", args=[event.pk]), {"why": "Petra is ill"})
    assert "Petra is ill" in as_anna.get(event.get_absolute_url()).text
    as_anna.post(reverse("event-resume", args=[event.pk]))
    event.refresh_from_db()
    assert (event.state, event.cancelled_why, event.sequence) == ("planned", "", 2)


def test_a_copy_takes_setting_and_steps_but_no_guests(as_anna, anna):
    event = EventFactory.create(host__partner=anna, theme="Autumn", city="Fulda")
    EventStepFactory.create(event=event, days=-1)
    EventGuestFactory.create(event=event)
    data = {"row_id": str(uuid7()), "day": "2026-12-10", "start": "19:30", "end": "22:00"}
    data |= {"host_name": "Petra", "other": str(event.host_id), "place": "host"}
    as_anna.post(reverse("event-copy", args=[event.pk]), data)
    copied = anna.events.latest("pk")
    assert (copied.theme, copied.city, copied.host) == ("Autumn", "Fulda", event.host)
    assert copied.steps.get().due_on == dt.date(2026, 12, 9)
    assert not copied.guests.exists()


def test_deleted_and_brought_back_with_guests_and_steps(as_anna, anna):
    event = EventFactory.create(host__partner=anna)
    guest, step = EventGuestFactory.create(event=event), EventStepFactory.create(event=event)
    as_anna.post(reverse("event-delete", args=[event.pk]))
    assert not anna.eventguests.exists()
    people.undo(anna, anna.user, anna.changes.latest("pk").act_id)
    assert list(anna.events.all()) == [event]
    assert (list(anna.eventguests.all()), list(anna.eventsteps.all())) == ([guest], [step])


def test_an_edit_changes_the_hours_and_keeps_what_else_changed(as_anna, anna):
    event = EventFactory.create(host__partner=anna, host__last_name="")
    page = as_anna.get(reverse("event-edit", args=[event.pk]))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {"day": "2026-12-10", "start": "20:00", "end": "01:00", "theme": "Winter"}
    answer = as_anna.post(reverse("event-edit", args=[event.pk]), data)
    assert answer.status_code == HTTPStatus.FOUND
    event.refresh_from_db()
    assert event.local_start == dt.datetime(2026, 12, 10, 20, tzinfo=anna.zone)
    assert event.local_end == dt.datetime(2026, 12, 11, 1, tzinfo=anna.zone)
    assert event.theme == "Winter"
    stale = as_anna.post(reverse("event-edit", args=[event.pk]), data | {"theme": "Spring"})
    assert stale.status_code == HTTPStatus.CONFLICT


def test_a_step_is_ticked_and_opened_again(as_anna, anna):
    event = EventFactory.create(host__partner=anna)
    step = EventStepFactory.create(event=event)
    url = reverse("step-done", args=[step.pk])
    as_anna.post(url)
    step.refresh_from_db()
    assert step.done_at
    as_anna.post(url, {"open": "1"})
    step.refresh_from_db()
    assert step.done_at is None


def test_a_step_s_day_is_told_from_the_evening(as_anna, anna):
    event = EventFactory.create(host__partner=anna)
    data = {"row_id": str(uuid7()), "text": "Buy candles", "part": "setting"}
    data |= {"number": "3", "side": "before"}
    as_anna.post(reverse("step-add", args=[event.pk]), data)
    assert event.steps.get().due_on == event.day - dt.timedelta(days=3)


def test_an_evening_becomes_a_template_with_its_steps(as_anna, anna):
    event = EventFactory.create(host__partner=anna, theme="Autumn", maximum=7)
    EventStepFactory.create(event=event, text="Candles", days=-1, part=EventStep.Part.PACKING)
    data = {"row_id": str(uuid7()), "name": "Autumn", "title": "By candlelight"}
    as_anna.post(reverse("template-keep", args=[event.pk]), data)
    template = anna.eventtemplates.get()
    assert (template.theme, template.maximum, template.minutes) == ("Autumn", 7, 150)
    step = template.steps.get()
    assert (step.text, step.days, step.part) == ("Candles", -1, "packing")


def test_a_title_too_long_for_the_name_of_a_template_is_proposed_shorter(as_anna, anna):
    event = EventFactory.create(host__partner=anna, title="Autumn evening " * 8)

    address = reverse("template-keep", args=[event.pk])
    form = as_anna.get(address).context["form"]
    proposed = {name: form.initial[name] for name in ("name", "title")}
    as_anna.post(address, {"row_id": str(uuid7()), **proposed})

    assert anna.eventtemplates.get().name.startswith("Autumn evening Autumn evening")

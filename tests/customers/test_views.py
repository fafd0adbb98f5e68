"""The pages about people, as a browser without JavaScript sees them: add, look, find the way."""

import datetime as dt
import uuid
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.html import escape

from partners.models import uuid7
from tests.customers.pages import (
    ADD,
    LIST,
    full_customer,
    new,
    toasts,
    undo,
)
from tests.factories import (
    CustomerFactory,
    FollowUpFactory,
    InteractionFactory,
    PhoneFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")


TODAY = dt.date(2026, 11, 23)


HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}} {% now 'Y' %}",
    '" hx-get="/x" data-hx-get="/y',
    "O'Brien & %s \\",
]


def test_a_first_name_is_enough(as_anna, anna):
    response = as_anna.post(ADD, {"first_name": "Petra", "formality": "du", "stage": "prospect"})

    petra = anna.customers.get()
    assert response.url == petra.get_absolute_url()
    assert (petra.name, petra.pk.version) == ("Petra", 7)
    assert toasts(response) == ["Petra is in."]


def test_the_page_that_adds_asks_for_three_things_first(as_anna):
    html = as_anna.get(ADD).content.decode()
    shown, more = html.split("more-fields")

    assert [name in shown for name in ('name="first_name"', 'name="phone"', 'name="source"')] == [
        True
    ] * 3
    assert 'name="note"' in more
    assert 'name="note"' not in shown


def test_without_a_name_the_sentence_stands_beside_the_field(as_anna, anna):
    response = as_anna.post(ADD, {"phone": "030 23125 100", "formality": "du"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors["first_name"] == [
        "A first name is enough, but it takes one."
    ]
    assert b"030 23125 100" in response.content
    assert not anna.customers.exists()


def test_the_same_form_sent_twice_makes_one_person(as_anna, anna):
    data = new(row_id=uuid7(), phone="030 23125 100")

    first, second = as_anna.post(ADD, data), as_anna.post(ADD, data)

    petra = anna.customers.get()
    assert [first.url, second.url] == [petra.get_absolute_url()] * 2
    assert petra.phones.count() == 1
    assert toasts(second)[-1] == "You had saved this already."


def test_what_is_typed_after_a_lost_answer_is_not_lost(as_anna, anna):
    data = new(row_id=uuid7(), row_version=1)
    as_anna.post(ADD, data)

    again = as_anna.post(ADD, data | {"last_name": "Müller", "phone": "030 23125 100"})

    petra = anna.customers.get()
    assert (petra.name, petra.phones.get().typed) == ("Petra Müller", "030 23125 100")
    assert toasts(again)[-1] == "Saved."


def test_an_old_form_does_not_overwrite_what_was_changed_since(as_anna, anna):
    data = new(row_id=uuid7(), row_version=1)
    petra = as_anna.post(ADD, data).url
    as_anna.post(f"{petra}edit/", new(row_version=1, last_name="Müller"))

    as_anna.post(ADD, data | {"last_name": "Maier"})

    assert anna.customers.get().name == "Petra Müller"


def test_an_id_of_a_strangers_row_behaves_like_a_fresh_form(as_anna, anna, boris):
    foreign = CustomerFactory(partner=boris, first_name="Secret")

    response = as_anna.post(ADD, new(row_id=foreign.pk, phone="030 23125 100"))

    petra = anna.customers.get()
    assert response.url == petra.get_absolute_url()
    assert petra.pk != foreign.pk
    assert petra.phones.get().customer_id == petra.pk
    assert boris.customers.get().first_name == "Secret"


def test_saving_again_after_undo_makes_a_new_person(as_anna, anna):
    data = new(row_id=uuid7())
    undo(as_anna, as_anna.post(ADD, data))

    as_anna.post(ADD, data)

    assert [person.name for person in anna.customers.all()] == ["Petra"]


@pytest.mark.parametrize("row_id", ["", "nonsense", "\x00", uuid.uuid4(), "9" * 500])
def test_an_id_that_is_none_is_replaced(as_anna, anna, row_id):
    as_anna.post(ADD, new(row_id=row_id))

    assert anna.customers.get().pk.version == 7


def test_a_name_of_ten_thousand_letters_is_refused_in_a_sentence(as_anna, anna):
    response = as_anna.post(ADD, new(first_name="x" * 10_000))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.context["form"].errors["first_name"] == [
        "That is too long: 10000 characters, and at most 100 fit in here."
    ]
    assert not anna.customers.exists()


@pytest.mark.parametrize("letter", ["ß", "\ufdfa", "😀", "Ǆ"])
def test_a_name_that_grows_when_it_is_folded_still_fits(as_anna, anna, letter):
    as_anna.post(
        ADD, new(first_name=letter * 60, last_name=letter * 60, street="ß" * 120, city="ß" * 80)
    )

    assert anna.customers.get().first_name == letter * 60


FIELDS = ("first_name", "last_name", "source", "note", "phone", "street", "postcode", "city")


@pytest.mark.parametrize("field", FIELDS)
def test_nul_and_direction_marks_are_taken_out_of_every_field(as_anna, anna, field):
    as_anna.post(ADD, new(**{field: "1\x00A\u202eb\u2066"}))

    petra = anna.customers.get()
    stored = [petra.first_name, petra.last_name, petra.source, petra.note]
    stored += [phone.typed for phone in petra.phones.all()]
    stored += [part for a in petra.addresses.all() for part in (a.street, a.postcode, a.city)]
    assert "1Ab" in stored


def test_a_line_break_in_a_name_is_a_space(as_anna, anna):
    as_anna.post(ADD, new(first_name="Petra\r\nBcc: all", note="one\r\ntwo"))

    petra = anna.customers.get()
    assert (petra.first_name, petra.note) == ("Petra Bcc: all", "one\ntwo")


@pytest.mark.parametrize("name", ["👩‍🌾 Eva", "שרה", "Zoë", "Zoe\u0308"])
def test_emoji_and_foreign_scripts_are_kept(as_anna, anna, name):
    as_anna.post(ADD, new(first_name=name))

    assert anna.customers.get().first_name == name.replace("e\u0308", "ë")


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_is_text_and_nothing_else(as_anna, anna, typed):
    as_anna.post(ADD, new(first_name=typed[:60], note=typed, source=typed, city=typed))
    person = anna.customers.get()
    FollowUpFactory(customer=person, what=typed)
    InteractionFactory(customer=person, text=typed)

    pages = [
        "/",
        LIST,
        person.get_absolute_url(),
        reverse("customer-edit", args=[person.pk]),
        reverse("search") + "?q=" + typed[:1],
    ]
    for page in pages:
        html = as_anna.get(page).content.decode()
        assert "<script>alert" not in html
        assert '" hx-get="/x"' not in html
    assert escape(typed) in as_anna.get(person.get_absolute_url()).content.decode()


def test_the_detail_page_tells_the_story_latest_first(as_anna, anna, clock):
    petra = CustomerFactory(partner=anna)
    InteractionFactory(customer=petra, text="Earlier")
    as_anna.post(reverse("interaction-add", args=[petra.pk]), {"kind": "call", "text": "Later"})
    done = FollowUpFactory(customer=petra, what="Bring the catalogue")
    clock.shift(60)
    as_anna.post(reverse("follow-up-done", args=[done.pk]))

    timeline = as_anna.get(petra.get_absolute_url()).context["timeline"]

    assert [entry.text or entry.title for entry in timeline] == [
        "Bring the catalogue",
        "Later",
        "Earlier",
    ]


def test_a_long_story_is_folded(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    InteractionFactory.create_batch(31, customer=petra)

    folded = as_anna.get(petra.get_absolute_url()).context
    whole = as_anna.get(petra.get_absolute_url() + "?all").context

    assert (len(folded["timeline"]), folded["timeline_more"]) == (30, True)
    assert (len(whole["timeline"]), whole["timeline_more"]) == (31, False)


@pytest.mark.parametrize(
    ("salutation", "word"), [("ms", "Kundin"), ("mr", "Kunde"), ("", "Kundin/Kunde")]
)
def test_in_german_a_woman_is_a_kundin(as_anna, anna, salutation, word):
    anna.user.language = "de"
    anna.user.save()
    person = CustomerFactory(partner=anna, salutation=salutation, stage="customer")

    assert as_anna.get(person.get_absolute_url()).context["headline"] == word


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aSet-Cookie:a=b",
        "/\x00//evil.example",
        "/\t/evil.example",
        "evil",
        "",
    ],
)
def test_next_leads_nowhere_else(as_anna, anna, target):
    response = as_anna.post(ADD, new(next=target))

    assert response.url == anna.customers.get().get_absolute_url()


def test_next_leads_back_to_where_one_was(as_anna):
    assert as_anna.post(ADD, new(next="/customers/?q=a%20b&page=2")).url == (
        "/customers/?q=a%20b&page=2"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number_of_rows(as_anna, anna, count, clock):
    people = [full_customer(anna) for _ in range(count)]
    for person in people:
        for days in range(count):
            FollowUpFactory(customer=person, due=TODAY - dt.timedelta(days=days))
            FollowUpFactory(customer=person, due=TODAY + dt.timedelta(days=1 + days))
        InteractionFactory.create_batch(count, customer=person)
    born = CustomerFactory.create_batch(count, partner=anna, birth_day=23, birth_month=11)
    for person in born:
        PhoneFactory(customer=person)

    with costs(8):  # two of them for evenings
        as_anna.get("/")
    with costs(4):
        as_anna.get(LIST)
    with costs(8):
        as_anna.get(LIST, {"q": "petra", "sort": "due", "stage": "prospect"})
    with costs(6):  # little was found: names with slips, and their people; the last for evenings
        as_anna.get("/search/", {"q": "petra"})
    with costs(7):  # one for their evenings, one for the club
        as_anna.get(people[0].get_absolute_url())
    with costs(7):
        as_anna.get(reverse("customer-edit", args=[people[0].pk]))


def test_a_page_of_nobody_and_one_of_boris_are_the_same(as_anna, boris):
    foreign = CustomerFactory(partner=boris).pk

    for name in ("customer-detail", "customer-edit", "interaction-add", "follow-up-add"):
        known, unknown = (as_anna.get(reverse(name, args=[pk])) for pk in (foreign, uuid7()))
        assert known.status_code == unknown.status_code == HTTPStatus.NOT_FOUND

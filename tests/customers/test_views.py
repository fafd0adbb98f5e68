"""The pages about people, as a browser without JavaScript sees them."""

import datetime as dt
import uuid
from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import escape

from partners import changes
from partners.models import uuid7
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    PhoneFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")

ADD, LIST = "/customers/add/", "/customers/"
HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}} {% now 'Y' %}",
    '" hx-get="/x" data-hx-get="/y',
    "O'Brien & %s \\",
]


def toasts(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    """The address behind the last toast's “Undo”."""
    tags = [message.extra_tags for message in get_messages(response.wsgi_request)][-1]
    return reverse("undo", args=[tags.removeprefix("undo-")])


def edit_data(client, customer, **typed):
    """What the edit page would send, with some of it typed anew."""
    form = client.get(reverse("customer-edit", args=[customer.pk])).context["form"]
    data = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in (data | typed).items()}


# --- add ---------------------------------------------------------------------------------------


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


def new(**typed):
    return {"first_name": "Petra", "formality": "du", "stage": "prospect"} | typed


def test_the_same_form_sent_twice_makes_one_person(as_anna, anna):
    data = new(row_id=uuid7(), phone="030 23125 100")

    first, second = as_anna.post(ADD, data), as_anna.post(ADD, data)

    petra = anna.customers.get()
    assert [first.url, second.url] == [petra.get_absolute_url()] * 2
    assert petra.phones.count() == 1
    assert toasts(second)[-1] == "You had saved this already."


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
    as_anna.post(undo_of(as_anna.post(ADD, data)))

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
        "That is too long: 10000 characters, and at most 60 fit in here."
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


# --- list --------------------------------------------------------------------------------------


def names(response) -> list[str]:
    return [row.customer.first_name for row in response.context["rows"]]


def test_the_list_is_in_order_of_names(as_anna, anna, boris):
    for first, last in [("Zoe", "Abel"), ("Änne", "Ölm"), ("Bea", "Olbrich"), ("Carl", "")]:
        CustomerFactory(partner=anna, first_name=first, last_name=last)
    CustomerFactory(partner=boris, first_name="Secret")

    assert names(as_anna.get(LIST)) == ["Zoe", "Carl", "Bea", "Änne"]


@pytest.mark.parametrize("query", ["mueller", "MÜLLER", "Mu\u0308ller", "03023125100", "petra mül"])
def test_search_finds_every_spelling(as_anna, anna, query):
    petra = CustomerFactory(partner=anna, first_name="Petra", last_name="Müller")
    PhoneFactory(customer=petra, typed="+49 30 23125100")
    CustomerFactory(partner=anna, first_name="Otto", last_name="Maler")

    assert names(as_anna.get(LIST, {"q": query})) == ["Petra"]
    assert [row.customer for row in as_anna.get("/search/", {"q": query}).context["people"]] == [
        petra
    ]


@pytest.mark.parametrize("query", ["\x00", "%", "_", "\\", "a\x00b", "x" * 10_000, "a " * 3000])
@pytest.mark.parametrize("page", [LIST, "/search/"])
def test_no_query_breaks_a_page(as_anna, anna, query, page):
    CustomerFactory(partner=anna, first_name="Petra")

    assert as_anna.get(page, {"q": query}).status_code == HTTPStatus.OK


def test_filters_narrow_the_list(as_anna, anna):
    CustomerFactory(partner=anna, first_name="Regular", stage="regular", rank="A")
    promised = CustomerFactory(partner=anna, first_name="Promised", stage="regular")
    FollowUpFactory(customer=promised)
    CustomerFactory(partner=anna, first_name="Guest", stage="guest")

    found = [
        names(as_anna.get(LIST, asked))
        for asked in ({"stage": "regular"}, {"rank": "A"}, {"follow_up": "without"})
    ]
    assert found == [["Promised", "Regular"], ["Regular"], ["Guest", "Regular"]]


def test_a_faded_care_step_counts_as_nothing_promised(as_anna, anna, clock):
    faded = FollowUpFactory(
        customer__partner=anna, nature="care", due=clock_day(clock, days=-10)
    ).customer

    response = as_anna.get(LIST, {"follow_up": "without"})

    assert [row.customer for row in response.context["rows"]] == [faded]
    assert response.context["rows"][0].next_spoken == ""


def clock_day(clock, days=0) -> dt.date:
    return dt.date(2026, 11, 23) + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Ada", "Bob", "Cem"]),
        ("newest", ["Cem", "Ada", "Bob"]),
        ("due", ["Cem", "Bob", "Ada"]),
        ("contact", ["Ada", "Cem", "Bob"]),
        ("nonsense", ["Ada", "Bob", "Cem"]),
    ],
)
def test_the_list_can_be_sorted(as_anna, anna, sort, order):
    bob, _ada, cem = [
        CustomerFactory(partner=anna, first_name=name) for name in ("Bob", "Ada", "Cem")
    ]
    FollowUpFactory(customer=bob, due=dt.date(2026, 12, 24))
    FollowUpFactory(customer=cem, due=dt.date(2026, 12, 1))
    InteractionFactory(customer=bob, occurred_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    InteractionFactory(customer=cem, occurred_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))

    assert names(as_anna.get(LIST, {"sort": sort})) == order


def test_pages_hold_twenty_five_and_remember_what_was_asked(as_anna, anna):
    CustomerFactory.create_batch(60, partner=anna, stage="guest")

    first = as_anna.get(LIST, {"stage": "guest", "sort": "newest"})
    seen = [len(names(as_anna.get(LIST, {"page": page}))) for page in (1, 2, 3)]

    assert first.context["count"] == 60
    assert seen == [25, 25, 10]
    assert "?stage=guest&amp;sort=newest&amp;page=2" in first.content.decode()


@pytest.mark.parametrize(("page", "shown"), [("9999", 5), ("abc", 25), ("-1", 5), ("\x00", 25)])
def test_a_page_that_is_none_shows_the_nearest(as_anna, anna, page, shown):
    CustomerFactory.create_batch(30, partner=anna)

    assert len(names(as_anna.get(LIST, {"page": page}))) == shown


def test_an_htmx_search_gets_the_rows_alone(as_anna, anna):
    CustomerFactory(partner=anna, first_name="Petra")

    response = as_anna.get(LIST, {"q": "pet"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="rows")

    assert response.content.decode().strip().startswith('<div id="rows"')


# --- detail ------------------------------------------------------------------------------------


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


# --- edit --------------------------------------------------------------------------------------


def test_an_edit_writes_everything_once(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra")
    url = reverse("customer-edit", args=[petra.pk])

    response = as_anna.post(
        url,
        edit_data(
            as_anna,
            petra,
            last_name="Weiß",
            phone="030 23125 100",
            email="petra@example.org",
            city="Fulda",
            birthday="29.2.",
            note="Duft zu stark",
        ),
    )

    assert response.url == petra.get_absolute_url()
    assert list(anna.customers.search("weiss 03023125100 fulda petra@")) == [petra]
    petra.refresh_from_db()
    assert (petra.birth_day, petra.birth_month, petra.birth_year) == (29, 2, None)
    assert petra.version == 2
    assert anna.changes.filter(row_id=petra.pk).count() == 1


def test_an_edit_that_changes_nothing_offers_no_undo(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra)

    response = as_anna.post(reverse("customer-edit", args=[petra.pk]), edit_data(as_anna, petra))

    assert [message.extra_tags for message in get_messages(response.wsgi_request)] == [""]
    assert not anna.changes.exists()


def two_tabs(client, customer, first: dict, second: dict):
    """Both pages are open before either is saved; what the second one answers."""
    ours, theirs = edit_data(client, customer, **second), edit_data(client, customer, **first)
    url = reverse("customer-edit", args=[customer.pk])
    assert client.post(url, theirs).status_code == HTTPStatus.FOUND
    return url, ours, client.post(url, ours)


def test_two_tabs_the_slower_one_is_asked(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra", stage="prospect", note="old")

    url, ours, answer = two_tabs(
        as_anna, petra, {"note": "theirs", "stage": "guest"}, {"note": "ours"}
    )

    assert answer.status_code == HTTPStatus.CONFLICT
    assert [(label, theirs, yours) for label, theirs, yours in answer.context["conflict"]] == [
        ("Stage", "guest", "prospect"),
        ("Note", "theirs", "ours"),
    ]
    assert anna.customers.get().note == "theirs"
    html = answer.content.decode()
    assert all(word in html for word in ("theirs", "ours", "Note"))

    shown = answer.context["form"]
    as_anna.post(url, ours | {"row_version": shown["row_version"].value()})
    assert anna.customers.get().note == "ours"


@pytest.mark.parametrize(
    ("theirs", "ours", "label"),
    [
        ({"phone": "030 23125 101"}, {"phone": "030 23125 102"}, "Phone number"),
        ({"phone": "03023125100"}, {"phone": "030 23125 100 "}, "Phone number"),
        ({"phone": ""}, {"phone": "030 23125 102"}, "Phone number"),
        ({"email": "new@example.org"}, {"email": "newer@example.org"}, "E-mail"),
        ({"city": "Hünfeld"}, {"city": "Petersberg"}, "Place"),
        ({"birthday": "1.2."}, {"birthday": "3.4.1980"}, "Birthday"),
    ],
)
def test_two_tabs_notice_numbers_and_addresses_too(as_anna, anna, theirs, ours, label):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra, typed="030 23125 100")
    EmailFactory(customer=petra)
    AddressFactory(customer=petra)

    _url, _data, answer = two_tabs(as_anna, petra, theirs, ours)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert [row[0] for row in answer.context["conflict"]] == [label]


def test_two_tabs_that_typed_the_same_do_not_quarrel(as_anna, anna):
    petra = CustomerFactory(partner=anna)

    _url, _data, answer = two_tabs(as_anna, petra, {"note": "same"}, {"note": "same"})

    assert answer.status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("version", ["", "nonsense", "0", "99999999999999999999"])
def test_an_edit_without_its_version_overwrites_nothing(as_anna, anna, version):
    petra = CustomerFactory(partner=anna, note="theirs")

    data = edit_data(as_anna, petra, note="ours", row_version=version)
    answer = as_anna.post(reverse("customer-edit", args=[petra.pk]), data)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert anna.customers.get().note == "theirs"


def test_a_row_that_changes_between_reading_and_writing_is_not_overwritten(
    as_anna, anna, monkeypatch
):
    petra = CustomerFactory(partner=anna, note="theirs")
    data = edit_data(as_anna, petra, note="ours")
    swap = changes.touch

    def too_late(row, **new):
        type(row).unscoped.filter(pk=row.pk).update(version=99)
        swap(row, **new)

    monkeypatch.setattr(changes, "touch", too_late)
    answer = as_anna.post(reverse("customer-edit", args=[petra.pk]), data | {"next": LIST})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert b"This has changed meanwhile." in answer.content
    assert answer.context["next"] == LIST
    assert anna.customers.get().note == "theirs"


# --- delete and undo ---------------------------------------------------------------------------


def everything(partner) -> list:
    """Each live row of a partner with what it says."""
    kinds = ("customers", "phones", "emails", "addresses", "followups", "interactions")
    left_out = ("version", "updated_at", "schedule_version")
    return [
        sorted(
            [
                tuple((k, v) for k, v in row.items() if k not in left_out)
                for row in getattr(partner, kind).values()
            ],
            key=str,
        )
        for kind in kinds
    ]


def full_customer(partner):
    petra = CustomerFactory(partner=partner, first_name="Petra", last_name="Müller", note="Note")
    PhoneFactory(customer=petra)
    EmailFactory(customer=petra)
    AddressFactory(customer=petra)
    FollowUpFactory(customer=petra)
    InteractionFactory(customer=petra)
    return petra


def test_delete_takes_everything_and_undo_brings_back_exactly_that(as_anna, anna):
    petra = full_customer(anna)
    CustomerFactory(partner=anna, first_name="Other")
    before = everything(anna)

    response = as_anna.post(reverse("customer-delete", args=[petra.pk]))

    assert toasts(response) == ["Petra Müller is deleted."]
    assert [len(rows) for rows in everything(anna)] == [1, 0, 0, 0, 0, 0]
    assert as_anna.get(petra.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND

    as_anna.post(undo_of(response))
    assert everything(anna) == before
    assert list(anna.customers.search("muller petra fulda")) == [petra]


def test_what_was_deleted_before_stays_deleted(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    PhoneFactory(customer=petra)
    as_anna.post(reverse("customer-edit", args=[petra.pk]), edit_data(as_anna, petra, phone=""))

    as_anna.post(undo_of(as_anna.post(reverse("customer-delete", args=[petra.pk]))))

    assert not petra.phones.exists()


def test_a_second_tap_on_delete_is_harmless(as_anna, anna):
    url = reverse("customer-delete", args=[CustomerFactory(partner=anna).pk])

    answers = [as_anna.post(url), as_anna.post(url)]

    assert [answer.url for answer in answers] == [LIST, LIST]
    assert anna.changes.count() == 1


def test_undo_of_an_edit_restores_the_person_and_the_search(as_anna, anna):
    petra = full_customer(anna)
    before = everything(anna)
    url = reverse("customer-edit", args=[petra.pk])

    response = as_anna.post(
        url, edit_data(as_anna, petra, last_name="Weiß", phone="069 90009-1", city="", street="")
    )
    assert list(anna.customers.search("muller")) == []
    undone = as_anna.post(undo_of(response))

    assert toasts(undone)[-1] == "Taken back."
    assert everything(anna) == before
    assert list(anna.customers.search("muller 030 23125")) == [petra]


def test_undo_of_one_edit_leaves_the_next_ones_findable(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    url = reverse("customer-edit", args=[petra.pk])
    first = as_anna.post(url, edit_data(as_anna, petra, phone="030 23125 100"))
    as_anna.post(url, edit_data(as_anna, petra, email="petra@example.org"))

    as_anna.post(undo_of(first))

    assert list(anna.customers.search("petra@example.org")) == [petra]
    assert list(anna.customers.search("030 23125")) == []


def test_an_open_edit_page_notices_an_undo(as_anna, anna):
    petra = CustomerFactory(partner=anna)
    url = reverse("customer-edit", args=[petra.pk])
    response = as_anna.post(url, edit_data(as_anna, petra, phone="030 23125 100"))
    page = edit_data(as_anna, petra, note="ours")

    as_anna.post(undo_of(response))

    assert as_anna.post(url, page).status_code == HTTPStatus.CONFLICT


def test_undo_twice_is_harmless(as_anna, anna):
    petra = full_customer(anna)
    response = as_anna.post(reverse("customer-delete", args=[petra.pk]))
    as_anna.post(undo_of(response))
    before = everything(anna)

    again = as_anna.post(undo_of(response))

    assert toasts(again)[-1] == "Taken back."
    assert everything(anna) == before


def test_undo_keeps_what_changed_later_and_says_so(as_anna, anna):
    petra = CustomerFactory(partner=anna, note="first")
    url = reverse("customer-edit", args=[petra.pk])
    response = as_anna.post(url, edit_data(as_anna, petra, note="second"))
    as_anna.post(url, edit_data(as_anna, petra, note="third"))

    undone = as_anna.post(undo_of(response))

    assert anna.customers.get().note == "third"
    assert toasts(undone)[-1] == "Some of it has changed since and stays as it is."


@pytest.mark.parametrize("later", ["note", "phone", "promise"])
def test_undo_of_adding_keeps_a_person_who_is_in_use(as_anna, anna, later):
    response = as_anna.post(ADD, new(row_id=uuid7(), phone="030 23125 100"))
    petra = anna.customers.get()
    if later == "promise":
        FollowUpFactory(customer=petra)
    else:
        typed = {"note": "likes lemon"} if later == "note" else {"phone": "030 23125 101"}
        url = reverse("customer-edit", args=[petra.pk])
        as_anna.post(url, edit_data(as_anna, petra, **typed))

    undone = as_anna.post(undo_of(response))

    assert toasts(undone)[-1] == "Some of it has changed since and stays as it is."
    assert anna.customers.get().phones.count() == 1


def test_undo_of_adding_takes_the_person_away(as_anna, anna):
    response = as_anna.post(ADD, new(row_id=uuid7(), phone="030 23125 100", city="Fulda"))

    as_anna.post(undo_of(response))

    assert everything(anna) == [[], [], [], [], [], []]


def test_an_act_of_another_partner_is_not_there(as_anna, as_boris, anna, boris):
    petra = CustomerFactory(partner=boris)
    response = as_boris.post(reverse("customer-delete", args=[petra.pk]))

    answers = [as_anna.post(undo_of(response)), as_anna.post(reverse("undo", args=[uuid7()]))]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert not boris.customers.exists()


# --- where to go next --------------------------------------------------------------------------


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


# --- what pages cost ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number_of_rows(as_anna, anna, count, clock):
    people = [full_customer(anna) for _ in range(count)]
    for person in people:
        for days in range(count):
            FollowUpFactory(customer=person, due=clock_day(clock, -days))
            FollowUpFactory(customer=person, due=clock_day(clock, 1 + days))
        InteractionFactory.create_batch(count, customer=person)
    born = CustomerFactory.create_batch(count, partner=anna, birth_day=23, birth_month=11)
    for person in born:
        PhoneFactory(customer=person)

    with costs(8):
        as_anna.get("/")
    with costs(4):
        as_anna.get(LIST)
    with costs(4):
        as_anna.get(LIST, {"q": "petra", "sort": "due", "stage": "prospect"})
    with costs(3):
        as_anna.get("/search/", {"q": "petra"})
    with costs(9):
        as_anna.get(people[0].get_absolute_url())
    with costs(6):
        as_anna.get(reverse("customer-edit", args=[people[0].pk]))


def test_a_page_of_nobody_and_one_of_boris_are_the_same(as_anna, boris):
    foreign = CustomerFactory(partner=boris).pk

    for name in ("customer-detail", "customer-edit", "interaction-add", "follow-up-add"):
        known, unknown = (as_anna.get(reverse(name, args=[pk])) for pk in (foreign, uuid7()))
        assert known.status_code == unknown.status_code == HTTPStatus.NOT_FOUND

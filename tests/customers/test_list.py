"""The list of people: search, filters, order, pages."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.customers.pages import (
    LIST,
)
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    FollowUpFactory,
    InteractionFactory,
    PhoneFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english")


TODAY = dt.date(2026, 11, 23)


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
    CustomerFactory(partner=anna, first_name="Otto", last_name="Kahl")

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
        customer__partner=anna, nature="care", due=TODAY - dt.timedelta(days=10)
    ).customer

    response = as_anna.get(LIST, {"follow_up": "without"})

    assert [row.customer for row in response.context["rows"]] == [faded]
    assert response.context["rows"][0].next_spoken == ""


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


@pytest.mark.parametrize("count", [0, 1, 30])
@pytest.mark.parametrize("sort", ["name", "contact"])
def test_the_first_page_of_everybody_says_in_one_query_how_many_they_are(
    as_anna, anna, boris, sort, count
):
    CustomerFactory.create_batch(count, partner=anna)
    CustomerFactory(partner=anna, is_hidden=True)
    CustomerFactory(partner=boris)

    with costs(4):  # session, user, kept searches
        response = as_anna.get(LIST, {"sort": sort})

    assert response.context["count"] == count
    assert len(response.context["rows"]) == min(count, 25)
    assert response.context["page"].has_next() == (count > 25)


def test_an_htmx_search_gets_the_rows_alone(as_anna, anna):
    CustomerFactory(partner=anna, first_name="Petra")

    response = as_anna.get(LIST, {"q": "pet"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="rows")

    assert response.content.decode().strip().startswith('<div id="rows"')


@pytest.mark.parametrize(
    ("asked", "advice"),
    [({"q": "xyzqq"}, "Try fewer letters"), ({"postcode": "99999"}, "Take one filter away")],
)
def test_when_nobody_matches_the_advice_fits_the_question(as_anna, anna, asked, advice):
    CustomerFactory(partner=anna)

    assert advice in as_anna.get(LIST, asked).content.decode()


def test_an_empty_circle_may_begin_with_an_import(as_anna):
    page = as_anna.get(LIST).content.decode()

    assert f'<a class="btn btn-secondary" href="{reverse("customer-import")}"' in page


@pytest.mark.parametrize("typed", ["1012 AB", "1012X", "1012", "39999", "39", "4", "SW1"])
def test_a_postcode_area_holds_what_begins_like_it(as_anna, anna, typed):
    postcodes = ["1012 AB", "1012XY", "39999", "SW1A 1AA"]
    for code in postcodes:
        AddressFactory(customer=CustomerFactory(partner=anna, first_name=code), postcode=code)

    found = [
        row.customer.first_name for row in as_anna.get(LIST, {"postcode": typed}).context["rows"]
    ]

    assert found == [code for code in postcodes if code.startswith(typed)]


def test_what_was_left_empty_does_not_stay_in_the_address(as_anna, anna):
    url = f"{LIST}?q=&stage=guest&stage=customer&follow_up=&contact=&sort=place"

    assert as_anna.get(url).url == f"{LIST}?stage=guest&stage=customer&sort=place"
    assert as_anna.get(f"{LIST}?q=&contact=").url == LIST
    assert as_anna.get(f"{LIST}?stage=nonsense").status_code == HTTPStatus.OK

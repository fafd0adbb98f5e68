"""Filters of the list: each one, all together, as chips, and what makes no sense."""

import datetime as dt
import decimal
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from customers import selection
from customers.models import Likeness
from tests.customers.pages import LIST
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    TagFactory,
    TaggingFactory,
)
from tests.harness.queries import costs

pytestmark = pytest.mark.usefixtures("english", "clock")

PANEL = reverse("customer-filter")
TODAY = dt.date(2026, 11, 23)


def names(response) -> str:
    return " ".join(row.customer.first_name for row in response.context["rows"])


def ago(days: int) -> dt.datetime:
    return dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC) - dt.timedelta(days=days)


@pytest.fixture
def circle(anna):
    """Eva, of whom much is known; Ida, of whom something is; the Kamm salon; and Otto."""
    eva = CustomerFactory(
        partner=anna, first_name="Eva", stage="regular", rank="A", satisfaction=5,
        source_kind="fair", birth_day=3, birth_month=4,
    )  # fmt: skip
    ida = CustomerFactory(partner=anna, first_name="Ida", stage="guest", rank="B", satisfaction=3)
    salon = CustomerFactory(partner=anna, first_name="Salon", is_business=True, stage="customer")
    otto = CustomerFactory(partner=anna, first_name="Otto")
    PhoneFactory(customer=eva)
    EmailFactory(customer=eva)
    AddressFactory(customer=eva, postcode="36037", city="Fulda", is_preferred=True)
    AddressFactory(customer=eva, postcode="80331", city="München")
    AddressFactory(customer=salon, postcode="36100", city="Petersberg")
    EmailFactory(customer=ida)
    FollowUpFactory(customer=eva, due=TODAY + dt.timedelta(3))
    FollowUpFactory(customer=ida, due=TODAY - dt.timedelta(3))
    FollowUpFactory(customer=otto, due=TODAY - dt.timedelta(20), nature="care")
    InteractionFactory(customer=eva, occurred_at=ago(10))
    InteractionFactory(customer=ida, occurred_at=ago(100))
    InteractionFactory(customer=salon, occurred_at=ago(400))
    return eva, ida, salon, otto


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("stage=regular", "Eva"),
        ("stage=regular&stage=guest", "Eva Ida"),
        ("rank=A&rank=-", "Eva Otto Salon"),
        ("source=fair", "Eva"),
        ("source=-", "Ida Otto Salon"),
        ("satisfaction=4", "Eva"),
        ("satisfaction=3", "Eva Ida"),
        ("satisfaction=unknown", "Otto Salon"),
        ("postcode=36", "Eva Salon"),
        ("postcode=36037", "Eva"),
        ("postcode=80", "Eva"),
        ("city=FULDA", "Eva"),
        ("city=Muenchen", "Eva"),
        ("city=mun", "Eva"),
        ("contact=1", "Ida Salon"),
        ("contact=6", "Salon"),
        ("contact=12", "Salon"),
        ("contact=never", "Otto"),
        ("follow_up=without", "Otto Salon"),
        ("follow_up=with", "Eva Ida"),
        ("follow_up=overdue", "Ida"),
        ("birthday=4", "Eva"),
        ("birthday=5", ""),
        ("reach=phone", "Eva"),
        ("reach=email", "Eva Ida"),
        ("reach=email&reach=address", "Eva"),
        ("reach=none", "Otto"),
        ("kind=business", "Salon"),
        ("kind=person", "Eva Ida Otto"),
        ("kind=person&follow_up=with&rank=B&q=ida", "Ida"),
        ("q=eva&sort=stage", "Eva"),
    ],
)
def test_each_filter_narrows_the_list(as_anna, asked, found):
    response = as_anna.get(f"{LIST}?{asked}")

    assert names(response) == found
    assert response.context["count"] == len(found.split())
    assert response.context["listing"].filter.misunderstood == []
    understood = response.context["listing"].query.split("&")
    assert sorted(understood) == sorted(asked.removesuffix("&sort=stage").split("&"))


def test_tags_find_whoever_has_one_of_them(as_anna, anna, circle):
    eva, ida, _salon, otto = circle
    garden, tea, unused = [TagFactory(partner=anna, name=name) for name in ("Garden", "Tea", "X")]
    TaggingFactory(customer=eva, tag=garden)
    TaggingFactory(customer=eva, tag=tea)
    TaggingFactory(customer=ida, tag=tea)
    TaggingFactory(customer=otto, tag=tea, deleted_at=ago(1))

    assert names(as_anna.get(LIST, {"tag": garden.pk})) == "Eva"
    assert names(as_anna.get(LIST, {"tag": [garden.pk, tea.pk]})) == "Eva Ida"
    assert names(as_anna.get(LIST, {"tag": unused.pk})) == ""
    assert as_anna.get(LIST, {"tag": garden.pk}).context["listing"].chips == [
        {"text": "Garden", "href": LIST}
    ]


def test_own_fields_are_filters_too(as_anna, anna, circle):
    eva, ida, _salon, otto = circle
    dog = OwnFieldFactory(partner=anna, name="Dog")
    shoe = OwnFieldFactory(partner=anna, name="Shoe", kind="number")
    since = OwnFieldFactory(partner=anna, name="Since", kind="date")
    tea = OwnFieldFactory(partner=anna, name="Tea", kind="choice", choices=["green", "black"])
    news = OwnFieldFactory(partner=anna, name="News", kind="yes-no")
    OwnValueFactory(customer=eva, field=dog, text="Bärli")
    OwnValueFactory(customer=eva, field=shoe, text="38", number=decimal.Decimal(38))
    OwnValueFactory(customer=ida, field=shoe, text="41,5", number=decimal.Decimal("41.5"))
    OwnValueFactory(customer=ida, field=since, text="2024-05-01", date=dt.date(2024, 5, 1))
    OwnValueFactory(customer=otto, field=tea, text="green")
    OwnValueFactory(customer=otto, field=news, text="0")

    def found(**asked) -> str:
        return names(as_anna.get(LIST, {name.replace("__", "-"): v for name, v in asked.items()}))

    def name(field, end: str = "") -> str:
        return f"own-{field.pk}{end}"

    assert found(**{name(dog): "BAER"}) == "Eva"
    assert found(**{name(shoe, "-from"): "38"}) == "Eva Ida"
    assert found(**{name(shoe, "-from"): "38.5"}) == "Ida"
    assert found(**{name(shoe, "-to"): "40"}) == "Eva"
    assert found(**{name(since, "-from"): "2024-05-01", name(since, "-to"): "2024-05-01"}) == "Ida"
    assert found(**{name(since, "-to"): "30.04.2024"}) == ""
    assert found(**{name(tea): ["green", "black"]}) == "Otto"
    assert found(**{name(news): "0"}) == "Otto"
    chips = as_anna.get(LIST, {name(shoe, "-from"): "38"}).context["listing"].chips
    assert [chip["text"] for chip in chips] == ["Shoe from: 38"]
    panel = as_anna.get(PANEL).content.decode()
    assert all(f"own-{field.pk}" in panel for field in (dog, shoe, since, tea, news))


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize(
    ("asked", "odd"),
    [
        ("stage=nonsense", ["Stage"]),
        ("stage=nonsense&stage=regular", ["Stage"]),
        ("rank=%00", ["Rank"]),
        ("tag=x&tag=01a201b9-32fa-7247-81ca-ba017a8a1a70", ["Tag"]),
        ("satisfaction=9&birthday=13", ["Satisfaction", "Birthday"]),
        ("contact=-1", ["Last contact"]),
        ("own-x=1", ["a field of your own that is gone"]),
        ("own-01a201b9-32fa-7247-81ca-ba017a8a1a70-from=1", ["a field of your own that is gone"]),
    ],
)
def test_what_makes_no_sense_is_left_out_in_a_sentence(as_anna, asked, odd):
    response = as_anna.get(f"{LIST}?{asked}")

    assert response.status_code == HTTPStatus.OK
    assert response.context["listing"].filter.misunderstood == odd
    assert (
        f"makes no sense and is left out: {', '.join(odd)}."
        in response.content.decode().replace("made no sense", "makes no sense")
    )
    assert names(response) == ("Eva" if "regular" in asked else "Eva Ida Otto Salon")
    assert as_anna.get(f"{PANEL}?{asked}").status_code == HTTPStatus.OK


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", "1" * 400, "x", "٣", "-0", " "])
def test_no_number_or_day_breaks_the_list(as_anna, anna, value):
    number = OwnFieldFactory(partner=anna, kind="number")
    day = OwnFieldFactory(partner=anna, kind="date")

    asked = {f"own-{number.pk}-from": value, f"own-{day.pk}-to": value, "page": value}
    assert as_anna.get(LIST, asked).status_code == HTTPStatus.OK


@pytest.mark.usefixtures("circle")
def test_a_chip_takes_its_own_part_away_alone(as_anna):
    asked = "stage=regular&stage=guest&rank=A&sort=newest"
    chips = as_anna.get(f"{LIST}?{asked}").context["listing"].chips

    assert [(chip["text"], chip["href"]) for chip in chips] == [
        ("Regular customer", f"{LIST}?stage=guest&rank=A&sort=newest"),
        ("Guest", f"{LIST}?stage=regular&rank=A&sort=newest"),
        ("Rank: A", f"{LIST}?stage=regular&stage=guest&sort=newest"),
    ]


@pytest.mark.usefixtures("circle")
def test_the_address_bar_keeps_only_what_is_asked(as_anna):
    asked = {"q": "", "stage": ["regular", "x"], "rank": "", "city": "", "sort": "name"}

    response = as_anna.get(LIST, asked, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="rows")

    assert response.headers["HX-Replace-Url"] == f"{LIST}?stage=regular"


@pytest.mark.usefixtures("circle")
def test_the_panel_remembers_what_was_asked(as_anna, anna):
    page = as_anna.get(f"{PANEL}?stage=regular&city=Fulda&birthday=4&q=eva&sort=due")
    html = page.content.decode()
    part = as_anna.get(PANEL, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="filter-body")

    assert page.context["more_is_asked"]
    assert 'value="Fulda"' in html
    assert '<option value="4" selected>' in html
    assert '<input type="hidden" name="q" value="eva">' in html
    assert '<input type="hidden" name="sort" value="due">' in html
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_filters_cost_the_same_for_any_number_of_rows(as_anna, anna, count):
    tag, field = TagFactory(partner=anna), OwnFieldFactory(partner=anna)
    for _person in range(count):
        row = CustomerFactory(partner=anna, stage="guest")
        TaggingFactory(customer=row, tag=tag)
        OwnValueFactory(customer=row, field=field)
        AddressFactory(customer=row, city="Fulda")
        FollowUpFactory(customer=row, nature="care", due=TODAY - dt.timedelta(10))

    asked = {"tag": tag.pk, f"own-{field.pk}": "38", "city": "fulda", "sort": "newest"}
    with costs(9):
        response = as_anna.get(LIST, asked)
    assert response.context["count"] == count
    with costs(4):
        as_anna.get(PANEL)


@pytest.mark.parametrize("sort", ["name", "newest", "stage", "place", "due", "contact"])
def test_late_pages_go_on_where_the_former_ended(as_anna, anna, sort):
    for number in range(60):
        CustomerFactory(
            partner=anna, first_name=f"P{number:02}", stage=["guest", "regular"][number % 2]
        )

    def ids(**asked) -> list:
        pages = [as_anna.get(LIST, {"sort": sort, "page": page, **asked}) for page in (1, 2, 3)]
        return [row.customer.pk for page in pages for row in page.context["rows"]]

    assert len(set(ids())) == len(ids()) == 60
    assert set(ids(kind="person")) == set(ids())
    assert ids(kind="person") == ids()


def test_a_care_step_that_faded_is_neither_shown_nor_sorted(as_anna, anna, clock):
    faded, later = [CustomerFactory(partner=anna, first_name=name) for name in ("Faded", "Later")]
    FollowUpFactory(customer=faded, nature="care", due=TODAY)
    FollowUpFactory(customer=faded, due=TODAY + dt.timedelta(30))
    FollowUpFactory(customer=later, due=TODAY + dt.timedelta(20))
    clock.shift(dt.timedelta(days=9))

    by_name = as_anna.get(LIST)
    assert [row.next_spoken for row in by_name.context["rows"]] == ["23 December", "13 December"]
    assert names(as_anna.get(LIST, {"sort": "due"})) == "Later Faded"


def test_a_selection_is_some_by_their_ids_or_all_of_a_question(anna, circle, boris):
    eva, ida, salon, otto = circle
    theirs = CustomerFactory(partner=boris)

    def selected(asked: str) -> set:
        return set(selection.selected(anna, QueryDict(asked)))

    assert selected("") == set()
    assert selected("query=") == {eva, ida, salon, otto}
    assert selected(urlencode({"query": "stage=regular&sort=due", "ids": ida.pk})) == {eva}
    assert selected(f"ids={eva.pk},{theirs.pk},x&ids={ida.pk}") == {eva, ida}
    assert set(selection.selected(anna, {"ids": f"{eva.pk}"})) == {eva}
    assert selection.as_fields({"query": ""}) == {"query": ""}
    assert Likeness.SOUNDS.label

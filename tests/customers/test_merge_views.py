"""The pages for people who are in the circle twice."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from customers import merging
from customers.models import Customer, Phone
from tests.customers.pages import tags, toasts, undo
from tests.factories import (
    AddressFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    TaggingFactory,
)
from tests.harness.queries import costs

DUPLICATES = "/customers/duplicates/"


@pytest.fixture
def pair(anna):
    """Two entries of one woman, the second one newer and fuller."""
    one = CustomerFactory.create(
        partner=anna, first_name="Anna", last_name="Maier", stage="customer", note="Likes tea"
    )
    other = CustomerFactory.create(
        partner=anna,
        first_name="Anna Sophie",
        last_name="Meier",
        stage="prospect",
        company="Haarscharf",
        note="Allergic to nuts",
    )
    PhoneFactory(customer=one, typed="0661 90009-11")
    PhoneFactory(customer=other, typed="+49 661 9000911")
    InteractionFactory(customer=other)
    FollowUpFactory(customer=other)
    TaggingFactory(customer=other, tag__name="Garden")
    return one, other


def url(one, other) -> str:
    return reverse("customer-merge", args=[one.pk, other.pk])


def sent(client, address, **chosen) -> dict:
    """What the page sends: all radio buttons as they are, and what was chosen otherwise."""
    page = client.get(address).context
    data = {question.name: question.proposed for question in page["questions"]}
    data |= {"staying": page["pair"].staying}
    data |= {"version-one": page["pair"].one.version, "version-other": page["pair"].other.version}
    return data | chosen


def test_only_what_differs_is_asked_and_the_fuller_answer_is_proposed(as_anna, pair):
    page = as_anna.get(url(*pair))

    asked = {question.name: question.proposed for question in page.context["questions"]}
    assert asked == {"first_name": "other", "last_name": "other", "stage": "one"}
    assert page.context["pair"].staying == "one"
    assert "1 Gespräch, 1 Wiedervorlage" in page.content.decode()


def test_two_become_one_as_chosen(as_anna, pair):
    one, other = pair
    address = url(*pair)

    answer = as_anna.post(address, sent(as_anna, address, last_name="one"))

    one.refresh_from_db()
    assert answer.headers["Location"] == one.get_absolute_url()
    assert (one.name, one.stage, one.company) == ("Anna Sophie Maier", "customer", "Haarscharf")
    assert one.note == "Likes tea\n\nAllergic to nuts"
    assert Phone.unscoped.filter(customer=one).count() == 1
    assert [other] == list(Customer.unscoped_with_bin.exclude(deleted_at=None))


def test_the_other_entry_may_stay(as_anna, pair):
    address = url(*pair)

    as_anna.post(address, sent(as_anna, address, staying="other"))

    assert list(Customer.unscoped.all()) == [pair[1]]
    assert Customer.unscoped.get().note == "Allergic to nuts\n\nLikes tea"


def test_own_fields_are_asked_as_well(as_anna, anna, pair):
    one, other = pair
    shoes = OwnFieldFactory(partner=anna)
    OwnValueFactory(customer=one, field=shoes, text="38")
    OwnValueFactory(customer=other, field=shoes, text="39")
    address = url(*pair)

    as_anna.post(address, sent(as_anna, address, **{f"own-{shoes.pk}": "one"}))

    assert [value.text for value in one.own_values.all()] == ["38"]


def test_a_merge_is_taken_back_with_one_tap(as_anna, pair):
    address = url(*pair)
    answer = as_anna.post(address, sent(as_anna, address))

    undo(as_anna, answer)

    assert [customer.name for customer in Customer.unscoped.order_by("pk")] == [
        "Anna Maier",
        "Anna Sophie Meier",
    ]


def test_who_changed_meanwhile_is_looked_at_once_more(as_anna, pair):
    address = url(*pair)
    data = sent(as_anna, address)
    Customer.unscoped.filter(pk=pair[1].pk).update(version=7)

    answer = as_anna.post(address, data)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert Customer.unscoped.count() == 2


def test_the_same_merge_twice_leads_to_the_one_who_stayed(as_anna, pair):
    address = url(*pair)
    data = sent(as_anna, address)
    as_anna.post(address, data)

    assert as_anna.post(address, data).headers["Location"] == pair[0].get_absolute_url()
    assert as_anna.get(address).headers["Location"] == pair[0].get_absolute_url()


def test_nobody_is_merged_with_themselves(as_anna, pair):
    assert as_anna.get(url(pair[0], pair[0])).status_code == HTTPStatus.NOT_FOUND


def test_two_chosen_people_can_be_merged(as_anna, pair):
    one, other = pair
    answer = as_anna.get("/customers/merge/", {"ids": f"{one.pk},{other.pk}"})
    assert answer.headers["Location"] == url(one, other)

    answer = as_anna.get("/customers/merge/", {"ids": str(one.pk)})
    assert toasts(answer) == ["Bitte wähle zwei Personen aus, die du zusammenführen möchtest."]


def test_the_list_names_pairs_and_reasons(as_anna, pair):
    page = as_anna.get(DUPLICATES)

    assert page.context["count"] == 1
    assert "gleiche Nummer" in page.content.decode()


def test_two_people_are_told_apart_and_that_can_be_taken_back(as_anna, pair):
    answer = as_anna.post(reverse("duplicate-apart", args=[pair[1].pk, pair[0].pk]))
    assert as_anna.get(DUPLICATES).context["count"] == 0
    assert tags(answer)

    undo(as_anna, answer)

    assert as_anna.get(DUPLICATES).context["count"] == 1


def test_a_circle_without_doubles_says_so(as_anna):
    assert "Jede Person gibt es nur einmal." in as_anna.get(DUPLICATES).content.decode()


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_costs_the_same_for_one_pair_and_for_many(as_anna, anna, pairs):
    for number in range(pairs):
        for _twice in range(2):
            customer = CustomerFactory(partner=anna, first_name="Anna", last_name=f"M{number}")
            AddressFactory(customer=customer)
            EmailFactory(customer=customer, typed=f"anna{number}@example.org")
    as_anna.get(DUPLICATES)

    with costs(10):
        as_anna.get(DUPLICATES)


@pytest.mark.parametrize("rows", [1, 3])
def test_side_by_side_costs_the_same_for_much(as_anna, pair, rows):
    for customer in pair:
        for number in range(rows):
            InteractionFactory(customer=customer)
            TaggingFactory(customer=customer)
            EmailFactory(customer=customer, typed=f"{customer.pk}{number}@example.org")
    as_anna.get(url(*pair))

    with costs(16):
        as_anna.get(url(*pair))


@pytest.mark.parametrize(
    "typed",
    [
        {"phone": "0661/9000911"},
        {"first_name": "Änna", "last_name": "Maier"},
        {"email": "Anna@Example.org"},
    ],
)
def test_whoever_is_there_already_is_named_while_typing(as_anna, pair, typed):
    EmailFactory(customer=pair[0], typed="anna@example.org")
    AddressFactory(customer=pair[0])

    page = as_anna.get("/customers/known/", typed).content.decode()

    assert "Gibt es schon:" in page
    assert "Anna Maier</a>, Fulda" in page


@pytest.mark.parametrize("typed", [{}, {"first_name": "Anna"}, {"phone": "06"}, {"email": "anna"}])
def test_a_few_letters_name_nobody(as_anna, pair, typed):
    assert as_anna.get("/customers/known/", typed).content.decode().strip() == ""


def test_the_address_of_the_one_who_left_leads_to_the_one_who_stayed(as_anna, as_boris, pair):
    one, other = pair
    address = url(one, other)
    as_anna.post(address, sent(as_anna, address))

    assert as_anna.get(other.get_absolute_url()).headers["Location"] == one.get_absolute_url()
    assert as_boris.get(other.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_the_fuller_answer_is_proposed_though_the_other_one_is_newer(as_anna, anna):
    one = CustomerFactory(partner=anna, first_name="Anna Sophie", birth_day=1, birth_month=2)
    other = CustomerFactory(partner=anna, first_name="Anna", birth_day=3, birth_month=2)
    Customer.unscoped.filter(pk=one.pk).update(birth_year=1980)

    page = as_anna.get(url(one, other))

    asked = {question.name: question.proposed for question in page.context["questions"]}
    assert asked == {"first_name": "one", "birthday": "one"}


def test_every_column_of_a_person_says_what_a_merge_does_with_it():
    """Whoever adds one decides: is it asked, joined, kept by each, or does it follow from others?"""
    columns = {field.name for field in Customer._meta.concrete_fields}
    bookkeeping = {"id", "partner", "created_at", "updated_at", "version", "deleted_at"}
    declared = {*merging.ASKED, *merging.BIRTHDAY, *merging.JOINED, *merging.EACH_KEEPS}

    assert columns == declared | bookkeeping | Customer.derived

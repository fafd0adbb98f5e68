"""Who brought whom: a story through generations, without ranks, however tangled it is."""

import datetime as dt
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.urls import reverse

from customers.network import Network
from partners import clock
from tests.customers.pages import toasts, undo
from tests.factories import CustomerFactory
from tests.harness.queries import costs
from tests.trust_factories import RecommendationFactory

pytestmark = pytest.mark.usefixtures("english", "clock")

LIST, TREE = reverse("recommendation-list"), reverse("recommendation-tree")
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def people(anna):
    names = ("Petra", "Meike", "Jana", "Tom", "Eva")
    return {
        name: CustomerFactory(partner=anna, first_name=name, last_name="", stage="prospect")
        for name in names
    }


@pytest.fixture
def brings(people):
    """One brings another; each a day after the one before."""
    days = iter(range(1000))

    def brings(by, to, **values):
        ends = {"recommender": people[by], "recipient": people[to]}
        day = DAY + dt.timedelta(days=next(days))
        return RecommendationFactory(**ends, **({"recommended_on": day} | values))

    return brings


def told(partner):
    """The lines of all stories, as one would read them aloud."""
    network = Network(partner)
    return [
        " > ".join(who.name for who in line.by) + ": " + ", ".join(who.name for who in line.brought)
        for story in network.stories
        for line in network.lines(story)
    ]


def network_of(customer):
    return reverse("customer-network", args=[customer.pk])


# --- the tree ---


def test_a_story_goes_on_through_generations(anna, brings):
    brings("Petra", "Meike")
    brings("Petra", "Tom")
    brings("Meike", "Jana")

    assert told(anna) == ["Petra: Meike, Tom", "Petra > Meike: Jana"]
    (story,) = Network(anna).stories
    assert (story.known, story.directly, story.later) == (3, 2, 1)


def test_customers_are_counted_through_generations(anna, people, brings):
    brings("Petra", "Meike")
    brings("Meike", "Jana")
    people["Jana"].stage = "regular"
    people["Jana"].save()

    (story,) = Network(anna).stories

    assert story.customers == 1


def test_whoever_told_of_somebody_first_has_brought_them(as_anna, anna, people, brings):
    brings("Petra", "Jana")
    brings("Eva", "Jana")

    assert told(anna) == ["Petra: Jana"]
    page = as_anna.get(network_of(people["Jana"]))
    assert [who.name for who in page.context["way"]] == ["Petra"]
    assert [who.name for who in page.context["also_by"]] == ["Eva"]


def test_a_circle_of_recommendations_ends_where_it_began(anna, brings):
    brings("Petra", "Meike")
    brings("Meike", "Jana")
    brings("Jana", "Petra")

    assert told(anna) == ["Petra: Meike", "Petra > Meike: Jana"]


def test_two_recommendations_to_one_person_are_one_line(anna, brings):
    brings("Petra", "Meike")
    brings("Petra", "Meike", about="product")

    assert told(anna) == ["Petra: Meike"]
    assert Network(anna).stories[0].known == 1


def test_of_a_long_chain_the_beginning_and_the_end_are_told(anna):
    chain = [CustomerFactory(partner=anna, first_name=letter, last_name="") for letter in "ABCDEF"]
    for day, (by, to) in enumerate(pairwise(chain)):
        RecommendationFactory(
            recommender=by, recipient=to, recommended_on=DAY + dt.timedelta(days=day)
        )

    lines = told(anna)

    assert lines[-1] == "A > D > E: F"
    assert lines[1] == "A > B: C"
    network = Network(anna)
    assert [line.is_long for line in network.lines(network.stories[0])] == [
        *(False, False, False),
        *(True, True),
    ]


def test_a_chain_of_a_thousand_is_told_too(anna):
    chain = CustomerFactory.create_batch(1000, partner=anna)
    for by, to in pairwise(chain):
        RecommendationFactory(recommender=by, recipient=to)

    network = Network(anna)

    assert network.stories[0].known == 999
    assert len(network.lines(network.stories[0])) == 999


def test_who_was_deleted_or_locked_is_not_told_of(anna, people, brings):
    brings("Petra", "Meike")
    brings("Petra", "Tom")
    brings("Eva", "Jana")
    for name, column in (("Meike", "deleted_at"), ("Eva", "restricted_at")):
        setattr(people[name], column, clock.now())
        people[name].save()

    assert told(anna) == ["Petra: Tom"]


def test_a_name_alone_stands_in_the_list_and_not_in_the_tree(anna, people):
    RecommendationFactory(
        partner=anna, recommender=people["Petra"], recipient=None, recipient_name="Uli"
    )

    assert told(anna) == []
    assert [word.name for word in Network(anna).words] == ["Uli"]


def test_one_sees_how_somebody_came_and_who_came_through_them(as_anna, people, brings):
    brings("Petra", "Meike")
    brings("Meike", "Jana")
    brings("Jana", "Tom")

    context = as_anna.get(network_of(people["Jana"])).context

    assert [who.name for who in context["way"]] == ["Petra", "Meike"]
    assert [[who.name for who in line.brought] for line in context["page"]] == [["Tom"]]


def test_whoever_brought_nobody_has_a_page_too(as_anna, people):
    page = as_anna.get(network_of(people["Tom"]))

    assert page.status_code == HTTPStatus.OK
    assert b"Nobody yet." in page.content


# --- the list ---


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("", ["Tom", "Jana", "Meike"]),
        ("open", ["Meike"]),
        ("customer", ["Jana"]),
        ("no", ["Tom"]),
        ("nonsense", ["Tom", "Jana", "Meike"]),
    ],
)
def test_the_list_is_narrowed_to_what_came_of_them(as_anna, brings, show, names):
    brings("Petra", "Meike", status="in-touch")
    brings("Petra", "Jana", status="customer")
    brings("Eva", "Tom", status="no")

    context = as_anna.get(LIST, {"show": show}).context

    assert [word.name for word, _day in context["words"]] == names


def test_words_find_either_end_and_the_reason(as_anna, brings):
    brings("Petra", "Meike", why="loves the Größe M")
    brings("Eva", "Tom")

    for query in ("petra", "MEIKE", "groesse", "petra meike"):
        found = as_anna.get(LIST, {"q": query}).context["words"]
        assert [word.name for word, _day in found] == ["Meike"]
    assert as_anna.get(LIST, {"q": "petra tom"}).context["words"] == []


def test_thanks_are_asked_for_once_per_person_the_longest_waiting_first(as_anna, brings):
    brings("Petra", "Meike")
    brings("Eva", "Tom", thanks="given")
    brings("Eva", "Jana")
    brings("Petra", "Tom")

    due = as_anna.get(LIST).context["due"]

    assert [(one.who.name, one.names) for one in due] == [
        ("Petra", "Meike and Tom"),
        ("Eva", "Jana"),
    ]


def test_thanks_are_said_from_the_list_and_taken_back(as_anna, anna, people, brings):
    brings("Petra", "Meike")
    url = reverse("recommendation-thanks", args=[people["Petra"].pk])

    response = as_anna.post(url, {"thanks": "given", "next": f"{LIST}?show=thanks"})

    assert response.url == f"{LIST}?show=thanks"
    assert as_anna.get(response.url).context["due"] == []
    undo(as_anna, response)
    assert len(as_anna.get(LIST).context["due"]) == 1


def test_what_came_of_it_is_said_in_one_tap(as_anna, anna, people, brings):
    row = brings("Petra", "Meike")
    address = Network(anna).words[0].status_address
    assert f'"{address}"' in as_anna.get(LIST).content.decode()

    response = as_anna.post(address, {"status": "customer", "next": LIST})

    assert toasts(response) == ["How nice: Meike became a customer."]
    assert anna.recommendations.get(pk=row.pk).status == "customer"
    assert anna.customers.get(pk=people["Meike"].pk).stage == "customer"


def test_those_whose_word_did_most_come_first(as_anna, brings):
    brings("Petra", "Meike")
    brings("Petra", "Tom")
    brings("Eva", "Jana", status="customer")

    friends = as_anna.get(LIST).context["friends"]

    assert [(one.who.name, one.words, one.customers) for one in friends] == [
        ("Eva", 1, 1),
        ("Petra", 2, 0),
    ]


def test_nobody_sees_anothers_network(as_boris, people, brings):
    brings("Petra", "Meike")

    assert as_boris.get(network_of(people["Petra"])).status_code == HTTPStatus.NOT_FOUND
    for address in (LIST, TREE):
        assert str(people["Petra"].pk) not in as_boris.get(address).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_or_many(as_anna, people, brings, number):
    for name in ["Meike", "Jana", "Tom"][:number]:
        brings("Petra", name)

    for address, queries in ((LIST, 4), (TREE, 3), (network_of(people["Petra"]), 4)):
        with costs(queries):
            as_anna.get(address)

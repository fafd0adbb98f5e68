"""The privacy of a circle: every address declared, and every one tried by every stranger.

Wall one, in the application, stands here on both databases. `test_walls_postgres.py` takes one wall
away at a time and shows that this crawl would notice.
"""

import pytest
from django.contrib import admin

from partners.actions import expect_password
from partners.admin import site
from tests.project.crawl import ask, ask_in_every_way
from tests.project.pages import ACCOUNTS, LINKS, OFFICE, PRIVATE, PUBLIC, TOLD, url_names
from tests.project.world import NOBODY, TOKEN, build, canaries, owned_models


@pytest.fixture
def world(clock, anna):
    return build(anna)


@pytest.fixture
def strangers(client, as_boris, as_office):
    return {"nobody": client, "Boris": as_boris, "the office": as_office}


def test_every_address_is_declared():
    names = {name for name in url_names() if not name.startswith("admin:")}

    assert names == PRIVATE.keys() | OFFICE.keys() | LINKS.keys() | PUBLIC | ACCOUNTS


@pytest.mark.parametrize("name", PRIVATE)
def test_the_owner_is_answered(as_anna, world, name):
    page = PRIVATE[name]

    assert ask(as_anna, "GET", page.url(name, world)).status in page.answers


@pytest.mark.parametrize("name", PRIVATE)
def test_strangers_see_and_change_nothing(strangers, world, name, caplog, mailoutbox):
    """And a foreign row answers them like one that does not exist."""
    page, before = PRIVATE[name], world.fingerprint()

    for who, stranger in strangers.items():
        answers = list(ask_in_every_way(stranger, page.url(name, world)))
        for way, answer in answers:
            assert answer.status < 500, f"{who} {way}\n{answer.text}"
            assert canaries(answer.text) == set(), f"{who} {way}"
        missing = ask_in_every_way(stranger, page.url_of_nobody(name, world)) if page.ids else ()
        for (way, answer), (_, of_nobody) in zip(answers, missing, strict=False):
            assert answer.comparable == of_nobody.comparable, f"{who} {way}"

    assert canaries(caplog.text) == set()
    assert mailoutbox == []
    assert world.fingerprint() == before


@pytest.mark.parametrize("name", ["customer-list", "search"])
@pytest.mark.parametrize(
    "key", ["q", "stage", "rank", "follow_up", "sort", "page", "customer__note"]
)
def test_no_parameter_answers_differently_for_what_strangers_own(as_boris, world, name, key):
    page = PRIVATE[name]
    answers = []
    for value in (f"{TOKEN}customernote", "nonsense"):
        url = page.url(name, world).partition("?")[0]
        answer = ask(as_boris, "GET", f"{url}?{key}={value}")
        status, text = answer.comparable
        answers.append((status, text.replace(value, "VALUE")))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_sees_no_circle(as_office, world, name):
    page, before = OFFICE[name], world.fingerprint()

    answer = ask(as_office, "GET", page.url(name, world))

    assert answer.status in page.answers
    assert canaries(answer.text) == set()
    assert world.fingerprint() == before


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_is_closed_to_others(client, as_anna, as_boris, world, name):
    before = world.fingerprint()

    for visitor, closed in ((client, {204, 302}), (as_anna, {404}), (as_boris, {404})):
        answers = ask_in_every_way(visitor, OFFICE[name].url(name, world))
        assert {answer.status for _, answer in answers} <= closed

    assert world.fingerprint() == before


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_its_own_page_and_tells_no_more_than_its_mail(client, world, name):
    expect_password(world.partner.user)
    before, link = world.fingerprint(), LINKS[name](world.partner.user)

    answer = ask(client, "GET", link)

    assert (answer.status, canaries(answer.text)) == (200, TOLD.get(name, set()))
    assert world.fingerprint() == before


@pytest.mark.parametrize("name", LINKS)
def test_an_altered_link_is_worth_as_much_as_an_invented_one(client, world, name):
    expect_password(world.partner.user)
    link = LINKS[name](world.partner.user).rstrip("/")
    start, token = link.rsplit("/", 1)
    of_nobody = f"{NOBODY}.{token.partition('.')[2]}"

    answers = [
        ask(client, "POST", f"{start}/{text}/") for text in (of_nobody, f"{token}x", "invented")
    ]

    assert {answer.status for answer in answers} <= {404, 410}
    assert len({answer.body for answer in answers}) == 1


@pytest.mark.parametrize("registry", [admin.site, site])
def test_no_private_row_is_in_the_admin(registry):
    assert not set(owned_models()) & set(registry._registry)


@pytest.mark.parametrize("visitor", ["as_anna", "as_office"])
def test_the_admin_is_closed_to_partners_and_clerks(request, visitor):
    """Only superusers come in; neither page, lookup nor history tells others anything."""
    client = request.getfixturevalue(visitor)
    models = [
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry
    ]

    for url in ["/admin/", "/admin/autocomplete/", "/admin/jsi18n/", "/admin/r/1/1/", *models]:
        assert ask(client, "GET", url).status in {302, 404}, url

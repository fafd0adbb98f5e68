"""Tokens: only we can make one, for one purpose, until its last day; the rest is no link at all."""

import datetime as dt
import string

import pytest
import time_machine
from hypothesis import assume, given
from hypothesis import strategies as st

from partners import links

words = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=50)
versions = st.integers(0, 2**63)
last_days = st.none() | st.dates(dt.date(2026, 11, 23), dt.date(2100, 1, 1))
contents = st.tuples(words, versions, last_days)
MONDAY = dt.date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("clock")


@given(words, contents)
def test_a_token_says_what_was_put_in(purpose, content):
    assert links.read(purpose, links.token(purpose, *content)) == content


@given(words, words, contents)
def test_a_token_of_one_purpose_is_none_for_another(purpose, other, content):
    assume(purpose != other)

    with pytest.raises(links.BadLink):
        links.read(other, links.token(purpose, *content))


@given(contents, st.data())
def test_no_altered_token_is_one(content, data):
    """A character or two less, more, or others."""
    token = links.token("purpose", *content)
    place = data.draw(st.integers(0, len(token)))
    put = data.draw(st.text(st.characters(codec="utf-8") | st.sampled_from(token), max_size=2))
    altered = token[:place] + put + token[place + data.draw(st.integers(0, 2)) :]
    assume(altered != token)

    with pytest.raises(links.BadLink):
        links.read("purpose", altered)


@given(st.text() | words.map(lambda word: f"{word}.1.{word}"))
def test_no_invented_token_is_one(text):
    with pytest.raises(links.BadLink):
        links.read("purpose", text)


@given(contents, contents)
def test_two_contents_have_two_tokens(one, other):
    assume(one != other)

    assert links.token("purpose", *one) != links.token("purpose", *other)


def test_neither_version_nor_last_day_can_be_exchanged():
    kept = links.token("purpose", 7, 1, MONDAY)
    newer = links.token("purpose", 7, 2, MONDAY + dt.timedelta(days=9))
    identifier, version, until, signature = kept.split(".")

    for payload in (
        f"{identifier}.2.{until}",
        f"{identifier}.{version}.2026-12-02",
        f"{identifier}.{version}",
        newer.rpartition(".")[0],
    ):
        with pytest.raises(links.BadLink):
            links.read("purpose", f"{payload}.{signature}")


def test_the_key_decides(settings):
    token = links.token("purpose", 7, 1)
    settings.LINK_KEY = "another key"

    with pytest.raises(links.BadLink):
        links.read("purpose", token)


def test_links_in_mails_of_last_year_still_work(settings):
    """A token without a last day, as it was made before there were any."""
    settings.LINK_KEY = "key"

    assert links.read("preferences", "7.1.QP7oybliIITFlidqqRTIQqjWbOIrAUzo") == ("7", 1, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "...",
        "7",
        "7.1",
        "7.1.",
        "7.1.\x00",
        "\x00",
        "٧.١.x",
        "７.１.x",
        "7.1.ä",
        "7.1.\ud800",
        f"7.{'9' * 5000}.x",
        f"{'7' * 10_000}.1.x",
        "7.1.x\n",
        "7.1.2026-99-99.x",
        "💥" * 1000,
    ],
)
def test_whatever_one_types_is_at_worst_no_link(text):
    with pytest.raises(links.BadLink):
        links.read("purpose", text)


def test_a_line_break_behind_a_token_makes_it_none():
    with pytest.raises(links.BadLink):
        links.read("purpose", links.token("purpose", 7, 1) + "\n")


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-11-23T23:59+14:00", True),  # Kiritimati
        ("2026-11-23T23:59-11:00", True),  # Pago Pago
        ("2026-11-23T23:59-12:00", True),
        ("2026-11-24T00:00-12:00", False),
        ("2027-11-23T00:00+00:00", False),
    ],
)
def test_a_token_works_until_its_last_day_is_over_everywhere(moment, works):
    token = links.token("purpose", 7, 1, MONDAY)

    with time_machine.travel(dt.datetime.fromisoformat(moment), tick=False):
        if works:
            assert links.read("purpose", token).until == MONDAY
            return
        with pytest.raises(links.Expired) as expired:
            links.read("purpose", token)
        assert expired.value.link == ("7", 1, MONDAY)


def test_an_altered_old_token_is_not_even_expired(clock):
    token = links.token("purpose", 7, 1, MONDAY)
    clock.shift(dt.timedelta(days=30))

    with pytest.raises(links.BadLink) as refused:
        links.read("purpose", token.replace("7.1.", "8.1.", 1))
    assert not isinstance(refused.value, links.Expired)


@pytest.mark.parametrize(
    ("purpose", "identifier"), [("a:b", 7), ("a", "7.1"), ("", 7), ("a", ""), ("a", "ä")]
)
def test_only_words_become_a_token_so_that_no_two_read_alike(purpose, identifier):
    with pytest.raises(ValueError, match="is no word"):
        links.token(purpose, identifier, 1)

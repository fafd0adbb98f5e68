"""What somebody plans is kept for its day, and not told as done."""

import pytest

from tests.customers.pages import toasts
from tests.customers.test_remember import petra, remember

__all__ = ["petra"]

pytestmark = pytest.mark.usefixtures("english", "clock")


@pytest.mark.parametrize(
    ("text", "title", "when"),
    [
        ("zieht im März um", "Is moving house", "March 2027"),
        ("zieht am 1.3. um", "Is moving house", "1 March 2027"),
        ("zieht bald um", "Is moving house", "noted today"),
        ("ist im März umgezogen", "Moved house", "March 2026"),
        ("ist umgezogen", "Moved house", "noted today"),
    ],
)
def test_what_is_still_to_come_is_not_told_as_done(as_anna, petra, text, title, when):
    response = remember(as_anna, petra, text)

    entry = as_anna.get(petra.get_absolute_url()).context["timeline"][0]
    assert (entry.title, entry.when_spoken, entry.text) == (title, when, text)
    dated = [title] if when.startswith("noted") else [title, when]
    assert toasts(response) == [f"Life event: {' · '.join(dated)} ({text})"]

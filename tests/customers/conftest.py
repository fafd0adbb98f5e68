from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def english(anna, in_english) -> None:
    """Anna reads English, as the tests that look for words do."""
    anna.user.language = "en"
    anna.user.save()

import pytest


@pytest.fixture
def english(anna) -> None:
    """Anna reads English, as the tests that look for words do."""
    anna.user.language = "en"
    anna.user.save()

"""Addresses of single rows, without a `reverse` for each."""

import pytest
from django.urls import reverse

from partners import addresses
from partners.models.identifiers import uuid7


@pytest.mark.parametrize("name", ["customer-detail", "interaction-add", "follow-up-done"])
def test_an_address_is_what_reverse_says(name):
    pk = uuid7()

    assert addresses.of(name, pk) == reverse(name, args=[pk])

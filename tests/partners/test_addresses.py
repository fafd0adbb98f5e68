"""Addresses of single rows, without a `reverse` for each."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from partners import addresses
from partners.models.identifiers import uuid7


@pytest.mark.parametrize("name", ["customer-detail", "interaction-add", "follow-up-done"])
def test_an_address_is_what_reverse_says(name):
    pk = uuid7()

    assert addresses.of(name, pk) == reverse(name, args=[pk])


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{% url 'today' %}", "/"),
        ("{% url 'customer-detail' pk %}", "/customers/{pk}/"),
        ("{% url 'customer-detail' pk=pk %}", "/customers/{pk}/"),
        ("{% url 'customer-detail' text %}", "/customers/{pk}/"),
        ("{% url name pk %}", "/customers/{pk}/"),
        ("{% url 'customer-merge' pk pk %}", "/customers/merge/{pk}/{pk}/"),
        ("{% url 'customer-detail' pk as there %}{{ there }}", "/customers/{pk}/"),
        ("{% url 'nowhere' as there %}{{ there }}.", "."),
    ],
)
def test_the_tag_of_addresses_says_what_djangos_does(tag, expected):
    pk = uuid7()
    context = Context({"pk": pk, "text": str(pk), "name": "customer-detail"})

    assert Template(tag).render(context) == expected.format(pk=pk)


def test_an_address_that_leads_nowhere_is_an_error_that_names_the_row():
    pk = uuid7()
    with pytest.raises(NoReverseMatch, match=str(pk)):
        Template("{% url 'today' pk %}").render(Context({"pk": pk}))


@pytest.mark.parametrize("name", ["'nowhere'", "'nowhere' pk", "nobody", "nobody pk"])
def test_a_page_that_there_is_not_is_an_error(name):
    with pytest.raises(NoReverseMatch):
        Template(f"{{% url {name} %}}").render(Context({"pk": uuid7()}))

"""Saving somebody who went away in another tab."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.customers.pages import edit_url, new, typed_over
from tests.factories import CustomerFactory

pytestmark = pytest.mark.usefixtures("english")


def test_what_was_typed_survives_that_the_person_was_deleted_in_another_tab(as_anna, anna):
    petra = CustomerFactory(partner=anna, first_name="Petra")
    typed = typed_over(as_anna, edit_url(petra), last_name="Weiß", phone="0661 12345")
    as_anna.post(reverse("customer-delete", args=[petra.pk]))

    response = as_anna.post(edit_url(petra), typed)

    html = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "In the meantime Petra was put into the bin." in html
    assert f'href="{reverse("customer-bin")}"' in html
    assert reverse("customer-delete", args=[petra.pk]) not in html
    assert 'value="Weiß"' in html
    assert 'value="0661 12345"' in html
    assert not anna.customers.exists()


def test_what_was_typed_survives_that_the_person_was_merged_in_another_tab(as_anna, anna):
    petra, twin = CustomerFactory.create_batch(2, partner=anna)
    typed = typed_over(as_anna, edit_url(twin), last_name="Weiß")
    twin.merged_into, twin.deleted_at = petra, timezone.now()
    twin.save()

    response = as_anna.post(edit_url(twin), typed)

    html = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert f'href="{petra.get_absolute_url()}"' in html
    assert 'value="Weiß"' in html


def test_a_stranger_learns_nothing_of_who_lies_in_a_bin(as_boris, anna):
    petra = CustomerFactory(partner=anna, deleted_at=timezone.now())

    assert as_boris.post(edit_url(petra), new()).status_code == HTTPStatus.NOT_FOUND

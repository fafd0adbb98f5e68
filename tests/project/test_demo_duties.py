"""The demo has a few duties, today and on every later day."""

import datetime as dt

import pytest
from django.utils import translation

from customers import duties
from partners import clock as business
from partners.models import Partner
from tests.project.test_demo import demo, load

__all__ = ["demo"]


def line(partner):
    with translation.override("en"):
        return duties.line(partner, business.today(partner.zone))


@pytest.mark.parametrize("days", [0, 40, 400])
def test_anna_has_a_few_people_to_tell_and_boris_none_in_a_hurry(demo, clock, days):
    clock.shift(dt.timedelta(days=days))
    load()

    told, *_requests, silent = line(demo).split(" · ")
    assert told == "3 people do not know yet that you noted them"
    assert silent == "1 person you have not heard of for long"
    boris = Partner.objects.get(user__email="boris@example.org")
    assert "noted" not in line(boris)
    assert duties.untold(boris, business.today(boris.zone)).count() == 2

"""How hosts are thanked: the partner's own tiers, by sales and buyers."""

from decimal import Decimal

import pytest
from django.urls import reverse

from events import rewards
from tests.customers.pages import typed_over, undo
from tests.event_factories import RewardTierFactory

pytestmark = pytest.mark.usefixtures("english", "clock")


def reward(anna, sales, share, buyers=0):
    return RewardTierFactory(partner=anna, min_sales=sales, min_buyers=buyers, value=share)


def url(name, tier):
    return reverse(name, args=[tier.pk])


@pytest.mark.parametrize(
    ("sales", "buyers", "reached", "gap"),
    [
        (99, 5, "", "€1 to go until: 10\xa0% of the sales"),
        (100, 3, "10\xa0% of the sales (€10)", "€200 to go until: 15\xa0% of the sales"),
        (412, 2, "", "1 buyer to go until: 10\xa0% of the sales"),
        (412, 6, "15\xa0% of the sales (€61.80)", "€88 to go until: A candle"),
        (900, 9, "A candle", ""),
    ],
)
def test_the_highest_tier_that_is_reached_counts(anna, sales, buyers, reached, gap):
    reward(anna, 300, 15, buyers=3)
    reward(anna, 100, 10, buyers=3)
    RewardTierFactory(partner=anna, min_sales=500, kind="item", value=None, item="A candle")

    standing = rewards.standing(anna.rewardtiers.all(), Decimal(sales), buyers)

    assert (standing.spoken, standing.gap) == (reached, gap)


def test_tiers_are_started_changed_and_deleted_with_undo(as_anna, anna):
    as_anna.post(reverse("reward-start"))
    as_anna.post(reverse("reward-start"))
    tier = anna.rewardtiers.first()
    assert anna.rewardtiers.count() == 4

    edit = url("reward-edit", tier)
    as_anna.post(edit, typed_over(as_anna, edit, min_sales="1.000,50", kind="fixed", value="25"))
    tier.refresh_from_db()
    assert (tier.min_sales, rewards.words(tier)) == (Decimal("1000.50"), "a voucher of €25")

    response = as_anna.post(url("reward-remove", tier))
    assert anna.rewardtiers.count() == 3
    undo(as_anna, response)
    assert anna.rewardtiers.count() == 4


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "item"}, "What do you give?"),
        ({"kind": "percent"}, "Please say how much."),
        ({"kind": "percent", "value": "101"}, "More than 100 per cent"),
    ],
)
def test_a_tier_says_what_it_gives(as_anna, anna, typed, sentence):
    response = as_anna.post(reverse("reward-add"), {"min_sales": "100"} | typed)

    assert sentence in response.text
    assert not anna.rewardtiers.exists()

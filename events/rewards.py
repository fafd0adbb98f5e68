"""The host's thank-you: which tier an evening reached, what it is worth, how far the next one is."""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import RewardTier
from events.money import ZERO, cents, euros, per_cent

Kind = RewardTier.Kind
HUNDRED = 100
BUYERS = 3
# To start from: sales, and per cent of them.
STARTERS = tuple(
    (Decimal(sales), Decimal(share))
    for sales, share in ((100, 10), (300, 15), (500, 18), (1000, 20))
)


@dataclasses.dataclass(frozen=True)
class Standing:
    """Where an evening stands among its partner's tiers."""

    sales: Decimal
    buyers: int
    tier: RewardTier | None
    ahead: RewardTier | None

    @property
    def thanks(self) -> str:
        return words(self.tier) if self.tier else ""

    @property
    def worth(self) -> Decimal | None:
        return worth(self.tier, self.sales) if self.tier else None

    @property
    def spoken(self) -> str:
        """“15 % of the sales (61.80 €)”."""
        return said(self.thanks, self.worth)

    @property
    def gap(self) -> str:
        """“38 € to go until 15 %”."""
        if self.ahead is None:
            return ""
        to_go = missing(self.ahead, self.sales, self.buyers)
        return _("%(gap)s to go until: %(reward)s") % {"gap": to_go, "reward": words(self.ahead)}


def standing(tiers: Iterable[RewardTier], sales: Decimal, buyers: int) -> Standing:
    """The best tier that is reached, and the first one behind it."""
    ordered = sorted(tiers, key=lambda tier: (tier.min_sales, tier.min_buyers))
    reached = [tier for tier in ordered if is_reached(tier, sales, buyers)]
    tier = reached[-1] if reached else None
    behind: Sequence[RewardTier] = ordered[ordered.index(tier) + 1 :] if tier else ordered
    return Standing(sales, buyers, tier, next(iter(behind), None))


def is_reached(tier: RewardTier, sales: Decimal, buyers: int) -> bool:
    return sales >= tier.min_sales and sales > ZERO and buyers >= tier.min_buyers


def missing(tier: RewardTier, sales: Decimal, buyers: int) -> str:
    money, people = tier.min_sales - sales, tier.min_buyers - buyers
    parts = [euros(money)] if money > ZERO else []
    if people > 0:
        parts.append(ngettext("%(count)d buyer", "%(count)d buyers", people) % {"count": people})
    return _(" and ").join(parts)


def worth(tier: RewardTier, sales: Decimal) -> Decimal | None:
    """In euros, where that is known."""
    if tier.value is None or tier.kind == Kind.ITEM:
        return None
    if tier.kind == Kind.PERCENT:
        return cents(sales * tier.value / HUNDRED)
    return tier.value


def words(tier: RewardTier) -> str:
    value = tier.value or ZERO
    if tier.kind == Kind.PERCENT:
        return _("%(share)s of the sales") % {"share": per_cent(value)}
    if tier.kind == Kind.FIXED:
        return _("a voucher of %(sum)s") % {"sum": euros(value)}
    return tier.item


def condition(tier: RewardTier) -> str:
    """“from 300 € and 3 buyers”."""
    known = {"sum": euros(tier.min_sales), "count": tier.min_buyers}
    if not tier.min_buyers:
        return _("from %(sum)s") % known
    return (
        ngettext(
            "from %(sum)s and %(count)d buyer", "from %(sum)s and %(count)d buyers", tier.min_buyers
        )
        % known
    )


def said(thanks: str, worth: Decimal | None) -> str:
    """A reward with its worth, unless its words say that already."""
    if not thanks or worth is None or euros(worth) in thanks:
        return thanks
    return f"{thanks} ({euros(worth)})"


def starters() -> list[RewardTier]:
    return [
        RewardTier(min_sales=sales, min_buyers=BUYERS, kind=Kind.PERCENT, value=share)
        for sales, share in STARTERS
    ]

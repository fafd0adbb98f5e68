"""The partner's own rule for thanking hosts: its tiers come, change and go."""

from typing import Any

from django.db import transaction

from events import rewards
from events.models import RewardTier
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def store_tier(partner: Partner, actor: User, tier: RewardTier, values: dict[str, Any]) -> Act:
    act = Act(partner, actor, "reward-tier")
    if tier._state.adding:
        changes.assign(tier, values)
        changes.create(act, tier)
    else:
        changes.update(act, tier, **values)
    return act


@transaction.atomic
def remove_tier(partner: Partner, actor: User, tier: RewardTier) -> Act:
    act = Act(partner, actor, "reward-tier-remove")
    changes.remove(act, tier)
    return act


@transaction.atomic
def start_tiers(partner: Partner, actor: User) -> Act:
    """Some to start from; whoever has a rule keeps that alone."""
    act = Act(partner, actor, "reward-tiers-start")
    Partner.objects.select_for_update().get(pk=partner.pk)
    if not partner.rewardtiers.exists():
        changes.create(act, *rewards.starters())
    return act

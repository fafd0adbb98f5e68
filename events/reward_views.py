"""How hosts are thanked: the partner's own tiers."""

import uuid
from copy import copy

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.views import held, posted, say_sent_before
from events import rewards
from events.actions import rewarding
from events.reward_forms import MOST_TIERS, RewardForm
from partners.answers import say, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once

LIST = "reward-list"


@require_safe
def reward_list(request: PartnerRequest):
    tiers = list(request.partner.rewardtiers.all())
    context = {
        "nav": "more",
        "tiers": [(tier, rewards.condition(tier), rewards.words(tier)) for tier in tiers],
        "is_full": len(tiers) >= MOST_TIERS,
        "starters": [(rewards.condition(tier), rewards.words(tier)) for tier in rewards.starters()],
    }
    return render(request, "events/result/rewards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reward_add(request: PartnerRequest):
    if request.method == "POST" and sent_before(request.partner.rewardtiers, request.POST):
        say_sent_before(request)
        return redirect(LIST)
    form = RewardForm(posted(request), partner=request.partner)
    if form.is_valid():
        tier = form.save(commit=False)
        act = store_once(
            request.partner.rewardtiers,
            tier,
            lambda: rewarding.store_tier(request.partner, request.user, tier, form.values),
        )
        say(request, _("Noted."), act)
        return redirect(LIST)
    return page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def reward_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.rewardtiers), pk=pk)
    form = RewardForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = rewarding.store_tier(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(LIST)
    return page(request, form, tier=stored, conflict=form.conflict)


def page(request: PartnerRequest, form: RewardForm, **more):
    context = {"nav": "more", "form": form, **more}
    return render(request, "events/result/reward.html", context, status=status_of(form))


@require_POST
def reward_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    tier = held(request, request.partner.rewardtiers).filter(pk=pk).first()
    if tier is not None:
        act = rewarding.remove_tier(request.partner, request.user, tier)
        say(request, _("The tier is deleted."), act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect(LIST)


@require_POST
def reward_start(request: PartnerRequest):
    act = rewarding.start_tiers(request.partner, request.user)
    if act.left_traces:
        say(request, _("They are yours now. Change them until they fit."), act)
    else:
        messages.info(request, _("You have tiers already."))
    return redirect(LIST)

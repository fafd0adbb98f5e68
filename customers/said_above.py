"""Rows in which people speak for themselves: nobody else takes back what they said."""

from typing import Any

from partners.models import Change, Partner

SEAT = "guest-seat"  # an act by itself: somebody moves up since others said something
labels: set[str] = set()


def register(*models: Any) -> None:
    labels.update(model._meta.label_lower for model in models)


def is_their_word(trace: Change) -> bool:
    return trace.actor_id is None and trace.model in labels


def in_act(partner: Partner, act_id: Any) -> bool:
    return partner.changes.filter(act_id=act_id, actor_id=None, model__in=labels).exists()

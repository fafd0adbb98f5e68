"""Helps for talks: written, put in order, taken away; and a few honest ones to start from."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from customers.models import TalkNote
from customers.talk_starters import STARTERS
from partners import changes
from partners.changes import Act
from partners.models import Partner, User


@transaction.atomic
def store_note(partner: Partner, actor: User, note: TalkNote, values: dict[str, Any]) -> Act:
    """A new note, or an old one in better words; in another group it comes last."""
    act = Act(partner, actor, "talk-note")
    is_new = note._state.adding
    if is_new or values["kind"] != note.kind:
        values = values | {"position": last_position(partner, values["kind"]) + 1}
    if is_new:
        changes.assign(note, values)
        changes.create(act, note)
    else:
        changes.update(act, note, **values)
    return act


def last_position(partner: Partner, kind: str) -> int:
    last = partner.talknotes.filter(kind=kind).aggregate(last=Max("position"))["last"]
    return last or 0


@transaction.atomic
def add_starters(partner: Partner, actor: User) -> Act:
    """The helps to start from, in the partner's language; whoever has notes keeps those alone."""
    act = Act(partner, actor, "talk-notes-start")
    Partner.objects.select_for_update().get(pk=partner.pk)
    if not partner.talknotes.exists():
        with translation.override(actor.language):
            notes = [
                TalkNote(kind=kind, title=str(title), text=str(text), position=position)
                for position, (kind, title, text) in enumerate(STARTERS, 1)
            ]
        changes.create(act, *notes)
    return act


@transaction.atomic
def order_notes(partner: Partner, actor: User, notes: Iterable[TalkNote]) -> Act:
    act = Act(partner, actor, "talk-note-order")
    wishes: list[tuple[Any, dict[str, Any]]] = [
        (note, {"position": number}) for number, note in enumerate(notes, 1)
    ]
    changes.update_all(act, wishes)
    return act


@transaction.atomic
def remove_note(partner: Partner, actor: User, note: TalkNote) -> Act:
    act = Act(partner, actor, "talk-note-remove")
    changes.remove(act, note)
    return act

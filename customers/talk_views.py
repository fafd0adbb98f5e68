"""Helps for talks: to read in the middle of one, and to write, order and delete."""

import uuid
from copy import copy

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.actions import talk_notes
from customers.talk_forms import MOST_NOTES, TalkNoteForm
from customers.talk_starters import STARTERS
from customers.views import held, posted, say_sent_before
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

LIST = "talk-note-list"


@require_safe
def talk_note_list(request: PartnerRequest):
    """With `read` in the address without anything that changes them."""
    notes = list(request.partner.talknotes.all())
    kinds = list(dict.fromkeys([kind for kind, *_words in STARTERS] + [one.kind for one in notes]))
    context = {
        "nav": "more",
        "groups": [
            group for kind in kinds if (group := [one for one in notes if one.kind == kind])
        ],
        "starters": [] if notes else STARTERS,
        "is_full": len(notes) >= MOST_NOTES,
        "reads": "read" in request.GET,
    }
    return render(request, "customers/talk/notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def talk_note_add(request: PartnerRequest):
    if request.method == "POST" and sent_before(request.partner.talknotes, request.POST):
        say_sent_before(request)
        return redirect(LIST)
    form = TalkNoteForm(posted(request), partner=request.partner)
    if form.is_valid():
        note = form.save(commit=False)
        act = store_once(
            request.partner.talknotes,
            note,
            lambda: talk_notes.store_note(request.partner, request.user, note, form.values),
        )
        say(request, _("Noted."), act)
        return redirect(LIST)
    return page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def talk_note_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.talknotes), pk=pk)
    form = TalkNoteForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = talk_notes.store_note(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect(safe_next(request, reverse(LIST)))
    return page(request, form, note=stored, conflict=form.conflict)


def page(request: PartnerRequest, form: TalkNoteForm, **more):
    context = {"nav": "more", "form": form, **more}
    return render(request, "customers/talk/note.html", context, status=status_of(form))


@require_POST
def talk_note_move(request: PartnerRequest, pk: uuid.UUID):
    """One place up among its kind."""
    note = get_object_or_404(request.partner.talknotes, pk=pk)
    notes = list(held(request, request.partner.talknotes.filter(kind=note.kind)))
    at = next((number for number, one in enumerate(notes) if one.pk == pk), 0)
    notes.insert(max(at - 1, 0), notes.pop(at))
    say(request, _("Moved up."), talk_notes.order_notes(request.partner, request.user, notes))
    return redirect(LIST)


@require_POST
def talk_note_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    note = held(request, request.partner.talknotes).filter(pk=pk).first()
    if note is not None:
        act = talk_notes.remove_note(request.partner, request.user, note)
        say(request, _("“%(name)s” is deleted.") % {"name": note.title}, act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    return redirect(LIST)


@require_POST
def talk_note_start(request: PartnerRequest):
    act = talk_notes.add_starters(request.partner, request.user)
    if act.left_traces:
        say(request, _("They are yours now. Change them until they sound like you."), act)
    else:
        messages.info(request, _("You have talk notes already."))
    return redirect(LIST)

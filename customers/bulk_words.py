"""What is said of a change of many people."""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import BulkAct, Customer
from partners import spoken

State = BulkAct.State


def tagged(count: int, params: dict[str, Any]) -> str:
    return ngettext(
        "%(count)d person now has the tag %(name)s.",
        "%(count)d people now have the tag %(name)s.",
        count,
    ) % {"count": count, "name": params["name"]}


def untagged(count: int, params: dict[str, Any]) -> str:
    return ngettext(
        "%(count)d person no longer has the tag %(name)s.",
        "%(count)d people no longer have the tag %(name)s.",
        count,
    ) % {"count": count, "name": params["name"]}


def staged(count: int, params: dict[str, Any]) -> str:
    return ngettext(
        "%(count)d person has the stage %(name)s now.",
        "%(count)d people have the stage %(name)s now.",
        count,
    ) % {"count": count, "name": Customer.Stage(params["values"]["stage"]).label}


def ranked(count: int, params: dict[str, Any]) -> str:
    if not params["values"]["rank"]:
        return ngettext(
            "%(count)d person has no rank now.", "%(count)d people have no rank now.", count
        ) % {"count": count}
    return ngettext(
        "%(count)d person has rank %(name)s now.", "%(count)d people have rank %(name)s now.", count
    ) % {"count": count, "name": params["values"]["rank"]}


def promised(count: int, params: dict[str, Any]) -> str:
    return ngettext("%(count)d follow-up is noted.", "%(count)d follow-ups are noted.", count) % {
        "count": count
    }


def deleted(count: int, params: dict[str, Any]) -> str:
    return ngettext(
        "%(count)d person is in the bin.", "%(count)d people are in the bin.", count
    ) % {"count": count}


def informed(count: int, params: dict[str, Any]) -> str:
    return ngettext("Noted: %(count)d person knows.", "Noted: %(count)d people know.", count) % {
        "count": count
    }


def kept(count: int, params: dict[str, Any]) -> str:
    return ngettext("%(count)d person stays.", "%(count)d people stay.", count) % {"count": count}


def merged(count: int, params: dict[str, Any]) -> str:
    return _("%(name)s is now part of %(into)s.") % {
        "name": params["name"],
        "into": params["into_name"],
    }


def tag_deleted(count: int, params: dict[str, Any]) -> str:
    return _("The tag %(name)s is deleted.") % {"name": params["name"]}


SAID: dict[str, Callable[[int, dict[str, Any]], str]] = {
    "tag": tagged,
    "untag": untagged,
    "stage": staged,
    "rank": ranked,
    "follow-up": promised,
    "delete": deleted,
    "inform": informed,
    "keep": kept,
    "tag-merge": merged,
    "tag-delete": tag_deleted,
}


def said(bulk: BulkAct) -> str:
    return SAID[bulk.kind](bulk.done, bulk.params)


def titles() -> dict[str, str]:
    return {
        "tag": _("Add a tag"),
        "untag": _("Remove a tag"),
        "stage": _("Set the stage"),
        "rank": _("Set the rank"),
        "follow-up": _("Follow-up for all"),
        "delete": _("Delete"),
    }


@dataclasses.dataclass
class Told:
    """One line of the latest changes of many."""

    bulk: BulkAct
    sentence: str
    state: str
    at_spoken: str
    can_be_undone: bool
    is_running: bool


def told(bulk: BulkAct, *, is_running: bool, can_be_undone: bool) -> Told:
    return Told(
        bulk,
        sentence=said(bulk),
        state=state_of(bulk, is_running=is_running),
        at_spoken=spoken.moment(timezone.localtime(bulk.created_at), timezone.localdate()),
        can_be_undone=can_be_undone and not is_running,
        is_running=is_running,
    )


def state_of(bulk: BulkAct, *, is_running: bool) -> str:
    progress = {"done": bulk.done, "total": bulk.total}
    if is_running and bulk.state == State.UNDOING:
        return _("being taken back")
    if is_running:
        return _("%(done)d of %(total)d so far") % progress
    if bulk.state == State.UNDONE:
        return kept_spoken(bulk.kept) if bulk.kept else _("taken back")
    if bulk.state == State.UNDOING:
        return _("taken back in part")
    if bulk.state == State.RUNNING:
        return _("stopped after %(done)d of %(total)d") % progress
    return ""


def kept_spoken(kept: int) -> str:
    return ngettext(
        "taken back; %(count)d thing has changed since and stays as it is",
        "taken back; %(count)d things have changed since and stay as they are",
        kept,
    ) % {"count": kept}

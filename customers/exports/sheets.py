"""Tables of the archive whose columns are those of a model, one line for each kind of row.

A model declared as exported that has no table anywhere turns the tests red.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from customers.exports import collect
from customers.models import (
    Customer,
    DataSubjectRequest,
    Permission,
    PersonalMail,
    Recommendation,
    Reference,
    SavedFilter,
    TalkNote,
)
from customers.rows import sentence
from partners.models import OwnedModel, Partner, Profile

MOMENT = "%Y-%m-%d %H:%M"
# Columns whose own name says too little, or nothing in the reader's language.
WORDS: dict[str, str | Promise] = {
    "allowed_on": gettext_lazy("allowed on"),
    "business": gettext_lazy("business"),
    "confirmed_at": gettext_lazy("confirmed on"),
    "done_on": gettext_lazy("closed on"),
    "due_on": gettext_lazy("to be answered by"),
    "kept_until": gettext_lazy("kept until"),
    "email": gettext_lazy("E-mail"),
    "kept_on": gettext_lazy("confirmed that they stay on"),
    "last_used_at": gettext_lazy("last used"),
    "notice_version": gettext_lazy("version of the text"),
    "person": gettext_lazy("name and address then"),
    "point": gettext_lazy("number or address"),
    "query": gettext_lazy("question to the list"),
    "quiet_until": gettext_lazy("no mail until"),
    "recipient": gettext_lazy("recommended to"),
    "recorded_by": gettext_lazy("noted by"),
    "says": gettext_lazy("answer"),
    "sender": gettext_lazy("said to"),
    "sent_at": gettext_lazy("sent on"),
    "state": gettext_lazy("state"),
    "status_on": gettext_lazy("since"),
    "text_version": gettext_lazy("version of the text"),
    "thanked_on": gettext_lazy("thanked on"),
    "wanted_at": gettext_lazy("written on"),
}


@dataclasses.dataclass(frozen=True)
class Sheet:
    """`rows` starts at the partner; `person` is the column that names on whom a row hangs, and
    `other` one that names somebody else.
    """

    model: type[OwnedModel]
    name: str | Promise  # of the file
    rows: Callable[[Partner], Any]
    columns: tuple[str, ...]
    person: str = "customer"
    other: str = ""
    words: Mapping[str, str | Promise] = dataclasses.field(default_factory=dict)

    def header(self) -> list[str]:
        own = [heading(self.model, name, self.words) for name in self.columns]
        uids = [_("UID of the card"), *([_("UID of the other card")] if self.other else [])]
        return [_("Person"), *own, *uids] if self.person else own

    def row(self, row: Any, whose: tuple[str, str] = ("", "")) -> list[str]:
        own = [cell(row, name) for name in self.columns]
        uids = [whose[1], *([uid(getattr(row, self.other))] if self.other else [])]
        return [whose[0], *own, *uids] if self.person else own

    def of(self, partner: Partner, ids: Collection[Any]) -> list[Any]:
        """What hangs on these people, in one query."""
        found = self.rows(partner).filter(**{f"{self.person}__in": ids}).order_by("pk")
        return mailed(partner, found) if self.model is PersonalMail else list(found)


SHEETS: dict[str, Sheet] = {
    "recommendations": Sheet(
        Recommendation,
        gettext_lazy("recommendations.csv"),
        lambda partner: partner.recommendations.select_related("recipient", "business"),
        (
            "recommended_on", "recipient", "recipient_name", "about", "what", "business", "why",
            "motive", "place", "status", "status_on", "thanks", "thanked_on",
        ),
        person="recommender",
        other="recipient",
    ),
    "references": Sheet(
        Reference,
        gettext_lazy("references.csv"),
        lambda partner: partner.references,
        ("said_on", "text", "about", "where", "quoting", "allowed_on"),
    ),
    "permissions": Sheet(
        Permission,
        gettext_lazy("permissions.csv"),
        lambda partner: partner.permissions,
        (
            "said_at", "channel", "purpose", "says", "how", "point", "text", "text_version",
            "person", "sender", "recorded_by", "confirmed_at", "last_used_at", "kept_until",
        ),
    ),
    "personal_mails": Sheet(
        PersonalMail,
        gettext_lazy("personal-mails.csv"),
        lambda partner: partner.personalmails.select_related("email"),
        ("wanted_at", "sent_at", "email", "subject", "text"),
    ),
    "requests": Sheet(
        DataSubjectRequest,
        gettext_lazy("requests.csv"),
        lambda partner: partner.subject_requests,
        ("received_on", "kind", "identity", "due_on", "state", "done_on", "answer"),
    ),
    "talk_notes": Sheet(
        TalkNote,
        gettext_lazy("talk-notes.csv"),
        lambda partner: partner.talknotes,
        ("kind", "title", "text"),
        person="",
    ),
    "saved_filters": Sheet(
        SavedFilter,
        gettext_lazy("saved-lists.csv"),
        lambda partner: partner.savedfilters,
        ("name", "query"),
        person="",
    ),
}  # fmt: skip
OF_PEOPLE = {key: sheet for key, sheet in SHEETS.items() if sheet.person}
OF_THE_PARTNER = {key: sheet for key, sheet in SHEETS.items() if not sheet.person}
# Who was told that something is noted, and who stays: columns of the people themselves.
TOLD = Sheet(
    Customer,
    gettext_lazy("told.csv"),
    lambda partner: partner.customers,
    ("informed_on", "informed_how", "notice_version", "kept_on"),
    person="pk",
)
# What rooms above declared: which tables, and what stands in them.
FURTHER: list[tuple[tuple[str, ...], str | Promise]] = []
# What outlives the person on whom it hung, since the law keeps it.
OUTLIVING = {
    key: sheet for key, sheet in OF_PEOPLE.items() if sheet.model.privacy.on_erasure != "delete"
}


def declare(tables: Mapping[str, Sheet], about: str | Promise) -> None:
    """Tables of a room above; none of its rows outlives the person on whom it hangs."""
    FURTHER.append((tuple(tables), about))
    for key, sheet in tables.items():
        SHEETS[key] = sheet
        (OF_PEOPLE if sheet.person else OF_THE_PARTNER)[key] = sheet


def mailed(partner: Partner, mails: Iterable[Any]) -> list[Any]:
    """Mails with the moment at which each left."""
    keys = {f"personal-mail:{mail.pk.hex}": mail for mail in mails}
    messages = partner.messages.filter(dedupe_key__in=keys)
    sent = dict(messages.values_list("dedupe_key", "sent_at"))
    for key, mail in keys.items():
        mail.sent_at = sent.get(key)
    return list(keys.values())


def heading(model: Any, name: str, words: Mapping[str, Any] = WORDS) -> str:
    said = words.get(name) or WORDS.get(name)
    return sentence(str(said or model._meta.get_field(name).verbose_name))


def cell(row: Any, name: str) -> str:
    """A value as a program reads it and a person understands it; nobody from the bin is named."""
    if name == "recorded_by":
        return recorder(row)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")()) if getattr(row, name) else ""
    match value := getattr(row, name):
        case OwnedModel():
            value = None if value.deleted_at else value
        case dt.datetime():
            value = f"{timezone.localtime(value):{MOMENT}}"
        case dt.time():
            value = f"{value:%H:%M}"
    return "" if value is None else str(value)


def recorder(row: Permission) -> str:
    """Who noted it; nobody did what the person said on a page of their own."""
    me = row.partner.user
    names = {None: "", me.pk: me.name}
    return names.get(row.recorded_by, _("support"))


def uid(other: Customer | None) -> str:
    return collect.uid(other) if other and not other.deleted_at else ""


PROFILE = (
    "name", "business", "sentence", "phone", "email", "street", "postcode", "city", "country",
    "vat_id", "website", "signature", "quiet_from", "quiet_until", "mail_gap", "notice_extra",
)  # fmt: skip


def profile_rows(partner: Partner, profile: Profile) -> list[list[str]]:
    """One line for each thing that the partner says, as they stand on their card."""
    account = [(_("Account: name"), partner.user.name), (_("Account: e-mail"), partner.user.email)]
    told = [(heading(Profile, name), cell(profile, name)) for name in PROFILE]
    title = [str(pgettext_lazy("column", "What")), _("Text")]
    return [title, *([name, text] for name, text in [*told, *account] if text)]

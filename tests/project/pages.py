"""Every address of the house and who may open it. An address missing here fails a test."""

import dataclasses
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.urls import URLResolver, get_resolver, reverse

from customers import from_mail, preference, recommend_share
from customers.models import Customer
from events import calendar_feeds
from events import links as evening_links
from events.models import Event
from partners import actions, clock, preferences, profile
from partners.models import Profile, User
from tests.project.world import TOKEN, World, tokens, unknown_like

ONLY_POST = {HTTPStatus.METHOD_NOT_ALLOWED}


@dataclasses.dataclass(frozen=True)
class Page:
    """One address: which of Anna's rows it names, and what it answers to her GET."""

    ids: Callable[[World], list[Any]] | None = None
    answers: AbstractSet[int] = frozenset({HTTPStatus.OK})
    query: Callable[[World], dict[str, Any]] | None = None

    def url(self, name: str, world: World) -> str:
        return self._url(name, *self._of(world))

    def url_of_nobody(self, name: str, world: World) -> str:
        """The same address with ids that nobody has."""
        ids, query = self._of(world)
        unknown = {key: unknown_like(value) for key, value in query.items()}
        return self._url(name, [unknown_like(value) for value in ids], unknown)

    def _of(self, world: World) -> tuple[list[Any], dict[str, Any]]:
        return self.ids(world) if self.ids else [], self.query(world) if self.query else {}

    @staticmethod
    def _url(name: str, ids: list[Any], query: dict[str, Any]) -> str:
        return reverse(name, args=ids) + (f"?{urlencode(query)}" if query else "")


def of_customer(world: World) -> list[Any]:
    return [world.customer.pk]


def of_follow_up(world: World) -> list[Any]:
    return [world.follow_up.pk]


def of_message(world: World) -> list[Any]:
    return [world.message.pk]


def two_customers(world: World) -> list[Any]:
    return [world.customer.pk, world.double.pk]


def of_binned(world: World) -> list[Any]:
    return [world.binned.pk]


def of_import(world: World) -> list[Any]:
    return [world.run.pk]


def of_job(world: World) -> list[Any]:
    return [world.job.pk]


def of_talk_note(world: World) -> list[Any]:
    return [world.talk_note.pk]


def of_partner(world: World) -> list[Any]:
    return [world.partner.pk]


PRIVATE = {
    "today": Page(),
    "first-names": Page(query=lambda world: {"who": world.customer.pk}),
    "customer-list": Page(),
    "customer-filter": Page(),
    "filter-save": Page(query=lambda world: {"tag": world.tag.pk}),
    "filter-edit": Page(lambda world: [world.saved_filter.pk]),
    "filter-delete": Page(lambda world: [world.saved_filter.pk], ONLY_POST),
    "bulk-list": Page(),
    "bulk-act": Page(lambda world: ["tag"], query=lambda world: {"ids": world.customer.pk}),
    "bulk-undo": Page(lambda world: [world.bulk_act.pk], ONLY_POST),
    "tag-list": Page(),
    "tag-edit": Page(lambda world: [world.tag.pk]),
    "tag-delete": Page(lambda world: [world.tag.pk], ONLY_POST),
    "customer-add": Page(),
    "customer-detail": Page(of_customer),
    "customer-edit": Page(of_customer),
    "customer-delete": Page(of_customer, ONLY_POST),
    "interaction-add": Page(of_customer, query=lambda world: {"follow_up": world.follow_up.pk}),
    "follow-up-add": Page(of_customer),
    "follow-up-detail": Page(of_follow_up),
    "follow-up-edit": Page(of_follow_up),
    "follow-up-done": Page(of_follow_up, ONLY_POST),
    "follow-up-drop": Page(of_follow_up, ONLY_POST),
    "follow-up-move": Page(of_follow_up, ONLY_POST),
    "follow-up-spread": Page(),
    "duplicates": Page(),
    "duplicate-apart": Page(two_customers, ONLY_POST),
    # The number in a spelling that is no canary when a sign-in page repeats it.
    "customer-known": Page(query=lambda world: {"phone": "+49 69 900 09777"}),
    "customer-merge-selected": Page(answers={HTTPStatus.FOUND}),
    "customer-merge": Page(two_customers),
    "customer-history": Page(of_customer),
    "duties": Page(),
    "customer-informed": Page(of_customer),
    "customer-uninformed": Page(of_customer, ONLY_POST),
    "recommend-line": Page(query=lambda world: {"text": f"Ola Neu von {TOKEN[:4]}"}),
    "recommendation-add": Page(of_customer),
    "recommendation-edit": Page(lambda world: [world.recommendation.pk]),
    "recommendation-status": Page(lambda world: [world.recommendation.pk], ONLY_POST),
    "recommendation-remove": Page(lambda world: [world.recommendation.pk], ONLY_POST),
    "recommendation-thanks": Page(of_customer, ONLY_POST),
    "recommend-share": Page(of_customer),
    "recommend-ask-later": Page(of_customer, ONLY_POST),
    "reference-add": Page(of_customer),
    "reference-edit": Page(lambda world: [world.reference.pk]),
    "reference-remove": Page(lambda world: [world.reference.pk], ONLY_POST),
    "customer-bin": Page(),
    "bin-restore": Page(of_binned, ONLY_POST),
    "bin-delete": Page(of_binned),
    "undo": Page(lambda world: [world.act], ONLY_POST),
    "locked-list": Page(),
    "right-list": Page(of_customer),
    "right-package": Page(lambda world: [world.customer.pk, "json"]),
    "right-lock": Page(of_customer, ONLY_POST),
    "right-unlock": Page(of_customer, ONLY_POST),
    "right-erase": Page(of_customer),
    "right-done": Page(lambda world: [world.request.pk], ONLY_POST),
    "right-withdrawn": Page(lambda world: [world.request.pk], ONLY_POST),
    "search": Page(query=lambda world: {"q": TOKEN[:4]}),
    "settings": Page(),
    "way-row": Page(of_customer),
    "hint-dismiss": Page(of_customer, ONLY_POST),
    "remember": Page(of_customer),
    "customer-near": Page(of_customer),
    "person-permissions": Page(of_customer),
    "permission-proof": Page(of_customer),
    "permission-once-more": Page(of_customer),
    "person-tags": Page(of_customer),
    "person-relations": Page(of_customer),
    "person-interests": Page(of_customer),
    "person-events": Page(of_customer),
    "forget": Page(lambda world: [world.customer.pk, "tags", world.customer.pk], ONLY_POST),
    "recommendation-list": Page(),
    "recommendation-tree": Page(),
    "recommendation-sources": Page(),
    "customer-network": Page(of_customer),
    "talk-note-list": Page(),
    "talk-note-add": Page(),
    "talk-note-start": Page(answers=ONLY_POST),
    "talk-note-edit": Page(of_talk_note),
    "talk-note-move": Page(of_talk_note, ONLY_POST),
    "talk-note-remove": Page(of_talk_note, ONLY_POST),
    "own-field-list": Page(),
    "own-field-add": Page(),
    "own-field-edit": Page(lambda world: [world.own_field.pk]),
    "own-field-move": Page(lambda world: [world.own_field.pk], ONLY_POST),
    "own-field-remove": Page(lambda world: [world.own_field.pk], ONLY_POST),
    "profile": Page(),
    "profile-card": Page(answers=ONLY_POST),
    "profile-picture": Page(answers=ONLY_POST),
    "imprint-next": Page(answers={HTTPStatus.FOUND}),
    "notice-share": Page(),
    "privacy-record": Page(),
    "digest-preview": Page(),
    "digest-mail": Page(),
    "digest-send-now": Page(answers=ONLY_POST),
    "mail-write": Page(of_customer),
    "opt-in-ask": Page(of_customer, ONLY_POST),
    "mail-detail": Page(lambda world: [world.mail.pk]),
    "mail-stop": Page(lambda world: [world.mail.pk], ONLY_POST),
    "message-list": Page(),
    "message-again": Page(of_message, ONLY_POST),
    "message-dismiss": Page(of_message, ONLY_POST),
    "message-undismiss": Page(of_message, ONLY_POST),
    "export": Page(),
    "labels": Page(),
    "cards": Page(),
    "file-detail": Page(lambda world: [world.file.pk]),
    "more": Page(),
    "customer-import": Page(),
    "customer-import-detail": Page(of_import, {HTTPStatus.FOUND}),
    "customer-import-columns": Page(of_import),
    "customer-import-preview": Page(of_import),
    "customer-import-decide": Page(of_import, ONLY_POST),
    "customer-import-start": Page(of_import, ONLY_POST),
    "customer-import-failed": Page(of_import),
    "customer-import-undo": Page(of_import, ONLY_POST),
    "customer-import-discard": Page(of_import, ONLY_POST),
    "job-detail": Page(of_job),
    "job-cancel": Page(of_job, ONLY_POST),
    "event-list": Page(query=lambda world: {"q": TOKEN[:4]}),
    "event-month": Page(),
    "event-add": Page(query=lambda world: {"from": world.event.pk, "host": world.customer.pk}),
    "event-hosts": Page(query=lambda world: {"host_name": TOKEN[:4]}),
    "event-detail": Page(lambda world: [world.event.pk]),
    "event-host": Page(lambda world: [world.event.pk]),
    "event-edit": Page(lambda world: [world.event.pk]),
    "event-copy": Page(lambda world: [world.event.pk]),
    "event-cancel": Page(lambda world: [world.event.pk]),
    "event-resume": Page(lambda world: [world.event.pk], ONLY_POST),
    "event-delete": Page(lambda world: [world.event.pk], ONLY_POST),
    "step-add": Page(lambda world: [world.event.pk]),
    "step-edit": Page(lambda world: [world.step.pk]),
    "step-done": Page(lambda world: [world.step.pk], ONLY_POST),
    "step-remove": Page(lambda world: [world.step.pk], ONLY_POST),
    "template-list": Page(),
    "template-start": Page(answers=ONLY_POST),
    "template-add": Page(),
    "template-keep": Page(lambda world: [world.event.pk]),
    "template-edit": Page(lambda world: [world.template.pk]),
    "template-remove": Page(lambda world: [world.template.pk], ONLY_POST),
    "template-step-add": Page(lambda world: [world.template.pk]),
    "template-step-edit": Page(lambda world: [world.template_step.pk]),
    "template-step-move": Page(lambda world: [world.template_step.pk], ONLY_POST),
    "template-step-remove": Page(lambda world: [world.template_step.pk], ONLY_POST),
    "guest-list": Page(lambda world: [world.event.pk]),
    "guest-add": Page(lambda world: [world.event.pk]),
    "guest-change": Page(lambda world: [world.event.pk], ONLY_POST),
    "guest-edit": Page(lambda world: [world.guest.pk]),
    "guest-share": Page(lambda world: [world.guest.pk]),
    "event-door": Page(lambda world: [world.event.pk]),
    "door-tick": Page(lambda world: [world.event.pk], ONLY_POST),
    "door-walk-in": Page(lambda world: [world.event.pk], ONLY_POST),
    "door-taps": Page(lambda world: [world.event.pk]),
    "event-qr": Page(lambda world: [world.event.pk, "stars"]),
    "evening-guest": Page(lambda world: [world.guest.pk]),
    "guest-qr": Page(lambda world: [world.guest.pk]),
    "club": Page(),
    "club-edit": Page(),
    "club-card": Page(),
    "club-invite": Page(lambda world: [world.event.pk], ONLY_POST),
    "club-member-list": Page(),
    "club-member-add": Page(),
    "club-member": Page(lambda world: [world.membership.pk]),
    "club-member-edit": Page(lambda world: [world.membership.pk]),
    "club-leave": Page(lambda world: [world.membership.pk], ONLY_POST),
    "club-give": Page(lambda world: [world.membership.pk], ONLY_POST),
    "club-take-back": Page(lambda world: [world.partner.benefituses.get().pk], ONLY_POST),
    "club-join": Page(of_customer, ONLY_POST),
    "benefit-add": Page(),
    "benefit-edit": Page(lambda world: [world.benefit.pk]),
    "benefit-remove": Page(lambda world: [world.benefit.pk], ONLY_POST),
    "print-guests": Page(lambda world: [world.event.pk]),
    "print-checklist": Page(lambda world: [world.event.pk]),
    "print-invitations": Page(lambda world: [world.event.pk]),
    "event-mails": Page(lambda world: [world.event.pk]),
    "event-mail-choose": Page(lambda world: [world.event.pk, "invite"]),
    "event-mail-example": Page(lambda world: [world.event.pk, "invite"]),
    "event-reminders": Page(lambda world: [world.event.pk], ONLY_POST),
    "event-ics": Page(lambda world: [world.event.pk]),
    "calendar-list": Page(),
    "calendar-renew": Page(lambda world: [world.feed.pk], ONLY_POST),
    "calendar-revoke": Page(lambda world: [world.feed.pk], ONLY_POST),
    "event-compare": Page(),
    "event-result": Page(lambda world: [world.event.pk]),
    "event-result-sums": Page(lambda world: [world.event.pk], ONLY_POST),
    "event-aftercare": Page(lambda world: [world.event.pk]),
    "event-close": Page(lambda world: [world.event.pk], {HTTPStatus.FOUND}),
    "event-reopen": Page(lambda world: [world.event.pk], ONLY_POST),
    "event-thanks": Page(lambda world: [world.event.pk]),
    "reward-list": Page(),
    "reward-add": Page(),
    "reward-start": Page(answers=ONLY_POST),
    "reward-edit": Page(lambda world: [world.reward.pk]),
    "reward-remove": Page(lambda world: [world.reward.pk], ONLY_POST),
    "terms": Page(),
}
OFFICE = {
    "office-home": Page(),
    "office-mail": Page(),
    "office-mail-open": Page(answers=ONLY_POST),
    "office-mail-release": Page(answers=ONLY_POST),
    "office-partner-add": Page(),
    "office-partner-detail": Page(of_partner),
    "office-partner-invite": Page(of_partner, ONLY_POST),
    "office-partner-pause": Page(of_partner, ONLY_POST),
    "office-partner-resume": Page(of_partner, ONLY_POST),
}


def link_from_mail(user: User) -> str:
    partner = user.partner
    return from_mail.link(partner.followups.get(), partner, clock.today(partner.zone))


# Whoever holds the link is meant; it says nothing about the circle, except as named below.
LINKS = {
    "follow-up-from-mail": link_from_mail,
    "notice": lambda user: profile.notice_link(user.partner),
    "recommend-card": lambda user: recommend_share.link(user.partner),
    "recommend-card-file": lambda user: f"{recommend_share.link(user.partner)}card.vcf",
    "person-preferences": lambda user: preference.link(user.partner.personalmails.get().customer),
    "preferences": lambda user: preferences.link(user.partner),
    "event-stars": lambda user: evening_links.of_stars(user.partner.events.get()),
    "invitation": lambda user: evening_links.of_guest(user.partner.eventguests.first()),
    "event-open": lambda user: evening_links.of_event(user.partner.events.get()),
    "host-page": lambda user: evening_links.of_host(user.partner.events.get()),
    "calendar-feed": lambda user: calendar_feeds.address(user.partner.calendarfeeds.get()),
    "invitation-ics": lambda user: (
        f"{evening_links.of_guest(user.partner.eventguests.first())}event.ics"
    ),
    "welcome": actions.welcome_link,
}
# What an invitation card says: who invites to what, roughly where, and who comes along.
ON_INVITATION = {
    *(tokens(Event)[name] for name in ("title", "city")),
    *(tokens(Profile)[name] for name in ("name", "business")),
    tokens(Customer)["first_name"],  # the host's
}
ON_HOST_PAGE = {*ON_INVITATION, tokens(Event)["invitation_text"]} - {tokens(Profile)["business"]}
ON_CARD = {tokens(Profile)[name] for name in recommend_share.SHOWN if name in tokens(Profile)}
# A first name with the initial, as in the mail that brought the link.
TOLD = {
    "follow-up-from-mail": {tokens(Customer)["first_name"]},
    "person-preferences": {tokens(Profile)["name"]},
    **dict.fromkeys(("invitation", "event-open"), ON_INVITATION),
    "host-page": ON_HOST_PAGE,
    "event-stars": {tokens(Profile)["name"], tokens(Event)["title"]},
    # The partner's own calendar: of people no more than first name and initial.
    "calendar-feed": {
        tokens(Customer)["first_name"],
        *(tokens(Event)[name] for name in ("title", "place_name", "street", "postcode", "city")),
    },
    "invitation-ics": {tokens(Event)[name] for name in ("title", "place_name", "city")},
    # What the partner says of themselves to whomever they know.
    "notice": {tokens(Profile)[name] for name in profile.SHOWN if name in tokens(Profile)},
    **dict.fromkeys(("recommend-card", "recommend-card-file"), ON_CARD),
}
PUBLIC = {"health", "offline", "manifest", "service-worker"}

# django-allauth decides about these itself; they are about the person who asks, and take no ids
# of rows. The names are written down so that a new one is noticed.
ACCOUNTS = {
    "account_change_password",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "usersessions_list",
}


def url_names() -> set[str]:
    """The names of all addresses; one without a name goes by its pattern."""
    return set(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name or entry.pattern}"

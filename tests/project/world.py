"""Anna's circle, in which every text is a canary: nobody but Anna may ever see it."""

import dataclasses
import datetime as dt
import hashlib
import re
import uuid
from typing import Any

from django.apps import apps
from django.db import models

from customers.models import (
    Address,
    Customer,
    DataSubjectRequest,
    Email,
    FollowUp,
    Import,
    Interaction,
    Interest,
    LifeEvent,
    OwnField,
    OwnValue,
    Permission,
    PersonalMail,
    Phone,
    Recommendation,
    Reference,
    SavedFilter,
    Tag,
    TalkNote,
)
from events.models import (
    Benefit,
    CalendarFeed,
    Club,
    Event,
    EventGuest,
    EventStep,
    EventTemplate,
    Feedback,
    Membership,
    RewardTier,
    TemplateStep,
)
from partners import changes, clock, outbox
from partners.models import OutboxMessage, OwnedModel, Partner, Profile, User, uuid7
from tests.event_factories import (
    BenefitFactory,
    BenefitUseFactory,
    CalendarFeedFactory,
    ClubFactory,
    EventFactory,
    EventGuestFactory,
    EventStepFactory,
    EventTemplateFactory,
    FeedbackFactory,
    MembershipFactory,
    RewardTierFactory,
    TemplateStepFactory,
)
from tests.factories import (
    AddressFactory,
    BulkActFactory,
    CustomerFactory,
    EmailFactory,
    FollowUpFactory,
    ImportFactory,
    ImportPageFactory,
    InteractionFactory,
    InterestFactory,
    LifeEventFactory,
    NotDuplicateFactory,
    OwnFieldFactory,
    OwnValueFactory,
    PhoneFactory,
    RelationFactory,
    SavedFilterFactory,
    StoredFileFactory,
    TagFactory,
    TaggingFactory,
)
from tests.trust_factories import (
    DataSubjectRequestFactory,
    PermissionFactory,
    PersonalMailFactory,
    ProfileFactory,
    RecommendationFactory,
    ReferenceFactory,
    SuppressionEntryFactory,
    TalkNoteFactory,
)

TOKEN = "zqxcanary"
NOBODY = 987_654_321
NUMBER = "069 90009-777"
# A token in any case, or the number in any spelling.
CANARY = re.compile(rf"{TOKEN}\w*|90009\W{{0,3}}777", re.IGNORECASE)


def canaries(text: str) -> set[str]:
    """Lines of a calendar file go on below, after a blank."""
    return {found.lower() for found in CANARY.findall(text.replace("\r\n ", ""))}


def owned_models() -> list[type[OwnedModel]]:
    return [model for model in apps.get_models() if issubclass(model, OwnedModel)]


def tokens(model: type[models.Model]) -> dict[str, str]:
    """A canary for each field into which a partner may write freely."""
    name = model._meta.model_name
    return {
        field.name: f"{TOKEN}{name}{field.name}".replace("_", "")[: field.max_length]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField)
        and field.editable
        and not field.choices
    }


@dataclasses.dataclass(frozen=True)
class World:
    """One row of everything, so that every page has something to show and something to leak."""

    partner: Partner
    customer: Customer
    phone: Phone
    email: Email
    address: Address
    follow_up: FollowUp
    interaction: Interaction
    other: Customer
    double: Customer
    binned: Customer
    tag: Tag
    interest: Interest
    life_event: LifeEvent
    relation: Any
    own_field: OwnField
    own_value: OwnValue
    saved_filter: SavedFilter
    bulk_act: Any
    run: Import
    file: Any
    recommendation: Any
    reference: Any
    permission: Any
    request: Any
    mail: Any
    talk_note: Any
    profile: Any
    template: Any
    template_step: Any
    reward: Any
    event: Any
    guest: Any
    hidden: Customer
    step: Any
    feedback: Any
    club: Any
    benefit: Any
    membership: Any
    feed: Any
    job: Any
    act: uuid.UUID
    message: OutboxMessage

    def fingerprint(self) -> str:
        """Changes when any row of Anna's changes."""
        digest = hashlib.sha256()
        for model, rows in self._everything():
            digest.update(repr((model.__name__, list(rows.order_by("pk").values()))).encode())
        return digest.hexdigest()

    def _everything(self) -> list[tuple[type[models.Model], models.QuerySet[Any]]]:
        owned = [
            (model, model.unscoped_with_bin.filter(partner=self.partner))
            for model in owned_models()
        ]
        return [
            *owned,
            (Partner, Partner.objects.filter(pk=self.partner.pk)),
            (User, User.objects.filter(partner=self.partner)),
            (OutboxMessage, OutboxMessage.objects.filter(partner=self.partner)),
        ]


def build(partner: Partner) -> World:
    """A customer with everything, due today and with a birthday today."""
    today = clock.today(partner.zone)
    customer = CustomerFactory.create(
        partner=partner, birth_day=today.day, birth_month=today.month, **tokens(Customer)
    )
    follow_up = FollowUpFactory.create(customer=customer, due=today, **tokens(FollowUp))
    SuppressionEntryFactory.create(partner=partner)
    act = changes.Act(partner, partner.user, "customer-edit")
    changes.update(act, customer, note=f"{TOKEN}secondnote")
    other = CustomerFactory.create(partner=partner, first_name=f"{TOKEN}othername")
    tag = TagFactory.create(partner=partner, **tokens(Tag))
    TaggingFactory.create(customer=customer, tag=tag)
    NotDuplicateFactory.create(customer=customer, other=other)
    double = CustomerFactory.create(partner=partner, first_name=f"{TOKEN}double")
    EmailFactory.create(customer=double, typed=f"{TOKEN}mail@example.org")
    binned = CustomerFactory.create(
        partner=partner, first_name=f"{TOKEN}binned", deleted_at=clock.now()
    )
    CustomerFactory.create(
        partner=partner,
        first_name=f"{TOKEN}locked",
        deleted_at=clock.now(),
        restricted_at=clock.now(),
    )
    own_field = OwnFieldFactory.create(partner=partner, **tokens(OwnField))
    file = StoredFileFactory.create(
        partner=partner, name=f"{TOKEN}file.csv", content=f"Name\n{TOKEN}infile\n".encode()
    )
    run = ImportFactory.create(partner=partner, file=file, name=f"{TOKEN}import.csv")
    template = EventTemplateFactory.create(partner=partner, **tokens(EventTemplate))
    words = tokens(Event) | {"online_link": f"https://{TOKEN}online.example"}
    event = EventFactory.create(host=customer, template=template, **words)
    hidden = CustomerFactory.create(
        partner=partner, first_name=f"{TOKEN}hidden", stage=Customer.Stage.GUEST, is_hidden=True
    )
    EventGuestFactory.create(event=event, customer=hidden)
    club = ClubFactory.create(partner=partner, **tokens(Club))
    benefit = BenefitFactory.create(club=club, **tokens(Benefit))
    BenefitUseFactory.create(benefit=benefit, customer=other)
    rows = [{"number": 2, "verdict": "new", "card": {"first_name": f"{TOKEN}card"}}]
    ImportPageFactory.create(run=run, rows=rows)
    return World(
        partner=partner,
        customer=customer,
        phone=PhoneFactory.create(customer=customer, typed=NUMBER),
        email=EmailFactory.create(customer=customer, typed=f"{TOKEN}mail@example.org"),
        address=AddressFactory.create(customer=customer, **tokens(Address)),
        follow_up=follow_up,
        interaction=InteractionFactory.create(
            customer=customer,
            occurred_at=clock.now() - dt.timedelta(days=1),
            **tokens(Interaction),
        ),
        other=other,
        double=double,
        binned=binned,
        tag=tag,
        interest=InterestFactory.create(customer=customer, **tokens(Interest)),
        life_event=LifeEventFactory.create(customer=customer, **tokens(LifeEvent)),
        relation=RelationFactory.create(customer=customer, other=other),
        own_field=own_field,
        own_value=OwnValueFactory.create(customer=customer, field=own_field, **tokens(OwnValue)),
        saved_filter=SavedFilterFactory.create(partner=partner, name=f"{TOKEN}saved"),
        bulk_act=BulkActFactory.create(partner=partner, params={"tag": f"{TOKEN}bulk"}),
        run=run,
        file=file,
        recommendation=RecommendationFactory.create(
            recommender=customer, recipient=other, **tokens(Recommendation)
        ),
        reference=ReferenceFactory.create(customer=customer, **tokens(Reference)),
        permission=PermissionFactory.create(customer=customer, **tokens(Permission)),
        request=DataSubjectRequestFactory.create(customer=customer, **tokens(DataSubjectRequest)),
        mail=PersonalMailFactory.create(customer=customer, **tokens(PersonalMail)),
        talk_note=TalkNoteFactory.create(partner=partner, **tokens(TalkNote)),
        profile=ProfileFactory.create(partner=partner, **tokens(Profile)),
        template=template,
        template_step=TemplateStepFactory.create(template=template, **tokens(TemplateStep)),
        reward=RewardTierFactory.create(partner=partner, **tokens(RewardTier)),
        event=event,
        guest=EventGuestFactory.create(event=event, customer=other, **tokens(EventGuest)),
        hidden=hidden,
        step=EventStepFactory.create(event=event, **tokens(EventStep)),
        feedback=FeedbackFactory.create(event=event, customer=other, **tokens(Feedback)),
        club=club,
        benefit=benefit,
        membership=MembershipFactory.create(club=club, customer=other, **tokens(Membership)),
        feed=CalendarFeedFactory.create(partner=partner, **tokens(CalendarFeed)),
        job=partner.jobs.create(kind="zone-move", total=1000),
        act=act.id,
        message=failed_message(partner),
    )


def failed_message(partner: Partner) -> OutboxMessage:
    """A mail that did not go out, which its partner may ask to try again."""
    row = outbox.message("digest", key=f"digest:{partner.pk}:long-ago", recipient=partner.user)
    row.state, row.last_error = OutboxMessage.State.FAILED, f"{TOKEN}error"
    row.save()
    return row


def unknown_like(argument: Any) -> Any:
    """An id of the same form that nobody has."""
    if isinstance(argument, uuid.UUID):
        return uuid7()
    return NOBODY if isinstance(argument, int) else argument

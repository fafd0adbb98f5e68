"""The customer club: what members get, who belongs to it, what it costs. And calendar feeds."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models import Customer
from partners.models import Merging, OwnedModel, Privacy


class Club(OwnedModel):
    """A partner has one."""

    name = models.CharField(_("name"), max_length=80)
    since = models.DateField(_("since"))
    motto = models.CharField(_("a sentence on the card"), max_length=160, blank=True)
    next_number = models.PositiveIntegerField(default=1, editable=False)

    derived = frozenset({"next_number"})
    privacy = Privacy(
        personal=("name", "motto"), technical=("since", "next_number"), words="written"
    )

    class Meta:
        verbose_name = _("customer club")
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], name="a_partner_has_one_club", condition=Q(deleted_at=None)
            )
        ]

    def __str__(self):
        return self.name


class Benefit(OwnedModel):
    """What members get, and what it costs the partner each time."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="benefits", db_index=False)
    name = models.CharField(pgettext_lazy("benefit", "What?"), max_length=120)
    occasion = models.CharField(pgettext_lazy("benefit", "When?"), max_length=120, blank=True)
    cost = models.DecimalField(
        _("cost each time"),
        max_digits=8,
        decimal_places=2,
        default=Decimal,
        validators=[MinValueValidator(Decimal())],
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    privacy = Privacy(
        personal=("name", "occasion"), technical=("club", "cost", "position"), words="written"
    )

    class Meta:
        verbose_name = _("benefit")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["club"], name="benefit_of_club")]

    def __str__(self):
        return self.name


class Membership(OwnedModel):
    """The number stays with the person, even when they come back after leaving."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="memberships", db_index=False)
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="memberships", db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    since = models.DateField(_("member since"))
    until = models.DateField(_("left on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    merging = Merging("unite", same=lambda membership: membership.club_id)
    privacy = Privacy(personal=("number", "since", "until", "note"), technical=("club",))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "club", "customer"],
                name="a_member_belongs_once",
                condition=Q(deleted_at=None),
            ),
            models.UniqueConstraint(
                fields=["partner", "club", "number"], name="a_member_number_is_given_once"
            ),
        ]
        indexes = [models.Index(fields=["customer"], name="membership_of_customer")]

    def __str__(self):
        return str(self.number)


class BenefitUse(OwnedModel):
    """A benefit that a member received."""

    benefit = models.ForeignKey(Benefit, models.CASCADE, related_name="uses", db_index=False)
    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="benefit_uses", db_index=False
    )
    given_on = models.DateField(_("when"))
    cost = models.DecimalField(
        _("cost"), max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal())]
    )

    merging = Merging("move")
    privacy = Privacy(personal=("given_on", "cost"), technical=("benefit",))

    class Meta:
        verbose_name = _("benefit received")
        ordering = ["-given_on", "-pk"]
        indexes = [
            models.Index(fields=["benefit"], name="benefit_use_of"),
            models.Index(fields=["customer"], name="benefit_use_by"),
        ]

    def __str__(self):
        return f"{self.given_on}"


class CalendarFeed(OwnedModel):
    """The secret address under which a partner's calendar program fetches their dates."""

    name = models.CharField(_("for which device"), max_length=60, blank=True)
    with_follow_ups = models.BooleanField(_("with follow-ups that have a time"), default=True)
    link_version = models.PositiveIntegerField(default=1, editable=False)

    privacy = Privacy(
        personal=("name",), technical=("with_follow_ups", "link_version"), words="written"
    )

    class Meta:
        verbose_name = _("calendar address")
        ordering = ["pk"]
        indexes = [models.Index(fields=["partner"], name="calendar_feed_of_partner")]

    def __str__(self):
        return self.name

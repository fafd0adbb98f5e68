"""Who recommended what to whom, and what satisfied people say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer
from partners.models import Merging, OwnedModel, Privacy


class Recommendation(OwnedModel):
    """A word of a trusted person: `recommender` told `recipient` about me, a product or a business."""

    class About(models.TextChoices):
        ME = "me", pgettext_lazy("recommended", "me")
        PRODUCT = "product", pgettext_lazy("recommended", "a product")
        BUSINESS = "business", pgettext_lazy("recommended", "a business nearby")

    class Motive(models.TextChoices):
        FRIENDLY = "friendly", _("from conviction")
        REWARDED = "rewarded", _("for a reward")

    class Status(models.TextChoices):
        PROMISED = "promised", pgettext_lazy("recommendation", "promised")
        PASSED_ON = "passed-on", pgettext_lazy("recommendation", "passed on")
        IN_TOUCH = "in-touch", pgettext_lazy("recommendation", "got in touch")
        CUSTOMER = "customer", pgettext_lazy("recommendation", "became a customer")
        NO = "no", pgettext_lazy("recommendation", "came to nothing")

    class Thanks(models.TextChoices):
        DUE = "due", pgettext_lazy("thanks", "due")
        GIVEN = "given", pgettext_lazy("thanks", "given")
        NOT_NEEDED = "none", pgettext_lazy("thanks", "not needed")

    recommender = models.ForeignKey(
        Customer, models.CASCADE, related_name="recommendations", db_index=False
    )
    recipient = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recommended_by",
        db_index=False,
    )
    recipient_name = models.CharField(_("To whom?"), max_length=120, blank=True)
    about = models.CharField(_("What?"), max_length=10, choices=About.choices, default=About.ME)
    what = models.CharField(_("product or service"), max_length=120, blank=True)
    business = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    why = models.CharField(_("Why?"), max_length=500, blank=True)
    motive = models.CharField(
        _("motive"), max_length=10, choices=Motive.choices, default=Motive.FRIENDLY
    )
    recommended_on = models.DateField(_("When?"))
    place = models.CharField(_("Where?"), max_length=120, blank=True)
    status = models.CharField(
        _("What came of it?"), max_length=10, choices=Status.choices, default=Status.PASSED_ON
    )
    status_on = models.DateField(null=True, editable=False)
    thanks = models.CharField(
        _("thanks"), max_length=6, choices=Thanks.choices, default=Thanks.DUE, editable=False
    )
    thanked_on = models.DateField(null=True, editable=False)
    was_reminded = models.BooleanField(default=False, editable=False)  # to say thank you, once

    merging = Merging("move")
    privacy = Privacy(
        personal=(
            "about",
            "what",
            "recipient_name",
            "why",
            "place",
            "recommended_on",
            "status",
            "motive",
        ),
        technical=("status_on", "thanks", "thanked_on", "was_reminded"),
        loose=("business",),
    )

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-recommended_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(recipient_name=""),
                name="a_recommendation_goes_to_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["recommender"], name="recommendation_by"),
            models.Index(fields=["recipient"], name="recommendation_to"),
            models.Index(fields=["business"], name="recommendation_of"),
            models.Index(
                fields=["partner", "-recommended_on", "-id"], name="recommendation_latest"
            ),
        ]

    def __str__(self):
        return self.recipient_name or str(self.recipient)


class Reference(OwnedModel):
    """What a satisfied person said, in her words, and whether she may be quoted."""

    class Quoting(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        NO = "no", _("please do not quote")
        NAMELESS = "nameless", _("without a name")
        FIRST_NAME = "first-name", _("with the first name")
        FULL_NAME = "full-name", _("with the full name")

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="references", db_index=False
    )
    text = models.TextField(_("In her words"), max_length=2000)
    about = models.CharField(_("About what?"), max_length=120, blank=True)
    said_on = models.DateField(_("When?"))
    quoting = models.CharField(
        _("May she be quoted?"), max_length=10, choices=Quoting.choices, blank=True, default=""
    )
    where = models.CharField(_("Where?"), max_length=120, blank=True)
    allowed_on = models.DateField(null=True, editable=False)

    merging = Merging("move")
    privacy = Privacy(personal=("text", "about", "said_on", "where", "quoting", "allowed_on"))

    class Meta:
        verbose_name = pgettext_lazy("testimonial", "reference")
        ordering = ["-said_on", "-pk"]
        indexes = [models.Index(fields=["customer"], name="reference_of_customer")]

    def __str__(self):
        return self.text[:60]

    @property
    def may_be_used(self) -> bool:
        return self.quoting not in {self.Quoting.NOT_ASKED, self.Quoting.NO}

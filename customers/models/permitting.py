"""Who may be written to or called for what, the proof of it, and the no that outlives everything."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer
from partners import clock
from partners.models import Merging, OwnedModel, Privacy

YEARS_OF_PROOF = 5


class Permission(OwnedModel):
    """One statement of a person about one channel: never changed, the next one stands below it.

    It keeps what a proof needs (§ 7a UWG, Art. 7 DSGVO): who said it to whom, to which text, how
    and when. `customer` is empty once the person was erased and the law keeps the proof.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", pgettext_lazy("channel", "phone")
        EMAIL = "email", pgettext_lazy("channel", "e-mail")
        SMS = "sms", "SMS"
        MESSENGER = "messenger", pgettext_lazy("channel", "messenger")
        LETTER = "letter", pgettext_lazy("channel", "letter")
        VISIT = "visit", pgettext_lazy("channel", "visit")

    class Purpose(models.TextChoices):
        ADVERTISING = "advertising", _("news and offers")
        APPOINTMENT = "appointment", _("reminders of an appointment")
        ANYTHING = "anything", _("anything at all")

    class Says(models.TextChoices):
        YES = "yes", pgettext_lazy("permission", "yes")
        NO = "no", pgettext_lazy("permission", "no")
        ASKED = "asked", pgettext_lazy("permission", "asked")

    class How(models.TextChoices):
        SPOKEN = "spoken", _("said in person")
        PHONE = "phone", _("said on the phone")
        PAPER = "paper", _("signed on paper")
        MESSAGE = "message", _("written in a message")
        OPT_IN = "opt-in", _("confirmed by a link in a mail")
        PAGE = "page", _("on their own page")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed from a mail")
        MERGED = "merged", _("the stricter of two entries")
        KNOWN = "known", _("said before, to an earlier entry")

    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, related_name="permissions", db_index=False
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.ADVERTISING
    )
    says = models.CharField(max_length=6, choices=Says.choices)
    said_at = models.DateTimeField(_("when"), default=clock.now)
    how = models.CharField(_("how"), max_length=12, choices=How.choices)
    point = models.CharField(max_length=254, blank=True)  # the number or address it is about
    text = models.TextField(blank=True)  # what they agreed to, word by word
    text_version = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=500, blank=True)  # name and address as they stood then
    sender = models.CharField(max_length=500, blank=True)  # to whom it was said, with address
    recorded_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)  # the click on the link of the mail
    last_used_at = models.DateTimeField(null=True)  # each use keeps the proof for five years more
    kept_until = models.DateField(
        null=True
    )  # set at the person's erasure: the law keeps it so long

    derived = frozenset({"last_used_at"})  # from the talks
    merging = Merging("move")
    privacy = Privacy(
        personal=(
            "channel", "purpose", "says", "said_at", "how", "point", "text", "person",
            "confirmed_at", "last_used_at",
        ),
        technical=("text_version", "sender", "recorded_by", "kept_until"),
        on_erasure="keep",
        kept_until=lambda row: row.proof_ends_on,
        reason_to_keep="proof of a consent to calls, five years from its last use (§ 7a UWG)",
    )  # fmt: skip

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["said_at", "pk"]
        indexes = [
            models.Index(fields=["customer"], name="permission_of_customer"),
            models.Index(
                fields=["partner", "said_at"],
                name="permission_asked",
                condition=Q(says="asked", deleted_at=None),
            ),
            models.Index(
                fields=["kept_until"],
                name="permission_kept",
                condition=Q(kept_until__isnull=False),
            ),
        ]

    def __str__(self):
        about = f"{self.get_channel_display()}, {self.get_purpose_display()}"
        return f"{about}: {self.get_says_display()}"

    @property
    def proof_ends_on(self) -> dt.date | None:
        """How long the law keeps the proof of a yes to calls, counted anew from each use."""
        if (self.channel, self.says) != (self.Channel.PHONE, self.Says.YES):
            return None
        last = max(filter(None, (self.said_at, self.last_used_at))).date()
        return last + relativedelta(years=YEARS_OF_PROOF)


class SuppressionEntry(OwnedModel):
    """A no as a keyed hash: it wins at once and survives erasure and re-import (Art. 21 DSGVO).

    Nobody can read from it whom it is about; one can only ask whether an address is among them.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        PERSON = "person", pgettext_lazy("hash", "name and place")

    class Why(models.TextChoices):
        OBJECTED = "objected", _("objected")
        ERASED = "erased", _("erased")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=10, choices=Why.choices)
    channel = models.CharField(max_length=10, blank=True)  # of an objection; empty: all
    purpose = models.CharField(max_length=12, blank=True)
    said_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        technical=("kind", "digest", "why", "channel", "purpose", "said_at"),
        on_erasure="keep",
        reason_to_keep="that a no stays a no (Art. 17 (3) b, Art. 21 (3) DSGVO)",
        exported=False,
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind", "why", "channel", "purpose", "digest"],
                name="a_no_is_kept_once",
                condition=Q(deleted_at=None),
            )
        ]
        indexes = [models.Index(fields=["partner", "digest"], name="suppression_by_digest")]

    def __str__(self):
        return f"{self.kind} {self.why}"

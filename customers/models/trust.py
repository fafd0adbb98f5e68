"""What every person in the circle has a right to: columns of the customer, kept apart from the facts."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

# Whose names came from somebody else: they learn of it within a month (Art. 14 DSGVO).
FROM_OTHERS = ("name-list", "recommendation", "company")

# How long nothing may happen with somebody until the partner is asked whether they stay.
SILENCE = {
    ("prospect",): dt.timedelta(days=365),
    ("customer", "regular", "inactive"): dt.timedelta(days=3 * 365),
    ("guest",): dt.timedelta(days=90),
}
UNSEEN_FOR = dt.timedelta(days=90)  # guests who never came
KEPT_FOR = dt.timedelta(days=365)  # then the partner is asked again
LAST_SIGN = Coalesce("last_contact_at", "created_at")


class Trusted(models.Model):
    """How somebody was told, how long they stay, and what they asked for."""

    class Informed(models.TextChoices):
        NONE = "", _("not said")
        LINK = "link", _("by a link")
        PRINTED = "printed", _("on paper")
        SPOKEN = "spoken", _("told in person")
        MAIL = "mail", _("in a mail")
        DISMISSED = "known", _("knows already")

    # When they were told that the partner keeps their data, how, and which text (Art. 13, 14 DSGVO).
    informed_on = models.DateField(_("told on"), null=True, blank=True)
    informed_how = models.CharField(
        _("how"), max_length=10, choices=Informed.choices, blank=True, default=""
    )
    notice_version = models.CharField(max_length=20, blank=True, default="", editable=False)
    kept_on = models.DateField(null=True, editable=False)  # the partner confirmed that they stay
    restricted_at = models.DateTimeField(null=True, editable=False)  # Art. 18 DSGVO
    link_version = models.PositiveIntegerField(default=1, editable=False)  # of `/p/<token>/`
    # Channels of which they said "please not at all", with blanks between; follows from Permission.
    declined = models.CharField(max_length=60, default="", editable=False)
    # A guest who has not come yet, and whom the partner has not decided to keep.
    is_hidden = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def has_declined(self, channel: str) -> bool:
        return channel in self.declined.split()


INDEXES = [
    models.Index(
        F("partner"),
        F("created_at"),
        name="customer_untold",
        condition=Q(
            deleted_at=None,
            informed_on=None,
            is_business=False,
            restricted_at=None,
            source_kind__in=FROM_OTHERS,
        ),
    ),
    models.Index(
        F("partner"),
        F("stage"),
        LAST_SIGN,
        name="customer_by_silence",
        condition=Q(deleted_at=None, is_business=False),
    ),
    models.Index(
        F("partner"),
        F("created_at"),
        name="customer_hidden",
        condition=Q(deleted_at=None, is_hidden=True),
    ),
]

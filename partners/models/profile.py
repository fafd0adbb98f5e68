"""How customers see a partner, and what a mail to them legally needs."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.files import StoredFile
from partners.models.owned import OwnedModel
from partners.models.people import Partner
from partners.models.privacy import Privacy


class Profile(OwnedModel):
    """One for each partner: the face to customers, the imprint (§ 5 DDG), the manners of mailing."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="profiles", editable=False, db_index=False
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    business = models.CharField(_("name of your business"), max_length=120, blank=True)
    sentence = models.CharField(_("a sentence about you"), max_length=160, blank=True)
    phone = models.CharField(_("phone number"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("place"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    vat_id = models.CharField(_("VAT number"), max_length=20, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    signature = models.TextField(_("signature"), max_length=300, blank=True)
    picture = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    # Manners: not between these times, and not more often than every so many days.
    quiet_from = models.TimeField(_("no mail from"), default=dt.time(20))
    quiet_until = models.TimeField(_("until"), default=dt.time(8))
    mail_gap = models.PositiveSmallIntegerField(_("days between two mails"), default=14)
    notice_extra = models.TextField(_("your own addition"), max_length=2000, blank=True)

    privacy = Privacy(
        personal=(
            "name", "business", "sentence", "phone", "email", "street", "postcode", "city",
            "country", "vat_id", "website", "signature", "notice_extra",
        ),
        technical=("picture", "quiet_from", "quiet_until", "mail_gap"),
        words="written",
        on_erasure="keep",
        reason_to_keep="it is about the partner, not about a customer",
    )  # fmt: skip

    class Meta:
        verbose_name = _("profile")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], name="one_profile_for_each", condition=Q(deleted_at=None)
            )
        ]

    def __str__(self):
        return self.name

    @property
    def lacks(self) -> list[str]:
        """What the imprint of a mail still needs, in the order in which it is asked (§ 5 DDG)."""
        return [name for name in IMPRINT if not getattr(self, name).strip()]

    @property
    def is_complete(self) -> bool:
        return not self.lacks


IMPRINT = ("name", "street", "postcode", "city", "email", "phone")

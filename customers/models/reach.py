"""The ways to reach a person, as typed and in the form in which they are compared."""

from typing import Any, ClassVar
from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import text
from customers.models.customer import Customer
from partners.models import Merging, OwnedModel, Partner, Privacy

MOST_OF_AN_ADDRESS, MOST_OF_A_PLACE = 254, 220  # folding may lengthen: ß becomes ss


def still_one_preferred(row: Any, there: list[Any]) -> dict[str, Any]:
    return {"is_preferred": row.is_preferred and not any(way.is_preferred for way in there)}


def filled_up(*names: str):
    """What the one that stays does not say, and its double does."""
    return lambda kept, double: {
        name: getattr(double, name) for name in names if not getattr(kept, name)
    }


class Reachable(OwnedModel):
    """A way to reach a customer: as typed, and in the form in which it is compared."""

    class Kind(models.TextChoices):
        PRIVATE = "private", _("private")
        WORK = "work", _("work")
        OTHER = "other", pgettext_lazy("kind of contact", "other")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRIVATE)
    label = models.CharField(_("name of this entry"), max_length=60, blank=True)
    is_preferred = models.BooleanField(_("preferred"), default=False)

    search_form: Any  # how `search_text` of the customer names it
    content: ClassVar[tuple[str, ...]]  # what is said, and the form in which it is compared

    class Meta:
        abstract = True
        ordering = ["-is_preferred", "pk"]

    def normalise(self) -> None:
        """Compute the form in which it is compared from what was typed."""
        raise NotImplementedError


class Phone(Reachable):
    class Kind(models.TextChoices):
        MOBILE = "mobile", _("mobile")
        HOME = "home", _("home")
        WORK = "work", _("work")
        OTHER = "other", pgettext_lazy("kind of contact", "other")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MOBILE)
    typed = models.CharField(_("phone number"), max_length=60)
    number = models.CharField(max_length=20, blank=True, editable=False)

    content = ("typed", "number")
    privacy = Privacy(personal=("kind", *content, "label"), technical=("is_preferred",))
    merging = Merging(
        "unite",
        same=lambda row: row.number or text.fold(row.typed),
        combine=filled_up("label"),
        moved=still_one_preferred,
    )

    class Meta(Reachable.Meta):
        indexes = [models.Index(fields=["partner", "number"], name="phone_by_number")]

    def __str__(self):
        return text.national(self.number) if self.number else self.typed

    def normalise(self) -> None:
        self.number = text.e164(self.typed)

    @property
    def search_form(self) -> str:
        return text.digits(self.number or self.typed)

    @property
    def is_mobile(self) -> bool:
        return bool(self.number) and text.is_mobile(self.number)

    @property
    def href(self) -> str:
        return f"tel:{self.number or quote(self.typed)}"


class Email(Reachable):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="emails")
    typed = models.EmailField(_("e-mail"))
    address = models.CharField(max_length=MOST_OF_AN_ADDRESS, editable=False)

    content = ("typed", "address")
    privacy = Privacy(personal=("kind", *content, "label"), technical=("is_preferred",))
    merging = Merging(
        "unite",
        same=lambda row: row.address,
        combine=filled_up("label"),
        moved=still_one_preferred,
    )

    class Meta(Reachable.Meta):
        indexes = [models.Index(fields=["partner", "address"], name="email_by_address")]

    def __str__(self):
        return self.typed

    def normalise(self) -> None:
        self.address = self.typed.lower()[:MOST_OF_AN_ADDRESS]

    @property
    def search_form(self) -> str:
        return text.fold(self.typed)

    @property
    def href(self) -> str:
        return f"mailto:{quote(self.typed, safe='@+')}"


class Address(Reachable):
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="addresses", editable=False, db_index=False
    )
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    extra = models.CharField(_("address line"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("place"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    normalised = models.CharField(max_length=MOST_OF_A_PLACE, editable=False)

    content = ("street", "postcode", "city", "normalised")
    privacy = Privacy(
        personal=("kind", *content, "extra", "region", "country", "label"),
        technical=("is_preferred",),
    )
    merging = Merging(
        "unite",
        same=lambda row: row.normalised,
        combine=filled_up("extra", "region", "country", "label"),
        moved=still_one_preferred,
    )

    class Meta(Reachable.Meta):
        indexes = [models.Index(fields=["partner", "postcode"], name="address_by_postcode")]

    def __str__(self):
        place = f"{self.postcode} {self.city}".strip()
        parts = (self.extra, self.street, place, self.region, self.country)
        return ", ".join(part for part in parts if part)

    def normalise(self) -> None:
        place = text.fold(f"{self.street} {self.postcode} {self.city}")
        self.normalised = place[:MOST_OF_A_PLACE]

    @property
    def search_form(self) -> str:
        return self.normalised

"""What makes an evening attractive, in a template and in each event made from it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 1000


class Setting(models.Model):
    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("sales presentation")
        CLUB = "club", _("club evening")

    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.PRESENTATION
    )
    maximum = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    decoration = models.TextField(_("decoration"), max_length=LONGEST, blank=True)
    catering = models.TextField(_("food and drinks"), max_length=LONGEST, blank=True)
    seating = models.TextField(_("seating"), max_length=LONGEST, blank=True)
    demo_material = models.TextField(_("demonstration material"), max_length=LONGEST, blank=True)
    agenda = models.TextField(_("agenda"), max_length=2000, blank=True)
    products = models.TextField(_("products shown"), max_length=LONGEST, blank=True)
    invitation_text = models.TextField(_("invitation"), max_length=2000, blank=True)
    thanks_text = models.TextField(_("thank-you"), max_length=2000, blank=True)

    WORDS: ClassVar[tuple[str, ...]] = (
        *("theme", "decoration", "catering", "seating", "demo_material", "agenda", "products"),
        *("invitation_text", "thanks_text"),
    )
    TECHNICAL: ClassVar[tuple[str, ...]] = ("kind", "maximum")
    SHARED: ClassVar[tuple[str, ...]] = (*TECHNICAL, *WORDS)  # what a template hands on

    class Meta:
        abstract = True

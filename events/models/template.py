"""What a partner keeps from one evening for the next: settings, checklists, rewards."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.setting import Setting
from partners.models import OwnedModel, Privacy


class EventTemplate(Setting, OwnedModel):
    """“Autumn evening”: everything but the day, the host and the guests."""

    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("title of the evening"), max_length=120, blank=True)
    start_time = models.TimeField(_("from"), default=dt.time(19, 30))
    minutes = models.PositiveSmallIntegerField(
        _("duration in minutes"),
        default=150,
        validators=[MinValueValidator(15), MaxValueValidator(24 * 60 - 1)],
    )

    privacy = Privacy(
        personal=(*Setting.WORDS, "name", "title"),
        technical=(*Setting.TECHNICAL, "start_time", "minutes"),
        words="written",
    )

    class Meta:
        verbose_name = _("template")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["partner"], name="event_template_of_partner")]

    def __str__(self):
        return self.name


class Step(models.Model):
    """Something to do, some days before or after the evening."""

    class Part(models.TextChoices):
        SETTING = "setting", _("setting")
        COACHING = "coaching", _("with the host")
        PACKING = "packing", _("to pack")
        AFTER = "after", _("afterwards")

    part = models.CharField(_("for what"), max_length=8, choices=Part.choices, default=Part.SETTING)
    text = models.CharField(_("What is to do?"), max_length=200)
    days = models.SmallIntegerField(  # from the evening, negative before it
        _("days from the evening"),
        default=0,
        validators=[MinValueValidator(-365), MaxValueValidator(365)],
    )
    for_host = models.BooleanField(_("is for the host"), default=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.text


class TemplateStep(Step, OwnedModel):
    template = models.ForeignKey(
        EventTemplate, models.CASCADE, related_name="steps", db_index=False
    )

    privacy = Privacy(
        personal=("text",),
        technical=("template", "part", "days", "for_host", "position"),
        words="written",
    )

    class Meta:
        verbose_name = _("step")
        ordering = ["days", "position", "pk"]
        indexes = [models.Index(fields=["template"], name="template_step_of")]


class RewardTier(OwnedModel):
    """From so much in sales and so many buyers on, the host is thanked with this."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("per cent of the sales")
        FIXED = "fixed", _("a voucher of a fixed worth")
        ITEM = "item", _("a gift")

    min_sales = models.DecimalField(
        _("from sales of"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal())],
    )
    min_buyers = models.PositiveSmallIntegerField(_("and buyers"), default=0)
    kind = models.CharField(
        pgettext_lazy("reward", "what"), max_length=7, choices=Kind.choices, default=Kind.PERCENT
    )
    value = models.DecimalField(
        _("per cent or euros"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal())],
    )
    item = models.CharField(_("gift"), max_length=120, blank=True)

    privacy = Privacy(
        personal=("item",), technical=("min_sales", "min_buyers", "kind", "value"), words="written"
    )

    class Meta:
        verbose_name = _("tier of the thank-you")
        ordering = ["min_sales", "min_buyers", "pk"]
        indexes = [models.Index(fields=["partner"], name="reward_tier_of_partner")]

    def __str__(self):
        return f"{self.min_sales} / {self.min_buyers}"

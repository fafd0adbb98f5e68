"""Who signs in (User) and whose business it is (Partner, the tenant)."""

import datetime as dt
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.privacy import Privacy


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("We do not know this time zone."))


def validate_weekdays(days: str) -> None:
    if not set(days) <= set("1234567") or len(set(days)) != len(days):
        raise ValidationError(_("Choose days from Monday to Sunday."))


class ReminderLead(models.IntegerChoices):
    """How many minutes before the promised time a single reminder comes."""

    AT_ONCE = 0, _("at the time itself")
    FIVE = 5, _("5 minutes before")
    QUARTER = 15, _("15 minutes before")
    HALF = 30, _("30 minutes before")
    HOUR = 60, _("1 hour before")
    TWO_HOURS = 120, _("2 hours before")
    DAY = 1440, _("1 day before")


class PartnerQuerySet(models.QuerySet):
    def working(self):
        return self.filter(paused_at=None)

    def here_on(self, day: dt.date):
        """Not away on that day."""
        return self.exclude(absent_from__lte=day, absent_until__gte=day)


class Partner(models.Model):
    """One independent business: the tenant to whom every private row belongs."""

    name = models.CharField(_("name"), max_length=100)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Berlin", validators=[validate_time_zone]
    )
    digest_on = models.BooleanField(_("morning mail"), default=True)
    digest_time = models.TimeField(_("time"), default=dt.time(7, 30))
    digest_weekdays = models.CharField(
        _("weekdays"), max_length=7, default="1234567", blank=True, validators=[validate_weekdays]
    )
    reminders_on = models.BooleanField(_("single reminders"), default=True)
    reminder_lead = models.PositiveSmallIntegerField(  # minutes before the promised time
        _("how long before"), choices=ReminderLead.choices, default=ReminderLead.QUARTER
    )
    absent_from = models.DateField(_("away from"), null=True, blank=True)
    absent_until = models.DateField(_("until"), null=True, blank=True)
    digest_off_version = models.PositiveIntegerField(default=1, editable=False)
    terms_version = models.CharField(max_length=20, blank=True, editable=False)
    terms_accepted_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PartnerQuerySet.as_manager()

    privacy = Privacy(
        personal=("name",),
        technical=(
            "time_zone", "digest_on", "digest_time", "digest_weekdays", "reminders_on",
            "reminder_lead", "absent_from", "absent_until", "digest_off_version",
            "terms_version", "terms_accepted_at", "paused_at",
        ),
        on_erasure="keep",
        reason_to_keep="it is about the partner, not about a customer",
    )  # fmt: skip

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(absent_from=None, absent_until=None)
                | models.Q(
                    absent_from__isnull=False,
                    absent_until__isnull=False,
                    absent_from__lte=models.F("absent_until"),
                ),
                name="an_absence_has_a_beginning_and_an_end",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def has_accepted_terms(self) -> bool:
        return self.terms_version == settings.TERMS_VERSION

    def wants_digest_on(self, day: dt.date) -> bool:
        on_this_weekday = str(day.isoweekday()) in self.digest_weekdays
        return self.digest_on and on_this_weekday and not self.is_away_on(day)

    def is_away_on(self, day: dt.date) -> bool:
        """Away from the first to the last day: nothing is sent, everything waits in Heute."""
        if self.absent_from is None or self.absent_until is None:
            return False
        return self.absent_from <= day <= self.absent_until


class UserManager(BaseUserManager):
    """Users come with their partner: each request needs both, so one query brings both."""

    def get_queryset(self):
        return super().get_queryset().select_related("partner")

    def select_for_update(self, *args, **kwargs):
        """Lock the user alone: PostgreSQL cannot lock a partner who may not be there."""
        return self.get_queryset().select_related(None).select_for_update(*args, **kwargs)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user: Any = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: a partner, or back-office staff (then `partner` is empty)."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="de"
    )
    partner = models.OneToOneField(
        Partner, models.CASCADE, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("back office"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # When the invitation went out that waits for a first password; empty once there is one.
    invited_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    privacy = Privacy(
        personal=("email", "name"),
        technical=(
            "password", "last_login", "is_superuser", "language", "is_active", "is_staff",
            "date_joined", "invited_at",
        ),
        on_erasure="keep",
        reason_to_keep="it is about the partner, not about a customer",
    )  # fmt: skip

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_unique_in_any_case"),
            models.CheckConstraint(
                condition=models.Q(partner=None) | models.Q(is_staff=False),
                name="a_partner_is_not_back_office",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

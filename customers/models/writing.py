"""What a partner writes: to one person by mail, and for themselves as a help in talks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer
from partners.models import Merging, OwnedModel, Privacy


class PersonalMail(OwnedModel):
    """A mail of the partner to one person, sent by us: it passes the permission first."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="personal_mails", db_index=False
    )
    email = models.ForeignKey(
        "customers.Email", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    wanted_at = models.DateTimeField(null=True, editable=False)  # when "send" was pressed

    merging = Merging("move")
    privacy = Privacy(personal=("subject", "text", "wanted_at"), technical=("email",))

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["customer"], name="personal_mail_of_customer"),
            models.Index(fields=["email"], name="personal_mail_to"),
        ]

    def __str__(self):
        return self.subject


class TalkNote(OwnedModel):
    """A help for talks: how I open, what I ask, what people worry about and what I answer."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("To begin with")
        QUESTION = "question", _("Good questions")
        WORRY = "worry", _("Worries, and my answers")
        ASKING = "asking", _("Asking for a recommendation")
        OTHER = "other", pgettext_lazy("talk note", "Something else")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WORRY)
    title = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    privacy = Privacy(personal=("title", "text"), technical=("kind", "position"), words="written")

    class Meta:
        ordering = ["kind", "position", "pk"]
        indexes = [models.Index(fields=["partner"], name="talk_note_of_partner")]

    def __str__(self):
        return self.title

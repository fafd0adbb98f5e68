"""What a person may ask of the partner who keeps their data (Art. 15 to 21 DSGVO)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.customer import Customer
from partners.models import Merging, OwnedModel, Partner, Privacy


class DataSubjectRequest(OwnedModel):
    """Somebody asks to see, correct, lock or erase what is kept; there is a month to answer."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("wants to see their data")
        CORRECTION = "correction", _("wants something corrected")
        RESTRICTION = "restriction", _("wants their data locked for now")
        ERASURE = "erasure", _("wants to be erased")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "open")
        DONE = "done", pgettext_lazy("request", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "taken back")
        ERASED = "erased", pgettext_lazy("request", "ended by erasing")  # nobody is left to answer

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="subject_requests", editable=False, db_index=False
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, related_name="subject_requests", db_index=False
    )
    kind = models.CharField(_("What?"), max_length=12, choices=Kind.choices)
    received_on = models.DateField(_("When?"))
    due_on = models.DateField(editable=False)  # a month later (Art. 12 (3) DSGVO)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    done_on = models.DateField(null=True, editable=False)
    identity = models.CharField(_("How do you know it is them?"), max_length=200, blank=True)
    answer = models.CharField(_("note"), max_length=500, blank=True)

    merging = Merging("move")
    privacy = Privacy(
        personal=("identity", "answer"),
        technical=("kind", "received_on", "due_on", "state", "done_on"),
        on_erasure="blank",
        reason_to_keep="that a request was answered in time (Art. 5 (2) DSGVO)",
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["customer"], name="request_of_customer"),
            models.Index(
                fields=["partner", "due_on"],
                name="request_open",
                condition=Q(state="open", deleted_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.received_on}"

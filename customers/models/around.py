"""What surrounds a person: relations, tags, interests, life events and the partner's own fields."""

import decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import text
from customers.models.customer import Customer
from partners.models import Merging, OwnedModel, Partner, Privacy

LIVE = Q(deleted_at=None)


class Relation(OwnedModel):
    """Two people who know each other: `customer` is the <kind> of `other`.

    One row is read from both ends; `BACK` says what the other one then is.
    """

    class Kind(models.TextChoices):
        HOUSEHOLD = "household", _("lives with")
        SPOUSE = "spouse", _("husband, wife or partner")
        PARENT = "parent", _("mother or father")
        CHILD = "child", _("daughter or son")
        SIBLING = "sibling", _("sister or brother")
        GRANDPARENT = "grandparent", _("grandmother or grandfather")
        GRANDCHILD = "grandchild", _("grandchild")
        RELATIVE = "relative", _("relative")
        FRIEND = "friend", _("friend")
        NEIGHBOUR = "neighbour", _("neighbour")
        COLLEAGUE = "colleague", _("colleague")
        BOSS = "boss", _("boss")
        EMPLOYEE = "employee", _("employee")
        OTHER = "other", pgettext_lazy("relation", "acquaintance")

    BACK = {
        Kind.PARENT: Kind.CHILD,
        Kind.CHILD: Kind.PARENT,
        Kind.GRANDPARENT: Kind.GRANDCHILD,
        Kind.GRANDCHILD: Kind.GRANDPARENT,
        Kind.BOSS: Kind.EMPLOYEE,
        Kind.EMPLOYEE: Kind.BOSS,
    }

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="relations", db_index=False)
    other = models.ForeignKey(
        Customer, models.CASCADE, related_name="relations_back", db_index=False
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind.choices)

    privacy = Privacy(personal=("kind",))
    merging = Merging("unite", same=lambda row: row.read_from_one_end)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "customer", "other", "kind"],
                name="a_relation_is_noted_once",
                condition=LIVE,
            ),
            models.CheckConstraint(
                condition=~Q(customer=F("other")), name="nobody_is_related_to_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], name="relation_of_customer"),
            models.Index(fields=["other"], name="relation_of_other"),
        ]

    def __str__(self):
        return f"{self.kind}"

    @property
    def kind_back(self) -> str:
        """What the other one is to the customer."""
        return self.BACK.get(Relation.Kind(self.kind), Relation.Kind(self.kind))

    @property
    def read_from_one_end(self) -> tuple[object, object, str]:
        """The same for both directions in which it may be noted."""
        if self.customer_id < self.other_id:
            return self.customer_id, self.other_id, self.kind
        return self.other_id, self.customer_id, self.kind_back


class Tag(OwnedModel):
    """A word of the partner's own, to find people by."""

    name = models.CharField(_("tag"), max_length=40)
    folded = models.CharField(max_length=60, editable=False)

    privacy = Privacy(personal=("name", "folded"), words="written")
    derived = frozenset({"folded"})

    class Meta:
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "folded"], name="a_tag_exists_once", condition=LIVE
            )
        ]

    def __str__(self):
        return self.name

    def normalise(self) -> None:
        """Compute the form in which it is compared; whoever makes or renames one calls this."""
        self.folded = text.fold(self.name)[:60]


class Tagging(OwnedModel):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)

    privacy = Privacy(personal=("tag",))
    merging = Merging("unite", same=lambda row: row.tag_id)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "customer", "tag"],
                name="a_person_has_a_tag_once",
                condition=LIVE,
            )
        ]
        indexes = [
            models.Index(fields=["customer"], name="tagging_of_customer"),
            models.Index(fields=["tag", "customer"], name="tagging_of_tag"),
        ]

    def __str__(self):
        return f"{self.tag}"


class Interest(OwnedModel):
    """What somebody likes, owns already, or wants nothing of."""

    class Kind(models.TextChoices):
        LIKES = "likes", _("is interested in")
        OWNS = "owns", _("has already")
        AVOIDS = "avoids", _("does not like")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="interests", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LIKES)
    what = models.CharField(_("What?"), max_length=120)
    since = models.DateField(_("since"), null=True, blank=True)

    privacy = Privacy(personal=("kind", "what", "since"))
    merging = Merging(
        "unite",
        same=lambda row: (row.kind, text.fold(row.what)),
        combine=lambda kept, double: {"since": kept.since or double.since},
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["customer"], name="interest_of_customer")]

    def __str__(self):
        return self.what


class LifeEvent(OwnedModel):
    """A move, a birth, a new job: an occasion to get in touch."""

    class Kind(models.TextChoices):
        MOVE = "move", _("moved house")
        BIRTH = "birth", _("had a child")
        JOB = "job", _("new job")
        WEDDING = "wedding", _("married")
        RETIREMENT = "retirement", _("retired")
        OTHER = "other", pgettext_lazy("life event", "something else")

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="life_events", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    happened_on = models.DateField(_("day"), null=True, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)

    privacy = Privacy(personal=("kind", "happened_on", "text"))
    merging = Merging("unite", same=lambda row: (row.kind, row.happened_on, text.fold(row.text)))

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["customer"], name="life_event_of_customer")]

    def __str__(self):
        return self.text or str(self.get_kind_display())


class OwnField(OwnedModel):
    """A field of the partner's own, with the purpose for which it is kept (Art. 5 (1) b DSGVO)."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        CHOICE = "choice", _("choice")
        YES_NO = "yes-no", _("yes or no")

    name = models.CharField(_("name"), max_length=60)
    folded = models.CharField(max_length=90, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    purpose = models.CharField(_("What do you need it for?"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        personal=("name", "folded", "purpose", "choices"),
        technical=("kind", "position"),
        words="written",
    )
    derived = frozenset({"folded"})

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "folded"], name="an_own_field_exists_once", condition=LIVE
            )
        ]

    def __str__(self):
        return self.name

    def normalise(self) -> None:
        self.folded = text.fold(self.name)[:90]


class OwnValue(OwnedModel):
    """What an own field says of a person: the text as typed, and what can be compared of it.

    A date is ISO, a number has a point, yes is 1 and no is 0.
    """

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="own_values", db_index=False
    )
    field = models.ForeignKey(OwnField, models.CASCADE, related_name="values", db_index=False)
    text = models.CharField(max_length=500)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    date = models.DateField(null=True)

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="own_values", editable=False, db_index=False
    )
    privacy = Privacy(personal=("field", "text", "number", "date"))
    merging = Merging("unite", same=lambda row: row.field_id)

    class Meta:
        ordering = ["field__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "customer", "field"],
                name="an_own_field_says_one_thing",
                condition=LIVE,
            )
        ]
        indexes = [
            models.Index(fields=["customer"], name="own_value_of_customer"),
            models.Index(fields=["field", "customer"], name="own_value_of_field"),
        ]

    def __str__(self):
        return self.text

    @property
    def yes(self) -> bool:
        return self.text == "1"

    @property
    def as_number(self) -> decimal.Decimal | None:
        return None if self.number is None else self.number.normalize()


class NotDuplicate(OwnedModel):
    """Two people who look alike and are not the same; the smaller id is `customer`."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)

    privacy = Privacy(exported=False)
    merging = Merging(
        "unite",
        same=lambda row: frozenset({row.customer_id, row.other_id}),
        moved=lambda row, there: dict(
            zip(("customer_id", "other_id"), sorted((row.customer_id, row.other_id)), strict=True)
        ),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "customer", "other"], name="two_people_once", condition=LIVE
            )
        ]
        indexes = [
            models.Index(fields=["customer"], name="not_duplicate_customer"),
            models.Index(fields=["other"], name="not_duplicate_other"),
        ]

    def __str__(self):
        return f"{self.customer_id} {self.other_id}"

"""Where people come from, and how many of them became customers."""

import dataclasses
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When
from django.utils.translation import gettext as _

from customers.actions.recommending import BUYERS
from customers.models import Customer
from customers.rows import sentence
from partners.models import Partner

ENOUGH = 5  # people; of fewer a share says nothing
OF_TEN = 10
RECOMMENDED = Customer.Source.RECOMMENDATION


@dataclasses.dataclass(frozen=True)
class Source:
    kind: str
    people: int
    customers: int

    @property
    def name(self) -> str:
        if self.kind == Customer.Source.RECOMMENDATION:
            return _("Recommendation")
        return sentence(str(Customer.Source(self.kind).label))

    @property
    def share(self) -> int:
        return round(100 * self.customers / self.people) if self.people else 0

    @property
    def is_enough(self) -> bool:
        return self.people >= ENOUGH

    @property
    def of_ten(self) -> int:
        return round(OF_TEN * self.customers / self.people) if self.people else 0


@dataclasses.dataclass(frozen=True)
class Sources:
    rows: list[Source]

    @property
    def worth(self) -> str:
        """What a recommendation is worth, in one sentence, if enough people are known."""
        of = self.recommended
        others = [row for row in self.rows if row.kind not in {RECOMMENDED, ""}]
        rest = Source("", sum(one.people for one in others), sum(one.customers for one in others))
        if of is None or not (of.is_enough and rest.is_enough):
            return ""
        said = {"these": of.of_ten, "others": rest.of_ten}
        return (
            _(
                "Of ten people who were recommended to you, %(these)d became customers; "
                "of ten others %(others)d."
            )
            % said
        )

    @property
    def recommended(self) -> Source | None:
        return next((row for row in self.rows if row.kind == RECOMMENDED), None)

    @property
    def unknown(self) -> Source | None:
        return next((row for row in self.rows if not row.kind), None)

    @property
    def known(self) -> list[Source]:
        return [row for row in self.rows if row.kind]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)


def sources(partner: Partner) -> Sources:
    """Whoever was recommended, and of whom nothing else is said, came by a recommendation."""
    recommended = partner.recommendations.filter(recipient__isnull=False).values("recipient")
    source: Any = Case(
        When(source_kind="", pk__in=recommended, then=Value(RECOMMENDED.value)),
        default=F("source_kind"),
    )
    rows = (
        partner.customers.filter(restricted_at=None)
        .annotate(came_by=source)
        .order_by()
        .values_list("came_by")
        .annotate(people=Count("pk"), customers=Count("pk", filter=Q(stage__in=BUYERS)))
    )
    found = [Source(*row) for row in rows]
    found.sort(key=lambda row: (bool(row.kind), row.is_enough, row.share, row.people), reverse=True)
    return Sources(found)

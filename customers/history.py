"""Who changed what when on a person, read from the traces that each act left."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from customers import history_words, said_above
from customers.history_words import Line, Reader
from customers.models import Customer, PersonalMail, hanging
from partners import clock, spoken
from partners import undo as traces_of
from partners.models import Change, Partner

PER_PAGE = 25
LABEL = Customer._meta.label_lower


@dataclasses.dataclass(frozen=True)
class Deed:
    """One act as far as it touched this person."""

    act: uuid.UUID
    title: str
    who: str
    when: str
    lines: list[Line]
    can_be_undone: bool


def page_of(customer: Customer, number: Any) -> tuple[Page, list[Deed]]:
    """The latest deeds first."""
    partner = customer.partner
    people = {customer.pk, *merged_people(partner, customer)}
    rows = people | rows_on(partner, people)
    traces = partner.changes.filter(row_id__in=rows)
    acts = traces.order_by("-act_id").values_list("act_id", flat=True).distinct()
    page = Paginator(acts, PER_PAGE).get_page(number)
    by_act: dict[uuid.UUID, list[Change]] = defaultdict(list)
    for trace in traces.filter(act_id__in=list(page)).order_by("pk"):
        by_act[trace.act_id].append(trace)
    return page, told(customer, people, by_act, list(page))


def merged_people(partner: Partner, customer: Customer) -> Iterable[uuid.UUID]:
    merged = hanging.people(partner).filter(merged_into=customer)
    return merged.values_list("pk", flat=True)


def rows_on(partner: Partner, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """All that hangs on them or did, in one query."""
    first, *others = [
        hanging.rows(partner, model, people).order_by().values_list("pk", flat=True)
        for model in hanging.pointers()
    ]
    return set(first.union(*others))


def told(
    customer: Customer,
    people: set[uuid.UUID],
    by_act: dict[uuid.UUID, list[Change]],
    acts: list[uuid.UUID],
) -> list[Deed]:
    partner = customer.partner
    rows = traces_of.rows_of(partner, [trace for act in acts for trace in by_act[act]])
    reader = Reader(customer, rows, history_words.names(partner, rows.values()))
    files = partner.import_pages.filter(act_id__in=acts).values_list("act_id", "run__name")
    imports = dict(files)
    whole = those_of_one_person(partner, by_act)
    found = []
    for act in acts:
        traces = by_act[act]
        undoable = (
            act in whole
            and traces[0].act != "undo"
            and not brought(traces, people)
            and not is_out(traces)
            and traces_of.can_be_undone(traces, rows)
        )
        found.append(
            Deed(
                act=act,
                title=title(traces, rows, imports.get(act, "")),
                who=who(partner, traces),
                when=when(partner, traces[0]),
                lines=reader.lines(traces),
                can_be_undone=undoable,
            )
        )
    return found


def those_of_one_person(partner: Partner, by_act: dict[uuid.UUID, list[Change]]) -> set[uuid.UUID]:
    """Acts that touched nobody else: taking them back from here surprises nobody."""
    counted = partner.changes.filter(act_id__in=list(by_act)).order_by().values("act_id")
    sizes = counted.annotate(size=Count("pk")).values_list("act_id", "size")
    return {act for act, size in sizes if size == len(by_act[act])}


def brought(traces: Iterable[Change], people: set[uuid.UUID]) -> bool:
    """Whether the act made the person: whoever wants that taken back deletes them."""
    return any(trace.before is None and trace.row_id in people for trace in traces)


def is_out(traces: Iterable[Change]) -> bool:
    """What people said themselves stays said; a mail is stopped on its own page, as long as it waits."""
    mail = PersonalMail._meta.label_lower
    return any(
        said_above.is_their_word(trace) or (trace.model == mail and trace.before is None)
        for trace in traces
    )


def title(traces: list[Change], rows: dict[uuid.UUID, Any], file: str) -> str:
    act = traces[0].act
    if act == "customer-merge":
        gone = [trace for trace in traces if "merged_into_id" in (trace.after or {})]
        name = next((str(rows[trace.row_id]) for trace in gone if trace.row_id in rows), "")
        return _("Merged with %(name)s") % {"name": name} if name else _("Merged")
    if file:
        return _("Import %(file)s") % {"file": file}
    return history_words.title(act)


def who(partner: Partner, traces: list[Change]) -> str:
    actor = traces[0].actor_id
    if traces[0].act != said_above.SEAT and any(map(said_above.is_their_word, traces)):
        return _("by themselves")
    if actor is None:
        return _("by us")
    if actor == partner.user.pk:
        return partner.user.name or partner.name
    return _("Back office")


def when(partner: Partner, trace: Change) -> str:
    at = trace.created_at.astimezone(partner.zone)
    return spoken.moment(at, clock.today(partner.zone))

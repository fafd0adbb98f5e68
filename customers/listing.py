"""The customer list as it was asked for: which people, in which order, page by page."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from customers.close_names import FEW, close_names
from customers.filters import CustomerFilter
from customers.lists import Line, for_lines, lines
from customers.models import CustomerQuerySet, SavedFilter
from partners import questions
from partners.models import Partner

PER_PAGE = 25
LONGEST_NUMBER = 7  # of a page
FOUND = 8

SORTS: dict[str, tuple[Any, Any]] = {
    "name": (_("by name"), CustomerQuerySet.by_name),
    "newest": (_("newest first"), CustomerQuerySet.newest_first),
    "stage": (_("by stage"), CustomerQuerySet.by_stage),
    "place": (_("by place"), CustomerQuerySet.by_place),
    "due": (_("next follow-up first"), CustomerQuerySet.by_next_follow_up),
    "contact": (_("longest without contact"), CustomerQuerySet.by_last_contact),
}


def first_page_in(order: Callable[[CustomerQuerySet], CustomerQuerySet]) -> Any:
    """Of everybody: what is opened most; each row says how many there are."""

    @questions.written_once
    def first_page(partner: Partner):
        found = for_lines(order(partner.customers.all()))
        return found.annotate(among=questions.Counted(found.order_by().values("pk")))[:PER_PAGE]

    return first_page


FIRST_PAGES = {name: first_page_in(order) for name, (_label, order) in SORTS.items()}


@questions.written_once
def kept(partner: Partner):
    return partner.savedfilters.all()


class Listing:
    def __init__(self, partner: Partner, asked: QueryDict):
        self.partner = partner
        self.filter = CustomerFilter(asked, partner=partner)
        self.q = str(asked.get("q", ""))
        sort = str(asked.get("sort", ""))
        self.sort = sort if sort in SORTS else "name"
        self.number = asked.get("page")

    @cached_property
    def query(self) -> str:
        """The question without the order: what is selected and exported."""
        return self.filter.query()

    @property
    def question(self) -> str:
        """The question and the order, as they best stand in the address bar."""
        return joined(self.query, self.sort)

    @property
    def address(self) -> str:
        return at(self.question)

    @property
    def page_address(self) -> str:
        """To be followed by the number of a page."""
        return f"{self.address}{'&' if self.question else '?'}page="

    @property
    def is_ranked(self) -> bool:
        """A search shows the best first, unless another order is asked for."""
        return bool(self.q) and self.sort == "name"

    def in_order(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        if self.is_ranked:
            return customers.with_likeness(self.q).best_first()
        return SORTS[self.sort][1](customers)

    @cached_property
    def page(self) -> Page:
        if self.query or self.q or self.number not in {None, "", "1"}:
            return Pages(self).get_page(self.number)
        rows = FIRST_PAGES[self.sort](self.partner)
        everybody = Paginator(rows, PER_PAGE)
        everybody.count = rows[0].among if rows else 0
        return Page(rows, 1, everybody)

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.partner, self.page, self.q, is_ranked=self.is_ranked)

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """What narrows the list, each with the address of the list without it."""
        return [
            {
                "text": self.filter.filters[name].spoken(value),
                "href": at(joined(self.filter.query(without=(name, value)), self.sort)),
            }
            for name, value in self.filter.understood
            if name != "q"
        ]

    @cached_property
    def close(self) -> list[Line]:
        """People with a name close to what was typed, when little was found."""
        if not self.q or self.page.number > 1 or self.page.paginator.count >= FEW:
            return []
        return close_people(self.partner, self.q, [row.pk for row in self.page])


class Pages(Paginator):
    """One scan answers a question: the ids of a page and how many there are. Where nothing is
    asked, indexes do; and a late page costs like the first one, since whole rows are fetched for
    one page alone.
    """

    def __init__(self, listing: Listing):
        super().__init__(listing.filter.qs, PER_PAGE)
        self.listing = listing
        self.people = for_lines(listing.partner.customers.all(), listing.q)
        self.ordered = listing.in_order(for_lines(listing.filter.qs, listing.q))

    def get_page(self, number):
        wanted = int(number) if str(number).isdecimal() and len(str(number)) < LONGEST_NUMBER else 1
        if self.listing.query and wanted:
            counted = self.ordered.annotate(total=Window(Count("*"))).values_list("pk", "total")
            found = counted[PER_PAGE * (wanted - 1) : PER_PAGE * wanted]
            ids, totals = zip(*found, strict=True) if found else ((), (0,))
            if ids or wanted == 1:
                self.count = totals[0]
                people = self.people.in_bulk(ids)
                return Page([people[pk] for pk in ids if pk in people], wanted, self)
        return super().get_page(number)

    def page(self, number):
        number = self.validate_number(number)
        first = PER_PAGE * (number - 1)
        if first == 0:
            return Page(self.ordered[:PER_PAGE] if self.count else [], number, self)
        ids = self.ordered.values("pk")[first : first + PER_PAGE]
        return Page(self.listing.in_order(self.people.filter(pk__in=ids)), number, self)


def joined(query: str, sort: str) -> str:
    order = urlencode({"sort": sort}) if sort != "name" else ""
    return "&".join(filter(None, (query, order)))


def at(question: str) -> str:
    return f"{reverse('customer-list')}?{question}" if question else reverse("customer-list")


def of_question(partner: Partner, question: str) -> Listing:
    return Listing(partner, QueryDict(question))


def saved_filter(pk: uuid.UUID, name: str, listing: Listing) -> SavedFilter:
    return SavedFilter(pk=pk, partner=listing.partner, name=name, query=listing.question)


def find(partner: Partner, query: str) -> tuple[list[Line], list[Line]]:
    """The best few of a search, and names that come close when it finds next to nothing."""
    found = partner.customers.search(query).with_likeness(query).best_first()
    people = list(for_lines(found, query)[:FOUND])
    few = len(people) < FEW
    close = close_people(partner, query, [row.pk for row in people]) if few else []
    return lines(partner, people, query, is_ranked=True), close


def close_people(partner: Partner, query: str, known: list[uuid.UUID]) -> list[Line]:
    names = close_names(partner, query)
    if not names:
        return []
    people = partner.customers.filter(sort_name__in=names).exclude(pk__in=known)
    closest = sorted(people[:FOUND], key=lambda row: names.index(row.sort_name))
    return lines(partner, closest)

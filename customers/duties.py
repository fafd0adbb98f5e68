"""What a partner owes the people in the circle, however many: one line on Heute, one page."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import ngettext

from customers.models import Customer, CustomerQuerySet, DataSubjectRequest, Permission
from customers.models.trust import FROM_OTHERS
from customers.rows import sentence
from partners import spoken
from partners.models import Partner
from partners.questions import Counted

SOON = dt.timedelta(days=14)  # before something is due, Heute says so
UNANSWERED_FOR = dt.timedelta(days=14)
ONE_DAY, LONGEST_MONTH = dt.timedelta(days=1), dt.timedelta(days=31)
NOBODY = -987_654_321  # stands for the partner in a statement that is kept


# --- who is meant ---------------------------------------------------------------------------------


def untold(partner: Partner, today: dt.date) -> CustomerQuerySet:
    return partner.customers.untold().order_by("created_at", "pk")


def silent(partner: Partner, today: dt.date) -> CustomerQuerySet:
    return partner.customers.silent(begin(today)).order_by("last_sign", "pk")


def unanswering(partner: Partner, today: dt.date) -> CustomerQuerySet:
    """Those noted for a question by mail alone, which they never answered."""
    now = begin(today)
    about_mail = partner.permissions.filter(channel=Permission.Channel.EMAIL).order_by()
    later = about_mail.filter(customer=OuterRef("customer"), said_at__gt=OuterRef("said_at"))
    asked = about_mail.filter(
        ~Exists(later),
        says=Permission.Says.ASKED,
        how=Permission.How.OPT_IN,
        said_at__lt=now - UNANSWERED_FOR,
    )
    stages = (Customer.Stage.PROSPECT, Customer.Stage.GUEST)
    alone = partner.customers.not_kept(now).filter(stage__in=stages, last_contact_at=None)
    return alone.filter(pk__in=asked.values("customer")).order_by("created_at", "pk")


def unseen(partner: Partner, today: dt.date) -> CustomerQuerySet:
    """Guests asked to an evening who never came, and whom no list shows."""
    everybody: Any = partner.customers(manager="unscoped_with_hidden")
    return everybody.unseen(begin(today)).order_by("created_at", "pk")


GROUPS: dict[str, Callable[[Partner, dt.date], CustomerQuerySet]] = {
    "untold": untold,
    "silent": silent,
    "unanswering": unanswering,
    "unseen": unseen,
}


def begin(day: dt.date) -> dt.datetime:
    """Who is meant changes once a day, for the line and the page alike."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def told_by(noted: dt.date) -> dt.date:
    """The last day of the month in which somebody must hear of it (Art. 14 (3) DSGVO)."""
    year, month = divmod(noted.year * 12 + noted.month, 12)
    return dt.date(year, month + 1, min(noted.day, monthrange(year, month + 1)[1]))


def last_noted(due: dt.date) -> dt.date:
    """The latest day on which somebody was noted who must hear of it by then."""
    day = due - LONGEST_MONTH
    while told_by(day + ONE_DAY) <= due:
        day += ONE_DAY
    return day


def must_be_told(customer: Customer) -> bool:
    """The same question as of `untold`, to one person."""
    is_from_others = customer.source_kind in FROM_OTHERS and not customer.is_business
    return is_from_others and not (customer.informed_on or customer.restricted_at)


def local_day(at: dt.datetime, partner: Partner) -> dt.date:
    return at.astimezone(partner.zone).date()


def requests(partner: Partner) -> Any:
    """Those that wait for an answer; of people in the bin only where they asked to be locked."""
    here = Q(customer__deleted_at=None) | Q(customer__restricted_at__isnull=False)
    asked = partner.subject_requests.exclude(customer=None)  # nobody is left to be answered
    return asked.filter(here, state=DataSubjectRequest.State.OPEN)


# --- the line on Heute ----------------------------------------------------------------------------


def line(partner: Partner, today: dt.date) -> str:
    """All duties in one line; empty as long as nothing of it is due soon. One query."""
    return in_words(counts(partner, today), today)


def in_words(found: Any, today: dt.date) -> str:
    said = [
        say_untold(found.untold) if found.is_due else "",
        say_requests(found.requests, found.first_due, today) if found.requests else "",
        say_silent(found.silent) if found.silent else "",
        say_unanswering(found.unanswering) if found.unanswering else "",
        say_unseen(found.unseen) if found.unseen else "",
    ]
    return sentence(" · ".join(filter(None, said)))


def counts(partner: Partner, today: dt.date) -> Any:
    sql, params = statement(today)
    own = [partner.pk if value == NOBODY else value for value in params]
    return Partner.objects.raw(sql, own)[0]


def counts_of_many(partners: Iterable[int], today: dt.date) -> Iterable[Any]:
    """The same for several partners at once: whoever stands for the partner becomes the row itself."""
    ids = list(partners)
    sql, params = statement(today)
    column = '"partners_partner"."id"'
    holes = [column if value == NOBODY else "%s" for value in params]
    pieces = zip(sql.split("%s"), [*holes, ""], strict=True)
    own = [value for value in params if value != NOBODY]
    places = ", ".join(["%s"] * len(ids))
    many = f"{''.join(chain(*pieces))} AND {column} IN ({places})"
    return Partner.objects.raw(many, own + ids) if ids else ()


@lru_cache(maxsize=3)
def statement(today: dt.date) -> tuple[str, tuple[Any, ...]]:
    """To put it together takes the ORM ten times as long as to ask it, so it is kept for a day."""
    nobody = Partner(pk=NOBODY)
    asked = requests(nobody).filter(due_on__lte=today + SOON).order_by()
    noted = begin(last_noted(today + SOON) + ONE_DAY)
    columns: dict[str, Any] = {
        name: counted(people(nobody, today)) for name, people in GROUPS.items()
    }
    columns |= {
        "is_due": Exists(untold(nobody, today).filter(created_at__lt=noted).order_by()),
        "requests": counted(asked),
        "first_due": Subquery(asked.order_by("due_on").values("due_on")[:1]),
    }
    found = Partner.objects.filter(pk=NOBODY).only("pk").annotate(**columns).order_by()
    return found.query.sql_with_params()


def counted(rows: Any) -> Counted:
    return Counted(rows.order_by().values("pk"))


def say_untold(count: int) -> str:
    return ngettext(
        "%(count)d person does not know yet that you noted them",
        "%(count)d people do not know yet that you noted them",
        count,
    ) % {"count": count}


def say_requests(count: int, first: dt.date | str, today: dt.date) -> str:
    first_due = dt.date.fromisoformat(str(first))  # SQLite knows no dates
    if first_due < today:
        return ngettext(
            "%(count)d request, due %(since)s", "%(count)d requests, due %(since)s", count
        ) % {"count": count, "since": spoken.since(first_due, today)}
    return ngettext("%(count)d request by %(day)s", "%(count)d requests by %(day)s", count) % {
        "count": count,
        "day": spoken.day(first_due, today),
    }


def say_silent(count: int) -> str:
    return ngettext(
        "%(count)d person you have not heard of for long",
        "%(count)d people you have not heard of for long",
        count,
    ) % {"count": count}


def say_unanswering(count: int) -> str:
    return ngettext(
        "%(count)d person never answered your mail",
        "%(count)d people never answered your mail",
        count,
    ) % {"count": count}


def say_unseen(count: int) -> str:
    return ngettext("%(count)d guest never came", "%(count)d guests never came", count) % {
        "count": count
    }

"""The pages about people."""

import uuid
from contextlib import suppress
from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, agenda, channels, when
from customers.filters import CustomerFilter
from customers.forms import CustomerForm, FirstNamesForm
from customers.lists import lines
from customers.rows import row_of, words
from customers.timeline import follow_ups_of, timeline
from partners import clock
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

PER_PAGE = 25
FOUND = 8


def status_of(form) -> HTTPStatus:
    if getattr(form, "conflict", None):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def posted(request: PartnerRequest):
    """What a form is bound to: nothing, as long as nothing was sent."""
    return request.POST if request.method == "POST" else None


def held(request: PartnerRequest, rows):
    """Rows to change: a second request for the same row waits, and then sees what the first did."""
    return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def say(request: PartnerRequest, sentence: str, act=None) -> None:
    """A toast; it offers to take back what an act has done."""
    tags = f"undo-{act.id}" if act and act.left_traces else ""
    messages.success(request, sentence, extra_tags=tags)


def say_sent_before(request: PartnerRequest, act=None) -> None:
    """The same form came twice, after a lost answer perhaps; with an act, it had something new."""
    if act and act.left_traces:
        say(request, _("Saved."), act)
    else:
        messages.info(request, _("You had saved this already."))


@require_safe
def customer_list(request: PartnerRequest):
    customers = request.partner.customers.all()
    found = CustomerFilter(request.GET or None, queryset=customers)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    filtered = any(request.GET.get(name) for name in ("stage", "rank", "follow_up"))
    asked = filtered or request.GET.get("q")
    context = {
        "nav": "customers",
        "filter": found,
        "filtered": filtered,
        "page": page,
        "count": page.paginator.count,
        "rows": lines(page, request.partner.zone),
        "has_none": not asked and not page.paginator.count,
    }
    partial = request.htmx and request.htmx.target == "rows"
    return render(
        request, "customers/list.html#rows" if partial else "customers/list.html", context
    )


@require_http_methods(["GET", "HEAD", "POST"])
def customer_add(request: PartnerRequest):
    if request.method == "POST":
        earlier = sent_before(request.partner.customers, request.POST)
        form = CustomerForm(request.POST, partner=request.partner)
        if form.is_valid():
            store = amend_customer if earlier else store_customer
            return store(request, form)
    else:
        first, _space, last = request.GET.get("first_name", "").strip().partition(" ")
        initial = {"first_name": first, "last_name": last}
        form = CustomerForm(partner=request.partner, initial=initial)
    context = {"nav": "customers", "form": form}
    return render(request, "customers/quick_add.html", context, status=status_of(form))


def amend_customer(request: PartnerRequest, form: CustomerForm):
    """A form sent again after a lost answer: what was typed since then is not lost."""
    stored = sent_before(held(request, request.partner.customers), request.POST)
    again = CustomerForm(request.POST, instance=copy(stored), partner=request.partner)
    act = None
    if again.is_valid():  # unless the person has been changed elsewhere since
        act = actions.edit_customer(request.partner, request.user, stored, again.values, again.ways)
    say_sent_before(request, act)
    return redirect(safe_next(request, stored.get_absolute_url()))


def store_customer(request: PartnerRequest, form: CustomerForm):
    customer = form.new_customer()
    act = store_once(
        request.partner.customers,
        customer,
        lambda: actions.add_customer(request.partner, request.user, customer, form.ways),
    )
    if act is not None:
        say(request, _("%(name)s is in.") % {"name": customer.name}, act)
    return redirect(safe_next(request, customer.get_absolute_url()))


@require_safe
def customer_detail(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(request.partner.customers, pk=pk)
    phones, emails = list(customer.phones.all()), list(customer.emails.all())
    show_all, today = "all" in request.GET, clock.today(request.partner.zone)
    waiting, closed = follow_ups_of(customer, show_all=show_all)
    entries, has_older = timeline(customer, closed, today, show_all=show_all)
    context = {
        "nav": "customers",
        "customer": customer,
        "headline": customer.stage_spoken,
        "words": words(),
        "follow_ups": [row_of(follow_up, today) for follow_up in waiting],
        "channels": channels.of(phones, emails),
        "phones": phones,
        "emails": emails,
        "addresses": customer.addresses.all(),
        "birthday_spoken": agenda.birthday_spoken(customer, today),
        "timeline": entries,
        "timeline_more": has_older,
    }
    return render(request, "customers/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def customer_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.customers), pk=pk)
    # A form changes the row it is given, and the page still shows the stored one.
    form = CustomerForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = actions.edit_customer(request.partner, request.user, stored, form.values, form.ways)
        say(request, _("Saved."), act)
        return redirect(safe_next(request, stored.get_absolute_url()))
    context = {
        "nav": "customers",
        "form": form,
        "customer": stored,
        "conflict": form.conflict,
    }
    return render(request, "customers/edit.html", context, status=status_of(form))


@require_POST
def customer_delete(request: PartnerRequest, pk: uuid.UUID):
    customer = held(request, request.partner.customers).filter(pk=pk).first()
    if customer is not None:
        act = actions.remove_customer(request.partner, request.user, customer)
        say(request, _("%(name)s is deleted.") % {"name": customer.name}, act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404  # neither there nor in the bin
    return redirect("customer-list")


@require_http_methods(["GET", "HEAD", "POST"])
def first_names(request: PartnerRequest):
    """An empty circle's first question, then when to get in touch with each."""
    if request.method == "POST" and "names" not in request.POST:
        return plan_first_talks(request)
    form = FirstNamesForm(posted(request))
    if form.is_valid():
        people, seed = form.cleaned_data["names"], form.cleaned_data["row_id"]
        act, stored = actions.add_names(request.partner, request.user, people, seed)
        if act.left_traces:
            sentence = ngettext("%(count)d person is in.", "%(count)d people are in.", len(stored))
            say(request, sentence % {"count": len(stored)}, act)
        chosen = ",".join(str(customer.pk) for customer in stored)
        return redirect(f"{reverse('first-names')}?who={chosen}")
    who = ids(request.GET.get("who", ""))
    people = sorted(request.partner.customers.filter(pk__in=who), key=lambda row: who.index(row.pk))
    context = {
        "nav": "today",
        "form": form,
        "rows": [{"customer": customer} for customer in people],
    }
    return render(request, "start.html", context, status=status_of(form))


def plan_first_talks(request: PartnerRequest):
    typed = {
        key.removeprefix("when-"): str(value)
        for key, value in request.POST.items()
        if key.startswith("when-") and value
    }
    people = request.partner.customers.filter(pk__in=ids(",".join(typed)))
    wishes = [(person, understood(request, typed[str(person.pk)])) for person in people]
    act = actions.first_talks(
        request.partner, request.user, [(person, wish) for person, wish in wishes if wish]
    )
    if act.left_traces:
        say(request, _("Noted. We will remind you."), act)
    return redirect("today")


def understood(request: PartnerRequest, typed: str) -> when.When | None:
    try:
        return when.parse(typed, agenda.local_now(request.partner))
    except when.NotUnderstood:
        return None


def ids(text: str) -> list[uuid.UUID]:
    found = []
    for part in text.split(",")[: actions.MOST_NAMES]:
        with suppress(ValueError):
            found.append(uuid.UUID(part))
    return found


@require_POST
def undo(request: PartnerRequest, act: uuid.UUID):
    """Take back an act of one's own; twice is harmless."""
    if not request.partner.changes.filter(act_id=act).exists():
        raise Http404
    if actions.undo(request.partner, request.user, act):
        messages.warning(request, _("Some of it has changed since and stays as it is."))
    else:
        say(request, _("Taken back."))
    return redirect(safe_next(request, reverse("today")))


@require_safe
def search(request: PartnerRequest):
    """People, and the pages of the house, by a few letters (Ctrl-K)."""
    query = request.GET.get("q", "").strip()[:100]
    people = []
    if query:
        found = request.partner.customers.search(query).by_name()[:FOUND]
        people = lines(found, request.partner.zone)
    context = {"q": query, "people": people, "pages": pages_matching(query)}
    return render(request, "search.html", context)


def pages_matching(query: str) -> list[dict[str, str]]:
    pages = [
        (_("Today"), "today", "sun"),
        (_("Customers"), "customer-list", "people"),
        (_("New person"), "customer-add", "plus-lg"),
        (_("Write down first names"), "first-names", "pencil"),
        (_("Outbox"), "message-list", "send"),
        (_("Settings"), "settings", "sliders"),
        (_("Your morning mail"), "digest-preview", "envelope"),
        (_("Sign out"), "account_logout", "x-lg"),
    ]
    return [
        {"title": title, "url": reverse(name), "icon": icon}
        for title, name, icon in pages
        if query.casefold() in title.casefold()
    ]

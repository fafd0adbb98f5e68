"""The pages about people."""

import uuid
from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import (
    actions,
    channels,
    duty_page,
    mailing,
    permit,
    person,
    recommend,
    rights,
    told_above,
)
from customers.actions import binning, putting_off
from customers.actions.putting_off import is_put_off
from customers.forms import CustomerForm
from customers.person_forms import EmptyRowForm, PersonForm
from customers.recommend_forms import LineForm
from customers.rows import row_of, words
from customers.timeline import follow_ups_of, timeline
from customers.way_fields import KINDS, MOST_ROWS
from partners import answers, clock
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

say, status_of = answers.say, answers.status_of


def posted(request: PartnerRequest):
    """What a form is bound to: nothing, as long as nothing was sent."""
    return request.POST if request.method == "POST" else None


def held(request: PartnerRequest, rows):
    """Rows to change: a second request for the same row waits, and then sees what the first did."""
    return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def say_sent_before(request: PartnerRequest, act=None) -> None:
    """The same form came twice, after a lost answer perhaps; with an act, it had something new."""
    if act and act.left_traces:
        say(request, _("Saved."), act)
    else:
        messages.info(request, _("You had saved this already."))


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
    if request.method != "POST" and not initial["first_name"]:
        context["line"] = LineForm(partner=request.partner, auto_id="line_%s")
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
    try:
        customer = person.whole(request.partner, pk)
    except Http404:
        return to_survivor(request, pk)
    show_all, today = "all" in request.GET, clock.today(request.partner.zone)
    facts = person.facts(customer, today)
    waiting, closed = follow_ups_of(customer, show_all=show_all)
    events = person.event_entries(facts.events, today)
    events += mailing.entries(customer, today)
    entries, has_older = timeline(customer, closed, today, show_all=show_all, events=events)
    context = {
        "nav": "customers",
        "customer": customer,
        "headline": person.headline(customer),
        "words": words(),
        "follow_ups": [row_of(follow_up, today) for follow_up in waiting],
        "channels": channels.asking(channels.of(facts.phones, facts.emails), customer),
        "hint": permit.hint_at(facts),
        "facts": facts,
        "story": recommend.story(
            customer, today, may_ask=not is_put_off(customer, putting_off.ASK)
        ),
        "missing": missing(facts),
        "timeline": entries,
        "timeline_more": has_older,
        "told": duty_page.told(customer, request.partner, today),
        "blocks": told_above.blocks(request.partner, customer, today),
    }
    return render(request, "customers/detail.html", context)


def to_survivor(request: PartnerRequest, pk: uuid.UUID):
    """The page of the one into whom somebody was merged."""
    survivor = actions.survivor_of(request.partner, pk)
    if survivor is not None:
        return redirect(survivor)
    if rights.is_locked(request.partner, pk):
        return redirect("right-list", pk)
    raise Http404


def missing(facts: person.Facts) -> person.Missing | None:
    """One thing that would be nice to know, unless the partner wants no such hint here."""
    is_unwanted = is_put_off(facts.customer, putting_off.HINT)
    return None if is_unwanted else person.missing(facts)


@require_POST
def hint_dismiss(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(request.partner.customers, pk=pk)
    putting_off.put_off(request.partner, request.user, customer, putting_off.HINT)
    return redirect(customer)


@require_http_methods(["GET", "HEAD", "POST"])
def customer_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = held(request, request.partner.customers).filter(pk=pk).first()
    if stored is None:
        return keep_typed(request, pk)
    # A form changes the row it is given, and the page still shows the stored one.
    form = PersonForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = actions.edit_person(
            request.partner,
            request.user,
            stored,
            form.values,
            ways=form.ways,
            own=form.own_said,
        )
        say(request, _("Saved."), act)
        return redirect(safe_next(request, stored.get_absolute_url()))
    context = {
        "nav": "customers",
        "form": form,
        "customer": stored,
        "conflict": form.conflict,
    }
    return render(request, "customers/edit.html", context, status=status_of(form))


def keep_typed(request: PartnerRequest, pk: uuid.UUID):
    """Saved after somebody was deleted or merged in another tab."""
    gone = binning.gone(request.partner, pk) if request.method == "POST" else None
    if gone is None:
        raise Http404
    context = {
        "nav": "customers",
        "form": PersonForm(request.POST, instance=copy(gone), partner=request.partner),
        "customer": gone,
        "is_gone": True,
        "survivor": actions.survivor_of(request.partner, pk),
    }
    return render(request, "customers/edit.html", context, status=HTTPStatus.CONFLICT)


@require_safe
def way_row(request: PartnerRequest, pk: uuid.UUID):
    """One more empty row of the form, for the button that asks for it."""
    get_object_or_404(request.partner.customers, pk=pk)
    kind = next((kind for kind in KINDS if kind.name == request.GET.get("kind", "phone")), None)
    number = request.GET.get("number", "1")
    if kind is None or not number.isdecimal() or not int(number) < MOST_ROWS:
        raise Http404
    context = {
        "row": EmptyRowForm(kind, int(number)).row,
        "group": {"kind": kind.name, "next": int(number) + 1},
        "customer_id": pk,
        "has_several": True,
        "is_new": True,
    }
    return render(request, "customers/person/_way_row.html", context)


@require_POST
def customer_delete(request: PartnerRequest, pk: uuid.UUID):
    customer = held(request, request.partner.customers).filter(pk=pk).first()
    if customer is not None:
        act = actions.remove_customer(request.partner, request.user, customer)
        say(request, _("%(name)s lies in the bin for 30 days.") % {"name": customer.name}, act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404  # neither there nor in the bin
    return redirect("customer-list")


@require_POST
def undo(request: PartnerRequest, act: uuid.UUID):
    """Take back an act of one's own; twice is harmless."""
    if not request.partner.changes.filter(act_id=act).exists():
        raise Http404
    try:
        said = actions.take_back(request.partner, request.user, act).said
    except actions.NameTaken as taken:
        sentence = _("Another tag is called “%(name)s” by now, so this one keeps its name.")
        messages.warning(request, sentence % {"name": taken})
    else:
        for sentence in said:
            messages.warning(request, sentence)
        if not said:
            say(request, _("Taken back."))
    return redirect(safe_next(request, reverse("today")))

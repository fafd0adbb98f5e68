"""The guests of an evening: the list, adding them, one of them, and the words to send."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, channels, lists, selection
from customers.views import held, posted
from events import evening, guest_listing, links
from events.actions import answering, guesting
from events.guest_filters import GuestFilter
from events.guest_forms import GuestForm, NamesForm
from events.guest_share import HOST, ME, share
from events.guest_words import said
from partners import clock
from partners.answers import say, status_of
from partners.changes import Act
from partners.http import PartnerRequest, safe_next

PER_PAGE, MANY_LINES, MOST_AT_ONCE = 25, 50, 200
GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def guest_list(request: PartnerRequest, pk: uuid.UUID):
    found = whole(request, pk)
    asked = guest_listing.GuestList(found, request.GET.get("state", ""), request.GET.get("q", ""))
    page = Paginator(asked.lines, MANY_LINES).get_page(request.GET.get("page"))
    alike = guest_listing.find_alike(request.partner, [line.guest for line in page])
    shown = (guest_listing.row(line, found, alike.get(line.guest.customer_id)) for line in page)
    context = {
        "nav": "events",
        "event": found.event,
        "guests": asked,
        "page": page,
        "rows": list(shown),
        "summary": guest_listing.summary(found),
        "link": links.of_event(found.event) if found.event.is_open else "",
    }
    return render(request, "events/guest/list.html", context)


def whole(request: PartnerRequest, pk: uuid.UUID) -> evening.Evening:
    found = evening.read(request.partner, pk)
    if found is None:
        raise Http404
    return found


# --- adding --------------------------------------------------------------------------------------


@require_http_methods(GET_AND_POST)
def guest_add(request: PartnerRequest, pk: uuid.UUID):
    """By first names, or from the circle: with `names` in the form the one, else the other."""
    event = get_object_or_404(request.partner.events.select_related("host"), pk=pk)
    writes = request.method == "POST" and "names" in request.POST
    form = NamesForm(request.POST if writes else None)
    if writes and form.is_valid():
        return name_guests(request, event, form)
    if request.method == "POST" and not writes:
        return add_chosen(request, event)
    chosen = GuestFilter(request.GET, event=event, partner=request.partner)
    page = Paginator(chosen.qs.by_name(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "events",
        "event": event,
        "form": form,
        "filter": chosen,
        "query": chosen.query(),
        "page": page,
        "count": page.paginator.count,
        "rows": lists.lines(request.partner, page),
    }
    return render(request, "events/guest/add.html", context, status=status_of(form))


def name_guests(request: PartnerRequest, event, form: NamesForm):
    """The same form sent twice names nobody twice."""
    act = Act(request.partner, request.user, "guest-add")
    act.id = form.cleaned_data["row_id"]
    if not request.partner.changes.filter(act_id=act.id).exists():
        added = guesting.name(act, event, form.cleaned_data["names"])
        say_added(request, len(added), act)
    return redirect("guest-list", event.pk)


def add_chosen(request: PartnerRequest, event):
    if "query" in request.POST:
        asked = QueryDict(selection.question(request.POST))
        chosen = GuestFilter(asked, event=event, partner=request.partner)
        people = request.partner.customers.none() if chosen.misunderstood else chosen.qs
    else:
        people = request.partner.customers.filter(pk__in=selection.ids_in(request.POST))
    people = list(people.order_by("pk")[: MOST_AT_ONCE + 1])
    if len(people) > MOST_AT_ONCE:
        most = _("At most %(most)d at once: please narrow the list.") % {"most": MOST_AT_ONCE}
        messages.warning(request, most)
        return redirect("guest-add", event.pk)
    act = Act(request.partner, request.user, "guest-add")
    added = guesting.add(act, event, people, guesting.Origin.CIRCLE)
    say_added(request, len(added), act)
    return redirect("guest-list", event.pk)


def say_added(request: PartnerRequest, count: int, act: Act) -> None:
    if not count:
        messages.info(request, _("Nobody new was chosen."))
        return
    words = ngettext("%(count)d guest is on the list.", "%(count)d guests are on the list.", count)
    say(request, words % {"count": count}, act)


# --- many ----------------------------------------------------------------------------------------


@require_POST
def guest_change(request: PartnerRequest, pk: uuid.UUID):
    """Those who were chosen, or all that the list shows."""
    found = whole(request, pk)
    does = DOES.get(request.POST.get("do", ""))
    if does is None:
        raise Http404
    back = safe_next(request, reverse("guest-list", args=[pk]))
    guests = chosen_of(request, found)
    if guests:
        act, sentence = does(request, found.event, guests)
        say(request, sentence, act)
    else:
        messages.info(request, _("Please choose somebody first."))
    return redirect(back)


def chosen_of(request: PartnerRequest, found: evening.Evening):
    if "query" in request.POST:
        asked = QueryDict(selection.question(request.POST))
        shown = guest_listing.GuestList(found, asked.get("state", ""), asked.get("q", ""))
        return [line.guest for line in shown.lines]
    ids = set(selection.ids_in(request.POST))
    return [guest for guest in found.guests if guest.pk in ids]


def mark_invited(request: PartnerRequest, event, guests):
    act = Act(request.partner, request.user, "guest-invite")
    guesting.mark_invited(act, event, guests, "told")
    words = ngettext(
        "%(count)d guest is marked as invited.",
        "%(count)d guests are marked as invited.",
        len(guests),
    )
    return act, words % {"count": len(guests)}


def answers(says: str):
    def answer(request: PartnerRequest, event, guests):
        ids = {guest.pk for guest in guests}
        act, told = answering.answer_for(request.partner, request.user, event, ids, says=says)
        waiting = sum(guest.answer == answering.Answer.WAITING for guest in told)
        if waiting:
            words = ngettext(
                "All seats are taken: %(count)d is on the waiting list.",
                "All seats are taken: %(count)d are on the waiting list.",
                waiting,
            )
            return act, words % {"count": waiting}
        return act, _("Noted.")

    return answer


def keep(request: PartnerRequest, _event, guests):
    act = Act(request.partner, request.user, "guest-keep")
    people = [guest.customer for guest in guests if guest.customer.is_hidden]
    guesting.keep(act, people)
    words = ngettext(
        "%(count)d guest belongs to your circle now.",
        "%(count)d guests belong to your circle now.",
        len(people),
    )
    return act, words % {"count": len(people)}


def take_off(request: PartnerRequest, event, guests):
    act = Act(request.partner, request.user, "guest-remove")
    guesting.take_off(act, event, guests)
    if len(guests) == 1:
        return act, _("%(name)s is off the list.") % {"name": guests[0].customer.name}
    words = ngettext(
        "%(count)d guest is off the list.", "%(count)d guests are off the list.", len(guests)
    )
    return act, words % {"count": len(guests)}


DOES = {
    "invited": mark_invited,
    "yes": answers("yes"),
    "no": answers("no"),
    "keep": keep,
    "remove": take_off,
}


# --- one -----------------------------------------------------------------------------------------


def one_of(request: PartnerRequest, pk: uuid.UUID):
    rows = request.partner.eventguests.select_related("customer", "event__host")
    here = rows.filter(customer__deleted_at=None, event__deleted_at=None)
    guest = get_object_or_404(here, pk=pk)
    guest.partner = guest.event.partner = guest.customer.partner = request.partner
    return guest


@require_http_methods(GET_AND_POST)
def guest_edit(request: PartnerRequest, pk: uuid.UUID):
    guest = one_of(request, pk)
    form = GuestForm(posted(request), guest=guest, event=guest.event)
    if form.is_valid():
        store(request, guest, form)
        return redirect(safe_next(request, reverse("guest-list", args=[guest.event_id])))
    context = {
        "nav": "events",
        "guest": guest,
        "event": guest.event,
        "form": form,
        "said": said(guest, clock.today(request.partner.zone), place_of(request, guest)),
        "alike": guest_listing.find_alike(request.partner, [guest]).get(guest.customer_id),
    }
    return render(request, "events/guest/edit.html", context, status=status_of(form))


def place_of(request: PartnerRequest, guest) -> int | None:
    """On the waiting list."""
    if not guest.waiting_since or guest.answer != answering.Answer.WAITING:
        return None
    waiting = request.partner.eventguests.filter(event=guest.event_id).waiting()
    return list(waiting.values_list("pk", flat=True)).index(guest.pk) + 1


def store(request: PartnerRequest, guest, form: GuestForm) -> None:
    act = None
    if person := form.person:
        ways = actions.Ways(phone=person.pop("phone"), email=person.pop("email"))
        stored = held(request, guesting.everybody(request.partner)).get(pk=guest.customer_id)
        act = actions.edit_customer(request.partner, request.user, stored, person, ways)
    if form.answer_is_new:
        says, brings = form.cleaned_data["answer"], form.cleaned_data.get("companions")
        act, told = answering.answer_for(
            request.partner, request.user, guest.event, {guest.pk}, says=says, companions=brings
        )
        if told and told[0].answer == answering.Answer.WAITING:
            name = {"name": guest.customer.first_name}
            say(request, _("All seats are taken: %(name)s is on the waiting list.") % name, act)
            return
    say(request, _("Saved."), act)


@require_http_methods(GET_AND_POST)
def guest_share(request: PartnerRequest, pk: uuid.UUID):
    """Sent from the partner's own phone; POST notes that it was."""
    guest = one_of(request, pk)
    if request.method == "POST":
        act = Act(request.partner, request.user, "guest-invite")
        how = request.POST.get("how", "")
        known = {"whatsapp", "sms", "mail", "copied", "shared"}
        guesting.mark_invited(act, guest.event, [guest], how if how in known else "told")
        if act.left_traces:
            say(request, _("%(name)s is invited.") % {"name": guest.customer.name}, act)
        return redirect(safe_next(request, reverse("guest-list", args=[guest.event_id])))
    voice = request.GET.get("voice", HOST if guest.event.host else ME)
    reach = channels.of(list(guest.customer.phones.all()), list(guest.customer.emails.all()))
    context = {
        "nav": "events",
        "guest": guest,
        "event": guest.event,
        "share": share(guest.event, guest, reach, voice),
        "voice": voice,
    }
    return render(request, "events/guest/share.html", context)

"""The list at the door: on the phone, on two phones, and without a connection."""

import hashlib
import uuid

from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import door, door_forms, evening, evening_panel
from events.actions import at_the_door, guesting
from partners import clock
from partners.answers import say
from partners.http import PartnerRequest, safe_next

NOT_ASKED_FOR = "nothing"  # by pages that show no list


def find(request: PartnerRequest, pk: uuid.UUID) -> evening.Evening:
    found = evening.read(request.partner, pk)
    if found is None:
        raise Http404
    return found


@require_safe
def event_door(request: PartnerRequest, pk: uuid.UUID):
    found = find(request, pk)
    if found.event.is_cancelled:
        return redirect(found.event)
    context = {"nav": "events", "event": found.event, **evening_panel.at_the_door(found)}
    return render(request, "events/evening/door.html", context)


@require_POST
def door_tick(request: PartnerRequest, pk: uuid.UUID):
    """One tap without JavaScript: `<guest> <presence>`."""
    found = find(request, pk)
    wanted, _space, presence = request.POST.get("tap", "").partition(" ")
    guest = next((one for one in found.guests if str(one.pk) == wanted), None)
    if guest is None or presence not in guest.Presence.values:
        raise Http404
    act = guesting.set_presence(request.partner, request.user, guest, presence, clock.now())
    say(request, spoken(guest), act)
    return redirect(back(request, pk))


@require_POST
def door_walk_in(request: PartnerRequest, pk: uuid.UUID):
    """The same for somebody who came along; the same form sent twice is one guest."""
    event = find(request, pk).event
    form = door_forms.WalkInForm(request.POST)
    if form.is_valid():
        name, now = form.cleaned_data["name"], clock.now()
        tap = at_the_door.Tap(
            "", at_the_door.Kind.WALK_IN, form.cleaned_data["guest"], now, name=name
        )
        at_the_door.take(request.partner, request.user, event, [tap])
        say(request, _("%(name)s is there.") % {"name": name})
    else:
        say(request, _("A first name is enough, but it takes one."))
    return redirect(back(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def door_taps(request: PartnerRequest, pk: uuid.UUID):
    """The list as it is; with a POST, after what was tapped on this phone in the meantime.

    Phones ask all evening long: one that has it, told by its mark, is not sent it again.
    """
    found, lost = find(request, pk), []
    if request.method == "POST":
        try:
            taps = door_forms.read(request.body)
        except door_forms.NoTaps:
            return HttpResponseBadRequest()
        lost = at_the_door.take(request.partner, request.user, found.event, taps)
        found = find(request, pk)
    context = {"event": found.event, "door": door.door(found)}
    text = render_to_string("events/evening/_door_list.html", context, request)
    mark = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return JsonResponse(
        {
            "now": int(clock.now().timestamp() * 1000),
            "list": "" if request.GET.get("have") in {mark, NOT_ASKED_FOR} else text,
            "mark": mark,
            "lost": [spoken_loss(one) for one in lost],
        }
    )


def back(request: PartnerRequest, pk: uuid.UUID) -> str:
    return safe_next(request, reverse("event-door", args=[pk]))


def spoken(guest) -> str:
    sentences = {
        guest.Presence.ATTENDED: _("%(name)s is there."),
        guest.Presence.NO_SHOW: _("%(name)s does not come."),
    }
    sentence = sentences.get(guest.presence, _("%(name)s is open again."))
    return sentence % {"name": guest.customer.first_name}


def spoken_loss(lost: at_the_door.Lost) -> str:
    """What counts instead of a tap."""
    if lost.guest is None:
        name = lost.tap.name or _("Somebody you ticked")
        return _("%(name)s is no longer on the list.") % {"name": name}
    return _("Changed later on another phone: %(what)s") % {"what": spoken(lost.guest)}

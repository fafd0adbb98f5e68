"""A guest's own page and the open invitation: without signing in, without cookies, one tap each."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events import invite, invite_permits, invite_said, links
from events.actions import answering, receiving
from events.invite_forms import (
    AnswerForm,
    CompanionsForm,
    MessageForm,
    PermissionForm,
    PrivatelyForm,
    ReminderForm,
    SignUpForm,
)
from events.invite_words import words
from events.reminders import telling
from partners import profile
from partners.http import by_link
from partners.misses import WITHIN, few_misses

MOST_SIGN_UPS = 60  # from one connection, so that a hall full of people still can
PICTURE = "img/invitation.jpg"  # our own, the same for all
ANSWERS = {"companions", "privately", "message", "reminder"}  # steps that are part of the answer


@by_link
@few_misses
@csrf_exempt  # browsers inside messengers drop cookies; only who has the link knows the address
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str):
    """Looking changes nothing, however often: messengers and scanners open every link."""
    link = links.found(links.GUEST, token)
    if link is None or not invite.is_at_work(link.partner):
        return leads_nowhere(request)
    to_act = request.method == "POST"
    with translation.override(link.partner.user.language), invite.room(link.partner, to_act=to_act):
        guest = invite.guest_of(link)
        answer = guest and (respond(request, guest) if to_act else look(request, guest, token))
    return answer or leads_nowhere(request)


def leads_nowhere(request: HttpRequest):
    return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)


# --- looking -----------------------------------------------------------------------------------


def look(request: HttpRequest, guest: Any, token: str = "", form: Any = None):
    """The question that was asked for, the first screen, or what was recorded."""
    event, step = guest.event, request.POST.get("step") or request.GET.get("step", "")
    stand = invite.stand(event)
    is_open = stand is invite.Stand.OPEN
    if not is_open or not guest.answer or step not in {*invite.AFTER[guest.answer], "answer"}:
        step = "" if guest.answer or not is_open else "answer"
    card = invite.card(event)
    context = {
        **about(card),
        "guest": guest,
        "step": step,
        "stand": stand.value,
        "form": form,
        "token": token,
        "next_step": invite.next_step(event, guest, step),
        "path": request.path,
        **FILLED.get(step, nothing)(guest),
    }
    context |= {"meant": context["words"].get(invite.meaning(guest), "")}
    if not step:
        context |= first_screen(guest) if guest.answer == "maybe" else {}
        context |= {"recorded": invite_said.recorded(event, guest) if guest.answer else []}
    if stand is not invite.Stand.OVER:
        context |= {"former": former(card, guest)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    return render(request, "events/invite/invitation.html", context, status=status)


def about(card: Any) -> dict[str, Any]:
    event = card.event
    return {
        "card": card,
        "event": event,
        "brand_name": card.me.name,
        "notice": profile.notice_link(event.partner),
        "picture": f"{settings.BASE_URL}{static(PICTURE)}",
        "words": words(
            is_formal=event.is_formal,
            name=card.inviter,
            partner=card.first_name,
            when=card.deadline,
        ),
    }


def former(card: Any, guest: Any) -> str:
    start = invite.former_start(guest)
    return card.spoken(start) if start else ""


def nothing(_guest: Any) -> dict[str, Any]:
    return {}


def companions(guest: Any) -> dict[str, Any]:
    return {"choices": range(guest.event.companions_allowed + 1)}


def ways(guest: Any) -> dict[str, Any]:
    return {
        "mailbox": invite_said.mailbox(guest.customer),
        "number": invite_said.number(guest.customer),
    }


def reminder(guest: Any) -> dict[str, Any]:
    return ways(guest) | {"before": invite_said.reminder_in_words(guest.event)}


def permissions(guest: Any) -> dict[str, Any]:
    return ways(guest) | {
        "offers": invite_permits.offers(guest.partner, guest.customer),
        "always": invite_permits.always(),
    }


def first_screen(guest: Any) -> dict[str, Any]:
    return {"is_full": invite.is_full(guest.event, guest)}


FILLED: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "answer": first_screen,
    "companions": companions,
    "reminder": reminder,
    "permissions": permissions,
}


# --- answering ---------------------------------------------------------------------------------


def respond(request: HttpRequest, guest: Any):
    """Store one thing, then ask the next; whatever comes too late finds that said."""
    step = request.POST.get("step", "")
    form = form_of(step, request, guest)
    if form is None or (step in ANSWERS and not guest.answer):
        return redirect(request.path)
    if not form.is_valid():
        return look(request, guest, form=form)
    try:
        guest = STORE[step](guest, form.cleaned_data)
    except answering.TooLate:
        return redirect(request.path)
    return to_step(request.path, invite.next_step(guest.event, guest, step))


def form_of(step: str, request: HttpRequest, guest: Any):
    if step not in STORE:
        return None
    if step in {"reminder", "permissions"}:
        there = ways(guest)
        knows = {"knows_mailbox": bool(there["mailbox"])}
        if step == "reminder":
            return ReminderForm(request.POST, **knows)
        channels = [one.channel for one in invite_permits.offers(guest.partner, guest.customer)]
        number = bool(there["number"])
        return PermissionForm(request.POST, channels=channels, knows_number=number, **knows)
    return SIMPLE[step](request.POST)


def to_step(path: str, step: str) -> HttpResponse:
    return redirect(f"{path}?step={step}" if step else path)


def say(guest: Any, says: str, **more: Any) -> Any:
    stored = answering.answer(guest.partner, guest, says, **more)
    for name in ("answer", "companions", *more):
        setattr(guest, name, getattr(stored, name))
    return guest


def store_answer(guest: Any, said: Mapping[str, Any]) -> Any:
    guest = say(guest, said["says"])  # the evening is locked first, as at the door: then people
    receiving.note_informed(guest.partner, guest.customer)
    return guest


def store_more(guest: Any, said: Mapping[str, Any]) -> Any:
    return say(guest, guest.answer, **said)


def store_reminder(guest: Any, said: Mapping[str, Any]) -> Any:
    guest = say(guest, guest.answer, wants_reminder=said["wants_reminder"])
    receiving.keep_ways(guest.partner, guest.customer, email=said["email"])
    return guest


def store_permissions(guest: Any, said: Mapping[str, Any]) -> Any:
    receiving.keep_ways(guest.partner, guest.customer, email=said["email"], phone=said["phone"])
    person = receiving.locked(guest.partner, guest.customer)
    invite_permits.choose(guest.partner, person, said["channel"])
    return guest


SIMPLE: Mapping[str, Any] = {
    "answer": AnswerForm,
    "companions": CompanionsForm,
    "privately": PrivatelyForm,
    "message": MessageForm,
}
STORE: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "answer": store_answer,
    "companions": store_more,
    "privately": store_more,
    "message": store_more,
    "reminder": store_reminder,
    "permissions": store_permissions,
}


# --- the open invitation -----------------------------------------------------------------------


@by_link
@few_misses
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def event_open(request: HttpRequest, token: str):
    """Whoever has this link may sign up; a first name is enough."""
    link = links.found(links.OPEN, token)
    if link is None or not invite.is_at_work(link.partner):
        return leads_nowhere(request)
    to_act = request.method == "POST"
    with translation.override(link.partner.user.language), invite.room(link.partner, to_act=to_act):
        event, form = invite.event_of(link), SignUpForm()
        answer = event and (sign_up(request, event) if to_act else open_page(request, event, form))
    return answer or leads_nowhere(request)


def open_page(
    request: HttpRequest, event: Any, form: Any, *, thanked: Mapping[str, str] | None = None
):
    stand = invite.stand(event)
    is_open = stand is invite.Stand.OPEN and event.is_open
    name = thanked["first_name"] if thanked else ""
    context = {
        **about(invite.card(event)),
        "stand": stand.value,
        "is_open": is_open,
        "is_full": is_open and invite.is_full(event),
        "form": form,
        "thanked": thanked,
        "again": words(is_formal=event.is_formal, name=name, partner="", when="")["again"],
        "path": request.path,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "events/invite/open.html", context, status=status)


def sign_up(request: HttpRequest, event: Any):
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return open_page(request, event, form)
    if too_many(request, event):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        said = dict(form.cleaned_data)
        # Somebody else who goes back to the form and writes their own name is somebody else.
        who = [said[name] for name in ("first_name", "last_name", "email", "phone")]
        pk = invite.own_id(event, said.pop("row_id"), *who)
        guest = answering.sign_up(event.partner, event, **said, pk=pk)
    except answering.TooLate:
        return open_page(request, event, SignUpForm())
    if guest.origin == guest.Origin.SIGNED_UP:
        receiving.note_informed(event.partner, guest.customer)
    if said["email"]:
        guest.event = event
        telling.confirm_again(event.partner, guest)
    if said["email"] or said["phone"]:
        # Known or not, whoever merely knows somebody's address learns nothing and sees no page.
        return open_page(request, event, SignUpForm(), thanked=said)
    path = urlsplit(links.of_guest(guest)).path
    return to_step(path, invite.next_step(event, guest))


def too_many(request: HttpRequest, event: Any) -> bool:
    key = f"sign-ups:{event.pk}:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WITHIN)
    with suppress(ValueError):  # it expired just now
        return cache.incr(key) > MOST_SIGN_UPS
    return False

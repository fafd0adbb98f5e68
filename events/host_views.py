"""The host's own page, by personal link: who comes, what to send, what is still to do."""

import uuid
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events import host, invite, invite_said, links
from events.actions import planning, receiving, steps
from events.host_words import words
from events.invite_forms import HostMailForm
from events.invite_views import leads_nowhere
from partners import profile
from partners.http import by_link
from partners.misses import few_misses


@by_link
@few_misses
@csrf_exempt  # browsers inside messengers drop cookies; only who has the link knows the address
@require_http_methods(["GET", "HEAD", "POST"])
def host_page(request: HttpRequest, token: str):
    link = links.found(links.HOST, token)
    if link is None or not invite.is_at_work(link.partner):
        return leads_nowhere(request)
    to_act = request.method == "POST"
    with translation.override(link.partner.user.language), invite.room(link.partner, to_act=to_act):
        found = host.evening_of(link)
        answer = found and (act(request, found) if to_act else page(request, found))
    return answer or leads_nowhere(request)


def page(request: HttpRequest, found: Any, form: Any = None):
    event = found.event
    card = invite.card(event)
    is_formal = event.host.formality == event.host.Formality.FORMAL
    context = {
        "card": card,
        "event": event,
        "evening": found,
        "stand": invite.stand(event).value,
        "groups": host.groups(found),
        "open_answers": host.open_answers(found),
        "steps": host.steps(found),
        "share": host.share(card),
        "shows_qr": "qr" in request.GET,
        "mailbox": invite_said.mailbox(event.host),
        "form": form,
        "brand_name": card.me.name,
        "notice": profile.notice_link(event.partner),
        "words": words(is_formal=is_formal, name=event.host.first_name, partner=card.first_name),
        "path": request.path,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    return render(request, "events/invite/host.html", context, status=status)


def act(request: HttpRequest, found: Any):
    """One of the two things a host may change: a step of theirs, and whether they get mails."""
    if "step" in request.POST:
        tick(request, found)
    elif "mails" in request.POST:
        form = HostMailForm(request.POST, knows_mailbox=bool(invite_said.mailbox(found.event.host)))
        if not form.is_valid():
            return page(request, found, form)
        switch_mails(found.event, form.cleaned_data)
    return redirect(request.path)


def tick(request: HttpRequest, found: Any) -> None:
    try:
        pk = uuid.UUID(request.POST["step"])
    except ValueError:
        return
    step = next((one for one in host.steps(found) if one.pk == pk), None)
    if step:
        steps.tick(step.partner, None, step, done=request.POST.get("done") == "1", by_host=True)


def switch_mails(event: Any, said: dict[str, Any]) -> None:
    planning.change(event.partner, None, event, host_wants_mail=said["mails"])
    receiving.keep_ways(event.partner, event.host, email=said["email"])

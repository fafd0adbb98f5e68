"""The first question of an empty circle: who are you thinking of right now?"""

import uuid
from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from customers import actions, agenda, when
from customers.forms import FirstNamesForm
from customers.views import posted
from partners.answers import say, status_of
from partners.http import PartnerRequest


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

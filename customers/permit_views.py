"""What a person said about being written to and called: to see, to note, to print."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers import channels, permissions, permit
from customers.actions import permitting
from customers.permit_forms import SayingForm
from customers.views import held, posted
from partners import clock
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next


@require_http_methods(["GET", "HEAD", "POST"])
def person_permissions(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    asked = {"channels": request.GET.getlist("channel"), "says": request.GET.get("says")}
    form = SayingForm(posted(request), partner=request.partner, initial=asked)
    if form.is_valid():
        act = permitting.note(request.partner, request.user, customer, **form.said)
        say(request, _("Noted.") if act.left_traces else _("You knew that already."), act)
        return redirect(safe_next(request, customer.get_absolute_url()))
    known = permissions.gather(request.partner, [customer])[customer.pk]
    context = {
        "nav": "customers",
        "customer": customer,
        "ways": permit.ways(customer, known, clock.today(request.partner.zone)),
        "form": form,
    }
    return render(request, "customers/permit/sheet.html", context, status=status_of(form))


@require_safe
def permission_once_more(request: PartnerRequest, pk: uuid.UUID):
    """They asked not to be contacted this way: the button asks once more, and still works."""
    customer = get_object_or_404(request.partner.customers, pk=pk)
    ways = channels.of(list(customer.phones.all()), list(customer.emails.all()))
    channel = request.GET.get("channel", "phone")
    offered = {about: (name, getattr(ways, name)) for name, about in channels.ASKED_ABOUT.items()}
    if not offered.get(channel, ("", ""))[1]:
        raise Http404
    context = {
        "nav": "customers",
        "customer": customer,
        "hint": permit.warning(customer),
        "title": permit.NOT_AT_ALL[permit.Channel(channel)],
        "anyway": permit.ANYWAY[permit.Channel(channel)],
        "href": offered[channel][1],
        "instead": [
            (name, href)
            for about, (name, href) in offered.items()
            if href and not customer.has_declined(about)
        ],
    }
    return render(request, "customers/permit/once_more.html", context)


@require_safe
def permission_proof(request: PartnerRequest, pk: uuid.UUID):
    """All that somebody said, with everything a proof needs; to print."""
    customer = get_object_or_404(request.partner.customers, pk=pk)
    known = permissions.gather(request.partner, [customer])[customer.pk]
    today = clock.today(request.partner.zone)
    names = {request.user.pk: str(request.user)}
    context = {
        "nav": "customers",
        "customer": customer,
        "proofs": permit.proofs(known.statements, names, today),
        "today": today,
    }
    return render(request, "customers/permit/proof.html", context)

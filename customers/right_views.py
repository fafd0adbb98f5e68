"""What somebody may ask about their data: see it, correct it, lock it, erase it."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, rights
from customers.access import FORMATS, package
from customers.actions import erasing, requesting
from customers.right_forms import RECOGNISED, RequestForm, UnlockForm
from customers.views import held, posted, say_sent_before
from partners import clock
from partners.answers import say, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once

PER_PAGE = 25


def find(request: PartnerRequest, pk: uuid.UUID):
    """Somebody of the circle, locked or in the bin."""
    person = rights.person_of(request.partner, pk)
    if person is None:
        raise Http404
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def right_list(request: PartnerRequest, pk: uuid.UUID):
    """One page for all that somebody may ask; a request is noted here."""
    person = rights.person_of(request.partner, pk)
    if person is None:
        survivor = actions.survivor_of(request.partner, pk)
        if survivor is None:
            raise Http404
        return redirect("right-list", survivor.pk)
    if sent_before(request.partner.subject_requests, request.POST):
        say_sent_before(request)
        return redirect("right-list", pk)
    form = RequestForm(posted(request), partner=request.partner)
    if form.is_valid():
        row = form.save(commit=False)
        row.customer = person
        act = store_once(
            request.partner.subject_requests,
            row,
            lambda: requesting.ask(request.partner, request.user, row),
        )
        say(request, _("Noted. There is a month to answer."), act)
        return redirect("right-list", pk)
    return page(request, person, form, UnlockForm())


def page(request: PartnerRequest, person, form: RequestForm, unlock: UnlockForm):
    wishes = rights.wishes(person)
    context = {
        "nav": "customers",
        "person": person,
        "open": [wish for wish in wishes if wish.is_open],
        "earlier": [wish for wish in wishes if not wish.is_open],
        "form": form,
        "unlock": unlock,
        "recognised": RECOGNISED,
        "today": clock.today(request.partner.zone),
    }
    status = status_of(form if form.errors else unlock)
    return render(request, "customers/rights/person.html", context, status=status)


@require_POST
def right_close(request: PartnerRequest, pk: uuid.UUID, state: str):
    theirs = request.partner.subject_requests.exclude(customer=None)
    row = get_object_or_404(held(request, theirs), pk=pk)
    act = requesting.close(request.partner, request.user, row, state)
    said = _("Settled.") if state == requesting.State.DONE else _("Taken back.")
    say(request, said, act)
    return redirect("right-list", row.customer_id)


@require_safe
def right_package(request: PartnerRequest, pk: uuid.UUID, suffix: str):
    """Everything that is noted of somebody, to be given to them."""
    person = find(request, pk)
    if suffix not in FORMATS:
        raise Http404
    form = FORMATS[suffix]
    headers = {
        "Content-Disposition": f'attachment; filename="{_("your-data")}.{suffix}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    content = form.write(package(request.partner, person))
    return HttpResponse(content, content_type=form.content_type, headers=headers)


@require_POST
def right_lock(request: PartnerRequest, pk: uuid.UUID):
    person = held(request, request.partner.customers).filter(pk=pk).first()
    if person is not None:
        act = requesting.lock(request.partner, request.user, person)
        say(request, _("Locked. Only this page still shows %(name)s.") % {"name": person.name}, act)
    else:
        find(request, pk)
    return redirect("right-list", pk)


@require_POST
def right_unlock(request: PartnerRequest, pk: uuid.UUID):
    person = held(request, rights.locked(request.partner)).filter(pk=pk).first()
    if person is None:
        find(request, pk)
        return redirect("right-list", pk)
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return page(request, person, RequestForm(partner=request.partner), form)
    act = requesting.unlock(request.partner, request.user, person, form.cleaned_data["why"])
    say(request, _("%(name)s is back.") % {"name": person.name}, act)
    return redirect(person)


@require_safe
def locked_list(request: PartnerRequest):
    people = Paginator(rights.locked(request.partner), PER_PAGE)
    shown = people.get_page(request.GET.get("page"))
    context = {"nav": "customers", "page": shown, "count": people.count}
    return render(request, "customers/rights/locked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def right_erase(request: PartnerRequest, pk: uuid.UUID):
    """What goes and what stays is said before; afterwards nobody can bring it back."""
    person = rights.person_of(request.partner, pk)
    if person is None:
        if request.method == "POST" and request.partner.changes.filter(row_id=pk).exists():
            return redirect("customer-list")
        raise Http404
    if request.method == "POST" and request.POST.get("sure"):
        erasing.erase(request.partner, request.user, person)
        messages.success(request, _("Erased. An old list will not bring this person back."))
        return redirect("customer-list")
    context = {
        "nav": "customers",
        "person": person,
        "stays": rights.what_stays(person),
        "mentions": rights.mentions(person),
        "is_unsure": request.method == "POST",
    }
    unsure = HTTPStatus.UNPROCESSABLE_ENTITY
    status = unsure if request.method == "POST" else HTTPStatus.OK
    return render(request, "customers/rights/erase.html", context, status=status)

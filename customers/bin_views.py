"""The bin: who was deleted within thirty days, to bring back or to delete for good."""

import datetime as dt
import uuid

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.actions import binning, erasing
from customers.views import held, say
from partners import clock
from partners.http import PartnerRequest

PER_PAGE = 25


@require_safe
def customer_bin(request: PartnerRequest):
    people = binning.in_bin(request.partner).order_by("-deleted_at", "pk")
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "customers",
        "page": page,
        "count": page.paginator.count,
        "rows": [(person, left(person)) for person in page],
        "days": binning.KEPT.days,
    }
    return render(request, "customers/bin/bin.html", context)


def left(person) -> str:
    """How long somebody can still be brought back."""
    days = -((clock.now() - person.deleted_at - binning.KEPT) // dt.timedelta(days=1))
    if days <= 1:
        return _("until today")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


@require_POST
def bin_restore(request: PartnerRequest, pk: uuid.UUID):
    person = held(request, binning.in_bin(request.partner)).filter(pk=pk).first()
    if person is None:  # brought back already, by a second tap perhaps
        return redirect(get_object_or_404(request.partner.customers, pk=pk))
    act = binning.restore(request.partner, request.user, person)
    say(request, _("%(name)s is back.") % {"name": person.name}, act)
    return redirect(person)


@require_http_methods(["GET", "HEAD", "POST"])
def bin_delete(request: PartnerRequest, pk: uuid.UUID):
    """For good, when that has been confirmed."""
    person = held(request, binning.in_bin(request.partner)).filter(pk=pk).first()
    if request.method != "POST":
        if person is None:
            raise Http404
        return render(request, "customers/bin/delete.html", {"nav": "customers", "person": person})
    if person is not None:
        erasing.forget(request.partner, [person.pk])
        say(request, _("%(name)s is deleted for good.") % {"name": person.name})
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404  # neither there nor ever
    return redirect("customer-bin")

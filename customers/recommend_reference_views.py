"""What satisfied people say, in their words, and whether they may be quoted."""

import uuid
from copy import copy

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.actions import recommending
from customers.recommend_forms import ReferenceForm
from customers.views import held, posted, say_sent_before
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once


@require_http_methods(["GET", "HEAD", "POST"])
def reference_add(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    back = safe_next(request, customer.get_absolute_url())
    if posted(request) and sent_before(request.partner.references, request.POST):
        say_sent_before(request)
        return redirect(back)
    form = ReferenceForm(posted(request), partner=request.partner)
    if form.is_valid():
        reference = form.save(commit=False)
        reference.customer = customer
        act = store_once(
            request.partner.references,
            reference,
            lambda: recommending.keep_reference(request.partner, request.user, reference),
        )
        if act is not None:
            say(request, _("Kept, in their own words."), act)
        return redirect(back)
    context = {"nav": "customers", "customer": customer, "form": form}
    return render(request, "customers/recommend/reference.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def reference_edit(request: PartnerRequest, pk: uuid.UUID):
    rows = held(request, request.partner.references).select_related("customer")
    stored = get_object_or_404(rows, pk=pk, customer__deleted_at=None)
    form = ReferenceForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = recommending.edit_reference(request.partner, request.user, stored, form.values)
        is_to_ask = form.values["quoting"] and not stored.quoting
        sentence = _("Saved. The words are new, so please ask once more.")
        say(request, sentence if is_to_ask else _("Saved."), act)
        return redirect(safe_next(request, stored.customer.get_absolute_url()))
    context = {
        "nav": "customers",
        "customer": stored.customer,
        "reference": stored,
        "form": form,
        "conflict": form.conflict,
    }
    return render(request, "customers/recommend/reference.html", context, status=status_of(form))


@require_POST
def reference_remove(request: PartnerRequest, pk: uuid.UUID):
    """A second tap finds nothing and is harmless."""
    stored = held(request, request.partner.references).filter(pk=pk).first()
    if stored is not None:
        act = recommending.remove_reference(request.partner, request.user, stored)
        say(request, _("Taken away."), act)
    elif not request.partner.changes.filter(row_id=pk).exists():
        raise Http404
    default = stored.customer.get_absolute_url() if stored is not None else "today"
    return redirect(safe_next(request, default))

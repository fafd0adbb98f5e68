"""Settings: the partner's own fields."""

import uuid
from copy import copy

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions
from customers.own import answers
from customers.own_field_forms import MOST_FIELDS, OwnFieldForm
from customers.views import held, posted, say, say_sent_before, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once


@require_safe
def own_field_list(request: PartnerRequest):
    fields = list(request.partner.ownfields.annotate(answers=answers()))
    context = {"nav": "more", "fields": fields, "is_full": len(fields) >= MOST_FIELDS}
    return render(request, "customers/person/own_fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_field_add(request: PartnerRequest):
    if request.method == "POST" and sent_before(request.partner.ownfields, request.POST):
        say_sent_before(request)
        return redirect("own-field-list")
    form = OwnFieldForm(posted(request), partner=request.partner)
    if form.is_valid():
        field = form.save(commit=False)
        act = store_once(
            request.partner.ownfields,
            field,
            lambda: actions.store_field(request.partner, request.user, field, form.values),
        )
        say(request, _("“%(name)s” is ready.") % {"name": field.name}, act)
        return redirect("own-field-list")
    return page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def own_field_edit(request: PartnerRequest, pk: uuid.UUID):
    stored = get_object_or_404(held(request, request.partner.ownfields), pk=pk)
    form = OwnFieldForm(posted(request), instance=copy(stored), partner=request.partner)
    if form.is_valid():
        act = actions.store_field(request.partner, request.user, stored, form.values)
        say(request, _("Saved."), act)
        return redirect("own-field-list")
    return page(request, form, field=stored, conflict=form.conflict)


def page(request: PartnerRequest, form: OwnFieldForm, **more):
    context = {"nav": "more", "form": form, **more}
    return render(request, "customers/person/own_field.html", context, status=status_of(form))


@require_POST
def own_field_move(request: PartnerRequest, pk: uuid.UUID):
    """One place up."""
    get_object_or_404(request.partner.ownfields, pk=pk)
    fields = list(held(request, request.partner.ownfields))
    at = next(number for number, field in enumerate(fields) if field.pk == pk)
    fields.insert(max(at - 1, 0), fields.pop(at))
    act = actions.order_fields(request.partner, request.user, fields)
    say(request, _("Moved up."), act)
    return redirect("own-field-list")


@require_POST
def own_field_remove(request: PartnerRequest, pk: uuid.UUID):
    field = get_object_or_404(held(request, request.partner.ownfields), pk=pk)
    act = actions.remove_field(request.partner, request.user, field)
    say(request, _("“%(name)s” is deleted.") % {"name": field.name}, act)
    return redirect("own-field-list")

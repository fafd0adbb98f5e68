"""Questions to the list under a name."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers import actions
from customers.list_forms import NameForm, SavedFilterForm
from customers.listing import Listing, of_question, saved_filter
from customers.views import held, posted, say, say_sent_before, status_of
from partners.http import PartnerRequest
from partners.owned_form import sent_before, store_once


@require_http_methods(["GET", "HEAD", "POST"])
def filter_save(request: PartnerRequest):
    """Keep what stands in the address bar; one of the same name is overwritten after asking."""
    question = Listing(request.partner, request.GET).question
    form = SavedFilterForm(posted(request), initial={"query": question})
    former = None
    if form.is_valid():
        asked = form.cleaned_data
        former = actions.filter_named(request.partner, asked["name"])
        if former is not None and former.query != asked["query"] and not asked["replace"]:
            form.ask(_("You have one of this name. Save again to replace it."), "replace")
        else:
            return store(request, form)
    context = {"nav": "customers", "form": form, "former": former}
    return render(request, "customers/list/save.html", context, status=status_of(form))


def store(request: PartnerRequest, form: SavedFilterForm):
    question = of_question(request.partner, form.cleaned_data["query"])
    if sent_before(request.partner.savedfilters, request.POST):
        say_sent_before(request)
        return redirect(question.address)
    saved = saved_filter(form.cleaned_data["row_id"], form.cleaned_data["name"], question)
    act = store_once(
        request.partner.savedfilters,
        saved,
        lambda: actions.save_filter(request.partner, request.user, saved),
    )
    say(request, _("“%(name)s” is kept.") % {"name": saved.name}, act)
    return redirect(question.address)


@require_http_methods(["GET", "HEAD", "POST"])
def filter_edit(request: PartnerRequest, pk: uuid.UUID):
    saved = get_object_or_404(held(request, request.partner.savedfilters), pk=pk)
    form = NameForm(posted(request), initial={"name": saved.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        former = actions.filter_named(request.partner, name)
        if former is None or former.pk == saved.pk:
            act = actions.rename_filter(request.partner, request.user, saved, name)
            say(request, _("Saved."), act)
            return redirect(of_question(request.partner, saved.query).address)
        form.add_error("name", _("You have one of this name already."))
    context = {"nav": "customers", "form": form, "saved": saved}
    return render(request, "customers/list/saved.html", context, status=status_of(form))


@require_POST
def filter_delete(request: PartnerRequest, pk: uuid.UUID):
    saved = held(request, request.partner.savedfilters).filter(pk=pk).first()
    if saved is None:
        get_object_or_404(request.partner.changes.filter(row_id=pk)[:1])
    else:
        act = actions.remove_filter(request.partner, request.user, saved)
        say(request, _("“%(name)s” is deleted.") % {"name": saved.name}, act)
    return redirect("customer-list")

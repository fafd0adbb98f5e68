"""All tags: how many people have each, another name, two into one, away with it."""

import uuid

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions
from customers.list_bulk_views import after
from customers.list_forms import TagForm
from customers.views import held, posted, say, status_of
from partners.http import PartnerRequest


@require_safe
def tag_list(request: PartnerRequest):
    tags = request.partner.tags.annotate(
        people=Count("taggings", filter=Q(taggings__deleted_at=None))
    )
    return render(request, "customers/list/tags.html", {"nav": "customers", "tags": tags})


@require_http_methods(["GET", "HEAD", "POST"])
def tag_edit(request: PartnerRequest, pk: uuid.UUID):
    """Another name; the name of another tag makes the two one, after asking."""
    tag = get_object_or_404(held(request, request.partner.tags), pk=pk)
    form = TagForm(posted(request), initial={"name": tag.name})
    other = None
    if form.is_valid():
        name = form.cleaned_data["name"]
        other = actions.tag_named(request.partner, name)
        if other is None or other.pk == tag.pk:
            act = actions.rename_tag(request.partner, request.user, tag, name)
            say(request, _("The tag is called %(name)s now.") % {"name": name}, act)
            return redirect("tag-list")
        if form.cleaned_data["merge"]:
            return merge(request, tag, other)
        form.ask(_("You have this tag already. Save again to make the two one."), "merge")
    people = request.partner.taggings.filter(tag=tag).count()
    context = {"nav": "customers", "tag": tag, "form": form, "other": other, "people": people}
    return render(request, "customers/list/tag.html", context, status=status_of(form))


def merge(request: PartnerRequest, tag, other):
    params = {"tag": str(tag.pk), "name": tag.name, "into": str(other.pk), "into_name": other.name}
    who = {"query": f"tag={tag.pk}"}
    bulk = actions.change_many(request.partner, request.user, "tag-merge", who, params)
    return after(request, bulk, "tag-list")


@require_POST
def tag_delete(request: PartnerRequest, pk: uuid.UUID):
    tag = held(request, request.partner.tags).filter(pk=pk).first()
    if tag is None:
        if not request.partner.changes.filter(row_id=pk).exists():
            raise Http404
        messages.info(request, _("This tag is gone already."))
        return redirect("tag-list")
    params = {"tag": str(tag.pk), "name": tag.name}
    who = {"query": f"tag={tag.pk}"}
    bulk = actions.change_many(request.partner, request.user, "tag-delete", who, params)
    return after(request, bulk, "tag-list")

"""The back office: partners, how they are doing in numbers, and what may be done for them."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import actions, office
from partners.forms.office import PartnerForm, SearchForm
from partners.http import office as for_office
from partners.http import safe_next

PER_PAGE = 50


@for_office
@require_safe
def home(request: HttpRequest):
    form = SearchForm(request.GET)
    page = Paginator(form.results(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "partners": office.with_counts(page)}
    return render(request, "office/home.html", context)


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: HttpRequest):
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        partner = form.save()
        messages.success(request, _("%(name)s is invited.") % {"name": partner.name})
        return redirect("office-partner-detail", partner.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "office/partner_add.html", {"form": form}, status=status)


@for_office
@require_safe
def partner_detail(request: HttpRequest, pk: int):
    [partner] = office.with_counts([get_object_or_404(office.partners(), pk=pk)])
    return render(request, "office/partner_detail.html", {"subject": partner})


@for_office
@require_POST
def partner_invite(request: HttpRequest, pk: int):
    partner = get_object_or_404(office.partners().filter(user__invited_at__isnull=False), pk=pk)
    actions.invite(partner.user)
    messages.success(request, _("A new invitation to %(name)s is on its way.") % {"name": partner})
    return back(request, pk)


@for_office
@require_POST
def partner_pause(request: HttpRequest, pk: int):
    partner = get_object_or_404(office.partners(), pk=pk)
    actions.pause(partner)
    said = _("%(name)s is paused and signed out everywhere.") % {"name": partner}
    messages.success(request, said, extra_tags=f"resume-{pk}")
    return back(request, pk)


@for_office
@require_POST
def partner_resume(request: HttpRequest, pk: int):
    partner = get_object_or_404(office.partners(), pk=pk)
    actions.resume(partner)
    messages.success(request, _("%(name)s can sign in again.") % {"name": partner})
    return back(request, pk)


def back(request: HttpRequest, pk: int):
    return redirect(safe_next(request, f"/office/partners/{pk}/"))

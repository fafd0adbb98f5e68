"""Duties settled together, and one person told."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers import channels, duty_page
from customers.actions import informing
from customers.duty_forms import InformedForm, SettleForm
from customers.list_bulk_views import change
from customers.views import held, posted
from partners import clock, profile
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next


@require_http_methods(["GET", "HEAD", "POST"])
def duty_list(request: PartnerRequest):
    form = SettleForm(posted(request), partner=request.partner)
    if form.is_valid():
        return change(request, form.kind, form)
    today = clock.today(request.partner.zone)
    context = {
        "nav": "today",
        "requests": duty_page.asked(request.partner, today),
        "groups": duty_page.groups(request.partner, today),
        "notice": profile.notice_link(request.partner),
    }
    return render(request, "customers/duties/duties.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def customer_informed(request: PartnerRequest, pk: uuid.UUID):
    """The words to send from one's own phone, and then to note that it is said."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    today = clock.today(request.partner.zone)
    initial = {"how": customer.informed_how, "day": customer.informed_on or today}
    form = InformedForm(posted(request), partner=request.partner, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        act = informing.inform(request.partner, request.user, customer, said["how"], said["day"])
        say(request, _("Noted: %(name)s knows.") % {"name": customer.name}, act)
        return redirect(safe_next(request, customer.get_absolute_url()))
    text = duty_page.letter(customer, request.partner)
    reach = channels.of_one(request.partner, customer)
    context = {
        "nav": "customers",
        "customer": customer,
        "form": form,
        "told": duty_page.told(customer, request.partner, today),
        "text": text,
        "ways": duty_page.ways(text, reach, customer),
    }
    return render(request, "customers/duties/informed.html", context, status=status_of(form))


@require_POST
def customer_uninformed(request: PartnerRequest, pk: uuid.UUID):
    """It was noted by mistake."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    act = informing.inform(request.partner, request.user, customer, "", None)
    say(request, _("Noted: not told yet."), act)
    return redirect(safe_next(request, customer.get_absolute_url()))

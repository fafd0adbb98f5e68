"""What changed on a person, by whom and when."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from customers import history
from customers.actions import merging
from partners.http import PartnerRequest


@require_safe
def customer_history(request: PartnerRequest, pk: uuid.UUID):
    if survivor := merging.survivor_of(request.partner, pk):
        return redirect("customer-history", survivor.pk)
    customer = get_object_or_404(request.partner.customers, pk=pk)
    page, deeds = history.page_of(customer, request.GET.get("page"))
    context = {"nav": "customers", "customer": customer, "page": page, "deeds": deeds}
    return render(request, "customers/history/history.html", context)

"""Who else lives nearby: by street, postcode and place, from what is noted, without any map."""

import uuid

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from customers import lists
from customers.nearby import nearby
from partners.http import PartnerRequest


@require_safe
def near(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(request.partner.customers, pk=pk)
    found = nearby(request.partner, customer)
    people = [person for _title, group in found for person in group]
    lines = iter(lists.lines(request.partner, people))
    groups = [(title, [next(lines) for _person in group]) for title, group in found]
    context = {"nav": "customers", "customer": customer, "groups": groups, "count": len(people)}
    return render(request, "customers/person/near.html", context)

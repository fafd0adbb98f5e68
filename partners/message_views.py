"""What was sent for a partner, and what waits."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners import outbox
from partners.http import PartnerRequest, safe_next
from partners.sent import rows_of, told

PER_PAGE = 50


@require_safe
def message_list(request: PartnerRequest):
    page = Paginator(told(request.partner), PER_PAGE).get_page(request.GET.get("page"))
    context = {"nav": "messages", "page_obj": page, "rows": rows_of(page, request.partner)}
    return render(request, "partners/messages.html", context)


@require_POST
def message_again(request: PartnerRequest, pk: uuid.UUID):
    if not request.partner.messages.filter(pk=pk).exists():
        raise Http404
    if outbox.send_again(request.partner, pk):
        messages.success(request, _("We try once more."))
    return redirect(safe_next(request, reverse("message-list")))


@require_safe
def more(request: PartnerRequest):
    return render(request, "partners/more.html", {"nav": "more"})

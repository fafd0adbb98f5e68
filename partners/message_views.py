"""What was sent for a partner, what waits, and what needs them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners import outbox, sent
from partners.http import PartnerRequest, safe_next

PER_PAGE = 50


@require_safe
def message_list(request: PartnerRequest):
    page = Paginator(sent.told(request.partner), PER_PAGE).get_page(request.GET.get("page"))
    rows = sent.rows_of(page, request.partner)
    context = {
        "nav": "more",
        "page_obj": page,
        "needing": [row for row in rows if row.needs_you],
        "others": [row for row in rows if not row.needs_you],
        "count_needing": sent.count_needing(request.partner),
        "mail_server_rests": sent.mail_server_rests(),
    }
    return render(request, "partners/messages.html", context)


@require_POST
def message_again(request: PartnerRequest, pk: uuid.UUID):
    return act(request, pk, outbox.send_again, _("We try once more."))


@require_POST
def message_dismiss(request: PartnerRequest, pk: uuid.UUID):
    return act(request, pk, outbox.dismiss, _("Off your list."), extra_tags=f"undismiss-{pk}")


@require_POST
def message_undismiss(request: PartnerRequest, pk: uuid.UUID):
    return act(request, pk, outbox.undismiss, _("Back on your list."))


def act(
    request: PartnerRequest,
    pk: uuid.UUID,
    verb: Callable[[Any, uuid.UUID], bool],
    sentence: str,
    **how: str,
):
    """Do something to one of the partner's own messages, and say so if that changed anything."""
    if not request.partner.messages.filter(pk=pk).exists():
        raise Http404
    if verb(request.partner, pk):
        messages.success(request, sentence, **how)
    return redirect(safe_next(request, reverse("message-list")))


@require_safe
def more(request: PartnerRequest):
    context = {"nav": "more", "count_needing": sent.count_needing(request.partner)}
    return render(request, "partners/more.html", context)

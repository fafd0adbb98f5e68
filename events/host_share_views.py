"""What a partner sends a host: the link to their own page, and new links when one went astray."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import host_share
from events.actions import planning
from partners.answers import say
from partners.http import PartnerRequest


@require_http_methods(["GET", "HEAD", "POST"])
def event_host(request: PartnerRequest, pk: uuid.UUID):
    event = get_object_or_404(request.partner.events.select_related("host"), pk=pk)
    event.partner = request.partner
    if request.method == "POST" and "renew" in request.POST:
        act = planning.renew_links(request.partner, request.user, event)
        say(request, _("The former links of this event lead nowhere now."), act)
        return redirect("event-detail", event.pk)
    if request.method == "POST":  # sent from their phone: nothing that we keep
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    share = host_share.share(event)
    if share is None:
        raise Http404
    context = {"nav": "events", "event": event, "share": share}
    return render(request, "events/invite/share.html", context)

"""A partner's own settings, and the morning mail as it would look today."""

import copy
import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import actions, reminders
from customers.views import status_of
from partners import clock, sent, spoken
from partners.forms.settings import SettingsForm
from partners.http import PartnerRequest, safe_next
from partners.mail_frame import document, in_a_frame


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PartnerRequest):
    partner = copy.copy(request.partner)  # what is not valid must not show elsewhere on the page
    form = SettingsForm(request.POST or None, instance=partner, user=request.user)
    if request.method == "POST" and form.is_valid():
        partner = form.save()
        if form.moves_zone:
            actions.move_promises(partner, request.user)
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("settings")
    context = {"nav": "more", "form": form, "nonce": uuid.uuid4()}
    context["moving"] = actions.moving(request.partner)
    return render(request, "partners/settings.html", context, status=status_of(form))


@require_safe
def digest_preview(request: PartnerRequest):
    digest, mail = reminders.preview(request.partner)
    today = clock.today(request.partner.zone)
    is_away, until = request.partner.is_away_on(today), request.partner.absent_until
    context = {
        "nav": "more",
        "away_until": spoken.day(until, today) if is_away and until else "",
        "digest": digest,
        "mail": mail,
        "frame_url": reverse("digest-mail"),
        "nonce": uuid.uuid4(),
    }
    return render(request, "partners/digest_preview.html", context)


@require_safe
@in_a_frame
def digest_mail(request):
    """The mail alone, for the frame on the page above."""
    _digest, mail = reminders.preview(request.partner)
    return document(mail.html)


@require_POST
def digest_send_now(request: PartnerRequest):
    """`nonce` comes with the page: a second click on the same button sends nothing more."""
    reminders.send_now(request.partner, nonce_of(request))
    if sent.mail_server_rests():
        said = _("Noted. It leaves as soon as the mail server takes mail again.")
    else:
        said = _("On its way to %(address)s.") % {"address": request.partner.user.email}
    messages.success(request, said)
    return redirect(safe_next(request, reverse("digest-preview")))


def nonce_of(request: PartnerRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid.uuid4()

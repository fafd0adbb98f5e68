"""How the outbox is doing: for the back office, in numbers and states, without names."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from partners import outbox, post_office
from partners.http import office as for_office


@for_office
@require_safe
def mail(request: HttpRequest):
    return render(request, "office/mail.html", {"post": post_office.overview()})


@for_office
@require_POST
def open_gate(request: HttpRequest):
    outbox.gate.open_now()
    messages.success(request, _("The next worker tries at once."))
    return redirect("office-mail")


@for_office
@require_POST
def release(request: HttpRequest):
    late, number = outbox.held.expire_late(), outbox.held.release()
    said = ngettext("%(number)d message may leave.", "%(number)d messages may leave.", number)
    said %= {"number": number}
    if late:
        too_late = ngettext(
            "%(number)d is too late by now.", "%(number)d are too late by now.", late
        )
        said = f"{said} {too_late % {'number': late}}"
    messages.success(request, said)
    return redirect("office-mail")

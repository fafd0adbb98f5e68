"""The mailbox of a try-out: every mail as it would arrive. It does not exist in production."""

import uuid

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners import mailbox
from partners.http import public
from partners.mail_frame import document, in_a_frame


@public
@require_safe
def mail_list(request: HttpRequest):
    return render(request, "partners/mailbox.html", {"mails": mailbox.kept_mails()})


@public
@require_safe
def mail(request: HttpRequest, pk: uuid.UUID):
    return render(request, "partners/mailbox.html", {"mail": found(pk)})


@public
@require_safe
@in_a_frame
def mail_body(request: HttpRequest, pk: uuid.UUID):
    """The HTML of a mail alone, for the frame on its page."""
    kept = found(pk)
    if not kept.html:
        raise Http404
    return document(kept.html)


def found(pk: uuid.UUID) -> mailbox.Kept:
    kept = mailbox.kept_mail(pk)
    if kept is None:
        raise Http404
    return kept

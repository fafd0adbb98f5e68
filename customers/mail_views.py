"""A mail from the partner to one person: written here, sent by us as soon as it may leave."""

import uuid
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import mailing
from customers.exports.columns import greeting
from customers.mail_forms import AskForm, MailForm
from customers.reminders import opting_in, personal
from customers.views import held, posted, say_sent_before
from partners import profile
from partners.answers import say, status_of
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once


@require_http_methods(["GET", "HEAD", "POST"])
def mail_write(request: PartnerRequest, pk: uuid.UUID):
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    if request.method == "POST" and sent_before(request.partner.personalmails, request.POST):
        say_sent_before(request)
        return redirect(customer)
    looks = mailing.outlook(request.partner, customer)
    form = MailForm(posted(request), partner=request.partner, initial=beginning(customer))
    if looks and looks.is_welcome and form.is_valid():
        return send(request, looks, form)
    return page(request, customer, looks, form)


def beginning(customer) -> dict[str, str]:
    return {"text": f"{greeting(customer)}\n\n"}


def page(request: PartnerRequest, customer, looks, form: MailForm, ask: AskForm | None = None):
    context = {
        "nav": "customers",
        "customer": customer,
        "looks": looks,
        "form": form,
        "ask": ask or AskForm(initial={"how": looks.said if looks else ""}),
        "own_mail": own_mail(looks, form) if looks else "",
        "signature": profile.signature(looks.known.profile) if looks else "",
        "imprint": ", ".join(profile.footer(looks.known.profile)[:3]) if looks else "",
    }
    return render(request, "customers/mail/write.html", context, status=status_of(ask or form))


def send(request: PartnerRequest, looks: mailing.Outlook, form: MailForm):
    mail: Any = form.save(commit=False)
    mail.customer, mail.email = looks.customer, looks.email
    act = store_once(
        request.partner.personalmails,
        mail,
        lambda: personal.send(request.partner, request.user, mail),
    )
    if act is None:
        say_sent_before(request)
    elif looks.leaves_now:
        say(request, _("Your mail is on its way."), act)
    elif looks.lacks_imprint:
        say(request, _("Your mail is ready; it only waits for your name and address."), act)
        return to_imprint(looks.customer.get_absolute_url())
    else:
        say(request, _("Your mail leaves by itself: %(when)s.") % {"when": looks.when}, act)
    return redirect(safe_next(request, looks.customer.get_absolute_url()))


def to_imprint(onward: str):
    """What a mail needs is asked when it is first needed."""
    return redirect(f"{reverse('imprint-next')}?{urlencode({'next': onward})}")


def own_mail(looks: mailing.Outlook, form: MailForm) -> str:
    """The same mail from the partner's own mailbox, which is never locked."""
    typed = {"subject": form["subject"].value(), "body": form["text"].value()}
    words = urlencode({name: said for name, said in typed.items() if said}, quote_via=quote)
    return f"{looks.email.href}?{words}" if words and form.is_bound else looks.email.href


@require_POST
@transaction.atomic
def opt_in_ask(request: PartnerRequest, pk: uuid.UUID):
    """Send the mail that lets somebody confirm what they said; a second tap finds it sent."""
    customer = get_object_or_404(held(request, request.partner.customers), pk=pk)
    looks, ask = mailing.outlook(request.partner, customer), AskForm(request.POST)
    if looks is None or not looks.may_be_asked:
        return redirect("mail-write", customer.pk)
    if not ask.is_valid():
        form = MailForm(partner=request.partner, initial=beginning(customer))
        return page(request, customer, looks, form, ask)
    act = opting_in.ask(
        request.partner, request.user, customer, looks.email, ask.cleaned_data["how"]
    )
    name = customer.first_name
    if looks.known.profile.is_complete:
        say(request, _("%(name)s gets a mail to confirm it.") % {"name": name}, act)
        return redirect(safe_next(request, customer.get_absolute_url()))
    say(request, _("The mail is ready; it only waits for your name and address."), act)
    return to_imprint(customer.get_absolute_url())


@require_safe
def mail_detail(request: PartnerRequest, pk: uuid.UUID):
    mail = get_object_or_404(request.partner.personalmails.select_related("customer"), pk=pk)
    context = {
        "nav": "customers",
        "mail": mail,
        "row": mailing.told(request.partner, mail),
        "can_be_stopped": mailing.can_be_stopped(request.partner, mail),
    }
    return render(request, "customers/mail/detail.html", context)


@require_POST
def mail_take_back(request: PartnerRequest, pk: uuid.UUID):
    mail = get_object_or_404(request.partner.personalmails.select_related("customer"), pk=pk)
    act = personal.take_back(request.partner, request.user, mail)
    if act.left_traces:
        say(request, _("It stays here."), act)
    else:
        say(request, _("It has left already."))
    return redirect(mail.customer)

"""Asking somebody happy for a recommendation, and the card to which they point others."""

import uuid
from contextlib import nullcontext
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from customers import channels, person, recommend_share
from customers.actions import putting_off
from customers.exports import vcard
from partners import links, profile, walls
from partners.http import PartnerRequest, by_link, safe_next
from partners.misses import few_misses


@require_safe
def share(request: PartnerRequest, pk: uuid.UUID):
    """Words and a link, for the partner's own messenger."""
    customer = get_object_or_404(request.partner.customers, pk=pk)
    ways = channels.of(list(customer.phones.all()), list(customer.emails.all()))
    context = {
        "nav": "customers",
        "customer": customer,
        "share": recommend_share.share(request.partner, customer, ways),
        "can_be_reached": recommend_share.can_be_reached(profile.of(request.partner)),
    }
    return render(request, "customers/recommend/share.html", context)


@require_POST
def ask_later(request: PartnerRequest, pk: uuid.UUID):
    """No such suggestion for this person for now."""
    customer = get_object_or_404(request.partner.customers, pk=pk)
    putting_off.put_off(request.partner, request.user, customer, putting_off.ASK)
    return redirect(safe_next(request, customer.get_absolute_url()))


def room(partner):
    """Reading on SQLite needs no transaction, and one would take the only write lock."""
    return walls.acting_for(partner) if walls.has_second_wall() else nullcontext()


@by_link
@few_misses
def card(request: HttpRequest, token: str):
    """How the partner is reached; it tells nothing about the circle and writes nothing."""
    return of_partner(request, token, page)


@by_link
@few_misses
def card_file(request: HttpRequest, token: str):
    """The same for an address book."""
    return of_partner(request, token, file)


def of_partner(request: HttpRequest, token: str, answer):
    try:
        partner = recommend_share.by_link(token)
    except links.BadLink:
        return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)
    with translation.override(partner.user.language), room(partner):
        return answer(request, partner, token)


@require_safe
def page(request: HttpRequest, partner, token: str):
    me = profile.of(partner)
    context = {
        "me": me,
        "token": token,
        "is_open": recommend_share.can_be_reached(me),
        "ways": recommend_share.ways(me),
        "website": person.web_address(me.website),
        "face": profile.face(me),
        "notice": profile.notice_link(partner),
    }
    return render(request, "customers/recommend/card.html", context)


@require_safe
def file(request: HttpRequest, partner, token: str):
    me = profile.of(partner)
    if not recommend_share.can_be_reached(me):
        raise Http404
    text = vcard.write([recommend_share.address_card(me)], "3.0")
    headers = {"Content-Disposition": 'attachment; filename="kontakt.vcf"'}
    return HttpResponse(text, vcard.CONTENT_TYPE, headers=headers)

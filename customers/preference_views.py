"""The page behind the links in mails to people: what they want to hear of, without signing in."""

from contextlib import nullcontext
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from customers import preference
from partners import preference_views, profile, walls
from partners.http import by_link
from partners.misses import few_misses

SAVE, NOTHING, OUT = "save", "nothing", "out"


@by_link
@csrf_exempt  # mail programs press the button for their readers (RFC 8058); the link is the proof
@few_misses
@require_http_methods(["GET", "HEAD", "POST"])
def person_preferences(request: HttpRequest, token: str):
    """Looking changes nothing, since scanners open every link; what partners may switch off for
    themselves has links of the same form.
    """
    link = preference.found(token)
    if link is None:
        return preference_views.mail_preferences(request, token)
    with translation.override(link.partner.user.language), room(request, link):
        customer = preference.customer_of(link, to_act=request.method == "POST")
        if customer is None:
            return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)
        customer.partner = link.partner
        if link.which == preference.OPT_IN:
            return opt_in(request, link, customer)
        return page(request, customer, done=act(request, customer))


def room(request: HttpRequest, link: preference.Found):
    """Reading on SQLite needs no transaction, and one would take the only write lock."""
    only_looks = request.method != "POST" and not walls.has_second_wall()
    return nullcontext() if only_looks else walls.acting_for(link.partner)


def opt_in(request: HttpRequest, link: preference.Found, customer):
    """One button, once; then the person's own page."""
    asked = preference.asked(link)
    is_answered = preference.is_answered(asked, customer.permissions.all())
    if request.method == "POST" and not is_answered and not link.is_too_old:
        preference.confirm(link.partner, customer, asked)
        return page(request, customer, done="confirmed")
    context = {
        **about(customer),
        "words": asked.text,
        "is_answered": is_answered,
        "is_too_old": link.is_too_old,
    }
    over = is_answered or link.is_too_old
    status = HTTPStatus.GONE if over else HTTPStatus.OK
    return render(request, "customers/mail/opt_in.html", context, status=status)


def act(request: HttpRequest, customer) -> str:
    """What was pressed; whatever is not from our form comes from a mail program."""
    if request.method != "POST":
        return ""
    if SAVE in request.POST:
        preference.choose(customer.partner, customer, request.POST.getlist("channel"))
        return SAVE
    if NOTHING in request.POST:
        preference.nothing_more(customer.partner, customer)
        return NOTHING
    preference.no_more_mail(customer.partner, customer)
    return OUT


def page(request: HttpRequest, customer, *, done: str):
    context = {
        **about(customer),
        "done": done,
        "choices": preference.spoken_choices(customer.partner, customer),
        "action": urlsplit(preference.link(customer)).path,
    }
    return render(request, "customers/mail/preferences.html", context)


def about(customer) -> dict:
    """Whom the page is from, as much as their mails tell anyway, and how it speaks."""
    mine = profile.of(customer.partner)
    return {
        "brand_name": mine.name,
        "name": mine.name,
        "is_formal": customer.formality == customer.Formality.FORMAL,
        "notice_url": profile.notice_link(customer.partner),
    }

"""The page behind each follow-up of a mail: done, later, a short note, without signing in."""

from contextlib import nullcontext
from http import HTTPStatus

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from customers import from_mail, rows, text
from customers.digest import short_name
from customers.from_mail_forms import FromMailForm
from partners import clock, links, spoken, walls
from partners.http import by_link

OVER = {
    "too old": (_("This link is too old"), _("Links in our mails work for a few days.")),
    "paused": (_("This link rests"), _("This account is paused at the moment.")),
    "gone": (_("This is no longer there"), _("It was deleted in the meantime.")),
    "done": (_("This is done already"), _("There is nothing left to do here.")),
    "dropped": (_("You have let this go"), _("There is nothing left to do here.")),
    "changed": (_("This has changed since"), _("Now it says: %(when)s.")),
}
WITHOUT_PAGE = {"paused", "gone"}


@by_link
@csrf_exempt  # browsers inside mail programs drop cookies; only who has the link knows the address
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_from_mail(request: HttpRequest, token: str):
    """Looking changes nothing, however often: scanners open every link."""
    try:
        link = from_mail.found(token)
    except links.BadLink:
        return render(request, "partners/no_link.html", status=HTTPStatus.NOT_FOUND)
    with translation.override(link.partner.user.language), room(request, link):
        return act(request, link) if request.method == "POST" else look(request, link)


def room(request: HttpRequest, link: from_mail.Found):
    """Reading on SQLite needs no transaction, and one would take the only write lock."""
    only_looks = request.method != "POST" and not walls.has_second_wall()
    return nullcontext() if only_looks else walls.acting_for(link.partner)


def look(request: HttpRequest, link: from_mail.Found):
    follow_up = from_mail.follow_up_of(link)
    deed = from_mail.deed(link, follow_up, request.GET.get("act", ""))
    why = from_mail.why_over(link, follow_up)
    if why and deed is None:
        leads_on = from_mail.leads_on(link, follow_up)
        return see(link) if leads_on else over(request, link, follow_up, why)
    return page(request, link, follow_up, FromMailForm(), deed)


def act(request: HttpRequest, link: from_mail.Found):
    """A second tap lands where the first one did."""
    follow_up = from_mail.follow_up_of(link, to_act=True)
    link = from_mail.revived(link, follow_up)
    undo, form = request.POST.get("undo", ""), FromMailForm(request.POST)
    pressed = form.cleaned_data if form.is_valid() else None
    if from_mail.take_back(link, follow_up, undo):
        return see(link)
    if (undo or pressed) and from_mail.is_second_tap(link, follow_up, None if undo else pressed):
        return see(link)
    why = from_mail.why_over(link, follow_up)
    if follow_up is None or why:
        return over(request, link, follow_up, why)
    if undo:  # too late for that: here is how things stand
        return see(link)
    if pressed is None:
        return page(request, link, follow_up, form)
    from_mail.act(link, follow_up, **pressed)
    return see(link)


def see(link: from_mail.Found):
    response = redirect(from_mail.result(link))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def page(request: HttpRequest, link: from_mail.Found, follow_up, form: FromMailForm, deed=None):
    today = clock.today(link.partner.zone)
    days = (from_mail.later(link, follow_up.due_on, count) for count in (1, 3))
    one_day, three_days = (spoken.day(day, today) for day in days)
    context = {
        "follow_up": follow_up,
        **about(follow_up),
        "when": when(follow_up, today),
        "one_day": one_day,
        "three_days": three_days,
        "form": form,
        "deed": deed,
        "is_own": getattr(request, "partner", None) == link.partner,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "customers/from_mail.html", context, status=status)


def over(request: HttpRequest, link: from_mail.Found, follow_up, why: str):
    """One sentence, and the way in; a note that was typed is not lost."""
    title, sentence = OVER[why]
    spoken_when = when(follow_up, clock.today(link.partner.zone)) if follow_up else ""
    context = {
        "title": title,
        "sentence": sentence % {"when": spoken_when},
        "next": "/" if why in WITHOUT_PAGE or follow_up is None else follow_up.get_absolute_url(),
        "note": text.clean(request.POST.get("note", "")),
    }
    if follow_up and from_mail.is_working(link.partner):
        context |= about(follow_up)
    return render(request, "customers/from_mail_over.html", context, status=HTTPStatus.GONE)


def about(follow_up) -> dict:
    return {
        "who": short_name(follow_up.customer),
        "kind": rows.sentence(follow_up.get_kind_display()),
    }


def when(follow_up, today) -> str:
    """“today, 15:00”; for what waits, since when."""
    if follow_up.due_on < today:
        return spoken.since(follow_up.due_on, today)
    return spoken.day_and_time(follow_up.due_on, follow_up.due_time, today)

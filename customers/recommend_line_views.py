"""The line behind "+": somebody new in ten seconds, with whoever recommended them."""

from http import HTTPStatus

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.actions import recommending
from customers.recommend_forms import DATES, LineForm
from customers.recommend_line import understood
from customers.views import held, say_sent_before
from partners.answers import say
from partners.http import PartnerRequest, safe_next
from partners.owned_form import sent_before, store_once

PREVIEW = "line-preview"


@require_http_methods(["GET", "HEAD", "POST"])
def recommend_line(request: PartnerRequest):
    """Typed words alone bring what was understood; seen and sent again, they are stored."""
    if request.method != "POST":
        return step(request, LineForm(partner=request.partner))
    if earlier := stored_before(request):
        say_sent_before(request)
        return redirect(earlier)
    form = LineForm(request.POST, partner=request.partner)
    return store(request, form) if form.is_valid() else step(request, form)


def stored_before(request: PartnerRequest):
    """Whom an earlier submit of the same line noted."""
    if customer := sent_before(request.partner.customers, request.POST):
        return customer
    return getattr(sent_before(request.partner.recommendations, request.POST), "recipient", None)


def store(request: PartnerRequest, form: LineForm):
    known = form.known and held(request, request.partner.customers).filter(pk=form.known.pk).first()
    said = form.capture(known)
    act = store_once(
        request.partner.customers,
        said.customer,
        lambda: recommending.capture(request.partner, request.user, said),
    )
    if act is not None:
        by = getattr(said.by, "name", said.by) or (said.source if said.is_new else "")
        words = {"name": said.customer.name, "by": by}
        sentence = _("%(name)s is in.") if said.is_new else _("Noted.")
        if by and said.is_new:
            sentence = _("%(name)s is in, recommended by %(by)s.")
        elif by:
            sentence = _("Noted: recommended by %(by)s.")
        if not act.left_traces:
            sentence = _("You knew that already.")
        say(request, sentence % words, act)
    return redirect(safe_next(request, said.customer.get_absolute_url()))


def step(request: PartnerRequest, form: LineForm):
    """What was understood, as a page or below the line where one types."""
    is_sent = request.method == "POST"
    said = request.POST if is_sent else request.GET
    typed = said.get("text", "").strip()
    found = form.found or understood(request.partner, typed)
    context = {
        "nav": "customers",
        "form": form,
        "typed": typed,
        "found": found,
        "who": said.get("who") or found.lone_known,
        "by": said.get("by") or found.lone_recommender,
        "when": said.get("when", ""),
        "dates": DATES,
        "problem": form.asks_in_words if is_sent else "",
    }
    if request.htmx and request.htmx.target == PREVIEW:
        return render(request, "customers/recommend/_understood.html", context)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    return render(request, "customers/recommend/line.html", context, status=status)

"""How customers see me: the profile beside its card, a picture, and what a mail still needs."""

import copy
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import clock, profile, qr
from partners.answers import say, status_of
from partners.forms.profile import ImprintForm, PictureForm, ProfileForm
from partners.http import PartnerRequest, safe_next


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: PartnerRequest):
    stored = profile.of(request.partner)
    form = bound(ProfileForm, request, stored)
    if request.method == "POST" and form.is_valid():
        act = store(request, stored, form)
        say(request, _("Saved."), act)
        return redirect("profile")
    context = {"nav": "more", "form": form, "picture_form": PictureForm()}
    context |= looks(stored)
    return render(request, "partners/profile/edit.html", context, status=status_of(form))


@require_POST
def profile_card(request: PartnerRequest):
    """The card and the foot of a mail as they would be; nothing is stored."""
    form = bound(ProfileForm, request, profile.of(request.partner))
    form.is_valid()
    return render(request, "partners/profile/_card.html", looks(form.instance))


@require_POST
def profile_picture(request: PartnerRequest):
    """Another picture, or none: kept at once, since a form cannot hold it."""
    stored = profile.of(request.partner)
    form = PictureForm(request.POST, request.FILES)
    if "without" in request.POST:
        act = profile.set_picture(request.partner, request.user, stored, b"")
        say(request, _("The picture is gone."), act)
    elif form.is_valid():
        jpeg = form.cleaned_data["picture"]
        act = profile.set_picture(request.partner, request.user, stored, jpeg)
        say(request, _("That is you. The picture is kept."), act)
    else:
        messages.error(request, str(form.errors["picture"][0]))
    return redirect("profile")


@require_http_methods(["GET", "HEAD", "POST"])
def imprint_next(request: PartnerRequest):
    """What a mail still needs, one thing at a time; then back to where one came from."""
    onward = safe_next(request, reverse("profile"))
    stored = profile.of(request.partner)
    asked = profile.question(stored, request.POST.get("asked", ""))
    if not asked:
        return redirect(onward)
    form = bound(ImprintForm, request, stored, asked=asked)
    if request.method == "POST" and form.is_valid():
        act = store(request, stored, form)
        if stored.lacks:
            return redirect(f"{reverse('imprint-next')}?{urlencode({'next': onward})}")
        say(request, _("That is all, thank you. Your mails can leave now."), act)
        return redirect(onward)
    context = {
        "nav": "more",
        "form": form,
        "asked": asked,
        "more": len(stored.lacks) - 1,
        "onward": onward,
    }
    return render(request, "partners/profile/ask.html", context, status=status_of(form))


@require_safe
def notice_share(request: PartnerRequest):
    """The notice on data to show, to pass on and to print."""
    link = profile.notice_link(request.partner)
    stored = profile.of(request.partner)
    text = _("Here it says what I note about people and why: %(link)s") % {"link": link}
    context = {
        "nav": "more",
        "link": link,
        "qr": qr.svg(link),
        "profile": stored,
        "whatsapp": f"https://wa.me/?{urlencode({'text': text}, quote_via=quote)}",
        "mail": f"mailto:?{urlencode({'body': text}, quote_via=quote)}",
    }
    return render(request, "partners/profile/share.html", context)


@require_safe
def privacy_record(request: PartnerRequest):
    """What a partner does with data, as an authority would like to read it: to print."""
    context = {"nav": "more", **looks(profile.of(request.partner))}
    context["today"] = clock.today(request.partner.zone)
    name = f"partners/profile/record/{profile.EDITION}.{get_language()}.html"
    context["text"] = render_to_string(name, context)
    return render(request, "partners/profile/record.html", context)


def bound(form_class: Any, request: PartnerRequest, stored: Any, **more: Any) -> Any:
    """What is typed goes into a copy, so that nothing shows elsewhere on the page."""
    data = request.POST if request.method == "POST" else None
    return form_class(data, instance=copy.copy(stored), partner=request.partner, **more)


def store(request: PartnerRequest, stored: Any, form: Any) -> Any:
    stored.pk = form.instance.pk
    return profile.save(request.partner, request.user, stored, **form.values)


def looks(shown: Any) -> dict[str, Any]:
    return {
        "profile": shown,
        "imprint": profile.footer(shown),
        "signature": profile.signature(shown),
        "address": profile.address(shown),
    }

"""The first steps of somebody who was invited: a password, then the terms."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from partners import actions
from partners.forms.accounts import WelcomeForm
from partners.http import PartnerRequest, before_terms, public, safe_next


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str):
    """Whoever holds a fresh invitation chooses a password; looking at it changes nothing."""
    user = actions.invited_user(token)
    if user is None:
        return render(request, "account/welcome_over.html", status=HTTPStatus.GONE)
    form = WelcomeForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user, form.cleaned_data["password"])
        return perform_login(request, user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "invited": user}
    return render(request, "account/welcome.html", context, status=status)


@before_terms
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: PartnerRequest):
    """The terms of use; a partner accepts the version that the page has shown."""
    version = settings.TERMS_VERSION
    if request.method == "POST" and request.POST.get("version") == version:
        actions.accept_terms(request.partner)
        return redirect(safe_next(request, "/"))
    partner = request.partner
    context = {
        "terms_text": render_to_string(f"partners/terms/{version}.{get_language()}.txt"),
        "terms_version": version,
        "accepted_at": partner.terms_accepted_at if partner.has_accepted_terms else None,
    }
    return render(request, "partners/terms.html", context)

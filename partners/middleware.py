"""From a signed-in user to the partner whose rows a request may see."""

from contextlib import nullcontext
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone, translation

from partners import walls
from partners.adapters import lacks_second_factor
from partners.changes import Stale
from partners.http import safe_next

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Rooms with rules of their own: django-allauth (sign-in) and Django's admin.
OUTSIDE = ("accounts/", "admin/")


class PartnerMiddleware(LoginRequiredMiddleware):
    """Decides who may open a view, and calls a private one inside its partner's transaction.

    It comes last, since it calls the view itself: template responses are rendered while the
    transaction is open.
    """

    def __call__(self, request):
        user = request.user
        request.partner = getattr(user, "partner", None)
        if user.is_authenticated:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        zone = request.partner.zone if request.partner else None
        with timezone.override(zone):
            return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        audience = getattr(view_func, "audience", "private")
        if audience == "public":
            return None
        if request.resolver_match.route.startswith(OUTSIDE):
            return super().process_view(request, view_func, view_args, view_kwargs)
        if not request.user.is_authenticated:
            return self.sign_in_first(request, view_func)
        if audience == "office":
            return self.open_office(request, view_func, view_args, view_kwargs)
        return self.open_private(request, view_func, view_args, view_kwargs)

    def sign_in_first(self, request, view):
        """Then back; for a form that was sent, back to the page it stood on."""
        if request.method in SAFE_METHODS:
            return self.handle_no_permission(request, view)
        page = urlsplit(request.headers.get("Referer", ""))
        ours = page.netloc == request.get_host()
        back = urlunsplit(("", "", page.path, page.query, "")) if ours else reverse("today")
        return redirect_to_login(back, resolve_url(settings.LOGIN_URL))

    def open_office(self, request, view, args, kwargs):
        if not request.user.is_staff:
            raise Http404
        if lacks_second_factor(request.user):
            return redirect("mfa_index")
        with transaction.atomic() if request.method not in SAFE_METHODS else nullcontext():
            return rendered(view(request, *args, **kwargs))

    def open_private(self, request, view, args, kwargs):
        if request.partner is None:
            if request.resolver_match.url_name == "today":
                return redirect("office-home")
            raise Http404
        if not request.partner.has_accepted_terms and not getattr(view, "before_terms", False):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('terms')}?{query}")
        try:
            with self.transaction_for(request):
                response = rendered(view(request, *args, **kwargs))
                if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    transaction.set_rollback(True)
                return response
        except Stale:
            context = {"next": safe_next(request, reverse("today"))}
            return render(request, "conflict.html", context, status=HTTPStatus.CONFLICT)

    @staticmethod
    def transaction_for(request):
        """Reading on SQLite needs no transaction, and one would take the only write lock."""
        if request.method in SAFE_METHODS and not walls.has_second_wall():
            return nullcontext()
        return walls.acting_for(request.partner)


def rendered(response):
    if hasattr(response, "render") and callable(response.render):
        response = response.render()
    return response


def login_page_for_htmx(get_response):
    """A session that ended inside an htmx call leads the whole page to sign-in, then back."""

    def middleware(request):
        response = get_response(request)
        if not request.htmx:
            return response
        login_path = resolve_url(settings.LOGIN_URL)
        if urlsplit(response.headers.get("Location", "")).path != login_path:
            return response
        current = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = urlunsplit(("", "", current.path or "/", current.query, ""))
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
        answer.headers["HX-Redirect"] = redirect_to_login(back, login_path).url
        return answer

    return middleware


def private_pages_stay_private(get_response):
    """Nothing that a signed-in person sees may stay in a cache, nor in an address we pass on."""

    def middleware(request):
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        return response

    return middleware

"""Pages of the house itself: errors, today, and what a phone needs to install it."""

from http import HTTPStatus

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from customers import agenda, duties, rows
from customers.forms import FirstNamesForm
from events import plan_today
from partners import clock, spoken
from partners.http import public


def csrf_failure(request, reason=""):
    """A stale form: say so kindly, and keep what was typed (the browser has the draft)."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


@require_safe
def today(request):
    """Heute: what waits on this day, in one place."""
    show_all = "all" in request.GET
    day = agenda.agenda(request.partner, show_all=show_all)
    date = clock.today(request.partner.zone)
    is_away = request.partner.is_away_on(date)
    context = {
        "nav": "today",
        "today": date,
        "away_until": spoken.day(request.partner.absent_until, date) if is_away else "",
        "show_all": show_all,
        "words": rows.words(),
        "timed": day.timed,
        "promises": day.promises,
        "care": day.care,
        "birthdays": day.birthdays,
        "coming": day.coming,
        "more_count": day.more_count,
        "spread_offer": day.spread_offer,
        "all_done": day.all_done,
        "duties": duties.line(request.partner, date),
        "for_events": plan_today.for_today(request.partner),
    }
    if day.all_done and not day.coming and not request.partner.customers.exists():
        context |= {"is_new": True, "form": FirstNamesForm()}
    return render(request, "today.html", context)


@public
@require_safe
def offline(request):
    return render(request, "offline.html")


@public
@require_safe
@cache_control(max_age=3600)
def manifest(request):
    """The web-app manifest (W3C), so that the phone can put us on its home screen."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    content = {
        "name": "Kundenkreis",
        "short_name": "Kundenkreis",
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f7f4ee",
        "theme_color": "#f7f4ee",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@public
@require_safe
def service_worker(request):
    """Served from the root, since a worker only rules the paths below its own."""
    response = render(request, "sw.js", content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response

"""Links that lead nowhere: whoever tries one after the other waits for a while."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.shortcuts import render

MOST = 60
WITHIN = 600  # seconds


def few_misses(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a page behind a link that nobody has to reach at once.

    What somebody says there is heard all the same: a mail program's button (RFC 8058) never waits.
    """

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any):
        key = f"missed-links:{get_adapter().get_client_ip(request)}"
        has_missed_often = cache.get(key, 0) >= MOST
        response = None
        if not has_missed_often or request.method == "POST":
            response = view(request, *args, **kwargs)
        is_miss = response is not None and response.status_code == HTTPStatus.NOT_FOUND
        if is_miss:
            cache.add(key, 0, WITHIN)
            with suppress(ValueError):  # it expired just now
                cache.incr(key)
        if response is None or (is_miss and has_missed_often):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return response

    return counted

"""What pages have in common when they answer: the status of a form, a toast."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest


def status_of(form: Any) -> HTTPStatus:
    if getattr(form, "conflict", None):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def say(request: HttpRequest, sentence: str, act: Any = None) -> None:
    """A toast; it offers to take back what an act has done."""
    tags = f"undo-{act.id}" if act and act.left_traces else ""
    also = act.said if act else []
    messages.success(request, " ".join([sentence, *also]), extra_tags=tags)

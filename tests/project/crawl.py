"""A visitor who tries every method on an address and keeps what came back."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.test import Client

PLAIN: dict[str, str] = {}
BY_HTMX = {"HX-Request": "true"}
WAYS: tuple[tuple[str, dict[str, str]], ...] = (
    *((method, PLAIN) for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")),
    *((method, BY_HTMX) for method in ("GET", "POST")),
)

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
SECRET = re.compile(r"(csrfmiddlewaretoken\W+value=\W|csrf-token\W+content=\W|x-csrftoken\W+)\w+")


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.head}\n{self.body}"

    @property
    def comparable(self) -> tuple[int, str]:
        """The answer with ids and one-time secrets blanked, so that two can be compared."""
        return self.status, SECRET.sub(r"\1SECRET", UUID.sub("ID", self.text))


def ask(
    client: Client,
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Answer:
    """One request; an exception in the product becomes a 500 we can look at."""
    client.raise_request_exception = False
    form = {"data": typed or {}} if method == "POST" else {}
    response = getattr(client, method.lower())(url, headers=headers or {}, **form)
    parts = response.streaming_content if response.streaming else [response.content]
    body = b"".join(parts).decode(errors="replace")
    head = [f"{name}: {text}" for name, text in response.items() if name != "Content-Length"]
    return Answer(response.status_code, "\n".join([*head, *sorted(response.cookies)]), body)


def ask_in_every_way(client: Client, url: str) -> Iterator[tuple[str, Answer]]:
    for method, headers in WAYS:
        yield f"{method} {headers or ''}", ask(client, method, url, headers=headers)

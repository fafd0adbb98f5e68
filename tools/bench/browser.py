"""A browser that measures: it keeps its connection and its cookies, and takes the server's time."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PASSWORD = "kundenkreis"  # noqa: S105 - of synthetic partners
PERSON = re.compile(r'href="/customers/([0-9a-f]{8}-[0-9a-f-]{27})/"')
FORM = "application/x-www-form-urlencoded"


class WrongAnswerError(Exception):
    """A page did not answer as it should; what would be measured is not the page."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    seconds: float
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """One signed-in person at one of our servers."""

    def __init__(self, port: int):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers, HTTPStatus.OK)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        done = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
        return self.ask("POST", path, urlencode(fields), {"Content-Type": FORM}, *done)

    def ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str], *right: int
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, **headers}
        with suppress(http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            return self.once(method, path, body, headers, right)
        self.line.close()  # the server had closed an idle connection: open a new one
        return self.once(method, path, body, headers, right)

    def once(self, method, path, body, headers, right) -> Answer:
        self.line.request(method, path, body, headers)
        response = self.line.getresponse()
        content = response.read()
        if response.status not in right:
            raise WrongAnswerError(f"{method} {path} answers {response.status}, not {right[0]}.")
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        seconds = float(response.headers.get("X-Server-Seconds", 0))
        return Answer(response.status, content, seconds, dict(response.headers))

    def sign_in(self, email: str) -> "Browser":
        fields = form_fields(self.get("/accounts/login/").text, "login")
        self.post("/accounts/login/", {**fields, "login": email, "password": PASSWORD})
        return self


# --- reading pages ---------------------------------------------------------------------------


class Forms(HTMLParser):
    """The values a browser would send for each form of a page."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select = ""

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        fields, name, value = self.forms[-1], values.get("name", ""), values.get("value", "")
        if tag == "option" and ("selected" in values or self.select not in fields):
            fields[self.select] = value
        elif tag == "select":
            self.select = name
        elif tag in {"input", "textarea"} and name and not is_unticked(values):
            fields[name] = value


def is_unticked(attributes: Mapping[str, str]) -> bool:
    return attributes.get("type") in {"checkbox", "radio"} and "checked" not in attributes


def form_fields(page: str, has: str) -> dict[str, str]:
    """The fields of the form that has this one."""
    parser = Forms()
    parser.feed(page)
    for form in parser.forms:
        if has in form:
            return form
    raise WrongAnswerError(f"The page has no form with the field {has}.")


def people_on(page: str) -> list[str]:
    """The addresses of the people whom a page lists."""
    found = list(dict.fromkeys(PERSON.findall(page)))
    if not found:
        raise WrongAnswerError("The list shows nobody.")
    return [f"/customers/{one}/" for one in found]


def files_of(page: str) -> Iterator[str]:
    """The files of ours that a page asks for."""
    yield from dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"#?]+)', page))

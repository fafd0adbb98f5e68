"""Look at a page from inside: its queries, or where its time goes. Run with a loaded database.

`python -m tools.bench.inside counts` prints JSON, `… profile list` prints the dearest functions;
`… mails COMMAND` is told by tools/bench/mails.py, `… imports COMMAND` by tools/bench/imported.py,
`… evenings COMMAND` by tools/bench/evenings_inside.py.
"""

import cProfile
import json
import pstats
import re
import sys
from collections.abc import Callable
from http import HTTPStatus

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from tools.bench.arrangement import arrange
from tools.bench.browser import WrongAnswerError, form_fields, people_on

OF_THE_WALL = re.compile(
    r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)|set_config\('role'", re.IGNORECASE
)
REPEATS = 200
DEAREST = 45


class Inside:
    """The pages of one partner through Django's test client."""

    def __init__(self, email: str):
        user = django.apps.apps.get_model("partners", "User").objects.get(email=email)
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.client.force_login(user)
        self.person = people_on(self.get("/customers/"))[0]

    def get(self, path: str) -> str:
        response = self.client.get(path)
        if response.status_code != HTTPStatus.OK:
            raise WrongAnswerError(f"{path} answers {response.status_code}.")
        return response.content.decode()

    def create(self) -> Callable[[], object]:
        fields = form_fields(self.get("/customers/add/"), "first_name")

        def send() -> None:
            response = self.client.post("/customers/add/", {**fields, "first_name": "Neu"})
            if response.status_code not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
                raise WrongAnswerError(f"Adding a customer answers {response.status_code}.")

        return send

    def pages(self) -> dict[str, Callable[[], object]]:
        return {
            "today": lambda: self.get("/"),
            "list": lambda: self.get("/customers/"),
            "search": lambda: self.get("/customers/?q=e"),
            "detail": lambda: self.get(self.person),
            "create": self.create(),
        }


def counts(emails: list[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """Per partner and page: queries, and beside them statements of wall and transaction."""
    result: dict[str, dict[str, tuple[int, int]]] = {}
    for email in emails:
        result[email] = {}
        for name, page in Inside(email).pages().items():
            if name != "create":
                page()
            with CaptureQueriesContext(connection) as seen:
                page()
            wall = sum(bool(OF_THE_WALL.search(query["sql"])) for query in seen)
            result[email][name] = (len(seen) - wall, wall)
    return result


def profile(name: str, email: str) -> None:
    pages = Inside(email).pages()
    page = pages[name]
    page()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(REPEATS if name != "create" else 1):
        page()
    profiler.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(DEAREST)


if __name__ == "__main__":
    arrange()
    django.setup()
    what, *names = sys.argv[1:]
    if what == "counts":
        print(json.dumps(counts(names)))
    elif what == "mails":
        import_string("tools.bench.mails.main")(*names)
    elif what == "imports":
        import_string("tools.bench.imported.main")(*names)
    elif what == "evenings":
        import_string("tools.bench.evenings_inside.main")(*names)
    else:
        profile(*names)

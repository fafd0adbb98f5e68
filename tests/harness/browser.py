"""Chromium, as a person uses it: a phone or a laptop, in German, with an eye on every error."""

import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

from tests.harness.environment import ROOT

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
GERMAN: dict[str, Any] = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}

PATIENCE = 20_000  # milliseconds; a busy machine is no fault of the product
expect.set_options(timeout=PATIENCE)

# Counts what a finger or a mouse does; keys pressed in a form may click its button, which counts too.
COUNT_CLICKS = "addEventListener('click', event => event.isTrusted && countClick(), true)"


class NoChromium(Exception):
    """This machine has no browser to offer."""


def chromium() -> str:
    """Where the browser is; the tool that finds it may fetch one, which this process must not."""
    command = [sys.executable, "-m", "tools.chromium"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoChromium(done.stderr.strip())
    return done.stdout.strip()


def launch(playwright: Playwright, path: str) -> Browser:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *as_root])


class Visitor:
    """One person's browser window, which remembers clicks and everything that went wrong."""

    def __init__(self, context: BrowserContext, base_url: str):
        self.context = context
        self.base_url = base_url
        self.clicks = 0
        self.troubles: list[str] = []
        self.answers: deque[str] = deque(maxlen=12)
        context.set_default_timeout(PATIENCE)
        context.expose_function("countClick", self._count)
        context.add_init_script(COUNT_CLICKS)
        context.on("request", self._watch_request)
        context.on("response", self._watch_answer)
        context.on("requestfailed", self._watch_failure)
        context.on("console", self._watch_console)
        context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        self.page: Page = context.new_page()

    def scene(self) -> str:
        """What is on the screen, for a failed test."""
        picture = Path(tempfile.gettempdir()) / "mlmcrm-last-failure.png"
        self.page.screenshot(path=picture)
        lines = [f"on {self.page.url} (picture: {picture})", *self.answers, *self.troubles]
        lines.append(self.page.inner_text("body"))
        return "\n".join(lines)

    def _count(self) -> None:
        self.clicks += 1

    def _watch_request(self, request: Request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.troubles.append(f"leaves the house: {request.url}")

    def _watch_answer(self, response: Response) -> None:
        request = response.request
        self.answers.append(f"{response.status} {request.method} {request.url}")

    def _watch_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a navigation overtook it
            self.troubles.append(f"{request.failure}: {request.url}")

    def _watch_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"console {message.type}: {message.text}")


@contextmanager
def visitor(
    browser: Browser, base_url: str, device: dict[str, Any] = PHONE, **options: Any
) -> Iterator[Visitor]:
    """A fresh window without cookies; at its end nothing may have gone wrong in it."""
    context = browser.new_context(base_url=base_url, **GERMAN, **device, **options)
    person = Visitor(context, base_url)
    try:
        yield person
    except BaseException as error:
        error.add_note(person.scene())
        raise
    finally:
        context.close()
    if person.troubles:
        raise AssertionError("\n".join(person.troubles))

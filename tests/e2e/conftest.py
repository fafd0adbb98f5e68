"""Services and the product as processes, for tests that look from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.harness.browser import NoChromium, chromium, launch
from tests.harness.database import DATABASES, Databases
from tests.harness.postgres import PostgreSQL
from tests.harness.redis import Redis
from tests.harness.smtp import MailServer
from tests.harness.stack import EmbeddedStack, Stack

HERE = Path(__file__).parent
PRODUCT = pytest.StashKey[Stack]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """A failed test shows what the product wrote."""
    report = yield
    if report.failed and (product := item.stash.get(PRODUCT, None)):
        report.sections.append(("what the product wrote", product.logs()))
    return report


@pytest.fixture(autouse=True)
def _database() -> None:
    """Not the suite's database: the product's processes have their own."""


@pytest.fixture(scope="session")
def databases(request) -> Iterator[Databases]:
    if known := request.config.stash.get(DATABASES, None):
        yield known
        return
    with PostgreSQL() as server:
        databases = Databases(server)
        databases.prepare()
        yield databases


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def stack(request, databases, redis, mail, tmp_path) -> Iterator[Stack]:
    """The product in production's form, not yet started."""
    name = f"e2e_{tmp_path.name}".lower().replace("-", "_")[:60]
    databases.create(name)
    variables = {
        "DATABASE_URL": databases.url(name),
        "REDIS_URL": redis.url,
        "EMAIL_URL": mail.url,
        "DEFAULT_FROM_EMAIL": "crm@example.org",
    }
    with Stack(tmp_path, variables) as product:
        request.node.stash[PRODUCT] = product
        yield product


@pytest.fixture
def embedded_stack(request, mail, tmp_path) -> Iterator[EmbeddedStack]:
    """The product as on an empty machine, except that its mails go to our server."""
    with EmbeddedStack(tmp_path, {"EMAIL_URL": mail.url}) as product:
        request.node.stash[PRODUCT] = product
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        path = chromium()
    except NoChromium as reason:
        pytest.skip(str(reason))
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()

"""How the faults are collected and told; what they need is in fixtures.py."""

import dataclasses
import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TABLE = pytest.StashKey[dict]()


def pytest_configure(config: pytest.Config) -> None:
    """The fixtures read the product's models, which are ready only now."""
    config.stash[TABLE] = {}
    config.pluginmanager.import_plugin("tests.faults.fixtures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("faults")


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """The figures of all tests, for whoever wants to quote them."""
    if not (table := config.stash[TABLE]):
        return
    (kind, _note), *_rest = table.values()
    columns = [column.name for column in dataclasses.fields(kind)]
    width = max(map(len, table))
    terminalreporter.section(f"figures on {os.environ.get('TEST_DATABASE', 'sqlite')}")
    terminalreporter.write_line(" ".join([" " * width, *(f"{name:>8}" for name in columns)]))
    for name, (figures, note) in table.items():
        numbers = [f"{number:>8}" for number in dataclasses.astuple(figures)]
        terminalreporter.write_line(" ".join([f"{name:<{width}}", *numbers, note]).rstrip())


@pytest.fixture(autouse=True)
def _database() -> None:
    """Not the suite's database: each test here has one that its workers share."""


@pytest.fixture
def figures(request):
    """Where a test puts its figures."""

    def tell(figures, note: str = "") -> None:
        request.config.stash[TABLE][request.node.name.removeprefix("test_")] = figures, note

    return tell

"""The whole suite: on SQLite, on PostgreSQL, then in the browser. Arguments go to pytest.

A run that fails does not keep the next from being run; the last line adds them up.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
SHARED = ["--numprocesses=logical", "--maxprocesses=4"]
Runs = Mapping[str, tuple[dict[str, str], list[str]]]
QUICK = ["--ignore=tests/e2e", "--ignore=tests/faults"]
RUNS: Runs = {
    "SQLite": ({"TEST_DATABASE": "sqlite"}, [*QUICK, *SHARED]),
    "PostgreSQL": ({"TEST_DATABASE": "postgresql"}, [*QUICK, *SHARED]),
    "browser": ({}, ["tests/e2e", *SHARED]),
}
KINDS = ("failures", "errors", "skipped")
NOTHING_COLLECTED = 5


def main(runs: Runs) -> int:
    """Run one after the other, say how long each took, add up."""
    total: Counter[str] = Counter()
    codes = []
    for name, (variables, arguments) in runs.items():
        print(f"\n=== {name}", flush=True)
        start = time.monotonic()
        with TemporaryDirectory(prefix="mlmcrm-tests-") as folder:
            report = Path(folder) / "report.xml"
            command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
            done = subprocess.run(
                [*command, *sys.argv[1:]], cwd=ROOT, env=os.environ | variables, check=False
            )
            total += counts(report)
        codes.append(done.returncode)
        print(f"=== {name}: {time.monotonic() - start:.0f} s", flush=True)
    # With arguments, one of the runs may have nothing to do; all of them may not.
    ran = [code for code in codes if code != NOTHING_COLLECTED]
    failed = total["failures"] + total["errors"]
    skipped = f", {total['skipped']} skipped (named above)" if total["skipped"] else ""
    passed = total["tests"] - failed - total["skipped"]
    print(f"\n{passed} passed{skipped}, {failed} failed")
    return 0 if ran and not any(ran) else 1


def counts(report: Path) -> Counter[str]:
    """What pytest's own report counted."""
    found: Counter[str] = Counter()
    if report.exists():
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - written by our pytest
            found.update({kind: int(suite.get(kind, 0)) for kind in ("tests", *KINDS)})
    return found


if __name__ == "__main__":
    sys.exit(main(RUNS))

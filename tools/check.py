"""Everything that can be said about the code without running it. Each check is named, none hides another."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PRODUCTION = {
    "ALLOWED_HOSTS": "crm.example.org",
    "BASE_URL": "https://crm.example.org",
    "DATABASE_URL": "postgres://mlmcrm_app:password@database.example.org/mlmcrm",
    "EMAIL_URL": "smtp+tls://crm:password@mail.example.org:587",
    "LINK_KEY": secrets.token_urlsafe(50),
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "SECRET_KEY": secrets.token_urlsafe(50),
}
CHECKS: dict[str, tuple[list[str | Path], dict[str, str]]] = {
    "format": ([BIN / "ruff", "format", "--check", "--quiet", "."], {}),
    "lint": ([BIN / "ruff", "check", "--quiet", "."], {}),
    "types": ([BIN / "mypy", "--no-error-summary"], {}),
    "imports": ([BIN / "lint-imports", "--no-logo"], {}),
    "templates": ([BIN / "djlint", "templates", "--lint", "--quiet"], {}),
    "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "deployment": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "catalogues": ([sys.executable, "-m", "tools.messages", "--check"], {}),
    "vendored": ([sys.executable, "-m", "tools.assets", "--check"], {}),
}


def main() -> int:
    """Run all of them, show what the failing ones say."""
    with TemporaryDirectory(prefix="mlmcrm-check-") as data_dir:
        failed = [name for name in CHECKS if not passes(name, data_dir)]
    print(f"{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed")
    return bool(failed)


def passes(name: str, data_dir: str) -> bool:
    """Run one check with none of the operator's variables but those it needs."""
    command, variables = CHECKS[name]
    theirs = {key: value for key, value in os.environ.items() if key not in {*PRODUCTION, "DEMO"}}
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=theirs | variables | {"DATA_DIR": data_dir},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    print(
        f"{name:<12}{'ok' if passed else 'FAILED':<8}{time.monotonic() - start:5.1f} s", flush=True
    )
    if not passed:
        print(done.stdout, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())

"""Make .venv and install what requirements.txt (or, with --dev, requirements-dev.txt) names, hashes checked.

Needs Python and nothing else. uv installs when pip can get it, plain pip otherwise; both read the same files.
"""

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
RUN, DEV, INSTALLER = (
    ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "tools/uv.txt")
)


def main() -> int:
    """Bring .venv to what is wanted; say nothing when it is there already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    wanted = DEV if parser.parse_args().dev or stamp(DEV).exists() else RUN
    if sys.version_info < OLDEST:
        return refuse(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Name another: make PYTHON=python3.13 …"
        )
    if usable() and is_current(wanted):
        return 0
    if not usable() and not make_venv():
        return 1
    print(
        f"Installing what {wanted.name} names (the first time takes about half a minute) …",
        flush=True,
    )
    start = time.monotonic()
    if not install(wanted):
        return refuse(
            "The packages could not be installed; the lines above say why. Is there a network or a package mirror?"
        )
    for done in {wanted, RUN}:
        stamp(done).write_text(fingerprint(done))
    print(f"Installed in {time.monotonic() - start:.0f} s.", flush=True)
    return 0


def usable() -> bool:
    """Whether .venv works and was made by this very Python version."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import pip, sys; print(*sys.version_info[:3])"]
    found = subprocess.run(probe, capture_output=True, text=True, check=False)
    return found.stdout.split() == [str(part) for part in sys.version_info[:3]]


def make_venv() -> bool:
    """Make .venv anew; where Debian keeps ensurepip in a package of its own, say which."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        refuse(
            f"This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python{version}-venv"
        )
        return False
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0


def install(wanted: Path) -> bool:
    """Install with uv, or with pip where uv is not to be had or fails."""
    pip = ".venv/bin/python -m pip install --quiet --disable-pip-version-check"
    uv = ".venv/bin/uv pip install --quiet --python .venv/bin/python"
    if run(pip, INSTALLER) and run(uv, wanted):
        return True
    print("uv could not do it; pip tries.", file=sys.stderr, flush=True)
    return run(pip, wanted)


def run(installer: str, file: Path) -> bool:
    """Let an installer read a file of pinned and hashed packages."""
    command = [*installer.split(), "--require-hashes", "--requirement", str(file)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def stamp(file: Path) -> Path:
    """Where the fingerprint of an installed list is kept."""
    return VENV / f".{file.name}.installed"


def is_current(wanted: Path) -> bool:
    """Whether exactly this list was installed to its end."""
    return stamp(wanted).exists() and stamp(wanted).read_text() == fingerprint(wanted)


def fingerprint(file: Path) -> str:
    """Hash the list, so that any change of it installs again."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def refuse(sentence: str) -> int:
    """Say why not."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

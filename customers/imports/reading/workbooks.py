"""Excel workbooks: checked from outside, then parsed by a child process with limits of its own."""

import io
import subprocess
import sys
import zipfile

from django.conf import settings

from customers.imports.reading.parts import Unreadable

CHILD = "customers.imports.workbook"
PATIENCE = 90  # seconds; the child itself gives up after 60 of work
REASONS = {3: "burst", 4: "entities", 5: "broken-workbook", 6: "burst"}
LARGEST_SUM, MOST_RATIO, MOST_ENTRIES = 50 << 20, 100, 200
SMALL = 1 << 20  # an entry up to here may be as dense as it likes
IS_WORKBOOK = "xl/workbook.xml"
ENCRYPTED = 0x1


def xlsx_to_csv(content: bytes) -> bytes:
    """The sheet with most rows as CSV in UTF-8, with commas; or Unreadable."""
    check_workbook(content)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, without a shell
            [sys.executable, "-m", CHILD],
            input=content,
            capture_output=True,
            cwd=settings.BASE_DIR,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unreadable("burst") from slow
    if done.returncode:
        # Ended by a signal: out of time, or of memory.
        raise Unreadable(
            REASONS.get(done.returncode, "broken-workbook" if done.returncode > 0 else "burst")
        )
    return done.stdout


def entries_of(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as broken:
        raise Unreadable("broken-workbook") from broken


def is_workbook(content: bytes) -> bool:
    return any(entry.filename == IS_WORKBOOK for entry in entries_of(content))


def check_workbook(content: bytes) -> None:
    """Look at the directory alone, before anything is unpacked."""
    entries = entries_of(content)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unreadable("locked")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_SUM:
        raise Unreadable("burst")
    if any(is_bomb(entry) for entry in entries):
        raise Unreadable("burst")


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size)

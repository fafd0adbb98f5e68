"""What Linux tells of processes: the memory they hold and the processor time they took."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

HELD = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
TICKS = os.sysconf("SC_CLK_TCK")
SESSION, USED, USED_INSIDE = 3, 11, 12  # where /proc/<pid>/stat tells it, after the name


def memory(pid: int | str = "self") -> float:
    """The resident memory of a process, in MB."""
    try:
        found = HELD.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:  # it ended meanwhile
        return 0
    return int(found[1]) / 1024 if found else 0


def memory_together(leader: int) -> float:
    """That of a process and of all that it started in its session."""
    return sum(memory(pid) for pid, _fields in session_of(leader))


def cpu_together(leader: int) -> float:
    """The processor time these took until now, in seconds."""
    return sum(
        int(fields[USED]) + int(fields[USED_INSIDE]) for _pid, fields in session_of(leader)
    ) / TICKS  # fmt: skip


def session_of(leader: int) -> Iterator[tuple[int, list[str]]]:
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            fields = (directory / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[SESSION]) == leader:
            yield int(directory.name), fields

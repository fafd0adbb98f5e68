"""Run several programs as one in the foreground: their lines side by side, one end for all.

All programs share the runner's process group, so a terminal sees a single job. They do not hear Ctrl-C
themselves: the runner does, and stops them one after the other. On Linux the kernel ends them when the
runner is killed, and whatever they leave behind comes to the runner, which ends that too.
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

LINUX = sys.platform == "linux"
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
IMPATIENCE = 1  # seconds; asking again after that long means: now


class Ended(Exception):
    """Somebody asked for the end, or a program ended by itself."""


@dataclass(eq=False)
class Program:
    """One program: how it is started and how long it may take to stop."""

    name: str
    command: Sequence[str]
    patience: float
    orphaned: signal.Signals = signal.SIGKILL
    keeps: Sequence[int] = ()
    process: subprocess.Popen[bytes] = field(init=False)


class Runner:
    """Start programs, show their lines, and stop them in the opposite of the given order."""

    def __init__(self) -> None:
        self.programs: list[Program] = []
        self.selector = selectors.DefaultSelector()
        self.asked: list[float] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.asked.append(time.monotonic()))
        if LINUX:
            LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)

    def start(self, program: Program, environment: Mapping[str, str]) -> None:
        """Start it, in our process group, deaf to Ctrl-C and tied to our life."""
        parent = os.getpid()

        def tie() -> None:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            if LINUX:
                LIBC.prctl(PR_SET_PDEATHSIG, program.orphaned)
                if os.getppid() != parent:
                    os._exit(1)

        program.process = subprocess.Popen(
            program.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=program.keeps,
            preexec_fn=tie,  # noqa: PLW1509 - this process has a single thread
        )
        self.programs.append(program)
        output = cast("IO[bytes]", program.process.stdout)
        self.selector.register(output, selectors.EVENT_READ, Lines(program.name))

    def until(self, reached: Callable[[], bool], *, deadline: float) -> bool:
        """Show lines until something is reached; False when the deadline passes first."""
        end = time.monotonic() + deadline
        while not (done := reached()) and time.monotonic() < end:
            self.show(0.05)
            self.look()
        return done

    def watch(self) -> None:
        """Show lines until somebody asks for the end or a program ends."""
        while True:
            self.show(0.2)
            self.look()

    def look(self) -> None:
        """Raise Ended where there is a reason to stop."""
        if self.asked:
            raise Ended
        for program in self.programs:
            if (code := program.process.poll()) is not None:
                raise Ended(f"{program.name} ended by itself (code {code}).")

    def show(self, patience: float) -> None:
        """Print what the programs say meanwhile; a pipe that reads as empty is at its end."""
        if not self.selector.get_map():
            time.sleep(patience)
        for key, _ in self.selector.select(patience):
            said = os.read(key.fd, 65536)
            key.data.add(said)
            if not said:
                self.selector.unregister(key.fileobj)

    def stop(self) -> None:
        """Stop the last started first, wait for each; a second Ctrl-C, or its deadline, kills."""
        begun = time.monotonic()
        for program in reversed(self.programs):
            program.process.terminate()
            end = time.monotonic() + program.patience
            while program.process.poll() is None:
                self.show(0.05)
                hurried = self.asked and self.asked[-1] > begun + IMPATIENCE
                if hurried or time.monotonic() > end:
                    say(f"{program.name} does not stop and is killed.")
                    program.process.kill()
                    program.process.wait()
        self.show(0)
        self.end_orphans()

    def end_orphans(self) -> None:
        """Kill what our programs left behind; the kernel made it ours."""
        while LINUX and (orphans := children()):
            for orphan in orphans:
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)


class Lines:
    """Cuts one program's output into lines and prints each with its name."""

    def __init__(self, name: str) -> None:
        self.name, self.rest = name, b""

    def add(self, said: bytes) -> None:
        *lines, self.rest = (self.rest + said).split(b"\n")
        if not said and self.rest:
            lines, self.rest = [self.rest], b""
        for line in lines:
            say(f"{self.name:<7}| {line.decode(errors='replace')}")


def say(line: str) -> None:
    """Print a line; a terminal that has gone away must not keep us from stopping in order."""
    with suppress(OSError):
        print(line, flush=True)


def children() -> list[int]:
    """The processes whose parent we are."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == os.getpid():
            found.append(int(stat.parent.name))
    return found

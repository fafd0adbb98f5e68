"""The runner: one job in the terminal, one end for all, nothing left behind."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlmcrm import runner
from tests.harness.environment import ROOT
from tests.harness.processes import Process, poll

LINUX_ONLY = pytest.mark.skipif(not runner.LINUX, reason="the kernel's help is Linux's alone")


class Job(Process):
    """A runner with small programs of our own."""

    def said(self) -> list[str]:
        return self.log.read_text().splitlines()

    def pids(self) -> list[int]:
        return [int(line.split()[-1]) for line in self.said() if "| pid" in line]

    def end(self, how: signal.Signals) -> None:
        """Signal the whole process group, as a terminal does."""
        os.killpg(self.child.pid, how)
        self.child.wait(timeout=20)


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Callable[..., Job]]:
    """Start a runner with these programs and wait until all of them (and their children) are up."""
    started: list[Job] = []

    def start(*behaviours: str) -> Job:
        command = [sys.executable, str(ROOT / "tests/mlmcrm/runner_job.py"), *behaviours]
        job = Job(command, log=tmp_path / "job.log", env=os.environ | {"PYTHONPATH": str(ROOT)})
        started.append(job)
        programs = len(behaviours) + behaviours.count("parent")
        poll(lambda: len(job.pids()) == programs, seconds=20, what="all programs are up")
        return job

    yield start
    for job in started:
        job.child.kill()
        job.child.wait()
        for pid in filter(lives, job.pids()):
            os.kill(pid, signal.SIGKILL)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_ctrl_c_reaches_the_runner_alone_which_stops_the_last_started_first(job):
    programs = job("quiet", "quiet", "quiet")

    programs.end(signal.SIGINT)

    assert programs.said()[-5:] == [
        "ended: ",
        "quiet2 | leaves",
        "quiet1 | leaves",
        "quiet0 | leaves",
        "all stopped",
    ]
    assert not any(map(lives, programs.pids()))


def test_a_program_that_ends_by_itself_ends_the_others(job):
    programs = job("quiet", "quiet")

    os.kill(programs.pids()[-1], signal.SIGKILL)
    programs.child.wait(timeout=20)

    assert any("ended by itself (code -9)" in line for line in programs.said())
    assert not any(map(lives, programs.pids()))


def test_a_program_that_does_not_stop_is_killed_after_its_patience(job):
    programs = job("quiet", "deaf")

    programs.end(signal.SIGINT)

    assert programs.said()[-3:] == [
        "deaf1 does not stop and is killed.",
        "quiet0 | leaves",
        "all stopped",
    ]
    assert not any(map(lives, programs.pids()))


@LINUX_ONLY
def test_what_a_program_leaves_behind_is_ended_too(job):
    programs = job("parent")

    programs.end(signal.SIGINT)

    assert not any(map(lives, programs.pids()))


@LINUX_ONLY
def test_when_the_runner_is_killed_the_kernel_ends_its_programs(job):
    programs = job("quiet", "deaf")

    programs.child.kill()

    poll(lambda: not any(map(lives, programs.pids())), seconds=10, what="no program lives on")

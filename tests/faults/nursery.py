"""Workers without the wait: each is forked from this process, which has read the product already.

A line on standard input holds a log file, what is special about this child, and a management
command; the answer is the child's number. With the last line all children end.
"""

import datetime as dt
import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string


def become(log: str, outbox: dict[str, Any], shift: int, *command: str) -> None:
    """This process is now `manage.py` with that command, in a session of its own.

    It lives with these durations and at this distance from the time, as TEST_OUTBOX and
    TEST_CLOCK_SHIFT say it to a process that starts from the beginning.
    """
    settings.OUTBOX |= outbox
    settings.CLOCK_SHIFT = dt.timedelta(seconds=shift)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    call_command(*command)


django.setup()
import_string("tests.faults.kinds.register")()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a child that ends is gone at once
children = []
print("ready", flush=True)  # noqa: T201 - the answer
for line in sys.stdin:
    child = os.fork()
    if not child:
        become(*json.loads(line))
        sys.exit()
    children.append(child)
    print(child, flush=True)  # noqa: T201 - the answer
for child in children:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)

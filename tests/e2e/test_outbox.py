"""Several processes deliver one outbox: every message leaves, and none twice."""

import asyncio
import json
import re
from collections.abc import Iterator

import pytest

from tests.harness.environment import ROOT
from tests.harness.processes import Process, poll
from tests.harness.smtp import MailServer
from tests.harness.stack import PYTHON, EmbeddedStack, Stack

MESSAGES = 200
WRITE = f"""
import uuid
from customers import reminders
from partners.models import Partner, User
if not Partner.objects.exists():
    partner = Partner.objects.create(name="Anna")
    User.objects.create_user("anna@example.org", name="Anna", partner=partner)
for _number in range({MESSAGES}):
    reminders.send_now(Partner.objects.get(), uuid.uuid4())
"""


class UnhurriedServer(MailServer):
    """Slow enough that one process alone would not be done before the others begin."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with UnhurriedServer() as server:
        yield server


def reminder_loop(stack: Stack, name: str) -> Process:
    command = [*PYTHON, "manage.py", "send_reminders", "--loop"]
    process = Process(command, log=stack.home / f"{name}.log", env=stack.environment, cwd=ROOT)
    process.wait_until(lambda: "0 planned, 0 sent" in process.log.read_text(), seconds=60)
    return process


def sent_by(process: Process) -> int:
    return sum(map(int, re.findall(r"planned, (\d+) sent", process.log.read_text())))


def two_processes_deliver(stack: Stack, mail: MailServer) -> None:
    """One mail after the other, a few at a time, so that there is enough for both."""
    stack.environment["TEST_OUTBOX"] = json.dumps({"CONNECTIONS": 1, "BATCH": 10})
    loops = [reminder_loop(stack, "first"), reminder_loop(stack, "second")]
    try:
        stack.manage("shell", "--verbosity", "0", "--command", WRITE)
        poll(lambda: sum(map(sent_by, loops)) >= MESSAGES, seconds=60, what="every message sent")
    finally:
        codes = [process.stop() for process in loops]

    assert codes == [0, 0]
    assert all(sent_by(process) for process in loops), "both took their part"
    assert len(mail.mails) == MESSAGES
    assert len({message.message_id for message in mail.mails}) == MESSAGES


def test_two_processes_deliver_each_message_once_on_postgresql(stack, mail):
    two_processes_deliver(stack, mail)


def test_two_processes_deliver_each_message_once_on_sqlite(embedded_stack: EmbeddedStack, mail):
    embedded_stack.manage("migrate", "--verbosity", "0")
    two_processes_deliver(embedded_stack, mail)

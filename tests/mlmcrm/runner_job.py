"""A runner with one small program per argument, as `manage.py serve` is one with its real ones."""

import os
import sys
from pathlib import Path

from mlmcrm.runner import Ended, Program, Runner

PROGRAM = str(Path(__file__).with_name("runner_program.py"))
PATIENCE = 3

runner = Runner()
try:
    for number, behaviour in enumerate(sys.argv[1:]):
        command = [sys.executable, PROGRAM, behaviour]
        runner.start(Program(f"{behaviour}{number}", command, patience=PATIENCE), os.environ)
    runner.watch()
except Ended as reason:
    print("ended:", reason, flush=True)
finally:
    runner.stop()
    print("all stopped", flush=True)

"""A small program for the runner's tests: says its pid, then behaves as its argument says."""

import os
import signal
import subprocess
import sys
import time

behaviour = sys.argv[1]
signal.signal(signal.SIGINT, lambda *_: print("heard Ctrl-C", flush=True))
if behaviour == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("leaves", flush=True)))
if behaviour == "parent":
    subprocess.Popen([sys.executable, __file__, "deaf"], start_new_session=True)
print("pid", os.getpid(), flush=True)
time.sleep(60)

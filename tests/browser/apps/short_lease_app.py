"""The app, where a run rests soon after nobody looks; a file counts the threads that train."""

import os
import threading
import time
from pathlib import Path

from cnnviz.ui import running, server

running.REST = 0.5


def count() -> None:
    """Write how many train, whenever that changes."""
    before = None
    while True:
        now = sum(thread.name == "training" for thread in threading.enumerate())
        if now != before:
            Path(os.environ["TRAINING_COUNT"]).write_text(str(now), encoding="utf-8")
        before = now
        time.sleep(0.02)


threading.Thread(target=count, daemon=True).start()
server.app.run(config={"server.port": int(os.environ["PORT"])})

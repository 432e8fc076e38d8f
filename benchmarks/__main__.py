"""Run every benchmark of this folder, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

NOT_ALONE = {"__init__", "__main__", "measure"}

for path in sorted(Path(__file__).parent.glob("*.py")):
    if path.stem not in NOT_ALONE:
        print(f"\n== {path.stem} ==", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], check=True)

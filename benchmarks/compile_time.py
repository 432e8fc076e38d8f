"""What compiling costs: ``python -m benchmarks.compile_time``.

Every figure is from a fresh process: first with an empty cache, then with the one that it left behind. On a
busy machine look at the processor time, in brackets.
"""

import subprocess
import sys
import tempfile

CLOCK = """
import time
start = time.perf_counter(), time.process_time()
def show(name, since):
    print(f"{name:44}{time.perf_counter() - since[0]:7.2f} ({time.process_time() - since[1]:5.2f})")
def measure(calls):
    for name, call in calls.items():
        since = time.perf_counter(), time.process_time()
        call()
        show(name, since)
"""
WARM_UP = """
from cnnviz.kernels import warmup
show("import", start)
measure(warmup.WARM)
show("first pages ready", start)
"""
LATER = """
import numpy as np
from cnnviz.kernels.convolution import conv2d, conv2d_backward
x, kernels = np.ones((1, 1, 20, 20), np.float32), np.ones((4, 1, 3, 3), np.float32)
measure({
    "conv2d of one kernel, float32": lambda: conv2d(x, kernels[:1]),
    "conv2d by maps, float32": lambda: conv2d(x, kernels),
    "conv2d by pixels, float32": lambda: conv2d(x, kernels, stride=2),
    "conv2d_backward after these, float32": lambda: conv2d_backward(x, kernels, conv2d(x, kernels)),
})
"""


def run(script: str, cache: str) -> list[tuple[str, str]]:
    """Run a script in a fresh process that keeps machine code in ``cache``; return its lines as columns."""
    command = f"import os\nos.environ['NUMBA_CACHE_DIR'] = {cache!r}\n{CLOCK}{script}"
    lines = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    return [(line[:44], line[44:]) for line in lines.splitlines()]


def main() -> None:
    """Print both tables, in seconds."""
    for title, script in (
        ("What the first pages need", WARM_UP),
        ("What is compiled when first used", LATER),
    ):
        with tempfile.TemporaryDirectory() as cache:
            cold, warm = run(script, cache), run(script, cache)
        print(f"{title:44}{'cold':>7}{'warm':>16}")
        for (name, before), (_, after) in zip(cold, warm, strict=True):
            print(f"{name}{before}{after}")
        print()


if __name__ == "__main__":
    main()

"""What compiling costs: ``python -m benchmarks.compile_time``.

Every figure is from a fresh process: first with an empty cache, then with the one that it left behind. On a
busy machine look at the processor time, in brackets.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

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
calls = dict(warmup.WARM)
last = {name: calls.pop(name) for name in list(calls) if name.startswith("training")}
measure(calls)
show("lessons and photos ready", start)
measure(last)
show("training ready", start)
"""
FIRST_BATCH = """
import numpy as np
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data, Examples
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.recipe import Recipe
from cnnviz.model.training import begin, step
show("import", start)
relu = Activation("ReLU")
layers = [one for filters in (8, 16) for one in (Conv2d(filters, 5, padding=2), relu, MaxPool(2))]
recipe = Recipe(Architecture((1, 28, 28), (*layers, Flatten(), Dense(10))))
random = np.random.default_rng(0)
part = Examples(random.integers(0, 256, (64, 1, 28, 28)).astype(np.uint8), random.integers(0, 10, 64))
data = Data("any", part, part, tuple("0123456789"))
step(recipe, data, begin(recipe, data))
show("first batch trained", start)
"""
LATER = """
import numpy as np
from cnnviz.kernels.convolution import conv2d, conv2d_backward
x, kernels = np.ones((1, 1, 20, 20), np.float32), np.ones((8, 1, 3, 3), np.float32)
measure({
    "conv2d of one kernel, float32": lambda: conv2d(x, kernels[:1]),
    "conv2d by maps, float32": lambda: conv2d(x, kernels),
    "conv2d by pixels, float32": lambda: conv2d(x, kernels, stride=2),
    "conv2d_backward after these, float32": lambda: conv2d_backward(x, kernels, conv2d(x, kernels)),
})
"""


def run(script: str, places: Path, cache: str) -> list[tuple[str, str]]:
    """Run a script in a fresh process that keeps machine code in ``cache``; return its lines as columns.

    As where the app is installed, there is no SciPy, which Numba would load, and Python keeps its bytecode.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"NUMBA_CACHE_DIR": str(places / cache), "PYTHONPYCACHEPREFIX": str(places / "bytecode")}
    command = [sys.executable, "-c", f"import sys\nsys.modules['scipy'] = None\n{CLOCK}{script}"]
    lines = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return [(line[:44], line[44:]) for line in lines.splitlines()]


def main() -> None:
    """Print both tables, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        run(WARM_UP + LATER, Path(folder), "only to make the bytecode")
        for title, script in (
            ("What the first pages need", WARM_UP),
            ("A process that trains, and nothing else", FIRST_BATCH),
            ("What is compiled when first used", LATER),
        ):
            cold, warm = (run(script, Path(folder), title) for _ in range(2))
            print(f"{title:44}{'cold':>7}{'warm':>16}")
            for (name, before), (_, after) in zip(cold, warm, strict=True):
                print(f"{name}{before}{after}")
            print()


if __name__ == "__main__":
    main()

"""The tiles on processors with other vectors than this one's: LLVM maps them to what there is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnnviz.kernels.vectors import VECTOR_BYTES

SCRIPT = """
import sys
sys.modules["scipy"] = None  # which Numba would load
import numpy as np
from cnnviz.kernels import vectors
vectors.VECTOR_BYTES, vectors.REGISTERS = int(sys.argv[1]), int(sys.argv[2])
from cnnviz.kernels import tiles
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from tests import reference
rng = np.random.default_rng(0)
stride = int(sys.argv[4])
x, w, b = (rng.normal(size=size).astype(sys.argv[3]) for size in ((2, 2, 9, 20), (9, 2, 3, 3), (9,)))
y = conv2d(x, w, b, stride=stride, padding=1)
np.testing.assert_allclose(y, reference.conv2d(x, w, b, stride, 1), rtol=1e-4, atol=1e-4)
twin = reference.conv2d_backward(x, w, y, stride, 1)
for gradient, expected in zip(conv2d_backward(x, w, y, stride=stride, padding=1), twin):
    np.testing.assert_allclose(gradient, expected, rtol=1e-3, atol=1e-3)
print(tiles.ROWS, tiles.VECTORS)
"""


PROCESSORS = {  # vector bytes, registers, what is computed there, and rows and vectors of a tile
    "SSE": (16, 16, "float64", 2, "4 2"),
    "AVX2": (32, 16, "float32", 1, "4 2"),
    "AVX-512": (64, 32, "float32", 1, "8 1"),
}
OTHERS = {name: settings for name, settings in PROCESSORS.items() if settings[0] != VECTOR_BYTES}


@pytest.mark.parametrize(
    ("vector_bytes", "registers", "dtype", "stride", "tile"), OTHERS.values(), ids=OTHERS
)
def test_tiles_fit_any_vectors(tmp_path, vector_bytes, registers, dtype, stride, tile):
    places = {"PYTHONPATH": str(Path.cwd()), "NUMBA_CACHE_DIR": str(tmp_path)}
    environment = os.environ | places | {"NUMBA_OPT": "1"}  # compiled sooner, of the same instructions
    arguments = [sys.executable, "-c", SCRIPT, str(vector_bytes), str(registers), dtype, str(stride)]
    run = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == (tile, "")

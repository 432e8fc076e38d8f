"""Tiles and blocks on processors with other vectors than this one's: LLVM maps them to what there is.

One process for each kind of vectors compiles for it. Its machine code is kept where the app keeps its own,
below a directory named after a digest of the sources, so that it is compiled once for each state of them.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnnviz.kernels.compiling import CACHE
from cnnviz.kernels.vectors import VECTOR_BYTES

SCRIPT = """
import sys
sys.modules["scipy"] = None  # which Numba would load
import numpy as np
from cnnviz.kernels import vectors
vectors.VECTOR_BYTES, vectors.REGISTERS = int(sys.argv[1]), int(sys.argv[2])
vectors.RUN_BYTES = min(vectors.VECTOR_BYTES, 32)
from cnnviz.kernels import tiles
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from tests import reference
from tests.kernels import test_blocks, test_square_loops
rng = np.random.default_rng(0)
dtype, stride = sys.argv[3], int(sys.argv[4])
x, w, b = (rng.normal(size=size).astype(dtype) for size in ((2, 2, 9, 20), (9, 2, 3, 3), (9,)))
y = conv2d(x, w, b, stride=stride, padding=1)
np.testing.assert_allclose(y, reference.conv2d(x, w, b, stride, 1), rtol=1e-4, atol=1e-4)
twin = reference.conv2d_backward(x, w, y, stride, 1)
for gradient, expected in zip(conv2d_backward(x, w, y, stride=stride, padding=1), twin):
    np.testing.assert_allclose(gradient, expected, rtol=1e-3, atol=1e-3)
for name in ("by points", "direct", "dense", "means by points"):
    test_blocks.compare(name, True, dtype)
test_blocks.test_products_of_matrices(9, 100, 33)
test_square_loops.test_squares_are_their_twin()
print(tiles.ROWS, tiles.VECTORS, test_blocks.ENDS.size)
"""


PROCESSORS = {  # vector bytes, registers, what is computed there, rows and vectors of a tile, ends of rows
    "SSE": (16, 16, "float64", 2, "4 2 8"),
    "AVX2": (32, 16, "float32", 1, "4 2 16"),
    "AVX-512": (64, 32, "float32", 1, "8 1 32"),
}
OTHERS = {name: settings for name, settings in PROCESSORS.items() if settings[0] != VECTOR_BYTES}


@pytest.mark.parametrize(
    ("vector_bytes", "registers", "dtype", "stride", "told"), OTHERS.values(), ids=OTHERS
)
def test_tiles_and_blocks_fit_any_vectors(tmp_path, vector_bytes, registers, dtype, stride, told):
    kept = CACHE / f"vectors of {vector_bytes} bytes" if CACHE else tmp_path
    places = {"PYTHONPATH": str(Path.cwd()), "NUMBA_CACHE_DIR": str(kept)}
    environment = os.environ | places | {"NUMBA_OPT": "1"}  # compiled sooner, of the same instructions
    arguments = [sys.executable, "-c", SCRIPT, str(vector_bytes), str(registers), dtype, str(stride)]
    run = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == (told, "")

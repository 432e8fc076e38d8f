"""Compile what the pages need before anybody asks: one table of calls, made once in a thread of its own.

To have a kernel ready from the start, add a small call of it to `WARM`. A page is never kept waiting for
this: a loop that is asked for earlier compiles there and then, and once.
"""

import gc
import logging
import threading
from collections.abc import Callable
from functools import cache

import numpy as np

from cnnviz.kernels import map_loops, matrix_loops, square_loops, vector_loops
from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.kernels.allocator import keep_freed_memory
from cnnviz.kernels.block_loops import lay_out
from cnnviz.kernels.block_sheets import planes
from cnnviz.kernels.blocks import ConvolutionBlock
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.cross_entropy import errors_of
from cnnviz.kernels.desks import Desk
from cnnviz.kernels.filtering import filter_image
from cnnviz.kernels.gathering import scaled
from cnnviz.kernels.listening import listen, ring_and_listen
from cnnviz.kernels.pooling import POOLINGS, pool2d, pool2d_backward
from cnnviz.kernels.threads import share_out
from cnnviz.window import window_pair


def learn() -> None:
    """Go forward and back through every loop of the quick way to learn, and wake the threads."""
    share_out(lambda _: None, 2)
    bell = np.zeros(1, np.int64)
    listen(bell, 0, 0)
    ring_and_listen(bell, bell, 0, 0)
    numbers, whole = np.ones(128, np.float32), np.float32(0)
    images = np.zeros((1, 1, 1, 1), np.uint8)
    images.flags.writeable = False
    scaled(images, np.zeros(1, np.int64), 0, 1)
    for depth, stride, pooled in ((8, 1, True), (1, 1, True), (1, 1, False), (1, 2, False)):
        block = ConvolutionBlock((depth, 6, 6), 1, *window_pair(5, stride, 0), relu=True, pooled=pooled)
        desk, of, pixels = Desk(block, 1, True), planes(1, block.outputs), planes(depth, 36)
        lay_out(
            np.ones(36 * depth, np.float32),
            *pixels._replace(places=pixels.places[:36]),
            desk.x,
            *block.read,
            1,
            depth,
        )
        w = np.ones(block.kernels, np.float32)
        desk.forward(w, numbers[:1], numbers, of, 1)
        desk.backward(w, numbers, of, numbers, of, w.copy(), numbers[:1].copy(), 1)
    matrix_loops.rows_by_rows(numbers, numbers, numbers, whole, numbers, matrix_loops.ENDS, 2, 2, 2)
    matrix_loops.rows_by_columns(numbers, 1, 1, numbers, numbers, 2, 2, 2)
    matrix_loops.add_rows(numbers, numbers[:2], 2)
    vector_loops.roll(*[numbers] * 3, whole, whole, False, whole, numbers, numbers.copy())
    errors_of(np.ones((2, 3), np.float32), np.zeros(2, np.int64), whole, np.ones((2, 3), np.float32))


def train() -> None:
    """Go forward and back through every loop that other layers need, in float32."""
    x = np.ones((1, 1, 28, 28), np.float32)
    for maps, stride in ((8, 1), (8, 2), (1, 1)):
        w = np.ones((maps, 1, 5, 5), np.float32)
        conv2d_backward(x, w, conv2d(x, w, stride=stride), stride=stride)
    for kind in POOLINGS:
        pool2d_backward(x, kind, 2, pool2d(x, kind, 2))
    _maps()


def _maps() -> None:
    """Pool and normalise maps that stand channels last."""
    a, b, winners = (np.ones(16, kind) for kind in (np.float32, np.float32, np.int32))
    for kind in range(vector_loops.LINE):
        vector_loops.squash(a, a.size, kind)
        vector_loops.multiply_by_slope(a, b, a.size, kind)
    column, slide = np.ones(1, np.float32), (2, 2, 0)
    pool, of = ((4, 4), slide, slide, True), planes(1, 4)
    of = of._replace(places=of.places[:4])
    map_loops.pool_maps(a, *pool, b, *of, 2, winners, 1, 1)
    map_loops.pool_maps_back(b, *of, *pool, winners, a, 2, 1, 1)
    bases, codes, spot = np.arange(8), np.zeros(16, np.uint8), (b, 1, np.zeros(8, np.intp))
    square_loops.pool_squares(np.ones(32, np.float32), 4, bases, *column, False, *spot, 1, codes, 8, 1, 1, 1)
    square_loops.pool_squares_back(*spot, 1, False, codes, 8, 1, a, 4, bases, True, 1, 1)
    map_loops.moments(a, 16, column, column.copy())
    map_loops.stretch(a, 16, column, column, column, b)
    map_loops.stretch_sums(a, b, 16, column, column, *np.ones((2, 1)))
    map_loops.stretch_back(a, b, 16, column, column, column, column, column, b)


WARM: dict[str, Callable[[], object]] = {
    "conv2d of one kernel, float64": lambda: conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))),
    "pool2d, largest and smallest, float32": lambda: pool2d(np.ones((1, 1, 2, 2), np.float32), "max", 2),
    "filter_image": lambda: filter_image(np.ones((3, 3), np.float32), np.ones((3, 3))),
    "GELU, float32 and float64": lambda: [ACTIVATIONS["GELU"].f(np.ones(2, t)) for t in (np.float32, float)],
    "training": learn,
    "training, other layers": train,
}
log = logging.getLogger(__name__)
_starting = threading.Lock()


def warm_up() -> None:
    """Call every kernel of the table once, then keep what is there out of later garbage collections."""
    keep_freed_memory()
    for name, call in WARM.items():
        try:
            call()
        except Exception:
            log.exception("%s cannot be warmed up; it is compiled when it is first used", name)
    gc.collect()
    gc.freeze()


@cache
def _thread() -> threading.Thread:
    thread = threading.Thread(target=warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def warm_up_in_background() -> threading.Thread:
    """Start warming up beside everything else, once in a process."""
    with _starting:
        return _thread()

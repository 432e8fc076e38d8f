"""Correlate images with kernels, and find the gradient of the kernels: layouts, blocks and threads.

There are two loops for the same sums, and the test of one is the other. `by_pixels` computes a few pixels of
many channels at once, whatever the window; `by_maps` computes runs of pixels of a few channels, for a stride
of 1. `_maps_pay` chooses.
"""

from functools import lru_cache
from math import prod
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.correlation_loops import by_maps, by_pixels, weight_gradient
from cnnviz.kernels.positions import pack
from cnnviz.kernels.threads import share_out, threads
from cnnviz.kernels.tiles import ROWS, VECTORS
from cnnviz.kernels.vectors import VECTOR_BYTES, lanes

BLOCK_PIXELS = 1024  # output pixels of a job, and bytes of its buffer: what the caches next to a core hold
BLOCK_BYTES = 128 * 1024
WORTH_SHARING = 4_000_000  # multiply-adds; less is done before another thread has woken up
SHARDS = 8  # parts of a weight gradient; fixed, so that its sum is the same with any number of threads


class Sliding(NamedTuple):
    """How a kernel of ``tall`` by ``wide`` cells slides: plain numbers, for compiled loops."""

    top: int  # row of the first cell of the first window; negative means in the padding
    left: int
    down: int  # stride
    right: int
    rows_apart: int  # dilation
    columns_apart: int
    tall: int
    wide: int


def correlate(
    x: np.ndarray, w: np.ndarray, b: np.ndarray | None, y: np.ndarray, sliding: Sliding, groups: int
):
    """Fill ``y`` (N, O, H', W') with the correlation of x (N, C, H, W) and w (O, C / groups, K, L)."""
    weights, finite = _packed(w, b, groups)
    block, jobs = _jobs(x.shape, y.shape, x.itemsize, sliding)
    loop = by_maps if _maps_pay(w.shape, y.shape, w.itemsize, sliding, groups, block) else by_pixels

    def work(part: int) -> None:
        loop(x, weights, finite, y, sliding, block, part * jobs // parts, (part + 1) * jobs // parts)

    parts = _parts(y.size * w[0].size, jobs)
    share_out(work, parts)


def weight_gradients(x: np.ndarray, dy: np.ndarray, shape, sliding: Sliding, groups: int):
    """Return the gradients by the weights, of the given shape (O, C / groups, K, L), and by the bias (O,)."""
    own, cells = shape[0] // groups, shape[1] * shape[2] * shape[3]
    block, jobs = _jobs(x.shape, dy.shape, x.itemsize, sliding)
    shards = min(jobs, SHARDS)
    rows, columns = _whole(cells + 1, ROWS), _whole(own, VECTORS * lanes(x.dtype) // 2)
    sums = np.zeros((shards, groups, rows, columns), x.dtype)

    def work(part: int) -> None:
        weight_gradient(
            x, dy, sums, sliding, block, jobs, part * shards // parts, (part + 1) * shards // parts
        )

    parts = _parts(dy.size * cells, shards)
    share_out(work, parts)
    total = sums.sum(axis=0)[:, :, :own].swapaxes(1, 2)
    dw = total[:, :, :cells].reshape(shape[0], shape[2], shape[1], shape[3]).swapaxes(1, 2)
    return dw.copy(order="C"), total[:, :, cells].reshape(shape[0])


def _parts(products: int, most: int) -> int:
    """Choose into how many parts to split some multiply-adds."""
    return min(most, 2 * threads()) if products >= WORTH_SHARING and threads() > 1 else 1


def _whole(count: int, unit: int) -> int:
    """Round up to a multiple."""
    return -(-count // unit) * unit


def _packed(w: np.ndarray, b: np.ndarray | None, groups: int) -> tuple[np.ndarray, bool]:
    """Turn weights (O, C / groups, K, L) into (groups, 1 + cells, O / groups, filled up to tiles).

    The first row is the bias; the cells follow as in `cells_of`. Tell also whether the weights are finite.
    """
    own, cells = w.shape[0] // groups, w[0].size
    weights = np.zeros((groups, 1 + cells, _whole(own, VECTORS * lanes(w.dtype))), w.dtype)
    finite = pack(weights, w.swapaxes(1, 2).copy(order="C").reshape(groups, own, cells))
    if b is not None:
        weights[:, 0, :own] = b.reshape(groups, own)
    return weights, finite


@lru_cache(maxsize=256)
def _maps_pay(w_shape, y_shape, itemsize: int, sliding: Sliding, groups: int, block: int) -> bool:
    """Tell whether `by_maps` can do the work and has less of it, counting what tiles compute in vain.

    The shares of the time that are not arithmetic were measured: so many cells' worth for a tile, and six for
    every number that is copied for a column of the kernel.
    """
    own, (depth, *size), (height, width) = w_shape[0] // groups, w_shape[1:], y_shape[2:]
    cells, tile = depth * prod(size), VECTORS * VECTOR_BYTES // itemsize
    pixels, last_pixels = block * width, ((height - 1) % block + 1) * width
    if (sliding.down, sliding.right) != (1, 1) or last_pixels < tile or own < ROWS:
        return False
    maps = _whole(pixels, tile) / pixels * _whole(own, ROWS) * (cells + 3)
    return maps + 6 * depth * sliding.wide < _whole(own, tile) * (cells + 8)


@lru_cache(maxsize=256)
def _jobs(x_shape, y_shape, itemsize: int, sliding: Sliding) -> tuple[int, int]:
    """Choose how many output rows make a block, at least one, and count the blocks of all images."""
    height, width = y_shape[2:]
    row = x_shape[1] * sliding.down * ((width - 1) * sliding.right + sliding.wide) * itemsize
    block = max(1, min(height, BLOCK_PIXELS // width, BLOCK_BYTES // row))
    return block, x_shape[0] * (_whole(height, block) // block)

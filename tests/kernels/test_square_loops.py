"""Pooling of 2 x 2 of maps that stand channels last, and its way back, against the slow twin."""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.block_tiles import NARROW, WINDOWS
from cnnviz.kernels.square_loops import pool_squares, pool_squares_back
from tests import reference
from tests.each import each

RNG = np.random.default_rng(0)
IMAGES, SLACK = 2, 64  # numbers behind the images, which a vector may read
SHAPES = {"few maps": (3, 6, 8), "odd sides": (5, 7, 9), "many maps": (2 * NARROW + 3, 4, 6)}
FLOORS = {"ReLU": 0, "none": -np.inf}


def channels_last(x):
    """Lay out images, with a gap behind each."""
    lines = np.pad(x.transpose(0, 2, 3, 1).reshape(len(x), -1), ((0, 0), (0, x.shape[1])))
    return np.append(lines, np.zeros(SLACK)).astype(np.float32), lines.shape[1]


def channels_first(numbers, step, shape):
    """Take images out of the layout again."""
    channels, height, width = shape
    lines = numbers[: IMAGES * step].reshape(IMAGES, step)[:, : channels * height * width]
    return lines.reshape(IMAGES, height, width, channels).transpose(0, 3, 1, 2)


def corners(shape):
    """Tell where the four cells of each window stand; the last one again where a pair lacks one."""
    channels, height, width = shape
    places = np.arange(height * width).reshape(height, width) * channels
    windows = [
        places[i : i + 2, j : j + 2].reshape(-1)
        for i in range(0, height - 1, 2)
        for j in range(0, width - 1, 2)
    ]
    return np.concatenate(windows + windows[-1:] * (-len(windows) % WINDOWS)), len(windows)


def compare(shape, kind, floor):
    """Pool images in which numbers are alike, and send a gradient back."""
    channels, height, width = shape
    x = RNG.integers(-3, 4, (IMAGES, *shape)).astype(np.float32)
    kept = np.maximum(x, floor)
    expected = reference.pool2d(kept, kind, 2)
    dy = RNG.normal(size=expected.shape).astype(np.float32)
    bases, outputs = corners(shape)
    strips, padded = len(bases) // 4, -(-channels // NARROW) * NARROW
    places = np.minimum(np.arange(strips), outputs) * channels
    (numbers, step), (y, y_step) = channels_last(x), channels_last(np.full_like(dy, 7))
    winners, of = np.zeros(IMAGES * strips * padded, np.uint8), (padded, strips)
    sizes, mean = (IMAGES, channels), kind == "mean"
    windows = (bases, np.float32(floor), mean, y, y_step, places, outputs, winners, *of, *sizes)
    assert pool_squares(numbers, step, *windows)
    assert_allclose(channels_first(y, y_step, expected.shape[1:]), expected, rtol=1e-6)
    dx, whole = np.full_like(numbers, 7), height % 2 == width % 2 == 0
    dy_numbers, _ = channels_last(dy)
    pool_squares_back(dy_numbers, y_step, places, outputs, mean, winners, *of, dx, step, bases, whole, *sizes)
    twin = reference.pool2d_backward(kept, kind, 2, dy) * (x > floor)
    assert_allclose(channels_first(dx, step, shape), twin, rtol=1e-6)
    assert_array_equal(dx[IMAGES * step :], 7)
    numbers[channels] = np.nan
    assert not pool_squares(numbers, step, *windows)


@each("shape", SHAPES.values(), ids=[*SHAPES])
@each("kind", ["max", "mean"])
@each("floor", FLOORS.values(), ids=[*FLOORS])
def test_squares_are_their_twin(shape, kind, floor):
    compare(shape, kind, floor)

"""Blocks against convolution, ReLU and pooling one after the other."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.block_loops import lay_out
from cnnviz.kernels.block_sheets import compact, planes
from cnnviz.kernels.blocks import ConvolutionBlock, paired
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.cross_entropy import errors_of
from cnnviz.kernels.desks import Desk
from cnnviz.kernels.matrix_loops import ENDS, rows_by_columns, rows_by_rows
from cnnviz.kernels.pooling import pool2d, pool2d_backward
from cnnviz.kernels.winograd import KERNELS, OUTPUTS
from cnnviz.window import window_pair
from tests.each import each

RNG = np.random.default_rng(0)
BLOCKS = {  # shape of the input, filters, size, stride, padding, dilation, pooled
    "by points": ((8, 11, 13), 19, 5, 1, 2, 1, "max"),
    "direct": ((3, 9, 12), 5, (3, 2), 1, (1, 0), 1, "max"),
    "strided, pooled": ((2, 12, 11), 9, 3, (1, 2), 2, 1, "max"),
    "dense": ((5, 7, 9), 6, (2, 3), 1, ((0, 2), (1, 1)), (2, 1), None),
    "dense, many": ((17, 5, 5), 40, 3, 1, 1, 1, None),
    "strided": ((3, 9, 9), 7, 3, 2, 1, 1, None),
    "means by points": ((8, 11, 13), 19, 5, 1, 2, 1, "mean"),
    "means": ((3, 9, 12), 5, (3, 2), (1, 2), (1, 0), 1, "mean"),
}


def normal(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def learned(block, x, w, b, dy):
    """Send images through a block and back."""
    images, pixels = len(x), x[0, 0].size
    desk, outside, out = (
        Desk(block, images + 1, True),
        planes(x.shape[1], pixels),
        planes(len(w), block.outputs),
    )
    outside = outside._replace(places=outside.places[:pixels])
    inside = block.read._replace(places=block.read.places[:pixels])
    assert lay_out(x.reshape(-1), *outside, desk.x, *inside, images, x.shape[1])
    y, dw, db, dx = np.empty(dy.shape, np.float32), np.empty_like(w), np.empty_like(b), np.empty_like(x)
    assert desk.forward(w, b, y.reshape(-1), out, images)
    desk.backward(w, y.reshape(-1), out, dy.reshape(-1).copy(), out, dw, db, images)
    lay_out(desk.dx, *inside, dx.reshape(-1), *outside, images, x.shape[1])
    return y, dx, dw, db


def compare(name, relu, dtype=np.float32):
    """Compare a block, which computes in float32, with its layers in `dtype`."""
    shape, filters, size, stride, padding, dilation, pooled = BLOCKS[name]
    sliding = {"stride": stride, "padding": padding, "dilation": dilation}
    windows, pools = window_pair(size, stride, padding, dilation), (pooled is not None, pooled == "mean")
    block = ConvolutionBlock(shape, filters, *windows, relu, *pools)
    arrays = x, w, b = normal(3, *shape), normal(*block.kernels), normal(filters)
    tx, tw, tb = (array.astype(dtype) for array in arrays)
    seen = conv2d(tx, tw, tb, **sliding)
    kept = np.maximum(seen, 0) if relu else seen
    expected = pool2d(kept, pooled, 2) if pooled else kept
    dy = normal(*expected.shape)
    y, *gradients = learned(block, x, w, b, dy)
    assert_allclose(y, expected, rtol=1e-4, atol=2e-4)
    dy = dy.astype(dtype)
    back = pool2d_backward(kept, pooled, 2, dy) if pooled else dy
    twins = conv2d_backward(tx, tw, back * (seen > 0) if relu else back, **sliding)
    for gradient, twin in zip(gradients, twins, strict=True):
        assert_allclose(gradient, twin, rtol=1e-3, atol=1e-3)


@each("relu", [True, False])
@each("name", BLOCKS)
def test_a_block_is_its_layers_in_a_row(name, relu):
    compare(name, relu)


def test_nothing_is_written_beside_the_room_of_a_sheet():
    """Odd channels leave the border of the sheet that they are written to at zero."""
    block = ConvolutionBlock((1, 6, 6), 3, *window_pair(3, 1, 1), relu=True)
    following = ConvolutionBlock((3, 6, 6), 2, *window_pair(3, 1, 2))
    desk, next_desk = Desk(block, 2, False), Desk(following, 2, False)
    desk.x[:] = 1
    desk.forward(normal(3, 1, 3, 3), normal(3) + 5, next_desk.x, following.read, 2)
    images = next_desk.x[: 2 * following.sheet.step].reshape(2, -1)[:, : 10 * 10 * 3].reshape(2, 10, 10, 3)
    assert (images[:, 2:8, 2:8] > 0).any()
    images[:, 2:8, 2:8] = 0
    assert not images.any()


@pytest.mark.parametrize("name", BLOCKS)
def test_nothing_is_read_beside_the_room_of_a_sheet(name):
    """The last window of the last image, and what fills up its tile, end where the sheet does."""
    shape, filters, size, stride, padding, dilation, pooled = BLOCKS[name]
    block = ConvolutionBlock(
        shape, filters, *window_pair(size, stride, padding, dilation), True, pooled is not None
    )
    assert len(block.bases) % 8 == 0
    assert block.bases.max() + block.offsets.max() < block.sheet.step
    assert block.bases.max() + block.runs[0].max() + 16 <= block.sheet.step + 16
    if pooled:
        squares = block.bases.reshape(-1, 4)
        assert_array_equal(squares - squares[:, :1], np.tile(squares[0] - squares[0, 0], (len(squares), 1)))


def test_cells_are_taken_in_pairs_where_they_are_neighbours():
    offsets, first, second = paired(np.array([0, 1, 2, 10, 11, 20]))
    assert (offsets.tolist(), first.tolist(), second.tolist()) == (
        [0, 2, 10, 20],
        [0, 2, 3, 5],
        [1, -1, 4, -1],
    )


def test_the_points_multiply_polynomials():
    """A kernel of 5 times a row of 6 gives two outputs: once by definition, once at six points."""
    rows = np.array([[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0]])
    rows = np.vstack([rows, [[0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]]])
    g, d = RNG.normal(size=(5, 5)), RNG.normal(size=(6, 6))
    products = (KERNELS.astype(float) @ g.reshape(-1)).reshape(6, 6) * (rows @ d @ rows.T)
    expected = [[(d[i : i + 5, j : j + 5] * g).sum() for j in range(2)] for i in range(2)]
    assert_allclose(OUTPUTS @ products @ OUTPUTS.T, expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("examples", "length", "units"), [(1, 1, 1), (5, 16, 4), (3, 17, 9), (9, 100, 33), (64, 7, 2)]
)
def test_products_of_matrices(examples, length, units):
    x, w, b, y = normal(examples, length), normal(units, length), normal(units), normal(examples, units)
    sizes = ENDS, examples, units, length
    floor = np.float32(0.1)
    assert rows_by_rows(x.reshape(-1), w.reshape(-1), b, floor, y.reshape(-1), *sizes)
    assert_allclose(y, np.maximum(x @ w.T + b, 0.1), rtol=1e-4, atol=1e-4)
    dw, dx = np.empty_like(w), np.empty_like(x)
    rows_by_columns(y.reshape(-1), 1, units, x.reshape(-1), dw.reshape(-1), units, length, examples)
    rows_by_columns(y.reshape(-1), units, 1, w.reshape(-1), dx.reshape(-1), examples, length, units)
    assert_allclose(dw, y.T @ x, rtol=1e-3, atol=1e-3)
    assert_allclose(dx, y @ w, rtol=1e-3, atol=1e-3)


def test_large_logits_do_not_overflow():
    logits, labels = np.array([[1000, 0], [-1000, 1000]], np.float32), np.array([1, 1])
    errors = np.empty_like(logits)
    assert errors_of(logits, labels, np.float32(0.5), errors) == (1000, 1)
    assert_array_equal(errors, [[0.5, -0.5], [0, 0]])


def test_maps_lie_close_and_spill_behind_the_last():
    step, places, apart = compact(3, 10)
    assert (step, places.tolist(), apart) == (30, [*range(0, 30, 3), *[30] * 6], 1)

"""A dense layer is a matrix product, its gradient is the slope, and an example does not see its batch."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.dense import dense, dense_backward
from cnnviz.kernels.threads import limited_to
from tests import reference
from tests.each import each

SIZES = [(1, 1, 1), (3, 5, 2), (7, 40, 10), (64, 784, 10), (2, 3, 70), (33, 129, 65)]  # N, F, O


def arrays(size, dtype=np.float64):
    examples, inputs, units = size
    rng = np.random.default_rng(0)
    shapes = ((examples, inputs), (units, inputs), (units,), (examples, units))
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


@each(("dtype", "tolerance"), [(np.float32, 1e-4), (np.float64, 1e-12)])
@each("size", SIZES, ids=str)
def test_it_is_the_matrix_product_both_ways(size, dtype, tolerance):
    x, w, b, dy = arrays(size, dtype)
    got = (dense(x, w, b), *dense_backward(x, w, dy))
    wide = [array.astype(np.float64) for array in (x, w, b, dy)]
    expected = (wide[0] @ wide[1].T + wide[2], wide[3] @ wide[1], wide[3].T @ wide[0], wide[3].sum(axis=0))
    for array, twin in zip(got, expected, strict=True):
        assert array.dtype == dtype
        assert array.flags.c_contiguous
        assert_allclose(array, twin, rtol=tolerance, atol=tolerance * 20)


def test_backward_is_the_slope_of_forward_at_every_entry():
    *arguments, dy = arrays((3, 4, 5))
    gradients = dense_backward(*arguments[:2], dy)
    for number, gradient in enumerate(gradients):
        slopes = reference.slopes(
            lambda array, at=number: (dy * dense(*arguments[:at], array, *arguments[at + 1 :])).sum(),
            arguments[number],
        )
        assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_neither_the_batch_nor_the_threads_change_a_bit(size):
    x, w, b, dy = arrays(size, np.float32)
    with limited_to(1):
        alone, gradients = dense(x[-1:], w, b), dense_backward(x, w, dy)
    assert_array_equal(dense(x, w, b)[-1:], alone)
    for gradient, same in zip(dense_backward(x, w, dy), gradients, strict=True):
        assert_array_equal(gradient, same)


def test_the_input_gradient_can_be_left_out():
    x, w, _, dy = arrays((4, 6, 8))
    dx, *others = dense_backward(x, w, dy, input_gradient=False)
    assert dx is None
    for gradient, same in zip(others, dense_backward(x, w, dy)[1:], strict=True):
        assert_array_equal(gradient, same)


def test_nan_stays_where_it_belongs():
    x, w, b, dy = arrays((3, 4, 5))
    x[1, 2] = dy[0, 3] = np.nan
    assert_array_equal(np.isnan(dense(x, w, b)).all(axis=1), [False, True, False])
    dx, dw, db = dense_backward(x, w, dy)
    assert_array_equal(np.isnan(dx).any(axis=1), [True, False, False])
    assert np.isnan(dw[:, 2]).all()
    assert_array_equal(np.isnan(db), np.arange(5) == 3)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((2, 3), (4, 5)), "w must have shape (4, 3), got (4, 5)"),
        (((2, 3, 1), (4, 3)), "x must have the axes (N, F), got shape (2, 3, 1)"),
        (((0, 3), (4, 3)), "x must not be empty, got shape (0, 3)"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shapes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        dense(*(np.ones(shape) for shape in shapes))
    with pytest.raises(ValueError, match="dy must have shape"):
        dense_backward(np.ones((2, 3)), np.ones((4, 3)), np.ones((2, 5)))
    with pytest.raises(ValueError, match="w must be float64 like x, got float32"):
        dense(np.ones((2, 3)), np.ones((4, 3), np.float32))

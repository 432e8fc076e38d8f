"""Gradients: the slope of the forward pass at every entry, the twin, and the same bits with any threads."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.convolution import conv1d, conv1d_backward, conv2d, conv2d_backward
from tests import reference
from tests.each import each
from tests.kernels.test_convolution import CASES, arrays, convolutions

SLOPES = [  # x, w, options
    ((1, 1, 4, 5), (1, 1, 3, 2), {}),
    ((2, 2, 5, 4), (3, 2, 3, 3), {"padding": 1}),
    ((1, 4, 5, 6), (4, 2, 2, 3), {"stride": (2, 1), "padding": ((0, 2), (1, 0)), "groups": 2}),
    ((1, 2, 7, 6), (5, 2, 3, 2), {"stride": (3, 2), "dilation": (2, 3), "padding": 1}),
    ((1, 1, 6, 9), (5, 1, 2, 2), {"stride": 2, "dilation": 2, "padding": (3, 4)}),
]


def seen_by(dy, f, arguments, number, array):
    """Return the loss sum(dy * y) with one argument replaced."""
    return (dy * f(*arguments[:number], array, *arguments[number + 1 :])).sum()


@pytest.mark.parametrize(("x_shape", "w_shape", "options"), SLOPES)
def test_backward_is_the_slope_of_forward_at_every_entry(x_shape, w_shape, options):
    arguments = arrays(x_shape, w_shape)
    forward = partial(conv2d, **options)
    dy = np.random.default_rng(1).normal(size=forward(*arguments).shape)
    gradients = conv2d_backward(*arguments[:2], dy, **options)
    for number, gradient in enumerate(gradients):
        loss = partial(seen_by, dy, forward, arguments, number)
        assert_allclose(gradient, reference.slopes(loss, arguments[number]), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    "options", [{}, {"stride": 2, "padding": (2, 1)}, {"dilation": 3, "padding": 4, "groups": 2}]
)
def test_backward_of_a_signal_is_the_slope_of_forward(options):
    rng = np.random.default_rng(2)
    arguments = (
        rng.normal(size=(2, 4, 11)),
        rng.normal(size=(4, 4 // options.get("groups", 1), 3)),
        rng.normal(size=4),
    )
    forward = partial(conv1d, **options)
    dy = rng.normal(size=forward(*arguments).shape)
    gradients = conv1d_backward(*arguments[:2], dy, **options)
    for number, gradient in enumerate(gradients):
        loss = partial(seen_by, dy, forward, arguments, number)
        assert_allclose(gradient, reference.slopes(loss, arguments[number]), rtol=1e-6, atol=1e-6)


@each(("dtype", "tolerance"), [(np.float32, 1e-4), (np.float64, 1e-11)])
@each(("x_shape", "w_shape", "groups", "stride", "padding", "dilation"), CASES)
def test_every_product_gives_its_share(x_shape, w_shape, groups, stride, padding, dilation, dtype, tolerance):
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    x, w, _ = arrays(x_shape, w_shape, dtype)
    dy = np.random.default_rng(1).normal(size=conv2d(x, w, **options).shape).astype(dtype)
    twin = reference.conv2d_backward(*(array.astype(np.float64) for array in (x, w, dy)), **options)
    for gradient, expected in zip(conv2d_backward(x, w, dy, **options), twin, strict=True):
        assert gradient.dtype == dtype
        assert gradient.flags.c_contiguous
        assert_allclose(gradient, expected, rtol=tolerance, atol=tolerance)


@settings(max_examples=50)
@given(convolutions(), st.integers(0, 99))
def test_any_gradient_agrees_with_its_twin(case, seed):
    (x, w, _), options = case
    dy = np.random.default_rng(seed).normal(size=conv2d(x, w, **options).shape)
    twin = reference.conv2d_backward(x, w, dy, **options)
    for gradient, expected in zip(conv2d_backward(x, w, dy, **options), twin, strict=True):
        assert_allclose(gradient, expected, atol=1e-10)


def test_the_input_gradient_can_be_left_out():
    x, w, _ = arrays((4, 1, 9, 9), (8, 1, 3, 3))
    dy = conv2d(x, w)
    dx, *others = conv2d_backward(x, w, dy, input_gradient=False)
    assert dx is None
    for gradient, same in zip(others, conv2d_backward(x, w, dy)[1:], strict=True):
        assert_array_equal(gradient, same)


def test_a_gradient_that_is_not_a_number_reaches_all_that_it_should():
    x, w, _ = arrays((1, 2, 8, 8), (6, 2, 3, 3))
    dy = np.ones((1, 6, 8, 8))
    dy[0, 4, 3, 3] = np.nan
    dx, dw, db = conv2d_backward(x, w, dy, padding=1)
    reached = np.zeros((8, 8), bool)
    reached[2:5, 2:5] = True
    assert_array_equal(np.isnan(dx), np.broadcast_to(reached, dx.shape))
    assert_array_equal(np.isnan(dw).any(axis=(1, 2, 3)), np.arange(6) == 4)
    assert_array_equal(np.isnan(db), np.arange(6) == 4)


def test_any_memory_layout_gives_the_same_gradients():
    x, w, _ = arrays((2, 3, 9, 10), (5, 3, 3, 3))
    dy = np.random.default_rng(1).normal(size=(2, 5, 4, 4))
    expected = conv2d_backward(x, w, dy, stride=2)
    layouts = (np.asfortranarray(x), np.asfortranarray(w), np.repeat(dy, 3, axis=2)[:, :, ::3])
    for gradient, same in zip(conv2d_backward(*layouts, stride=2), expected, strict=True):
        assert_array_equal(gradient, same)

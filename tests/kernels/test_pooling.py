"""Pooling is its twin, its gradient is the slope, and NaN, ties and padding do what they should."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import ndimage

from cnnviz.kernels.pooling import POOLINGS, argpool2d, pool2d, pool2d_backward
from cnnviz.kernels.threads import limited_to
from tests import reference
from tests.each import each

CONTESTS = [name for name, pooling in POOLINGS.items() if pooling.sign]
CASES = [
    {"window": 2},
    {"window": 3, "stride": 2},
    {"window": 3, "stride": 2, "padding": 1},
    {"window": (3, 2), "stride": (1, 3), "padding": ((2, 0), (1, 1))},
    {"window": 2, "padding": (1, 0)},
    {"window": (1, 4), "stride": 1},
    {"window": 5, "stride": 1, "padding": 4},
    {"window": 2, "stride": 3, "padding": ((0, 1), (0, 1))},
    {"window": 1},
]
SHAPES = [(1, 1, 5, 5), (2, 3, 9, 8), (3, 1, 6, 17)]
NUMBERS = st.sampled_from([-2.0, -1.0, -0.0, 0.0, 1.0, 2.0, np.nan, np.inf, -np.inf])


def noise(shape, dtype=np.float64):
    return np.random.default_rng(5).standard_normal(shape).astype(dtype)


def with_ties(shape):
    return np.random.default_rng(6).integers(0, 3, shape).astype(np.float64)


@each("kind", POOLINGS)
@each("case", CASES, ids=str)
@each("shape", SHAPES, ids=str)
@each("dtype", [np.float32, np.float64])
def test_pooling_is_its_twin(shape, case, kind, dtype):
    x = noise(shape, dtype)
    y = pool2d(x, kind, **case)
    assert y.dtype == dtype
    np.testing.assert_allclose(y, reference.pool2d(x, kind, **case), rtol=1e-6, atol=1e-7)


@each("kind", POOLINGS)
@each("case", CASES, ids=str)
@each("make", [noise, with_ties])
def test_the_backward_pass_is_its_twin(make, case, kind):
    x = make((2, 3, 9, 8))
    dy = noise(pool2d(x, kind, **case).shape)
    dx = pool2d_backward(x, kind, dy=dy, **case)
    np.testing.assert_allclose(dx, reference.pool2d_backward(x, kind, dy=dy, **case), rtol=1e-12, atol=1e-13)


@each("kind", POOLINGS)
@each("case", CASES, ids=str)
def test_backward_is_the_slope_of_forward(case, kind):
    x = noise((1, 2, 6, 7))
    dy = noise(pool2d(x, kind, **case).shape)
    slopes = reference.slopes(lambda x: (pool2d(x, kind, **case) * dy).sum(), x)
    np.testing.assert_allclose(pool2d_backward(x, kind, dy=dy, **case), slopes, rtol=0, atol=1e-6)


@pytest.mark.parametrize("kind", POOLINGS)
@pytest.mark.parametrize("size", [2, 3, (4, 1)], ids=str)
def test_pooling_without_gaps_is_that_of_numpy_and_scipy(size, kind):
    x = noise((1, 1, 12, 24))
    high, wide = reference.pair(size)
    blocks = x[0, 0].reshape(12 // high, high, 24 // wide, wide)
    y = pool2d(x, kind, size)[0, 0]
    np.testing.assert_allclose(y, getattr(np, kind)(blocks, axis=(1, 3)), rtol=1e-12)
    if kind in CONTESTS:
        whole = {"max": ndimage.maximum_filter, "min": ndimage.minimum_filter}[kind](
            x[0, 0], size=(high, wide), origin=(-(high // 2), -(wide // 2))
        )
        np.testing.assert_array_equal(y, whole[::high, ::wide])


@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 7), st.integers(1, 9)),
        elements=NUMBERS,
    ),
    st.sampled_from(CONTESTS),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
)
def test_any_contest_with_nan_ties_and_infinities_is_its_twin(x, kind, window, stride, around):
    top, left, bottom, right = (min(side, window[axis % 2] - 1) for axis, side in enumerate(around))
    case = {"window": window, "stride": stride, "padding": ((top, bottom), (left, right))}
    if any(
        size > length + sum(sides)
        for size, length, sides in zip(window, x.shape[2:], case["padding"], strict=True)
    ):
        with pytest.raises(ValueError, match="window must be at most"):
            pool2d(x, kind, **case)
        return
    y = pool2d(x, kind, **case)
    np.testing.assert_array_equal(y, reference.pool2d(x, kind, **case))
    winners = argpool2d(x, kind, **case)
    for n, c in np.ndindex(x.shape[:2]):
        np.testing.assert_array_equal(x[n, c].ravel()[winners[n, c]], y[n, c])
    dy = np.arange(1.0, y.size + 1).reshape(y.shape)
    dx = pool2d_backward(x, kind, dy=dy, **case)
    np.testing.assert_array_equal(dx, reference.pool2d_backward(x, kind, dy=dy, **case))
    assert dx.sum() == dy.sum()


@pytest.mark.parametrize("kind", CONTESTS)
def test_a_tie_gives_the_gradient_to_its_first_cell(kind):
    x, dy = np.zeros((1, 1, 4, 4)), np.ones((1, 1, 2, 2))
    dx = pool2d_backward(x, kind, 2, dy)
    np.testing.assert_array_equal(dx[0, 0], [[1, 0, 1, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    np.testing.assert_array_equal(argpool2d(x, kind, 2)[0, 0], [[0, 2], [8, 10]])


@pytest.mark.parametrize(("kind", "far"), [("max", -5.0), ("min", 5.0)])
def test_padding_never_wins(kind, far):
    x = np.full((1, 1, 3, 3), far)
    np.testing.assert_array_equal(pool2d(x, kind, 3, stride=1, padding=2), np.full((1, 1, 5, 5), far))


def test_padding_never_counts_in_a_mean():
    y = pool2d(np.full((1, 1, 3, 3), 6.0), "mean", 3, stride=1, padding=2)
    np.testing.assert_array_equal(y, np.full((1, 1, 5, 5), 6.0))


@each("kind", POOLINGS)
@each("place", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_a_nan_stays_visible(place, kind):
    x = noise((1, 1, 6, 6))
    x[0, 0, 2 + place[0], 2 + place[1]] = np.nan
    expected = np.zeros((3, 3), bool)
    expected[1, 1] = True
    np.testing.assert_array_equal(np.isnan(pool2d(x, kind, 2)[0, 0]), expected)


@pytest.mark.parametrize("kind", POOLINGS)
def test_threads_and_memory_do_not_change_a_bit(kind):
    x = noise((40, 7, 30, 26), np.float32)
    dy = noise((40, 7, 15, 13), np.float32)
    with limited_to(1):
        y, dx = pool2d(x, kind, 2), pool2d_backward(x, kind, 2, dy)
    with limited_to(4):
        np.testing.assert_array_equal(pool2d(x, kind, 2), y)
        np.testing.assert_array_equal(pool2d_backward(x, kind, 2, dy), dx)
    channels_last = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    np.testing.assert_array_equal(pool2d(channels_last, kind, 2), y)
    np.testing.assert_array_equal(pool2d_backward(channels_last[:, ::-1], kind, 2, dy[:, ::-1])[:, ::-1], dx)
    x.flags.writeable = dy.flags.writeable = False
    np.testing.assert_array_equal(pool2d(x, kind, 2), y)
    np.testing.assert_array_equal(pool2d_backward(x, kind, 2, dy), dx)


def test_each_kind_says_what_it_does():
    for name, pooling in POOLINGS.items():
        assert pooling.name == name
        assert pooling.latex.startswith("y_{ij} =")
        assert pooling.sentence.endswith(".")


MAPS = np.ones((1, 2, 4, 6))
WRONG = [
    ({"kind": "median"}, "kind must be one of max, min, mean, got 'median'"),
    ({"window": 0}, "window must be at least 1, got 0"),
    ({"window": 5}, "window must be at most 4, the padded height of x, got 5"),
    ({"window": (2, 7)}, "window must be at most 6, the padded width of x, got 7"),
    ({"stride": 0}, "stride must be at least 1, got 0"),
    ({"padding": -1}, "padding must be at least 0, got -1"),
    ({"padding": 2}, "padding must be smaller than the window of 2, got 2"),
    ({"window": (3, 2), "padding": ((0, 0), (0, 2))}, "padding must be smaller than the window of 2, got 2"),
    ({"x": MAPS[0]}, "x must have the axes (N, C, H, W), got shape (2, 4, 6)"),
    ({"x": MAPS[:, :0]}, "x must not be empty, got shape (1, 0, 4, 6)"),
    ({"x": MAPS.astype(int)}, "x must be float32 or float64, got int64"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_bad_argument_gets_one_sentence(wrong, sentence):
    arguments = {"x": MAPS, "kind": "max", "window": 2, **wrong}
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        pool2d(**arguments)
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        pool2d_backward(dy=np.ones((1, 2, 2, 3)), **arguments)


@pytest.mark.parametrize(
    ("dy", "sentence"),
    [
        (np.ones((1, 2, 3, 3)), "dy must have shape (1, 2, 2, 3), got (1, 2, 3, 3)"),
        (np.ones((1, 2, 2, 3), np.float32), "dy must be float64 like x, got float32"),
    ],
)
def test_the_gradient_must_fit_the_output(dy, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        pool2d_backward(MAPS, "max", 2, dy)


def test_a_mean_has_no_winner():
    with pytest.raises(ValueError, match=r"^kind must be one of max, min, got 'mean'$"):
        argpool2d(MAPS, "mean", 2)

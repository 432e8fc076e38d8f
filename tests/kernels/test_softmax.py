"""Softmax gives shares, and its Jacobian their slopes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import special

from cnnviz.kernels.softmax import exponentials, softmax, softmax_jacobian
from tests.reference import slopes

LOGITS = arrays(np.float64, st.integers(1, 8), elements=st.floats(-50, 50))
TEMPERATURES = st.floats(0.05, 20)


@given(LOGITS, TEMPERATURES)
def test_shares_are_those_of_scipy_and_add_up_to_one(x, temperature):
    f = softmax(x, temperature=temperature)
    np.testing.assert_allclose(f, special.softmax(x / temperature), rtol=1e-11, atol=1e-300)
    assert f.sum() == pytest.approx(1, abs=1e-14)


@given(LOGITS, TEMPERATURES, st.integers(-1000, 1000))
def test_adding_one_number_to_all_logits_changes_nothing(x, temperature, shift):
    shifted = softmax(x + shift, temperature=temperature)
    np.testing.assert_allclose(shifted, softmax(x, temperature=temperature), rtol=1e-9, atol=1e-12)


@given(LOGITS, st.floats(0.2, 20))
def test_the_jacobian_holds_the_slopes_of_all_shares(x, temperature):
    jacobian = softmax_jacobian(x, temperature=temperature)
    for i, row in enumerate(jacobian):
        rise = slopes(lambda x, i=i: softmax(x, temperature=temperature)[i], x, step=1e-5)
        np.testing.assert_allclose(row, rise, atol=2e-8)
    np.testing.assert_allclose(jacobian, jacobian.T, atol=1e-300)
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, atol=1e-14)


def test_the_jacobian_of_the_lecture():
    """f_i (1 − f_i) on the diagonal, −f_i f_j beside it."""
    f = softmax(np.array([2.0, 1.0, 0.1]))
    wanted = [[f[i] * (1 - f[i]) if i == j else -f[i] * f[j] for j in range(3)] for i in range(3)]
    np.testing.assert_allclose(softmax_jacobian(np.array([2.0, 1.0, 0.1])), wanted, rtol=1e-14)


def test_two_classes_make_a_sigmoid():
    x = np.linspace(-9, 9, 37)
    np.testing.assert_allclose(softmax(np.stack([x, 0 * x]), axis=0)[0], special.expit(x), rtol=1e-14)


def test_a_sure_answer_keeps_its_small_slope():
    assert softmax_jacobian(np.array([60.0, 0.0]))[0, 0] == pytest.approx(np.exp(-60), rel=1e-12)


def test_a_small_temperature_gives_all_to_the_largest_and_a_large_one_shares_alike():
    x = np.array([2.0, 1.0, 0.1])
    np.testing.assert_allclose(softmax(x, temperature=1e-3), [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(softmax(x, temperature=1e6), [1 / 3] * 3, atol=1e-6)


def test_huge_logits_are_safe_and_types_are_kept():
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(softmax(np.array([1e4, -1e4, 1e4])), [0.5, 0, 0.5])
        np.testing.assert_array_equal(softmax(np.array([-np.inf, 0.0])), [0, 1])
    single = np.array([[1, 2], [3, 4]], np.float32)
    for function in (softmax, exponentials):
        assert function(single).dtype == np.float32
    assert softmax_jacobian(single[0]).dtype == np.float32
    np.testing.assert_allclose(softmax(single, axis=0).sum(axis=0), 1)


def test_nan_and_an_infinite_largest_number_give_nan():
    assert np.isnan(softmax(np.array([np.nan, 1.0]))).all()
    assert np.isnan(softmax(np.array([np.inf, 1.0]))).any()
    assert np.isnan(softmax(np.array([-np.inf, -np.inf]))).all()


@pytest.mark.parametrize(
    ("x", "settings", "message"),
    [
        ([1, 2], {}, "x must be float32 or float64, got int64"),
        (1.0, {}, r"x must hold at least one number along an axis, got shape \(\)"),
        (np.zeros(0), {}, r"x must hold at least one number along an axis, got shape \(0,\)"),
        ([1.0], {"temperature": 0}, "temperature must be a positive number, got 0"),
        ([1.0], {"temperature": np.nan}, "temperature must be a positive number, got nan"),
    ],
)
def test_what_cannot_be_is_refused_by_name(x, settings, message):
    with pytest.raises(ValueError, match=message):
        softmax(np.asarray(x), **settings)


def test_the_jacobian_wants_one_row_of_logits():
    with pytest.raises(ValueError, match=r"x must have the axes \(N\), got shape \(1, 2\)"):
        softmax_jacobian(np.zeros((1, 2)))

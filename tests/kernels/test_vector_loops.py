"""Loops along vectors against NumPy, and the quick step of momentum against the general one."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.vector_loops import KINDS, LINE, multiply_by_slope, squash
from cnnviz.model.optimizers import SGD, Momentum, Nesterov

X = np.linspace(-100, 100, 40_001).astype(np.float32)
FORMULAS = {
    "ReLU": (lambda x: np.maximum(x, 0), lambda y: y > 0),
    "Tanh": (np.tanh, lambda y: 1 - y**2),
    "Sigmoid": (lambda x: 1 / (1 + np.exp(-x)), lambda y: y * (1 - y)),
}
CASES = [rule(decay, 0.8) for rule in (Momentum, Nesterov) for decay in (0.0, 0.1)]


@pytest.mark.parametrize("name", FORMULAS)
def test_activations_are_right_to_the_last_bits(name):
    f, df = FORMULAS[name]
    for x in (X, X / 1000, X[:5]):
        y, expected = x.copy(), f(x.astype(float))
        squash(y, y.size, KINDS[name])
        assert_allclose(y, expected, rtol=5e-7, atol=1e-37)
        slopes = np.full_like(y, 3)
        multiply_by_slope(slopes, y, y.size - 1, KINDS[name])
        assert_allclose(slopes[:-1], 3 * df(y[:-1].astype(float)), rtol=1e-5, atol=1e-6)
        assert slopes[-1] == 3


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_no_number_stays_so_and_infinities_give_the_limits(name):
    y = np.array([np.nan, np.inf, -np.inf, np.nan], np.float32)
    squash(y, 3, KINDS[name])
    assert_array_equal(np.isnan(y), [True, False, False, True])
    assert_allclose(y[1:3], [np.inf if name == "ReLU" else 1, -1 if name == "Tanh" else 0], atol=1e-6)


def test_a_line_is_left_alone():
    y = X.copy()
    squash(y, y.size, LINE)
    multiply_by_slope(y, X, y.size, LINE)
    assert_array_equal(y, X)


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_the_quick_step_is_the_general_one(rule):
    vectors = np.random.default_rng(0).normal(size=(3, 77)).astype(np.float32)
    parameters, gradient, kept = vectors[0], vectors[1], vectors[2:]
    quick = rule.move(parameters, gradient, kept, 0.3, 5)
    general = SGD.move(rule, parameters, gradient, kept, 0.3, 5)
    for one, other in zip(quick, general, strict=True):
        assert (one.shape, one.dtype) == (other.shape, np.float32)
        assert_allclose(one, other, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("strange", [np.nan, np.inf])
def test_the_quick_step_shows_what_is_not_finite(strange):
    gradient, kept = np.array([strange, 1], np.float32), np.zeros((1, 2), np.float32)
    moved, faster = Momentum().move(np.ones(2, np.float32), gradient, kept, 0.1, 0)
    assert_array_equal(np.isfinite(moved), [False, True])
    assert_array_equal(np.isfinite(faster), [[False, True]])


def test_vectors_that_may_not_be_written_move_to_the_same_bits():
    parameters, gradient = X[:99].copy(), X[99:198].copy()
    kept = X[None, 300:399].copy()
    rule = replace(Momentum(), weight_decay=0.01)
    free = rule.move(parameters, gradient, kept, 0.1, 0)
    for one in (parameters, gradient, kept):
        one.flags.writeable = False
    held = rule.move(parameters, gradient, kept, 0.1, 0)
    assert [one.tobytes() for one in free] == [one.tobytes() for one in held]

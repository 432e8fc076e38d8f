"""The numbers of softmax that a page shows belong together."""

import numpy as np
import pytest

from cnnviz.lessons.shares import Shares
from cnnviz.presets.activations import ActivationSetup

SETUP = ActivationSetup(view="softmax", logits=(2.0, 1.0, 0.1))


@pytest.mark.parametrize("shift", [0.0, 5.0, -1000.0, 1000.0])
def test_plain_and_safe_exponentials_give_the_same_shares_where_both_can(shift):
    told = Shares(SETUP.having(shift=shift, temperature=2.0))
    np.testing.assert_array_equal(told.logits, np.array([2, 1, 0.1]) + shift)
    np.testing.assert_allclose(told.safe / told.safe.sum(), told.shares)
    assert told.safe.max() == 1
    assert told.writes_plain == (abs(shift) < 20)
    if told.writes_plain:
        np.testing.assert_allclose(told.plain / told.plain.sum(), told.shares)


def test_exponentials_that_overflow_are_infinite_and_say_nothing():
    assert np.isinf(Shares(SETUP.having(shift=1000.0)).plain).all()


def test_the_jacobian_is_that_of_the_shares():
    told = Shares(SETUP.having(temperature=0.5))
    f = told.shares
    np.testing.assert_allclose(told.jacobian, (np.diag(f) - np.outer(f, f)) / 0.5, atol=1e-15)

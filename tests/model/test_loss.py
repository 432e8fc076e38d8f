"""Losses: worked by hand, their slopes at every entry, far out, and as in PyTorch."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.model.loss import LOSSES, predictions
from tests import reference

RNG = np.random.default_rng(0)
LOGITS, LABELS = RNG.normal(size=(6, 4)) * 3, np.array([0, 1, 2, 3, 3, 0])
EACH = pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)


def test_a_guess_among_ten_costs_ln_ten():
    logits, labels = np.zeros((1, 10)), np.array([3])
    assert_allclose(LOSSES["Cross-entropy"].f(logits, labels), [np.log(10)])
    assert_allclose(LOSSES["Sum of squares"].f(logits, labels), [(0.9**2 + 9 * 0.01) / 2])
    assert_allclose(LOSSES["Cross-entropy"].df(logits, labels)[0, 2:4], [0.1, -0.9])


@EACH
def test_the_slope_is_that_of_the_sum_at_every_entry(loss):
    slopes = reference.slopes(lambda logits: loss.f(logits, LABELS).sum(), LOGITS)
    assert_allclose(loss.df(LOGITS, LABELS), slopes, atol=1e-8)


@EACH
def test_nothing_overflows_and_nan_stays(loss):
    logits = np.array([[1e4, -1e4, 0], [-1e4, 1e4, 0], [np.nan, 0, 0]], np.float32)
    value, slope = loss.f(logits, np.zeros(3, int)), loss.df(logits, np.zeros(3, int))
    assert value.dtype == slope.dtype == np.float32
    assert_allclose(value[:2], [0, 2e4 if loss.name == "Cross-entropy" else 1])
    assert np.isfinite(slope[:2]).all()
    assert np.isnan(value[2])
    assert np.isnan(slope[2]).all()


def test_where_it_is_surely_wrong_squares_have_hardly_a_slope():
    logits, labels = np.array([[12.0, 0, 0]]), np.array([1])
    assert np.abs(LOSSES["Cross-entropy"].df(logits, labels)).max() > 0.99
    assert np.abs(LOSSES["Sum of squares"].df(logits, labels)).max() < 1e-4


def test_a_row_with_nan_is_no_answer():
    logits = np.array([[0, 2, 1], [np.nan, 0, 0], [0, 0, np.inf]])
    assert_array_equal(predictions(logits), [1, -1, 2])


@pytest.mark.torch
@EACH
def test_it_is_the_loss_of_pytorch(loss):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    logits, labels = torch.tensor(LOGITS, requires_grad=True), torch.tensor(LABELS)
    if loss.name == "Cross-entropy":
        total = torch.nn.functional.cross_entropy(logits, labels, reduction="sum")
    else:
        right = torch.nn.functional.one_hot(labels, 4)
        total = torch.nn.functional.mse_loss(torch.softmax(logits, 1), right.double(), reduction="sum") / 2
    total.backward()
    assert_allclose(loss.f(LOGITS, LABELS).sum(), total.item(), rtol=1e-12)
    assert_allclose(loss.df(LOGITS, LABELS), logits.grad.numpy(), atol=1e-12)


@EACH
@pytest.mark.parametrize("labels", [[0, 4], [-1, 0], [0.0, 1.0], [0]])
def test_labels_that_are_no_classes_are_refused(loss, labels):
    with pytest.raises(ValueError, match="labels must"):
        loss.f(np.zeros((2, 4)), np.array(labels))

"""Formulas of scaling, where pixels lie then, and how a network learns: against finite differences."""

from math import log

import numpy as np
import pytest
from scipy.special import logsumexp

from cnnviz.lessons.data_scalings import (
    BATCH,
    HEADS,
    RATES,
    Effect,
    effect,
    effect_text,
    formula,
    guess,
    reach_rows,
    scaled_reach,
    steps_of,
)
from cnnviz.lessons.data_statistics import pixel_counts, pixel_reach
from cnnviz.model.data import SCALINGS, Scaling
from cnnviz.model.datasets import DATASETS
from cnnviz.model.initialisation import initial_parameters
from cnnviz.model.passes import forward
from cnnviz.model.randomness import order
from cnnviz.presets.networks import NETWORKS

DATA = DATASETS["Handwritten digits"].load()
REACH = pixel_reach(pixel_counts(DATA.train, DATA.peak))


def test_the_formula_is_short_and_holds_its_numbers():
    assert formula(Scaling()) == "x"
    assert formula(Scaling(0, 1 / 16)) == "x / 16"
    assert formula(DATA.scaling("Standardised"), "7") == "(7 − 4.88) / 6.02"


@pytest.mark.parametrize("name", SCALINGS)
def test_pixels_lie_where_they_lie_once_they_are_scaled(name):
    scaling = DATA.scaling(name)
    read = scaling(DATA.train.images).astype(float)
    wanted = read.min(), read.mean(), read.std(), read.max()
    assert scaled_reach(REACH, scaling) == pytest.approx(wanted, abs=1e-5)


def test_the_table_has_a_row_for_every_scaling():
    rows = reach_rows(DATA, REACH)
    assert [row[0] for row in rows] == list(SCALINGS)
    assert {len(row) for row in rows} == {len(HEADS)}
    assert rows[0] == ["Standardised", "(x − 4.88) / 6.02", "−0.81", "1.85", "0", "1"]
    assert rows[1][1:4] == ["x / 16", "0", "1"]


def first_loss(name):
    """Make the loss of the first batch as a function of the parameters, and give the first ones."""
    architecture = NETWORKS["Small CNN"].on((1, 8, 8), 10)
    first, scaling = order(3, 0, len(DATA.train))[:BATCH], DATA.scaling(name)
    x = (DATA.train.images[first].astype(float) - scaling.shift) * scaling.factor
    labels = DATA.train.labels[first]

    def loss(parameters):
        logits = forward(architecture, parameters, x)[-1]
        return np.mean(logsumexp(logits, axis=1) - logits[np.arange(BATCH), labels])

    return loss, initial_parameters(architecture, "He", 3).astype(float)


@pytest.mark.parametrize("name", SCALINGS)
def test_the_first_loss_is_that_of_the_first_batch(name):
    loss, start = first_loss(name)
    assert effect(DATA, name, 0.0005, 3).losses[0] == pytest.approx(loss(start), rel=1e-4)


def test_the_first_gradient_is_that_of_finite_differences():
    """On standardised pixels: on a black background ReLU stands at its kink, where it has two slopes."""
    loss, start = first_loss("Standardised")
    slopes = []
    for at in range(80):  # 8 filters of 3 × 3 and their biases
        step = np.zeros_like(start)
        step[at] = 1e-5
        slopes.append((loss(start + step) - loss(start - step)) / 2e-5)
    found = effect(DATA, "Standardised", 0.0005, 3)
    assert found.first == pytest.approx(np.linalg.norm(slopes), rel=5e-3)


def test_at_the_usual_rate_scaled_pixels_learn_faster_than_stored_ones():
    found = {name: effect(DATA, name, RATES[2], 0) for name in SCALINGS}
    assert {len(each.losses) for each in found.values()} == {steps_of(DATA)} == {45}
    assert found["As they are"].worst > 20 > 5 > found["Standardised"].worst
    assert found["Standardised"].last < found["0 to 1"].last < guess(10) == log(10)
    assert found["Standardised"].right > 0.85
    assert found["As they are"].first > 5 * found["Standardised"].first
    assert found["As they are"] == effect(DATA, "As they are", RATES[2], 0)


def test_what_is_told_has_its_numbers():
    told = effect_text(Effect("x", (3.0, 1254021.7, *[2.5] * 10), 13.01, 0.47, 355))
    assert told == (
        "In the first step the gradient of the first layer is 13.01 long. The loss is at most 1,254,022, "
        "and 2.50 at the end; 47 % of 355 held-out images are read right."
    )
    assert "at most NaN, and NaN at the end" in effect_text(Effect("x", (np.nan,), 1.0, 0.1, 9))

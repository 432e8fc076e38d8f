"""Optimizers, schedules and first weights: against twins that move one number at a time, and PyTorch."""

import re
from dataclasses import replace
from math import pi, sqrt

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.model.initialisation import INITIALISATIONS, initial_parameters, initial_statistics
from cnnviz.model.optimizers import OPTIMIZERS, AdamW
from cnnviz.model.schedules import SCHEDULES, Constant, Cosine, Linear, Steps
from tests.each import each
from tests.model.examples import DIGITS_CNN, EVERYTHING, LENET

STEPS, RATE = 12, 0.03
CASES = [replace(rule(), weight_decay=decay) for rule in OPTIMIZERS.values() for decay in (0.0, 0.1)]
EACH = each("rule", CASES, ids=str)


def gradient_at(parameters, step):
    """Make up a slope that depends on where one is, and on the step."""
    return np.sin(3 * parameters + step) + parameters


def twin(rule, parameter):
    """Move one number by the rule as it is printed in its paper."""
    v = m = s = 0.0
    for t in range(1, STEPS + 1):
        g = gradient_at(parameter, t - 1)
        if type(rule).__name__ == "AdamW":
            parameter -= RATE * rule.weight_decay * parameter
        else:
            g += rule.weight_decay * parameter
        match type(rule).__name__:
            case "SGD":
                parameter -= RATE * g
            case "Momentum":
                v = rule.momentum * v + g
                parameter -= RATE * v
            case "Nesterov":
                v = rule.momentum * v + g
                parameter -= RATE * (g + rule.momentum * v)
            case "RMSProp":
                s = rule.memory * s + (1 - rule.memory) * g * g
                parameter -= RATE * g / (sqrt(s) + rule.epsilon)
            case _:
                m = rule.first * m + (1 - rule.first) * g
                s = rule.second * s + (1 - rule.second) * g * g
                size = sqrt(s / (1 - rule.second**t)) + rule.epsilon
                parameter -= RATE * m / (1 - rule.first**t) / size
    return parameter


def ours(rule, parameters):
    kept = rule.start(parameters)
    for step in range(STEPS):
        parameters, kept = rule.move(parameters, gradient_at(parameters, step), kept, RATE, step)
    return parameters, kept


@EACH
def test_it_moves_every_number_as_its_paper_says(rule):
    start = np.array([-2.0, -0.3, 0.0, 0.1, 1.5])
    moved, kept = ours(rule, start)
    assert_allclose(moved, [twin(rule, parameter) for parameter in start], rtol=1e-12)
    assert kept.shape == (rule.SLOTS, len(start))


@pytest.mark.torch
@EACH
def test_it_is_the_optimizer_of_pytorch(rule):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    start = np.random.default_rng(0).normal(size=20)
    leaf = torch.tensor(start, requires_grad=True)
    decay = {"weight_decay": rule.weight_decay}
    peer = {
        "SGD": lambda: torch.optim.SGD([leaf], RATE, **decay),
        "Momentum": lambda: torch.optim.SGD([leaf], RATE, rule.momentum, **decay),
        "Nesterov": lambda: torch.optim.SGD([leaf], RATE, rule.momentum, nesterov=True, **decay),
        "RMSProp": lambda: torch.optim.RMSprop([leaf], RATE, rule.memory, rule.epsilon, **decay),
        "Adam": lambda: torch.optim.Adam([leaf], RATE, (rule.first, rule.second), rule.epsilon, **decay),
        "AdamW": lambda: torch.optim.AdamW([leaf], RATE, (rule.first, rule.second), rule.epsilon, **decay),
    }[type(rule).__name__]()
    for step in range(STEPS):
        leaf.grad = torch.tensor(gradient_at(leaf.detach().numpy(), step))
        peer.step()
    assert_allclose(ours(rule, start)[0], leaf.detach().numpy(), rtol=1e-12, atol=1e-14)


@EACH
def test_it_changes_nothing_it_was_given_and_keeps_the_type(rule):
    parameters, gradient = np.ones(3, np.float32), np.full(3, 2, np.float32)
    kept = rule.start(parameters)
    moved, after = rule.move(parameters, gradient, kept, 0.1, 0)
    assert_array_equal(parameters, 1)
    assert_array_equal(gradient, 2)
    assert_array_equal(kept, 0)
    assert moved.dtype == after.dtype == np.float32
    assert rule.RATE > 0
    assert rule.LATEX
    assert rule.REMARK.endswith(".")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: AdamW(weight_decay=-1), "weight_decay must be a number from 0 to below 1, got -1"),
        (lambda: OPTIMIZERS["Momentum"](momentum=1), "momentum must be a number from 0 to below 1, got 1"),
        (lambda: OPTIMIZERS["Adam"](second="x"), "second must be a number from 0 to below 1, got 'x'"),
        (lambda: OPTIMIZERS["RMSProp"](epsilon=0), "epsilon must be a number from 1e-12 to below 1, got 0"),
        (lambda: Steps(every=0), "every must be a number from 0.01 to below 1e+06, got 0"),
        (lambda: Constant(True), "warm_up must be a number from 0 to below 1e+06, got True"),
    ],
)
def test_settings_out_of_range_are_refused_by_name(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        (Constant(), [1, 1, 1, 1, 1]),
        (Constant(warm_up=2), [0, 0.5, 1, 1, 1]),
        (Steps(every=1.5, drop=0.1), [1, 1, 0.1, 0.01, 0.01]),
        (Linear(), [1, 0.75, 0.5, 0.25, 0]),
        (Cosine(), [1, (1 + np.cos(pi / 4)) / 2, 0.5, (1 - np.cos(pi / 4)) / 2, 0]),
        (Cosine(warm_up=1), [0, (1 + np.cos(pi / 4)) / 2, 0.5, (1 - np.cos(pi / 4)) / 2, 0]),
    ],
    ids=str,
)
def test_a_schedule_goes_where_it_should(schedule, factors):
    assert_allclose([schedule.factor(epoch, 4) for epoch in range(5)], factors, atol=1e-12)
    assert schedule.factor(9.0, 4) >= 0


def test_every_schedule_is_in_the_table_and_explained():
    assert {type(schedule) for schedule in (Constant(), Steps(), Linear(), Cosine())} == set(
        SCHEDULES.values()
    )
    assert all(schedule.REMARK and schedule.LATEX for schedule in SCHEDULES.values())


def test_first_weights_have_the_spread_they_should():
    he, glorot = (LENET.split(initial_parameters(LENET, way, 0, np.float64)) for way in ("He", "Glorot"))
    assert he[3][0].std() == pytest.approx(sqrt(2 / (8 * 25)), rel=0.05)
    bound = sqrt(6 / (784 + 10))
    assert glorot[7][0].std() == pytest.approx(bound / sqrt(3), rel=0.05)
    assert bound * 0.99 < np.abs(glorot[7][0]).max() <= bound
    assert not he[3][1].any()


@pytest.mark.parametrize("way", INITIALISATIONS)
def test_first_weights_follow_from_the_seed_and_not_from_the_layers_behind(way):
    first = initial_parameters(EVERYTHING, way, 7)
    assert_array_equal(first, initial_parameters(EVERYTHING, way, 7))
    parts = EVERYTHING.split(first)
    assert_array_equal(parts[5][0], 1)
    assert not any(parts[5][1])
    same = type(EVERYTHING)(EVERYTHING.input_shape, EVERYTHING.layers[:3])
    for part, other in zip(same.split(initial_parameters(same, way, 7)), parts, strict=False):
        for one, another in zip(part, other, strict=True):
            assert_array_equal(one, another)
    assert (first == initial_parameters(EVERYTHING, way, 8)).all() == (way == "Zeros")


def test_statistics_begin_as_mean_0_and_variance_1():
    parts = EVERYTHING.split_statistics(initial_statistics(EVERYTHING))
    assert_array_equal(parts[5][0], np.zeros(6))
    assert_array_equal(parts[5][1], np.ones(6))
    assert initial_statistics(DIGITS_CNN).shape == (0,)


def test_an_unknown_way_is_refused():
    with pytest.raises(ValueError, match="way must be one of He, Glorot, Zeros, got 'Xavier'"):
        initial_parameters(LENET, "Xavier", 0)

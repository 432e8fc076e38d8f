"""The quick way to learn gives what the layers do one after the other, or leaves it to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cnnviz.model import fused
from cnnviz.model.architecture import Architecture, joined
from cnnviz.model.initialisation import initial_parameters, initial_statistics
from cnnviz.model.layer import Given
from cnnviz.model.layers import Activation, BatchNorm, Conv2d, Dense, Dropout, Flatten, MaxPool, MeanPool
from cnnviz.model.loss import LOSSES
from cnnviz.model.passes import learn_by_layers, learn_from, learn_quickly
from tests.each import each
from tests.model.examples import DIGITS_CNN, DROPPING, EVERYTHING, LENET, PLAIN

RELU, TANH = Activation("ReLU"), Activation("Tanh")
CLASSES = 4
TASKS = {
    "the digits": LENET,
    "small digits": DIGITS_CNN,
    "everything": EVERYTHING,
    "dropping": DROPPING,
    "plain": PLAIN,
    "by points, odd sides": ((8, 11, 13), Conv2d(9, 5, padding=2), RELU, MaxPool(2)),
    "by points, uneven padding": ((8, 9, 8), Conv2d(33, 5, padding=((3, 0), (1, 2))), MaxPool(2), RELU),
    "by points without ReLU": ((16, 9, 9), Conv2d(5, 5), MaxPool(2), TANH),
    "one filter": ((1, 7, 9), Conv2d(1, 3), RELU, MaxPool(2), Conv2d(1, 1), RELU),
    "33 channels": ((33, 6, 5), Conv2d(17, (2, 3), padding=(1, 0)), RELU, MaxPool(2)),
    "dilated": ((3, 12, 11), Conv2d(6, 3, dilation=(2, 3)), RELU, MaxPool(2), Conv2d(7, 2, padding=3)),
    "strides": ((2, 13, 12), Conv2d(5, 3, stride=(2, 1)), RELU, Conv2d(6, 3, stride=2, padding=2), RELU),
    "strides and pools": ((2, 20, 20), Conv2d(5, 3), TANH, Conv2d(4, 3, stride=2), RELU, MaxPool(2)),
    "padding beyond the kernel": ((2, 5, 4), Conv2d(3, 2), RELU, Conv2d(3, 2, padding=4), RELU),
    "groups": ((4, 8, 8), Conv2d(6, 3, groups=2), RELU, MaxPool(2), Conv2d(8, 3, padding=1), RELU),
    "other pools": ((2, 9, 9), Conv2d(4, 3), RELU, MaxPool(3, stride=1), Conv2d(4, 2), RELU, MeanPool(2)),
    "means": ((2, 9, 9), Conv2d(4, 3), RELU, MeanPool(2), Conv2d(20, 2), RELU, MeanPool(2)),
    "means by points": (
        (8, 9, 10),
        Conv2d(9, 5, padding=2),
        RELU,
        MeanPool(2),
        Conv2d(8, 2),
        MeanPool(2),
        RELU,
    ),
    "squares": ((1, 9, 9), Conv2d(5, 3), TANH, MeanPool(2), Conv2d(3, 2), BatchNorm(), RELU, MaxPool(2)),
    "squares, many": (
        (8, 13, 12),
        Conv2d(19, 5),
        BatchNorm(),
        MaxPool(2),
        RELU,
        MeanPool(2),
        Conv2d(20, 1),
        TANH,
    ),
    "squares first": ((3, 8, 9), MaxPool(2), RELU, Conv2d(8, 2), Activation("Sigmoid"), MeanPool(2)),
    "dropout between": ((2, 9, 9), Conv2d(4, 3), RELU, MaxPool(2), Dropout(0.3), Conv2d(5, 2), RELU),
    "normed": ((2, 9, 9), Conv2d(4, 3), BatchNorm(), RELU, MaxPool(2), Conv2d(5, 2), BatchNorm(), TANH),
    "relu first": ((2, 9, 9), RELU, Conv2d(4, 3), RELU, RELU, MaxPool(2)),
    "dense": ((3, 2, 1), Flatten(), Dense(70), RELU, Dense(17), RELU, Dense(15), TANH, Dense(1), RELU),
}


def built(entry) -> Architecture:
    """Complete an entry of the table."""
    return (
        entry
        if isinstance(entry, Architecture)
        else Architecture(entry[0], (*entry[1:], Flatten(), Dense(CLASSES)))
    )


def task(architecture, count=5, loss="Cross-entropy", seed=0, x=None):
    """Make the arguments of the two ways to learn."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, *architecture.input_shape)).astype(np.float32) if x is None else x
    labels = rng.integers(0, architecture.output_shape[0], count)
    parameters = initial_parameters(architecture, "He", seed)
    parameters += rng.normal(size=parameters.size).astype(np.float32) / 20  # biases too
    parts = architecture.split_statistics(initial_statistics(architecture))
    givens = [
        Given(True, layer.noise(rng, count, shape), part)
        for layer, shape, part in zip(architecture.layers, architecture.shapes[:-1], parts, strict=True)
    ]
    return architecture, LOSSES[loss], parameters, x, labels, givens, count


def check_alike(arguments, may_leave=False):
    """Compare what the two ways give, if the quick one gives anything."""
    with np.errstate(all="ignore"):
        quick, by_layers = learn_quickly(*arguments), learn_by_layers(*arguments)
    if quick is None and may_leave:
        return
    assert quick is not None
    assert quick[0] == pytest.approx(by_layers[0], rel=1e-4, abs=1e-4)
    assert quick[1] == by_layers[1]
    assert_allclose(quick[2], by_layers[2], rtol=2e-4, atol=2e-5 * max(1, np.abs(by_layers[2]).max()))
    assert_allclose(joined(quick[3]), joined(by_layers[3]), rtol=1e-4, atol=1e-5)


@each("loss", LOSSES)
@each("name", TASKS)
def test_both_ways_give_the_same(name, loss):
    check_alike(task(built(TASKS[name]), loss=loss))


def test_the_networks_of_the_table_go_the_quick_way_in_blocks():
    kinds = [
        [type(one).__name__ for one in fused.Workplace(built(TASKS[name]), 1).stations] for name in TASKS
    ]
    assert kinds[0] == ["Convolution", "Convolution", "Single", "Joined"]
    assert sum(row.count("Convolution") for row in kinds) == 38


@st.composite
def stacks(draw):
    """Stack layers that blocks are made of."""
    shape = draw(st.integers(1, 9)), draw(st.integers(1, 14)), draw(st.integers(1, 14))
    start, layers = shape, []
    for _ in range(draw(st.integers(1, 5))):
        layer = draw(
            st.sampled_from([RELU, RELU, TANH, Activation("Sigmoid"), MaxPool(2), MaxPool(2), BatchNorm()])
            | st.builds(
                lambda kind, size, stride, padding: kind(size, stride, min(padding, min(size) - 1)),
                st.sampled_from([MaxPool, MeanPool]),
                st.tuples(st.integers(1, 4), st.integers(1, 4)),
                st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3)),
                st.integers(0, 2),
            )
            | st.builds(
                Conv2d,
                st.integers(1, 34),
                st.tuples(st.integers(1, 5), st.integers(1, 5)) | st.just(5),
                st.tuples(st.integers(1, 2), st.integers(1, 2)) | st.just(1),
                st.tuples(st.integers(0, 3), st.integers(0, 3)),
                st.integers(1, 2),
            )
        )
        try:
            shape, layers = layer.output_shape(shape), [*layers, layer]
        except ValueError:
            continue
    return Architecture(start, (*layers, Flatten(), Dense(draw(st.integers(1, 20)))))


@settings(max_examples=60, deadline=None)
@given(stacks(), st.integers(1, 9), st.integers(0, 99))
def test_both_ways_give_the_same_for_any_stack(architecture, count, seed):
    check_alike(task(architecture, count, seed=seed))


def test_of_equal_cells_the_first_wins_in_both_ways():
    layers = Conv2d(8, 1), RELU, MaxPool(2), Conv2d(4, 3), RELU, MaxPool(2), Flatten(), Dense(3)
    architecture = Architecture((1, 12, 12), layers)
    check_alike(task(architecture, x=np.ones((5, 1, 12, 12), np.float32)))
    check_alike(task(architecture, x=np.zeros((5, 1, 12, 12), np.float32)))


@each("strange", [np.nan, np.inf, -np.inf])
@each("name", ["the digits", "small digits", "normed", "dense", "strides", "relu first"])
def test_what_is_not_finite_is_left_to_the_layers(name, strange):
    """Unless it vanished in a layer that both ways ask, as an infinite number does in tanh."""
    arguments = task(built(TASKS[name]))
    for place in np.linspace(0, arguments[2].size - 1, 7).astype(int):
        parameters = arguments[2].copy()
        parameters[place] = strange
        check_alike((*arguments[:2], parameters, *arguments[3:]), may_leave=True)
    for place in (0, -1):
        x = arguments[3].copy()
        x.reshape(-1)[place] = strange
        check_alike((*arguments[:3], x, *arguments[4:]), may_leave=True)


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_blocks_see_what_is_not_finite(strange):
    arguments = task(LENET)
    for place in (0, 200, 207, 208, 3407, 3408, 3424, -1):
        parameters = arguments[2].copy()
        parameters[place] = strange
        assert learn_quickly(*arguments[:2], parameters, *arguments[3:]) is None


def test_nan_shows_in_the_lesson():
    architecture, loss, parameters, x, labels, givens, count = task(LENET)
    parameters[3] = np.nan
    noises = [given.noise for given in givens]
    lesson = learn_from(architecture, loss, parameters, np.zeros(0, np.float32), x, labels, noises, count)
    assert np.isnan(lesson.loss)
    assert lesson.right == 0
    assert np.isnan(lesson.gradient).all()


def test_double_precision_goes_by_layers(monkeypatch):
    monkeypatch.setattr("cnnviz.model.passes.learn_quickly", None)
    architecture, loss, parameters, x, labels, givens, count = task(LENET)
    noises = [given.noise for given in givens]
    double = (array.astype(np.float64) for array in (parameters, np.zeros(0)))
    lesson = learn_from(architecture, loss, *double, x.astype(np.float64), labels, noises, count)
    assert lesson.gradient.dtype == np.float64


def test_a_workplace_serves_fewer_examples_after_more_and_many_networks_in_turn():
    kept = [task(Architecture(LENET.input_shape, LENET.layers), count) for count in (9, 3, 9, 16)]
    first = [learn_quickly(*arguments)[2].tobytes() for arguments in kept]
    others = [task(Architecture((3, 4, 5), (Flatten(), Dense(units)))) for units in range(1, 20)]
    for arguments in others:
        learn_quickly(*arguments)
    assert [learn_quickly(*arguments)[2].tobytes() for arguments in kept] == first
    assert len(fused._own.kept) <= fused.KEPT
    once = LENET
    sizes = [learn_quickly(*task(once, count))[2].tobytes() for count in (9, 3, 9, 16, 3)]
    assert sizes == [first[0], first[1], first[2], first[3], first[1]]

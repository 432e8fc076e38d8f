"""The held-out images: the interval by published numbers, confusions counted by hand, shifts by rolling."""

import numpy as np
import pytest

from cnnviz.lessons.inside_small import SMALL, quick_recipe, trained
from cnnviz.lessons.inside_verdicts import (
    Verdicts,
    equal_mlp,
    interval,
    judge,
    shift_counts,
    shifted,
)
from cnnviz.model.data import Examples
from cnnviz.model.datasets import DATASETS
from tests.lessons.inside_networks import DEEP, drawn


@pytest.mark.parametrize(
    ("right", "count", "ends"),
    [(5, 10, (0.2366, 0.7634)), (0, 10, (0, 0.2775)), (10, 10, (0.7225, 1)), (81, 263, (0.2553, 0.3662))],
)
def test_the_interval_is_that_of_wilson(right, count, ends):
    """The last is the example of Newcombe (1998), Statistics in Medicine 17."""
    assert interval(right, count) == pytest.approx(ends, abs=5e-5)


def test_impossible_counts_have_no_interval():
    with pytest.raises(ValueError, match="right must be from 0 to 3, got 4"):
        interval(4, 3)
    with pytest.raises(ValueError, match="count must be at least 1, got 0"):
        interval(0, 0)


def test_confusions_and_mistakes_are_counted_and_ordered():
    logits = np.array([[3.0, 0, 0], [0, 2, 0], [0, 1, 0], [0, 0, 5], [np.nan, 0, 0]])
    told = Verdicts(logits, np.array([0, 0, 0, 1, 1]))
    assert told.said.tolist() == [0, 1, 1, 2, -1]
    assert (told.right, len(told)) == (1, 5)
    assert told.confusion.tolist() == [[1, 2, 0], [0, 0, 1], [0, 0, 0]]
    assert told.cell(0, 1).tolist() == [1, 2]
    assert told.mistakes(2).tolist() == [3, 1]
    assert told.mistakes(9).tolist() == [3, 1, 2]
    assert Verdicts(logits[:1], np.array([0])).mistakes(3).tolist() == []


@pytest.mark.parametrize(("down", "right"), [(0, 0), (2, 0), (-1, 3), (0, -4), (9, 0)])
def test_a_shifted_image_is_rolled_and_what_came_around_is_black(down, right):
    images = np.random.default_rng(2).integers(1, 256, (2, 1, 6, 7)).astype(np.uint8)
    rolled = np.roll(images, (down, right), axis=(2, 3))
    rows, columns = np.mgrid[:6, :7]
    inside = (rows - down >= 0) & (rows - down < 6) & (columns - right >= 0) & (columns - right < 7)
    np.testing.assert_array_equal(shifted(images, down, right), np.where(inside, rolled, 0))


def test_shifts_are_counted_in_all_four_directions():
    network = drawn().network
    random = np.random.default_rng(3)
    examples = Examples(random.integers(0, 256, (20, 1, 9, 8)).astype(np.uint8), random.integers(0, 5, 20))
    counts = shift_counts(network, examples, 2)
    assert [count for _, count in counts] == [20, 80, 80]
    assert counts[0][0] == judge(network, examples).right
    moves = [(2, 0), (-2, 0), (0, 2), (0, -2)]
    answers = [network.logits(shifted(examples.images, *move)).argmax(axis=1) for move in moves]
    assert counts[2][0] == sum(int((answer == examples.labels).sum()) for answer in answers)


@pytest.mark.parametrize("architecture", [SMALL, DEEP], ids=["small", "deep"])
def test_the_perceptron_has_as_many_parameters_as_one_unit_allows(architecture):
    mlp = equal_mlp(architecture)
    unit = int(np.prod(architecture.input_shape)) + architecture.output_shape[0] + 1
    assert abs(mlp.parameter_count - architecture.parameter_count) <= unit / 2
    assert mlp.output_shape == architecture.output_shape


def test_the_small_network_learns_while_one_waits():
    data = DATASETS["Handwritten digits"].load()
    told = judge(trained(quick_recipe(SMALL, len(data.train)), data), data.held_out)
    assert told.right / len(told) > 0.93

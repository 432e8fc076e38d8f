"""The steps of a pooling are the windows of the compiled loop, and its sentences tell the truth."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.kernels.pooling import pool2d_backward
from cnnviz.lessons import pooling
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.presets.pooling import PoolingSetup
from cnnviz.presets.pooling_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests import reference
from tests.each import each

RAGGED = Slide((1, 2), "custom", ((1, 0), (0, 2)))
SETUPS: dict[str, PoolingSetup] = {
    **{name: scene.setup for name, scene in SCENES.items()},
    **{
        f"{kind}, {name}": replace(SCENES[name].setup.shuffled(2), kind=kind, window=(2, 3), slide=RAGGED)
        for kind in ("max", "min", "mean")
        for name in ("pooling_max", "pooling_wide")
    },
}
SMALL = {name: setup for name, setup in SETUPS.items() if setup.stops < 50}


@each("name", SMALL)
def test_every_step_is_a_window_of_the_slow_twin(name):
    setup = SMALL[name]
    trace, image = PoolingTrace.of(setup), np.array(setup.image)
    padding = tuple(window.padding for window in setup.windows)
    places = reference.pooling_windows(image[None, None], setup.window, setup.slide.stride, padding)
    assert len(trace) == len(places) == setup.stops
    for step, (i, j, rows, columns) in zip(trace, places, strict=True):
        assert step.output == (i, j)
        assert list(step.cells) == [(row, column) for row in rows for column in columns]
        assert list(step.operands) == [image[cell] for cell in step.cells]
        if setup.kind == "mean":
            assert step.winner is None
            assert step.ties == ()
            assert step.value == pytest.approx(np.mean(step.operands))
        else:
            winner = step.cells[step.winner]
            assert winner == reference.winner(image, setup.kind, rows, columns)
            assert step.value == image[winner] == getattr(np, setup.kind)(step.operands)


@each("name", SETUPS)
def test_the_output_is_that_of_the_slow_twin(name):
    setup = SETUPS[name]
    padding = tuple(window.padding for window in setup.windows)
    image = np.array(setup.image)[None, None]
    expected = reference.pool2d(image, setup.kind, setup.window, setup.slide.stride, padding)[0, 0]
    np.testing.assert_allclose(PoolingTrace.of(setup).output, expected, atol=1e-12)


def test_a_step_beyond_the_last_is_refused():
    with pytest.raises(IndexError, match="from 0 to 3, got 4"):
        PoolingTrace.of(SCENES["pooling_max"].setup)[4]


@pytest.mark.parametrize(
    ("name", "index", "line"),
    [
        ("pooling_max", 0, "max(3, 2, 0, 5) = 5"),
        ("pooling_mean", 0, "(3 + 2 + 0 + 5) / 4 = 2.50"),
        ("pooling_min", 3, "min(2, 2, 1, 7) = 1"),
        ("pooling_same", 2, "max(9, 4) = 9"),
        ("pooling_negative", 0, "max(−3) = −3"),
    ],
)
def test_a_stop_is_written_out(name, index, line):
    assert pooling.sum_line(PoolingTrace.of(SCENES[name].setup)[index]) == line


def test_the_winner_has_the_colour_of_the_output():
    step = PoolingTrace.of(SCENES["pooling_max"].setup)[0]
    parts = [part for term in pooling.sum_parts(step) for part in term]
    assert [text for text, role in parts if role == "output"] == ["5", "5"]
    assert [text for text, role in parts if role == "input"] == ["3", "2", "0"]


def test_the_first_of_equals_wins():
    trace = PoolingTrace.of(SCENES["pooling_tie"].setup)
    assert (trace[0].winner, trace[0].ties) == (0, (1, 2))
    told = "3 cells hold 4: the first in reading order wins and gets the whole gradient."
    assert pooling.tie_remark(trace[0]) == told
    assert pooling.tie_remark(PoolingTrace.of(SCENES["pooling_max"].setup)[0]) == ""


def test_the_first_of_equals_gets_the_gradient():
    """What the sentence says is what the compiled loop does."""
    setup = SCENES["pooling_tie"].setup
    gradient = pool2d_backward(np.array(setup.image)[None, None], "max", 2, np.ones((1, 1, 2, 2)))[0, 0]
    for step in PoolingTrace.of(setup):
        assert gradient[step.cells[step.winner]] == 1
        assert all(gradient[step.cells[tie]] == 0 for tie in step.ties)


def test_channels_stay_and_sizes_shrink():
    assert pooling.shape_line(SCENES["pooling_alexnet"].setup) == "55 × 55 × 96 → 27 × 27 × 96"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pooling_max", "holds here: 4 / 2 = 2. The stride is the window and it divides."),
        ("pooling_rule_holds", "holds here: 32 / 2 = 16. The stride is the window and it divides."),
        ("pooling_alexnet", "fails here: 55 / 3 = 18.33, not 27, as the stride is 2, not 3."),
        ("pooling_left_over", "fails here: 5 / 2 = 2.50, not 2, as the window does not divide the input."),
        ("pooling_same", "fails here: 5 / 2 = 2.50, not 3, as padding was added."),
        ("pooling_wide", "holds here: 3 / 1 = 3. The stride is the window and it divides."),
    ],
)
def test_the_short_rule_is_judged(name, told):
    assert pooling.rule_remark(SCENES[name].setup) == f"The short rule, input / window, {told}"


def test_the_short_rule_may_be_right_by_chance():
    setup = replace(SCENES["pooling_max"].setup, slide=Slide((3, 3), "same"))
    assert setup.output_shape == (2, 2)
    assert "only by chance: the stride is 3" in pooling.rule_remark(setup)


def test_what_is_left_over_skipped_or_padded_is_said():
    assert pooling.remainder(SCENES["pooling_max"].setup) == ""
    assert pooling.remainder_in_short(SCENES["pooling_max"].setup) == ""
    left = SCENES["pooling_left_over"].setup
    assert pooling.remainder_in_short(left) == "1 row and 1 column left over"
    assert pooling.remainder(left).startswith("The window never reaches 1 row at the end and 1 column")
    skipping = replace(SCENES["pooling_rule_third"].setup, slide=Slide((3, 2)))
    assert "Between two windows 1 row is skipped." in pooling.remainder(skipping)
    assert pooling.remainder(SCENES["pooling_same"].setup).startswith("Padding never wins")

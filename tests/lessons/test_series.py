"""Dot products, sizes and smoothing are told with this page's numbers, and the numbers are right."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.lessons import series
from cnnviz.lessons.steps import Trace
from cnnviz.presets.series import ENDS, SCENES, Smoothing
from cnnviz.presets.signals import KERNELS, SAMPLES, SIGNALS
from cnnviz.presets.sliding import Slide
from tests.each import each

DECK = SCENES["series_valid"].setup.line
PADDED = SCENES["series_padded"].setup.line
FLOOR = SCENES["series_stride_floor"].setup.line


def test_a_stop_is_told_as_a_dot_product():
    steps = Trace.of(DECK)
    assert series.dot_line(steps[0]) == "(1, 0, 2) · (−1, 2, 1) = 1·(−1) + 0·2 + 2·1 = 1"
    assert series.dot_line(steps[4]) == "(5, 1, 2) · (−1, 2, 1) = 5·(−1) + 1·2 + 2·1 = −1"


def test_a_bias_and_negative_values_stand_in_brackets():
    line = replace(DECK, image=((-1.0, 0.5, 2.0),), bias=-2.0)
    told = series.dot_line(Trace.of(line)[0])
    assert told == "(−1, 0.50, 2) · (−1, 2, 1) = (−1)·(−1) + 0.50·2 + 2·1 + (−2) = 2"


@pytest.mark.parametrize("name", [name for name in SCENES if name != "series_moving_average"])
def test_every_dot_product_adds_up(name):
    for step in Trace.of(SCENES[name].setup.line):
        told = series.dot_line(step).replace("−", "-").replace("·", "*")
        vectors, products, value = told.split(" = ")
        assert eval(products) == float(value) == step.value
        left, right = (eval(vector) for vector in vectors.split(" * "))
        assert np.dot(left, right) == step.value


def test_the_last_parts_are_bias_and_result_whatever_they_are():
    for bias in (0.0, 3.0):
        *_, before, last = series.dot_parts(Trace.of(replace(DECK, bias=bias))[0])
        assert [role for _, role in before] == ["bias"] * bool(bias)
        assert last[-1] == ("4" if bias else "1", "output")


@pytest.mark.parametrize("name", SCENES)
def test_the_lectures_formula_is_filled_in_and_right(name):
    setup = SCENES[name].setup.line
    formula, size = series.lecture_size(setup).split(" = ")
    exact = eval(formula.replace("−", "-").replace("·", "*"))
    assert exact == float(size)
    assert int(exact) == setup.output_shape[1]


def test_padding_of_two_sizes_is_added_side_by_side():
    uneven = replace(DECK, slide=Slide(padding="custom", sides=((0, 0), (0, 3)), dilation=(1, 2)))
    assert series.lecture_size(uneven) == "(8 + 0 + 3 − 5) / 1 + 1 = 7"


def test_a_size_that_is_no_integer_is_explained():
    assert series.size_remark(FLOOR) == (
        "The lectures ask for an integer, but (8 + 2·1 − 3) / 2 + 1 = 4.5. "
        "PyTorch and Keras take the floor, 4: 1 zero of padding at the end is never read."
    )
    assert series.size_badge(FLOOR) == "rounded down from 4.5"
    by_four = replace(FLOOR, slide=replace(FLOOR.slide, stride=(1, 5)))
    assert "1 value and 1 zero of padding at the end are never read" in series.size_remark(by_four)
    valid = replace(DECK, slide=Slide((1, 3)))
    assert "2 values at the end are never read" in series.size_remark(valid)


def test_a_stride_that_divides_leaves_nothing():
    assert series.size_remark(PADDED).startswith("The stride divides: (8 + 2·1 − 3) / 1 + 1 = 8")
    assert series.size_badge(PADDED) == ""
    up = replace(FLOOR, slide=replace(FLOOR.slide, rounding="ceil"))
    assert series.size_remark(up) == "Rounded up: 1 zero more at the end, so that nothing is left over."
    assert up.output_shape == (1, 5)


@each("signal", SIGNALS)
@each("kernel", KERNELS)
@each("padding", ENDS)
def test_smoothing_is_numpys_convolution_with_the_turned_weights(signal, kernel, padding):
    smoothing = Smoothing(signal, kernel, 25, (1.0, -2.0, 4.0), padding, seed=9)
    smoothed = series.Smoothed.of(smoothing)
    wanted = np.convolve(smoothed.signal, smoothing.weights[::-1], padding)
    np.testing.assert_allclose(smoothed.output, wanted, atol=1e-10)
    assert len(smoothed.centres) == len(smoothed.output)


def test_outputs_stand_at_the_middle_of_their_windows():
    smoothed = series.Smoothed.of(Smoothing(width=10))
    assert (smoothed.centres[0], smoothed.centres[-1]) == (4.5, 994.5)
    assert series.Smoothed.of(Smoothing(width=9, padding="same")).centres.tolist() == [*range(SAMPLES)]
    assert [smoothed.stop_at(place) for place in (0, 300, 999)] == [0, 295, 990]
    wanted = smoothed.signal[295:305].mean()
    assert smoothed.output[295] == pytest.approx(wanted)


def test_noise_shrinks_as_it_is_said_to():
    noise = np.random.default_rng(1).normal(size=200_000)
    for name in ("mean", "gaussian", "difference"):
        weights = KERNELS[name].weigh(20)
        left = np.convolve(noise, weights, "valid").std()
        assert series.noise_left(weights) == pytest.approx(left, rel=0.03)
    assert series.noise_left(KERNELS["mean"].weigh(100)) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"width": 10}, "costs 9 outputs: the curve begins 4.5 samples after"),
        ({"width": 1}, "loses nothing"),
        ({"width": 1, "padding": "same"}, "needs no zeros"),
        ({"width": 10, "padding": "same"}, "Same adds 4 zeros before and 5 after and gives as many outputs"),
        ({"width": 9, "padding": "same"}, "Same adds 4 zeros on each side"),
        ({"width": 10, "padding": "full"}, "Full adds 9 zeros on each side and gives all 1,009 overlaps."),
        ({"width": 10, "padding": "full"}, "drawn towards 0."),
        ({"width": 10, "padding": "full", "kernel": "difference"}, "looks like a jump."),
    ],
)
def test_what_happens_at_the_ends_is_said(settings, told):
    assert told in series.ends_remark(Smoothing(**settings))


def test_the_ends_of_a_padded_mean_are_drawn_towards_zero():
    """The claim of the remark, on a signal that begins and ends above zero."""
    inside, padded = (
        series.Smoothed.of(Smoothing(width=101, padding=name)).output for name in ("valid", "same")
    )
    assert padded[0] < 0.7 * inside[0]
    assert padded[-1] < 0.7 * inside[-1]
    np.testing.assert_allclose(padded[50:-50], inside)


def test_the_weights_are_summed_up():
    assert "The 10 weights add up to 1, so the level stays" in series.noise_remark(Smoothing(width=10))
    assert "shrinks to 32% of its size" in series.noise_remark(Smoothing(width=10))
    typed = Smoothing(kernel="custom", typed=(1.0, 2.0, 1.0))
    assert "The 3 weights add up to 4; noise" in series.noise_remark(typed)


def test_the_output_length_is_written_out():
    told = series.length_line(
        series.Smoothed.of(Smoothing(width=10)), dict.fromkeys(("input", "kernel", "output"), "#000000")
    )
    assert told.startswith("991 outputs from 1,000 samples: $o = ")

"""The worked examples of 1-D convolution have the lectures' numbers; what cannot be is refused by name."""

import numpy as np
import pytest

from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_scenes import SCENES as MATRIX_SCENES
from cnnviz.presets.series import ENDS, SCENES, SeriesSetup, Smoothing, read_series
from cnnviz.presets.signals import KERNELS, SAMPLES, SIGNALS
from tests.each import each

OUTPUTS = {  # as computed with NumPy for the lectures, not by this app
    "series_valid": [1, 7, 9, 8, -1, 6],
    "series_flipped": [-1, 1, 3, 12, 5, 2],
    "series_padded": [2, 1, 7, 9, 8, -1, 6, 4],
    "series_stride": [2, 7, 8, 3],
    "series_stride_floor": [2, 7, 8, 6],
    "series_size": [1, 2, 1, 7, 9, 8, -1, 6, 4, -3],
    "series_moving_average": [1, 5 / 3, 10 / 3, 3, 8 / 3, 2],
}


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_gives_the_numbers_of_the_lecture(name):
    scene = SCENES[name]
    np.testing.assert_allclose(Trace.of(scene.setup.line).output, [OUTPUTS[name]], atol=1e-12)
    np.testing.assert_allclose(scene.expected["output"], [OUTPUTS[name]], atol=1e-12)
    assert scene.decks == ("004",)


def test_every_example_of_the_deck_is_there():
    assert {*OUTPUTS} == {*SCENES}
    assert "same column" in SCENES["series_padded"].erratum
    assert "2 7 8 6" in SCENES["series_stride_floor"].erratum


def test_the_moving_average_of_the_deck_is_a_thousand_points_by_ten_tenths():
    smoothing = SCENES["series_moving_average"].setup.smoothing
    np.testing.assert_allclose(smoothing.weights, 0.1 * np.ones(10))
    assert smoothing.window.output_size(SAMPLES) == 991
    assert smoothing.padding == "valid"


@each("padding", ENDS)
@each("width", [1, 2, 9, 200])
def test_the_ends_are_padded_as_numpy_names_it(padding, width):
    size = Smoothing(width=width, padding=padding).window.output_size(SAMPLES)
    assert size == len(np.convolve(np.ones(SAMPLES), np.ones(width), padding))


@pytest.mark.parametrize("text", ["1 0 2", "1, 0, 2", "1\n0\n2", "1\t0\t2", "[1 0 2]", "2/2 0 2"])
def test_a_series_is_one_row_or_one_column(text):
    assert read_series(text, 5) == ((1.0, 0.0, 2.0),)


def test_a_series_may_be_longer_than_a_matrix_is_wide():
    for between in (",", "\n"):
        assert read_series(between.join(["1"] * 200), 200) == ((1.0,) * 200,)
    with pytest.raises(ValueError, match=r"^series must have at most 64 numbers, got 65$"):
        read_series(",".join(["1"] * 65), 64)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 2; 3 4", "series must be one row or one column, got 2 rows"),
        ("1 2 3 4", "series must have at most 3 numbers, got 4"),
        ("1\n2\n3\n4", "series must have at most 3 numbers, got 4"),
        ("", "text must hold at least one number, got none"),
        ("1 two", "row 1: value must be a number, got “two”"),
    ],
)
def test_what_is_no_series_is_refused(text, sentence):
    with pytest.raises(ValueError) as refused:
        read_series(text, 3)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"signal": "radio"}, f"signal must be one of {', '.join(SIGNALS)}, got 'radio'"),
        ({"kernel": "box"}, f"weights must be one of {', '.join(KERNELS)}, got 'box'"),
        ({"padding": "custom"}, f"ends must be one of {', '.join(ENDS)}, got 'custom'"),
        ({"width": 201}, "width must be from 1 to 200, got 201"),
        ({"width": 1, "kernel": "difference"}, "width must be from 2 to 200, got 1"),
        ({"typed": ()}, "typed weights must be from 1 to 200, got 0"),
        ({"seed": 1000}, "seed must be from 0 to 999, got 1000"),
        ({"place": SAMPLES}, "place must be from 0 to 999, got 1000"),
        ({"place": 0.5}, "place must be a whole number, got 0.5"),
    ],
)
def test_a_smoothing_that_no_page_offers_is_refused(settings, sentence):
    with pytest.raises(ValueError) as refused:
        Smoothing(**settings)
    assert str(refused.value) == sentence


def test_a_matrix_is_no_series():
    two_rows = MATRIX_SCENES["conv2d_lecture"].setup
    with pytest.raises(ValueError, match="input must have one row, got 6"):
        SeriesSetup(two_rows)
    with pytest.raises(ValueError, match="kernel must have one row, got 2"):
        SeriesSetup(Setup(((1.0, 2.0),), ((1.0,), (2.0,)), SCENES["series_size"].setup.line.slide))

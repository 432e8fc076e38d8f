"""Settings of a pooling, its worked examples, and the small pictures."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.presets.images import IMAGES
from cnnviz.presets.pooling import BLOCKS, PoolingSetup, Shrinking
from cnnviz.presets.pooling_pictures import LARGEST_SHIFT, PHOTOGRAPH_SIDE, SAMPLES, sample
from cnnviz.presets.pooling_scenes import FIRST, SCENES
from cnnviz.presets.sliding import Slide
from tests import reference
from tests.each import each

# As printed by the lectures; means and minima of their inputs were worked out with NumPy.
PRINTED = {
    "pooling_max": [[5, 4], [7, 7]],
    "pooling_mean": [[2.5, 2.75], [3.25, 3]],
    "pooling_min": [[0, 1], [1, 1]],
    "pooling_max_stride_1": [[5, 5, 4], [5, 5, 4], [7, 3, 7]],
    "pooling_max_second": [[6, 8], [3, 4]],
    "pooling_mean_second": [[3.25, 5.25], [2, 2]],
}
# Side and channels before and after, window and stride, as the decks print them.
SIZES = {
    "pooling_rule_holds": ((32, 16), 32, 2, 2),
    "pooling_rule_second": ((16, 8), 16, 2, 2),
    "pooling_rule_third": ((8, 4), 32, 2, 2),
    "pooling_alexnet": ((55, 27), 96, 3, 2),
    "pooling_alexnet_second": ((27, 13), 256, 3, 2),
    "pooling_alexnet_third": ((13, 6), 256, 3, 2),
}
ONE = SCENES[FIRST].setup


def pooled(setup: PoolingSetup) -> np.ndarray:
    """Pool by the slow twin."""
    padding = tuple(window.padding for window in setup.windows)
    image = np.array(setup.image)[None, None]
    return reference.pool2d(image, setup.kind, setup.window, setup.slide.stride, padding)[0, 0]


@each("name", SCENES)
def test_a_scene_shows_what_the_slow_twin_computes(name):
    setup, expected = SCENES[name].setup, SCENES[name].expected
    assert pooled(setup).shape == setup.output_shape
    if "output" in expected:
        np.testing.assert_allclose(pooled(setup), expected["output"], atol=1e-12)
    else:
        assert expected == {"text": ("Output {} × {}".format(*setup.output_shape),)}


@pytest.mark.parametrize("name", PRINTED)
def test_a_scene_expects_the_printed_numbers(name):
    np.testing.assert_array_equal(SCENES[name].expected["output"], PRINTED[name])


@pytest.mark.parametrize("name", SIZES)
def test_a_scene_has_the_sizes_of_its_deck(name):
    (before, after), channels, window, stride = SIZES[name]
    setup = SCENES[name].setup
    assert setup.input_shape == (before, before)
    assert setup.output_shape == (after, after)
    assert (setup.channels, setup.window, setup.slide.stride) == (channels, (window,) * 2, (stride,) * 2)


def test_every_value_of_the_scene_of_negatives_is_negative():
    assert np.max(SCENES["pooling_negative"].setup.image) < 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "sum"}, "kind must be one of max, min, mean, got 'sum'"),
        ({"image": ((1.0,) * 65,)}, "input must be from 1 × 1 to 64 × 64, got 1 × 65"),
        ({"window": (5, 2)}, "window must be at most 4 rows, the padded input, got 5"),
        ({"window": (2, 17)}, "window must be at most 16 columns, got 17"),
        ({"window": (0, 2)}, "window must be at least 1, got 0"),
        ({"channels": 0}, "channels must be at least 1, got 0"),
        ({"channels": 5000}, "channels must be at most 4096, got 5000"),
        (
            {"slide": Slide((2, 2), "custom", ((2, 0), (0, 0)))},
            "padding must be smaller than the window of 2 rows, got 2",
        ),
        ({"slide": Slide((2, 2), "full")}, "padding must be one of valid, same, custom, got 'full'"),
        (
            {"slide": Slide((2, 2), dilation=(2, 2))},
            "window must have no dilation and round down, got another way to slide",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_pooled_is_refused_in_one_sentence(change, message):
    with pytest.raises(ValueError) as problem:
        replace(ONE, **change)
    assert str(problem.value) == message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"picture": "Dog"}, "picture must be one of Digit, "),
        ({"kind": "sum"}, "kind must be one of max, min, mean, got 'sum'"),
        ({"window": 5}, "window must be one of 2, 3, 4, 6, 8, got 5"),
        ({"shift": 5}, "shift must be at most 4, got 5"),
        ({"shift": -1}, "shift must be at least 0, got -1"),
    ],
    ids=str,
)
def test_what_no_picture_offers_is_refused(change, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        Shrinking(**change)


def test_the_stride_goes_with_the_window_while_they_are_equal():
    assert ONE.with_window((4, 1)).slide.stride == (4, 1)
    overlapping = SCENES["pooling_max_stride_1"].setup
    assert overlapping.with_window((3, 3)).slide.stride == (1, 1)


def test_custom_padding_starts_from_the_padding_there_is():
    setup = SCENES["pooling_same"].setup.padded_by("custom")
    assert setup.slide.sides == ((0, 1), (0, 1))
    assert setup.output_shape == SCENES["pooling_same"].setup.output_shape


def test_a_window_may_be_larger_than_the_input_if_padding_makes_room():
    assert replace(ONE, window=(6, 6), slide=Slide((6, 6), "same")).output_shape == (1, 1)


def test_numbers_are_edited_cut_and_drawn():
    assert ONE.with_cell(1, 2, -0.5).image[1] == (0, 5, -0.5, 4)
    assert ONE.resized((2, 5)).image == ((3, 2, 3, 1, 0), (0, 5, 3, 4, 0))
    assert ONE.shuffled(3) == ONE.shuffled(3) != ONE.shuffled(4)
    assert set(np.ravel(ONE.resized((64, 64)).shuffled(1).image)) == set(range(10))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_moves_to_the_right_and_every_window_divides_it(name):
    still = sample(name)
    assert still.shape[1] == still.shape[2]
    assert all(still.shape[1] % block == 0 for block in BLOCKS)
    assert still.min() >= 0
    assert still.max() <= 255
    np.testing.assert_array_equal(still, np.rint(still))
    for shift in range(1, LARGEST_SHIFT + 1):
        np.testing.assert_array_equal(sample(name, shift)[:, :, shift:], still[:, :, :-shift])
    with pytest.raises(ValueError, match="read-only"):
        still[0, 0, 0] = 1


def test_a_photograph_is_made_small_by_averaging_blocks():
    pixels = IMAGES["Astronaut"].load().astype(float)
    blocks = pixels.reshape(128, 4, 128, 4, 3).mean(axis=(1, 3))
    expected = np.rint(blocks[4 : 4 + PHOTOGRAPH_SIDE, 6 : 6 + PHOTOGRAPH_SIDE])
    np.testing.assert_array_equal(np.moveaxis(sample("Astronaut"), 0, 2), expected)


def test_the_digit_is_white_on_black_and_stays_inside():
    digit = sample("Digit")[0]
    assert digit.shape == (24, 24)
    assert not digit[:, [0, -1]].any()
    assert 0.1 < (digit > 127).mean() < 0.4

"""Output sizes of the lectures, typed in from the decks, and the settings that hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cnnviz.presets.size_scenes import FIRST, SCENES
from cnnviz.presets.sizes import LARGEST_KERNEL, LARGEST_LENGTH, SizeSetup
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS
from tests.each import each

PRINTED = {  # (input, kernel, stride, padding of one end or both) and the size that is right
    "sizes_seven": (7, 3, 1, 0, 5),
    "sizes_seven_padded": (7, 3, 1, 1, 7),
    "sizes_stride_1": (5, 3, 1, 0, 3),
    "sizes_stride_2": (5, 3, 2, 0, 2),
    "sizes_shrink": (7, 3, 2, 0, 3),
    "sizes_cifar_padded": (32, 5, 1, 2, 32),
    "sizes_cifar": (32, 5, 1, 0, 28),
    "sizes_cifar_pooled": (32, 2, 2, 0, 16),
    "sizes_width": (9, 3, 2, 0, 4),
    "sizes_alexnet_conv1": (227, 11, 4, 0, 55),
    "sizes_alexnet_224": (224, 11, 4, 0, 54.25),
    "sizes_alexnet_pool1": (55, 3, 2, 0, 27),
    "sizes_alexnet_conv2": (27, 5, 1, 2, 27),
    "sizes_alexnet_pool2": (27, 3, 2, 0, 13),
    "sizes_alexnet_conv3": (13, 3, 1, 1, 13),
    "sizes_alexnet_pool3": (13, 3, 2, 0, 6),
    "sizes_alphago_first": (19, 5, 1, 2, 19),
    "sizes_alphago": (19, 3, 1, 1, 19),
    "sizes_whole": (8, 3, 2, 1, 4.5),
    "sizes_whole_seven": (7, 3, 2, 1, 4),
    "sizes_asymmetric": (5, 3, 1, (1, 0), 4),
}
SETUPS = some.builds(
    SizeSetup,
    length=some.integers(1, 60),
    kernel=some.integers(1, LARGEST_KERNEL),
    stride=some.integers(1, 9),
    dilation=some.integers(1, 4),
    padding=some.sampled_from(["same", "full"]),
    rounding=some.sampled_from(list(ROUNDINGS)),
) | some.builds(
    SizeSetup,
    length=some.integers(40, 60),
    kernel=some.integers(1, LARGEST_KERNEL),
    stride=some.integers(1, 9),
    dilation=some.integers(1, 3),
    padding=some.sampled_from(["valid", "custom"]),
    sides=some.tuples(some.integers(0, 9), some.integers(0, 9)),
    rounding=some.sampled_from(list(ROUNDINGS)),
)


def counted(setup: SizeSetup) -> int:
    """Count places by trying them one after another."""
    padded, reach = setup.length + sum(setup.window.padding), setup.dilation * (setup.kernel - 1)
    return sum(start + reach < padded for start in range(0, padded, setup.stride))


@each("name", PRINTED)
def test_a_scene_has_the_numbers_of_its_deck(name):
    length, kernel, stride, padding, size = PRINTED[name]
    setup, sides = SCENES[name].setup, padding if isinstance(padding, tuple) else (padding, padding)
    assert (setup.length, setup.kernel, setup.stride, setup.dilation) == (length, kernel, stride, 1)
    assert setup.unrounded.padding == sides
    assert setup.exact == size == (length + sum(sides) - kernel) / stride + 1
    assert setup.size == int(size)


def test_every_scene_expects_what_comes_out():
    assert set(SCENES) - set(PRINTED) == {"sizes_dilated"}
    for scene in SCENES.values():
        assert scene.expected["size"] == scene.setup.size == counted(scene.setup)
        assert float(scene.expected.get("exact", scene.setup.size)) == scene.setup.exact
    assert FIRST in SCENES


def test_the_inequality_of_deck_002_holds_without_padding():
    for length, kernel, stride in ((i, k, s) for i in range(3, 33) for k in range(2, 4) for s in range(1, 5)):
        setup = SizeSetup(length, kernel, stride)
        assert setup.size <= SizeSetup(length, kernel).size == length - kernel + 1 < length


def test_the_asymmetric_formula_of_deck_004_and_the_same_padding_of_deck_003():
    for before, after in ((0, 0), (1, 0), (0, 2), (3, 1)):
        assert SizeSetup(9, 3, padding="custom", sides=(before, after)).size == 9 - 3 + before + after + 1
    for kernel in (1, 3, 5, 7):
        assert SizeSetup(9, kernel, padding="same").window.padding == ((kernel - 1) // 2,) * 2


@given(SETUPS)
def test_a_size_is_the_number_of_places(setup):
    assert setup.size == counted(setup)
    assert setup.exact == setup.size or setup.rounding != "ceil" or setup.size == int(setup.exact) + 1
    assert int(setup.exact) == setup.unrounded.output_size(setup.length)


@given(SETUPS, some.sampled_from(list(PADDINGS)))
def test_another_way_to_pad_keeps_the_rest(setup, padding):
    if padding != "custom" and not setup.fits(padding=padding):  # "custom" starts from what fits
        with pytest.raises(ValueError, match="kernel must reach over at most"):
            setup.with_padding(padding)
        return
    other = setup.with_padding(padding)
    assert other.padding == padding
    assert other.unrounded.padding == setup.unrounded.padding or padding != "custom"
    assert (other.length, other.kernel, other.rounding) == (setup.length, setup.kernel, setup.rounding)


def test_choosing_sides_makes_the_padding_custom():
    assert SizeSetup(7, 3, padding="same").having(sides=(2, 0)).padding == "custom"
    assert SizeSetup(7, 3, padding="same", sides=(2, 0)).sides == (0, 0)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"length": 0}, "length must be at least 1, got 0"),
        ({"length": LARGEST_LENGTH + 1}, "length must be at most 256, got 257"),
        ({"kernel": 12}, "kernel must be at most 11, got 12"),
        ({"stride": 17}, "stride must be at most 16, got 17"),
        ({"dilation": 4}, "kernel must reach over at most 7 cells of padded input, got 9"),
        ({"padding": "none"}, "padding must be one of valid, same, full, custom, got 'none'"),
        ({"kernel": 10, "padding": "custom", "sides": (1, 1)}, "at most 9 cells of padded input, got 10"),
    ],
)
def test_what_cannot_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        SizeSetup(**{"length": 7, "kernel": 3, **settings})

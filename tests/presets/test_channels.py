"""Layers and volumes: what cannot be is refused, and changes keep what still fits."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.presets.channel_pictures import PICTURES, name_of, picture
from cnnviz.presets.channel_scenes import FIRST, SCENES
from cnnviz.presets.channels import Layer, possible_groups, with_cell
from cnnviz.presets.planes import SEED, drawn_filters, drawn_plane, resized
from cnnviz.presets.sliding import Slide
from cnnviz.presets.volumes import Volume
from tests.each import each

RGB, VOLUME = SCENES[FIRST].setup, SCENES["channels_volume"].setup


@each(
    ("change", "sentence"),
    [
        ({"image": RGB.image * 3}, r"^channels must be from 1 to 6 in number, got 9$"),
        ({"image": (RGB.image[0], ((1.0,),))}, "channels must all have the same rows and columns"),
        ({"image": (((1.0, 2.0), (3.0,)),)}, "channels must all have the same rows and columns"),
        ({"image": (((1.0,) * 33,),) * 3}, r"channels must be from 1 × 1 to 32 × 32, got 1 × 33"),
        ({"filters": RGB.filters * 9}, "filters must be 1, 2, .*, 32 in number, got 9"),
        ({"filters": (RGB.filters[0][:2],)}, "filter must have 3 slices, got 2"),
        ({"biases": (1.0, 2.0)}, "biases must be 1 in number, got 2"),
        ({"biases": (float("nan"),)}, "bias must be at most"),
        ({"groups": 2}, "channels must be divisible by the 2 groups, got 3"),
        ({"groups": 3}, "filters must be divisible by the 3 groups, got 1"),
        ({"groups": 0}, "groups must be at least 1, got 0"),
        ({"shown": -1}, "filter must be at least 0, got -1"),
        (
            {"slide": Slide(dilation=(4, 1))},
            "kernel must reach over at most 5 rows of padded input, got 9 rows",
        ),
    ],
)
def test_layers_that_cannot_be_are_refused_in_one_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(RGB, **change)


def test_a_filter_that_is_not_there_gives_way_to_the_last():
    assert replace(RGB.with_filters(6), shown=5).with_filters(2).shown == 1


def test_more_filters_keep_the_first_and_are_the_same_each_time():
    six = RGB.with_filters(6)
    assert six.filters[0] == RGB.filters[0]
    assert six.biases == (1.0, 0, 0, 0, 0, 0)
    assert six.with_filters(8).filters[:6] == six.filters
    assert six.with_filters(1) == RGB
    drawn = np.random.default_rng(SEED).integers(-1, 2, (4, 3, 5, 5))
    np.testing.assert_array_equal(drawn_filters(4, 3, (5, 5)), drawn)


def test_groups_take_slices_away_and_give_them_back():
    layer = RGB.with_channels(4).with_filters(4)
    half = layer.with_groups(2)
    assert half.depth == 2
    assert half.filters[0] == layer.filters[0][:2]
    assert [list(half.reads(number)) for number in range(4)] == [[0, 1], [0, 1], [2, 3], [2, 3]]
    assert half.with_groups(1).depth == 4


def test_channels_keep_their_numbers_and_groups_where_they_divide():
    depthwise = RGB.with_filters(6).with_groups(3)
    assert depthwise.with_channels(6).groups == 3
    assert depthwise.with_channels(4).groups == 1
    assert RGB.with_channels(5).image[:3] == RGB.image
    assert RGB.with_channels(5).with_channels(3) == RGB
    assert drawn_plane(3, (2, 2)) == drawn_plane(3, (2, 2))


@pytest.mark.parametrize(
    ("channels", "filters", "groups"),
    [(3, 1, [1]), (3, 6, [1, 3]), (4, 8, [1, 2, 4]), (6, 6, [1, 2, 3, 6]), (1, 8, [1])],
)
def test_groups_divide_channels_and_filters(channels, filters, groups):
    assert possible_groups(channels, filters) == groups


def test_a_smaller_kernel_keeps_the_middle():
    assert RGB.with_kernel(1).filters[0] == (((1.0,),), ((-1.0,),), ((1.0,),))
    assert RGB.with_kernel(5).kernel_shape == (5, 5)
    assert SCENES["channels_sentence"].setup.with_kernel(3).kernel_shape == (3, 3)


def test_sizes_are_cropped_and_extended_at_the_end():
    assert resized(((1.0, 2.0), (3.0, 4.0)), (3, 1)) == ((1.0,), (3.0,), (0.0,))
    assert RGB.with_size((6, 4)).input_shape == (6, 4)
    with pytest.raises(ValueError, match="kernel must reach over at most"):
        RGB.with_size((1, 1))


@pytest.mark.parametrize("setup", [RGB, VOLUME], ids=["layer", "volume"])
@pytest.mark.parametrize("grid", ["input", "kernel"])
def test_one_cell_is_put_where_it_was_typed(setup, grid):
    plane = int(isinstance(setup, Volume))
    altered = with_cell(setup, grid, 1, plane, (1, 0), 42)
    assert altered.plane(grid, 1, plane)[1][0] == 42
    assert with_cell(altered, grid, 1, plane, (1, 0), setup.plane(grid, 1, plane)[1][0]) == setup


def test_the_bias_is_of_the_filter_shown():
    assert replace(RGB.with_filters(2), shown=1).with_bias(5).biases == (1.0, 5.0)
    assert VOLUME.with_bias(5).bias == 5


def test_pictures_are_found_again_by_their_numbers():
    for name in PICTURES:
        values = np.array(picture(name))
        assert values.shape[1:] == (32, 32)
        assert values.min() >= 0
        assert values.max() <= 255
        assert name_of(picture(name)) == name
    assert name_of(RGB.image) == ""


def test_every_layer_of_a_scene_can_be_changed_back_and_forth():
    for scene in SCENES.values():
        if isinstance(scene.setup, Layer):
            assert scene.setup.with_filters(len(scene.setup.filters)) == scene.setup
            assert scene.setup.with_groups(scene.setup.groups) == scene.setup
        else:
            assert scene.setup.with_depth(2) == scene.setup

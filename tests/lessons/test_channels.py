"""Channels and filters: the lectures' numbers, groups against the slow twin, sums and counts as written."""

import numpy as np
import pytest

from cnnviz.lessons import channels
from cnnviz.lessons.channels import flow, parameter_count, products_line, sum_line
from cnnviz.lessons.prose import paragraphs
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.presets.channels import Layer
from tests import reference
from tests.each import each

LAYERS = {name: scene.setup for name, scene in SCENES.items() if isinstance(scene.setup, Layer)}
RGB = SCENES["channels_rgb"].setup
# Deck 004, from lectures.json.
PARTIALS = [
    [[308, 310, 314, 318], [298, 148, 158, 161], [291, 141, 147, 153], [290, 138, 139, 147]],
    [[-498, -170, -175, -173], [-491, -8, -14, -9], [-478, -7, -15, -14], [-465, 3, -9, -21]],
    [[164, 325, 326, 329], [487, 646, 653, 659], [477, 641, 651, 660], [467, 629, 642, 655]],
]
OUTPUT = [[-25, 466, 466, 475], [295, 787, 798, 812], [291, 776, 784, 800], [293, 771, 773, 782]]


def test_the_rgb_example_of_the_lecture_comes_out_number_for_number():
    shown = flow(RGB)
    np.testing.assert_array_equal(shown.trace.partials[:, 0], PARTIALS)
    np.testing.assert_array_equal(shown.output[0], OUTPUT)
    first = shown.trace[0]
    assert first.channel_sums.tolist() == [308, -498, 164]
    assert sum_line(shown, first) == "308 − 498 + 164 + 1 = −25"
    assert products_line(first, 0) == "0×−1 + 0×−1 + 0×1 + 0×0 + 156×1 + 155×−1 + 0×0 + 153×1 + 154×1 = 308"
    assert shown.names == ("R", "G", "B")


@each("name", SCENES)
def test_every_scene_shows_what_it_expects(name):
    setup, expected = SCENES[name].setup, SCENES[name].expected
    shown = flow(setup)
    written = " ".join(
        [
            channels.parameter_line(setup),
            channels.parameter_remark(setup),
            channels.size_line(setup),
            sum_line(shown, shown.trace[len(shown.trace) - 1]),
        ]
    )
    assert all(text in written for text in expected["text"])
    if "output" in expected:
        np.testing.assert_array_equal(shown.output[0], expected["output"])
    if "partials" in expected:
        np.testing.assert_array_equal(shown.trace.partials[:, 0], expected["partials"])


@each("name", LAYERS)
def test_all_maps_are_what_the_slow_twin_computes(name):
    layer = LAYERS[name]
    rows, columns = layer.windows
    y = reference.conv2d(
        np.array([layer.image]),
        np.array(layer.filters),
        np.array(layer.biases),
        padding=(rows.padding, columns.padding),
        groups=layer.groups,
    )[0]
    np.testing.assert_allclose(channels.maps(layer), np.maximum(y, 0) if layer.relu else y, atol=1e-9)


@each("name", LAYERS)
def test_the_run_of_any_filter_makes_its_map(name):
    layer = LAYERS[name]
    for number in range(min(len(layer.filters), 4)):
        shown = flow(Layer(**{**vars(layer), "shown": number}))
        sums = shown.trace.output
        np.testing.assert_allclose(shown.output, np.maximum(sums, 0) if layer.relu else sums, atol=1e-9)


@pytest.mark.parametrize(
    ("groups", "count", "reads"), [(1, 3, ["123456"] * 3), (2, 4, ["123", "123", "456", "456"])]
)
def test_a_filter_reads_the_channels_of_its_group(groups, count, reads):
    layer = RGB.with_channels(6).with_filters(count).with_groups(groups)
    shown = flow(layer)
    assert ["".join(shown.names[channel] for channel in read) for read in shown.reads] == reads


def test_depthwise_maps_are_the_partial_maps():
    np.testing.assert_array_equal(flow(SCENES["channels_depthwise"].setup).maps[:, 0], PARTIALS)


def test_the_counts_are_those_of_the_decks():
    assert parameter_count((5, 5), 3, 10) == 760
    assert parameter_count((11, 11), 3, 96) - 96 == 34_848
    assert parameter_count((5, 5), 48, 256) - 256 == 307_200
    assert parameter_count((5, 5), 96, 256) - 256 == 614_400
    assert channels.parameter_line(SCENES["channels_ten_filters"].setup) == "(5·5·3 + 1)·10 = 760"
    assert channels.parameter_remark(RGB) == "27 weights + 1 bias"


def test_relu_and_a_first_negative_sum_are_written_as_read():
    shown = flow(SCENES["channels_relu"].setup)
    assert sum_line(shown, shown.trace[0]) == "308 − 498 + 164 + 1 = −25, ReLU: 0"
    shown = flow(SCENES["channels_groups"].setup)
    assert sum_line(shown, shown.trace[0]) == "−4 − 1 + 0 = −5"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("channels_rgb", "reads all 3 channels"),
        ("channels_diagonal", "the only channel"),
        ("channels_groups", "2 channels of its group; 76 parameters in place of 148"),
        ("channels_depthwise", "Depthwise: every filter reads one channel; 30 parameters in place of 84"),
    ],
)
def test_who_reads_whom_is_said_with_what_it_saves(name, words):
    assert words in channels.groups_remark(SCENES[name].setup)


def test_how_many_directions_there_are_is_said():
    volume = SCENES["channels_volume"].setup
    assert "**This is 2-D**: the filter covers all 3 channels" in channels.directions(RGB)
    assert "**This is 3-D**: the filter covers 2 of 3 planes" in channels.directions(volume)
    assert "as in a 2-D {convolution}" in channels.directions(volume.with_depth(3))


@each("name", SCENES)
def test_all_terms_are_in_the_glossary(name):
    setup = SCENES[name].setup
    said = paragraphs(f"{channels.why(setup)}\n\n{channels.directions(setup)}")
    terms = {piece.term.english for paragraph in said for piece in paragraph if piece.term}
    assert {"filter", "partial sum", "channel"} <= terms
    assert ("depthwise convolution" in terms) == (name == "channels_depthwise")
    assert ("1×1 convolution" in terms) == (name == "channels_one_by_one")

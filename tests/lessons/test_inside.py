"""Inside a network: maps, partial maps, pixels and what they see, against slow twins and by trying out."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.lessons.inside import SCALES, Inside, Pixel, fields
from tests import reference
from tests.lessons.inside_networks import DEEP, drawn

INSIDE = drawn()
CONVOLUTIONS = (1, 4)


@pytest.mark.parametrize("at", CONVOLUTIONS)
def test_partial_maps_and_bias_add_up_to_the_map_of_the_slow_twin(at):
    layer, (weights, biases) = DEEP.layers[at - 1], INSIDE.network.layers[at - 1]
    y = reference.conv2d(
        INSIDE.outputs[at - 1][None],
        weights,
        biases,
        layer.stride,
        layer.padding,
        layer.dilation,
        layer.groups,
    )[0]
    for number in range(layer.filters):
        flow = INSIDE.flow(at, number)
        np.testing.assert_allclose(flow.trace.partials.sum(axis=0)[0] + flow.trace.bias, y[number])
        np.testing.assert_allclose(flow.trace.output[0], INSIDE.outputs[at][number])
        np.testing.assert_array_equal(flow.trace.volume[:, 0], INSIDE.outputs[at - 1][flow.reads[number]])
        np.testing.assert_array_equal(flow.output[0], INSIDE.outputs[at + 1][number])


def test_a_layer_names_the_maps_it_reads():
    assert [INSIDE.reads(4, number) for number in range(6)] == [range(2)] * 3 + [range(2, 4)] * 3
    assert INSIDE.reads(2, 3) == INSIDE.reads(3, 3) == range(3, 4)
    assert INSIDE.reads(8, 0) == range(len(INSIDE.outputs[7]))
    assert (INSIDE.function_after(1), INSIDE.function_after(4), INSIDE.function_after(3)) == (
        "ReLU",
        "Tanh",
        "",
    )
    with pytest.raises(ValueError, match="at must be from 1 to 8, got 9"):
        INSIDE.layer(9)
    with pytest.raises(ValueError, match="at must name a convolution, got ReLU"):
        INSIDE.flow(2, 0)
    with pytest.raises(ValueError, match="at must name a pooling layer, got ReLU"):
        INSIDE.pooling(2, 0)


@pytest.mark.parametrize("reach", [0, 1, 2, 9])
@pytest.mark.parametrize("at", CONVOLUTIONS)
def test_what_is_cut_out_around_a_pixel_gives_its_partial_sum(at, reach):
    _, height, width = INSIDE.outputs[at].shape
    for cell in np.ndindex(height, width):
        pixel = INSIDE.pixel(at, 3, cell)
        assert pixel.sums.sum() + pixel.bias == pytest.approx(pixel.value)
        assert pixel.value == pytest.approx(INSIDE.outputs[at][3][cell])
        assert pixel.after == pytest.approx(INSIDE.outputs[at + 1][3][cell])
        for channel, own in enumerate(pixel.sums):
            trace, (row, column) = pixel.around(channel, reach)
            assert trace.output[row, column] == pytest.approx(own + (pixel.bias if at == 1 else 0))
            assert max(trace.output.shape) <= 2 * reach + 1


def test_a_pixel_is_written_as_its_sum():
    sums, trace = np.array([-0.5, 1.25]), INSIDE.flow(1, 0).trace
    pixel = Pixel((0, 0), range(2), sums, -1.5, -0.75, 0.0, "ReLU", trace)
    assert pixel.line == "−0.50 + 1.25 − 1.50 = −0.75, ReLU: 0"
    assert replace(pixel, function="").line == "−0.50 + 1.25 − 1.50 = −0.75"


def test_the_pooling_around_a_pixel_has_its_winner():
    trace, place = INSIDE.pooling_around(3, 2, (1, 3), 1)
    np.testing.assert_array_equal(INSIDE.pooling(3, 2).output, INSIDE.outputs[3][2])
    assert trace.output[place] == INSIDE.outputs[3][2][1, 3]
    assert trace.output.shape == (3, 2)


@pytest.mark.parametrize("at", range(6))
def test_a_pixel_changes_with_no_other_pixels_of_the_image_than_those_it_sees(at):
    rows, columns = fields(DEEP, at)
    seen = np.zeros((*INSIDE.outputs[at].shape[1:], *INSIDE.image.shape[1:]), bool)
    for place in np.ndindex(*INSIDE.image.shape[1:]):
        for value in (0, 255):  # a maximum may not hear of a small change
            other = INSIDE.image.copy()
            other[(0, *place)] = value
            changed = Inside(INSIDE.network, other).outputs[at] != INSIDE.outputs[at]
            seen[(..., *place)] |= changed.any(axis=0)
    for row, column in np.ndindex(*seen.shape[:2]):
        (top, bottom), (left, right) = rows[row], columns[column]
        told = np.zeros(seen.shape[2:], bool)
        told[top : bottom + 1, left : right + 1] = True
        assert not (seen[row, column] & ~told).any()
        if at <= 1:
            np.testing.assert_array_equal(seen[row, column], told)


def test_flat_layers_see_no_places():
    assert fields(DEEP, 6) is None
    assert fields(DEEP, 0) == ([(n, n) for n in range(9)], [(n, n) for n in range(8)])


def test_colours_end_at_the_largest_value_of_what_shares_them():
    units, layers, whole = (INSIDE.ends(scale) for scale in SCALES)
    largest = [np.abs(output).max() for output in INSIDE.outputs]
    for output, unit, layer, all_ in zip(INSIDE.outputs, units, layers, whole, strict=True):
        assert layer[0] == np.abs(output).max()
        assert all_[0] == max(largest)
        if output.ndim == 3:
            most = np.abs(output).max(axis=(1, 2))
            np.testing.assert_array_equal(unit, np.where(most > 0, most, 1))
    with pytest.raises(ValueError, match="scale must be one of unit, layer, network, got 'all'"):
        INSIDE.ends("all")


def test_the_first_filters_are_those_of_the_first_convolution():
    at, weights = INSIDE.first_filters()
    assert at == 1
    np.testing.assert_array_equal(weights, INSIDE.network.layers[0][0])

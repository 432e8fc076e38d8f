"""The counts of a layer against a count by hand, and its written formulas against what they evaluate to."""

import math
import re
from math import prod

import pytest
from hypothesis import given

from cnnviz.lessons.calculator import counted_line, formulas, shape_text
from cnnviz.lessons.calculator_told import captions, labels, parts, remarks, terms
from cnnviz.lessons.tellings import tellings
from cnnviz.model.layers import Activation
from cnnviz.presets.calculator import CONVOLUTIONS, POOLS, LayerSetup
from cnnviz.presets.calculator_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests.each import each
from tests.presets.test_calculator import setups

# What the lectures and papers print: output shape, parameters by the rule of the scene, multiply-accumulates.
PUBLISHED = {
    "layer_ten_filters": ("32 × 32 × 10", 760, 768_000),
    "layer_conv1": ("32 × 32 × 32", 2_400, 2_457_600),
    "layer_conv2": ("16 × 16 × 16", 12_800, 3_276_800),
    "layer_last_dense": ("10", 5_120, 5_120),
    "layer_first_of_mlp": ("8,192", 25_165_824, 25_165_824),
    "layer_alexnet_conv1": ("55 × 55 × 96", 34_848, 34_848 * 55 * 55),
    "layer_alexnet_conv2": ("27 × 27 × 256", 614_400, 614_400 * 27 * 27),
    "layer_alexnet_conv2_groups": ("27 × 27 × 256", 307_200, 307_200 * 27 * 27),
    "layer_alexnet_fc6": ("4,096", 37_748_736, 37_748_736),
    "layer_vgg_fc6": ("4,096", 102_764_544, 102_760_448),
    "layer_alphago": ("19 × 19 × 192", 331_776, 331_776 * 361),
    "layer_whole_picture": ("1,000,000", 10**12, 10**12),
}


@each("name", PUBLISHED)
def test_the_counts_are_those_that_are_published(name):
    setup = SCENES[name].setup
    line = counted_line(setup)
    assert (shape_text(line.output_shape), line.parameters, line.operations) == PUBLISHED[name]


@each("name", SCENES)
def test_the_table_of_a_whole_network_tells_the_same(name):
    setup = SCENES[name].setup
    told = {telling.what: telling.value for telling in tellings(counted_line(setup))}
    shown = {formula.name: formula.value for formula in formulas(setup)}
    assert told["output"] == setup.output_shape
    assert (told["parameters"], told["operations"]) == (shown["parameters"], shown["operations"])


def by_hand(setup: LayerSetup) -> tuple[tuple[int, ...], int, int, int]:
    """Count output shape, weights, biases and products by listing every place of the window."""
    channels, height, width = setup.shape
    if setup.kind == "dense":
        weights = channels * height * width * setup.units
        return (setup.units,), weights, setup.units, weights
    if setup.kind == "norm":
        return setup.shape, 2 * channels, 0, channels * height * width
    places = []
    for axis, length in enumerate((height, width)):
        window = setup.layer.windows[axis]
        cells = [place - window.padding[0] for place in range(length + sum(window.padding))]
        reach = (setup.size[axis] - 1) * setup.slide.dilation[axis] + 1
        starts = [at for at in range(len(cells)) if at + reach <= len(cells)]
        places.append(len([at for at in starts if at % setup.slide.stride[axis] == 0]))
    if setup.kind in POOLS:
        return (channels, *places), 0, 0, 0
    weights = sum(channels // setup.groups * setup.size[0] * setup.size[1] for _ in range(setup.units))
    return (setup.units, *places), weights, setup.units, weights * places[0] * places[1]


@given(setups())
def test_every_layer_is_counted_as_by_hand(setup):
    shape, weights, biases, products = by_hand(setup)
    line = counted_line(setup)
    assert setup.output_shape == line.output_shape == shape
    assert line.parameters == weights + (biases if setup.biases else 0)
    assert line.operations == products * (1 if setup.operations == "MAC" else 2)


def evaluated(text: str) -> float:
    """Compute what a written formula says, symbol by symbol."""
    for sign, code in (("⌊", "floor("), ("⌋", ")"), ("⌈", "ceil("), ("⌉", ")"), ("·", "*"), ("−", "-")):
        text = text.replace(sign, code)
    assert re.fullmatch(r"[\d\s()*/+.,\-a-z]*", text)
    return eval(text.replace(",", ""), {"floor": math.floor, "ceil": math.ceil})


@given(setups())
def test_what_is_written_is_what_comes_out(setup):
    for formula in formulas(setup):
        text = "".join(part.text for part in formula.parts)
        if "×" in text:
            continue
        sides = [evaluated(side) for side in text.split("=")]
        rounded = setup.slide.rounding == "whole" and formula.name in ("size", "height", "width")
        assert all(math.isclose(side, sides[0], abs_tol=0.006) for side in sides)
        assert formula.value == (math.floor(sides[-1]) if rounded else sides[-1])


@given(setups())
def test_everything_that_can_be_pointed_at_is_told(setup):
    told = terms(setup)
    for formula in formulas(setup):
        for part in formula.parts:
            assert not part.role or part.role in told or part.role.split("-")[0] in told
    assert all(text.endswith(".") for text in [*told.values(), *parts(setup).values(), *remarks(setup)])
    assert captions(setup)["shape"] == shape_text(setup.output_shape)
    assert labels(setup)


def test_axes_that_differ_have_a_line_each():
    setup = SCENES["layer_width"].setup
    lines = {formula.title: "".join(part.text for part in formula.parts) for formula in formulas(setup)}
    assert lines["Output height"] == "⌊(7 + 0 + 0 − 3) / 2⌋ + 1 = 3"
    assert lines["Output width"] == "⌊(9 + 0 + 0 − 3) / 2⌋ + 1 = 4"
    assert formulas(SCENES["layer_pool1"].setup)[0].title == "Output height and width"


@pytest.mark.parametrize(
    ("shape", "size", "stride", "told"),
    [
        ((1, 55, 55), 3, 2, "gives 55 / 3 = 18.33, not 27"),
        ((1, 27, 27), 3, 2, "gives 27 / 3 = 9, not 13"),
        ((1, 32, 32), 2, 2, "gives 32 / 2 = 16: right"),
        ((1, 7, 7), 2, 2, "gives 7 / 2 = 3.5, not 3"),
        ((1, 4, 4), 2, 3, "gives 4 / 2 = 2, not 1"),
        ((1, 3, 3), 3, 1, "gives 3 / 3 = 1, the same by luck"),
    ],
)
def test_the_short_rule_for_pooling_is_put_right(shape, size, stride, told):
    setup = LayerSetup("mean", shape, 1, (size, size), Slide((stride, stride)))
    assert told in remarks(setup)[-1]


def test_what_is_left_over_is_told_for_each_axis():
    setup = LayerSetup("conv2d", (1, 8, 9), 1, (3, 3), Slide((2, 2)))
    assert remarks(setup)[0].startswith("Height: rounded down: 3 windows fit, and 1 of the 2 cells")
    assert remarks(setup)[1].startswith("Width: the stride divides")
    assert captions(setup)["left"] == "Left over 1 in height"
    assert remarks(SCENES["layer_alexnet_224"].setup)[1] == (
        "No framework rounds a convolution up; 3 more zeros at the end would make it 55."
    )
    pool = LayerSetup("max", (1, 8, 8), 1, (3, 3), Slide((2, 2)))
    assert "Rounded up it would be 4" in remarks(pool)[1]
    assert not any("ounded up it" in text for text in remarks(pool.having(rounding="ceil")))
    assert captions(SCENES["layer_alexnet_224"].setup)["left"] == "Left over 1"


def test_weights_depend_on_the_image_only_where_it_is_fully_connected():
    for kind in (*CONVOLUTIONS, *POOLS, "norm", "dense"):
        small, large = (
            counted_line(LayerSetup(kind, (3, side, side), 4, (3, 3))).parameters for side in (8, 16)
        )
        assert (small == large) == (kind != "dense")
    assert Activation("ReLU").parameter_shapes((3, 8, 8)) == {}
    assert prod(SCENES["layer_alexnet_fc6"].setup.shape) == 9216

"""The settings of the layer calculator: what goes together, and what another kind of layer makes of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.calculator import KINDS, LayerSetup
from cnnviz.presets.calculator_scenes import SCENES
from cnnviz.presets.sliding import Slide

PAIR = st.tuples(st.integers(1, 4), st.integers(1, 4))
SIDES = st.tuples(st.integers(0, 3), st.integers(0, 3))
SLIDES = st.builds(
    Slide,
    PAIR,
    st.sampled_from(["valid", "same", "full", "custom"]),
    st.tuples(SIDES, SIDES),
    PAIR,
    st.sampled_from(["floor", "whole", "ceil"]),
)


@st.composite
def setups(draw) -> LayerSetup:
    """Draw a layer that is possible, of any kind."""
    groups = draw(st.integers(1, 3))
    shape = (groups * draw(st.integers(1, 4)), draw(st.integers(1, 30)), draw(st.integers(1, 30)))
    setup = LayerSetup(draw(st.sampled_from(["norm", "dense"])), shape, groups * draw(st.integers(1, 5)))
    rules = {"biases": draw(st.booleans()), "operations": draw(st.sampled_from(["MAC", "FLOP"]))}
    setup = replace(setup, **rules, target=draw(st.integers(1, 40)))
    wanted = {
        "kind": draw(st.sampled_from(list(KINDS))),
        "groups": groups,
        "size": draw(PAIR),
        "slide": draw(SLIDES),
    }
    return setup.having(**wanted) if setup.fits(**wanted) else setup


@given(setups(), st.sampled_from(list(KINDS)))
def test_every_layer_can_become_every_other_kind(setup, kind):
    other = setup.with_kind(kind)
    assert other.kind == kind
    assert all(length >= 1 for length in other.output_shape)
    assert other.with_kind(setup.kind).kind == setup.kind


def test_a_kind_keeps_only_what_it_has():
    slide = Slide((2, 2), dilation=(2, 2))
    pool = LayerSetup("max", (4, 9, 9), 1, (2, 2), slide, groups=2, find="dilation")
    assert (pool.groups, pool.slide.dilation, pool.find) == (1, (1, 1), "padding")
    signal = LayerSetup("conv1d", (3, 5, 9), 1, (4, 4), Slide((2, 2), "custom", ((1, 1), (2, 2))))
    assert (signal.shape, signal.size, signal.slide.stride) == ((3, 1, 9), (1, 4), (1, 2))
    assert signal.slide.sides == ((0, 0), (2, 2))
    assert signal.output_shape == (1, 1, 5)
    assert signal.with_kind("conv2d").shape == (3, 9, 9)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"kind": "recurrent"}, "kind must be one of"),
        ({"operations": "GB"}, "operations must be one of MAC, FLOP"),
        ({"size": (9, 9)}, "kernel must reach over at most 7 rows"),
        ({"groups": 2}, "groups must divide the 1 filters, got 2"),
        ({"shape": (1, 1025, 7)}, "height must be at most 1,024, got 1,025"),
        ({"units": 5000}, "units must be at most 4,096, got 5,000"),
        ({"target": 0}, "target must be at least 1"),
        (
            {"kind": "max", "size": (2, 2), "sides": ((2, 2), (2, 2))},
            "padding must be smaller than the window",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(settings, complaint):
    setup = LayerSetup("conv2d", (1, 7, 7), 1, (3, 3))
    assert not setup.fits(**settings)
    with pytest.raises(ValueError, match=complaint):
        setup.having(**settings)


def test_units_may_be_a_million_in_a_dense_layer_only():
    dense = SCENES["layer_whole_picture"].setup
    assert dense.units == 10**6
    assert dense.with_kind("conv2d").units == 4096

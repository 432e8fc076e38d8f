"""The setups of the page on receptive fields: what is offered, and what is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.field_setup import FieldSetup, looking, middle_unit, offered, told_lines
from cnnviz.presets.images import IMAGES
from tests.each import each


@st.composite
def setups(draw):
    """Draw any setup that can be shown."""
    architecture = draw(st.sampled_from(offered()))
    layer = draw(st.sampled_from(list(told_lines(architecture))))
    counts = told_lines(architecture)[layer].field.positions
    unit = tuple(draw(st.integers(0, count - 1)) for count in counts)
    return FieldSetup(architecture, layer, unit, draw(st.sampled_from(list(IMAGES))), draw(st.booleans()))


def test_what_reads_pictures_or_a_board_is_offered():
    assert {"CNN of deck 002", "VGG-16", "ResNet-152", "AlphaGo policy, k = 192", "MobileNet"} <= {*offered()}
    others = {*ARCHITECTURES} - {*offered()}
    assert others == {
        "XOR in ten layers",
        "1000 × 1000, fully connected",
        "Sentence CNN",
        "Inception module, naive",
        "Inception module, with 1 × 1",
    }


def test_layers_that_work_cell_by_cell_are_not_told():
    told = told_lines("AlexNet (2012)")
    assert [*told] == [
        "conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5", "fc6", "fc7", "fc8",
    ]  # fmt: skip
    assert told["conv1"].field.size == (11, 11)


@given(setups())
def test_every_setup_has_a_unit_with_a_field(setup):
    assert all(len(cells) > 0 for cells in setup.line.field.span(setup.unit))


@each("name", offered())
def test_another_architecture_starts_where_its_field_still_fits(name):
    setup = looking("VGG-16", "pool5").with_architecture(name)
    assert setup.architecture == name
    assert setup.unit == middle_unit(setup.line)
    fits = all(s <= n for s, n in zip(setup.line.field.size, setup.line.field.lengths, strict=True))
    assert fits or setup.layer == next(iter(told_lines(name)))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"architecture": "Nonsense"}, "architecture must be one of those offered, got 'Nonsense'"),
        ({"layer": "conv9"}, "layer must be one of VGG-16, got 'conv9'"),
        ({"unit": (7, 0)}, "row must be less than 7 in pool5, got 7"),
        ({"unit": (0, -1)}, "column must be at least 0, got -1"),
        ({"picture": "Dog"}, "picture must be one of Astronaut"),
    ],
)
def test_what_cannot_be_shown_is_refused(settings, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        looking("VGG-16", "pool5").having(**settings)


def test_a_board_is_known_by_its_size():
    assert looking("AlphaGo policy, k = 192", "conv13").on_board
    assert not looking("VGG-16", "pool5").on_board

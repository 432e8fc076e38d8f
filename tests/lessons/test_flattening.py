"""Flattening and the dense layer against their definitions, written out in NumPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz.lessons.flattening import Flattening
from cnnviz.presets.against_scenes import SCENES
from cnnviz.presets.flattening import FlatteningSetup

NUMBERS = st.integers(-9, 9)


@st.composite
def flattenings(draw) -> FlatteningSetup:
    """Draw maps and weights that fit."""
    maps, rows, columns = draw(st.sampled_from([(1, 1, 1), (1, 4, 4), (2, 2, 3), (4, 2, 2), (3, 1, 2)]))
    cells = draw(st.lists(NUMBERS, min_size=maps * rows * columns, max_size=maps * rows * columns))
    units = draw(st.integers(1, 6))
    width = maps * rows * columns + 1
    weights = draw(st.lists(st.tuples(*(NUMBERS,) * width), min_size=units, max_size=units))
    image = np.array(cells).reshape(maps, rows, columns).tolist()
    return FlatteningSetup(tuple(tuple(map(tuple, rows)) for rows in image), tuple(weights))


@settings(max_examples=40)
@given(flattenings())
def test_the_output_is_w_times_x_and_one(setup):
    shown = Flattening(setup)
    cells = [value for rows in setup.maps for row in rows for value in row]
    assert shown.vector.tolist() == [*cells, 1]
    assert [setup.maps[map][row][column] for map, row, column in shown.places] == cells
    by_hand = [sum(w * x for w, x in zip(row, [*cells, 1], strict=True)) for row in setup.weights]
    np.testing.assert_array_equal(shown.output, by_hand)
    assert len(shown) == len(cells) + 1 + len(setup.weights)


@pytest.mark.parametrize("name", ["flatten_dense", "flatten_one"])
def test_scenes_show_what_they_say(name):
    scene = SCENES[name]
    shown = Flattening(scene.setup.flattening)
    assert tuple(shown.output) == scene.expected["output"]


def test_the_bias_is_counted_once():
    told = Flattening(SCENES["flatten_dense"].setup.flattening).remark()
    assert told == "(8 + 1) · 3 = 27 parameters: 24 weights and 3 biases, each counted once."
    setup = SCENES["flatten_one"].setup.flattening
    twice = Flattening(setup).output + setup.biases
    assert (Flattening(setup).output[0], twice[0]) == (2, 7)

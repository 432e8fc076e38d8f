"""The drawing of a network: what it is sent, and how clicks are read."""

import base64

import numpy as np
import pytest

from cnnviz.ui.components.network import Choice, packed, read_choice
from cnnviz.ui.components.network.parts import _windows, read_cell
from cnnviz.ui.inside_drawing import _column, drawn
from cnnviz.window import Window
from tests.each import each
from tests.lessons.inside_networks import drawn as network

INSIDE = network()
NAMES = ("a", "b", "c", "d", "e")
COLUMNS = [_column(INSIDE, at, INSIDE.ends("layer"), NAMES, "Image") for at in drawn(INSIDE)]


def test_every_layer_but_dropout_has_a_column():
    assert [column.kind for column in COLUMNS] == ["maps"] * 6 + ["strip", "units", "shares"]
    assert [column.title for column in COLUMNS][:4] == ["Image", "Conv 4 @ 3×3", "ReLU", "Max pool 2×2"]
    assert COLUMNS[4].size == "6 maps of 4 × 2"
    assert COLUMNS[4].reads == (range(2),) * 3 + (range(2, 4),) * 3
    assert COLUMNS[7].names == COLUMNS[8].names == NAMES
    assert COLUMNS[8].values.sum() == pytest.approx(1)


def test_numbers_are_packed_as_they_are():
    values = np.array([[1.5, -2], [np.nan, np.inf]])
    back = np.frombuffer(base64.b64decode(packed(values)), "<f4")
    np.testing.assert_array_equal(back, values.ravel().astype(np.float32))


@each(
    ("sent", "choice"),
    [
        ({"layer": 0}, Choice()),
        ({"layer": 1, "map": 3}, Choice(1, 3)),
        ({"layer": 1, "map": 3, "row": 8, "column": 7}, Choice(1, 3, (8, 7))),
        ({"layer": 6, "map": 47}, Choice(6, 47)),
        ({"layer": 8, "map": 4}, Choice(8, 4)),
        ({"layer": 1, "map": 4}, None),
        ({"layer": 6, "map": 48}, None),
        ({"layer": 9, "map": 0}, None),
        ({"layer": 1, "map": 0, "row": 9, "column": 0}, None),
        ({"layer": 1, "map": 0, "row": 1}, None),
        ({"layer": 8, "map": 0, "row": 0, "column": 0}, None),
        ({"layer": True, "map": 0}, None),
        ({"layer": "1"}, None),
        ([1, 2], None),
        (None, None),
    ],
)
def test_clicks_are_read_and_nothing_else(sent, choice):
    assert read_choice(sent, COLUMNS) == choice


@pytest.mark.parametrize("sent", [None, 3, {"row": 1}, {"row": 2, "column": 0}, {"row": 0, "column": -1}])
def test_no_pixel_is_read_from_what_is_none(sent):
    assert read_cell(sent, (2, 3)) is None
    assert read_cell({"row": 1, "column": 2}, (2, 3)) == (1, 2)


def test_windows_are_cut_off_at_the_border():
    assert _windows(Window(3, 2, (1, 1)), 5) == [[0, 1], [1, 3], [3, 4]]

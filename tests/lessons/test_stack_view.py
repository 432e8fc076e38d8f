"""What is shown of a stack: counts of what fits, what is wrong, and the rest as it is."""

import pytest

from cnnviz.lessons.layer_table import layer_table
from cnnviz.lessons.stack_view import stack_view
from cnnviz.model.counting import Rules
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.published_layers import Conv1d, LocalResponseNorm
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack import Stack, stack_of

RELU = Activation("ReLU")
DECK = stack_of(ARCHITECTURES["CNN of deck 002"].graph)


def test_the_network_of_deck_002_is_counted_line_by_line():
    """Lecture deck 002: 2400 + 12800 + 12800 + 5120 = 33,120 weights, fields 5, 6, 14, 16, 32, 36."""
    view = stack_view(DECK, Rules(biases=False))
    rows = {row.name: row.cells for row in view.rows}
    weights = {name: rows[name][2] for name in ("conv1", "conv2", "conv3", "dense1")}
    assert weights == {"conv1": "2,400", "conv2": "12,800", "conv3": "12,800", "dense1": "5,120"}
    fields = [rows[name][4] for name in ("conv1", "pool1", "conv2", "pool2", "conv3", "pool3")]
    assert fields == [f"{size} × {size}" for size in (5, 6, 14, 16, 32, 36)]
    assert rows["conv1"][:2] == ("32 × 32 × 32", "⌊(32 + 2·2 − 5) / 1⌋ + 1 = 32")
    assert view.total[2:4] == ("33,120", "6,558,720")
    assert stack_view(DECK, Rules()).total[2] == "33,210"
    assert stack_view(DECK, Rules(operations="FLOP")).total[3] == "13,117,440"


def test_what_follows_a_layer_that_does_not_fit_waits():
    view = stack_view(Stack((3, 8, 8), (Conv2d(4, 3), Conv2d(4, 9), Flatten(), Dense(10))), Rules())
    assert [row.state for row in view.rows] == ["fits", "broken", "waits", "waits"]
    assert view.total[2] == "112"
    assert view.trouble.at == 1
    assert [part.shape for part in view.parts] == [(3, 8, 8), (4, 6, 6), None, None, None]
    assert [part.inputs for part in view.parts[1:]] == [("input",), ("conv1",), ("conv2",), ("flatten1",)]


def test_a_stack_without_layers_or_without_any_that_fits_is_shown():
    assert stack_view(Stack((3, 8, 8), ()), Rules()).total[2] == "0"
    view = stack_view(Stack((3, 8, 8), (Dense(3),)), Rules())
    assert [part.shape for part in view.parts] == [(3, 8, 8), None]
    assert view.rows[0].state == "broken"


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (Conv2d(8, 3), ""),
        (RELU, ""),
        (Flatten(), ""),
        (MaxPool(2), "Max pool"),
        (LocalResponseNorm(), "Local response norm"),
    ],
)
def test_a_layer_says_what_it_is_where_its_name_does_not(layer, said):
    assert stack_view(Stack((3, 8, 8), (layer,)), Rules()).rows[0].title == said


def test_rare_settings_are_shown_for_the_chosen_layer_and_where_they_matter():
    stack = Stack((4, 8, 8), (Conv2d(8, 3), Conv2d(8, 3, groups=2)))
    names = [[setting.name for setting in row.settings] for row in stack_view(stack, Rules(), "conv1").rows]
    assert names[0] == ["filters", "size", "stride", "padding", "dilation", "groups"]
    assert names[1] == ["filters", "size", "stride", "padding", "groups"]


def test_the_table_of_alexnet_is_that_of_deck_001():
    table = layer_table(ARCHITECTURES["AlexNet, one tower"].graph)
    rows = {row.name: row.cells for row in table.rows}
    outputs = {cells[1] for cells in rows.values()}
    assert {
        "55 × 55 × 96",
        "27 × 27 × 96",
        "27 × 27 × 256",
        "13 × 13 × 256",
        "13 × 13 × 384",
        "6 × 6 × 256",
    } <= outputs
    assert table.total[3] == "62,378,344"
    assert "⌊(227 − 11) / 4⌋ + 1 = 55" in {cells[2] for cells in rows.values()}


def test_a_formula_tells_uneven_sides_and_how_far_a_window_reaches():
    stack = Stack((3, 20, 20), (Conv2d(4, 3, 2, ((1, 0), (1, 0)), 3),))
    assert stack_view(stack, Rules()).rows[0].cells[1] == "⌊(20 + 1 + 0 − 7) / 2⌋ + 1 = 8"
    signal = Stack((4, 20), (Conv1d(4, 5, padding=2),))
    assert stack_view(signal, Rules()).rows[0].cells[1] == "⌊(20 + 2·2 − 5) / 1⌋ + 1 = 20"

"""What the pooling window sends to the browser, and what it believes of what comes back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cnnviz.kernels.pooling import argpool2d
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.presets.matrix_text import LARGEST_NUMBER, LONGEST_TEXT
from cnnviz.presets.pooling_scenes import SCENES
from cnnviz.ui.components.pooling import _pictured, read_edit
from cnnviz.ui.components.sliding_window import BlockEdit, CellEdit


def trace(name: str = "pooling_max") -> PoolingTrace:
    return PoolingTrace.of(SCENES[name].setup)


def test_the_page_sends_everything_the_picture_needs():
    page, shown = _pictured(trace("pooling_negative")), trace("pooling_negative")
    np.testing.assert_array_equal(page["input"], shown.image)
    np.testing.assert_array_equal(page["output"], shown.output)
    winners = argpool2d(shown.image[None, None], "max", 2, stride=1, padding=((1, 0), (1, 0)))
    np.testing.assert_array_equal(page["winners"], winners[0, 0])
    assert page["rows"] == {"stride": 1, "dilation": 1, "padding": [1, 0]}
    assert (page["kind"], page["size"], page["limit"]) == ("max", [2, 2], 9)


def test_a_mean_has_no_winners_to_send():
    assert _pictured(trace("pooling_mean"))["winners"] is None


TYPED = {"grid": "input", "row": 3, "column": 2, "value": -0.0}


def test_a_typed_cell_and_a_pasted_block_are_edits():
    edit = read_edit(TYPED, trace())
    assert edit == CellEdit("input", 3, 2, 0.0)
    assert math.copysign(1, edit.value) == 1
    assert read_edit({"grid": "input", "text": "1 2; 3 4"}, trace()) == BlockEdit("input", "1 2; 3 4")


@pytest.mark.parametrize(
    "change",
    [
        {"grid": "kernel"},
        {"grid": ["input"]},
        {"row": 4},
        {"row": -1},
        {"column": True},
        {"value": "1"},
        {"value": math.nan},
        {"value": LARGEST_NUMBER * 2},
        {"text": ""},
        {"text": "1 " * LONGEST_TEXT},
    ],
    ids=lambda change: str(change)[:40],
)
def test_an_edit_that_no_page_sends_is_none(change):
    assert read_edit(TYPED | change, trace()) is None


values = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9)
fields = some.sampled_from(["grid", "row", "column", "value", "text"])


@given(some.dictionaries(fields, values | some.just("input") | some.lists(values, max_size=2)) | values)
def test_nothing_that_comes_back_raises_or_leaves_its_range(sent):
    edit = read_edit(sent, trace())
    if isinstance(edit, CellEdit):
        assert (edit.row, edit.column) < (4, 4)
        assert math.isfinite(edit.value)

"""What the sliding window sends to the browser, and what it believes of what comes back."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from cnnviz.figures.theme import THEMES
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_text import LARGEST_NUMBER, LONGEST_TEXT
from cnnviz.ui.components import palettes, plain
from cnnviz.ui.components.sliding_window import BlockEdit, CellEdit, read_edit, read_step, sliding_window
from cnnviz.ui.keys import KEYS, TAKEN_BY_STREAMLIT
from cnnviz.window import window_pair
from tests.each import each

START = {"turn": 3, "step": 5}


def trace_of(height=4, width=6, size=(3, 2), *, channels=1, flip=False, **slide) -> Trace:
    random = np.random.default_rng(0)
    image = random.integers(0, 9, (channels, height, width)).astype(float)
    kernel = random.integers(-2, 3, (channels, *size)).astype(float)
    return Trace(image, kernel, *window_pair(size, **slide), flip=flip)


def page() -> None:
    import json

    import streamlit as st

    from cnnviz.figures.theme import THEMES
    from cnnviz.ui.components.sliding_window import sliding_window
    from tests.ui.test_sliding_window import trace_of

    chosen = st.session_state.get("options", {})
    edits: list = []
    trace = trace_of(**chosen.get("trace", {}))
    moment = sliding_window(
        trace, key="lesson", themes=THEMES, on_edit=edits.append, **chosen.get("shown", {})
    )
    st.session_state.moment = moment
    st.text(json.dumps(moment.step))


def opened(**options) -> AppTest:
    app = AppTest.from_function(page, default_timeout=20)
    app.session_state["options"] = options
    app.run()
    assert not app.exception
    return app


def sent(app: AppTest) -> dict:
    return json.loads(app.get("bidi_component")[0].proto.json)


def change(app: AppTest, at: object, **options) -> AppTest:
    app.session_state["lesson"] = {"at": at}
    app.session_state["options"] = options
    return app.run()


def test_the_page_sends_everything_the_picture_needs():
    trace = trace_of(stride=2, padding=((1, 0), (2, 1)), dilation=1)
    page = sent(opened(trace={"stride": 2, "padding": ((1, 0), (2, 1))}))
    np.testing.assert_array_equal(page["input"], trace.image[0])
    np.testing.assert_array_equal(page["kernel"], trace.kernel[0])
    np.testing.assert_array_equal(page["output"], trace.output)
    assert page["rows"] == {"stride": 2, "dilation": 1, "padding": [1, 0]}
    assert page["columns"] == {"stride": 2, "dilation": 1, "padding": [2, 1]}
    assert page["themes"]["dark"]["kernel"] == THEMES["dark"].kernel


def test_a_flipped_kernel_is_sent_as_it_lies_on_the_input():
    page = sent(opened(trace={"flip": True}))
    np.testing.assert_array_equal(page["kernel"], trace_of().kernel[0, ::-1, ::-1])
    assert page["turned"] is True


def test_64_by_64_numbers_take_little_room():
    app = opened(trace={"height": 64, "width": 64, "padding": 1, "size": (3, 3)})
    assert len(app.get("bidi_component")[0].proto.json) < 30_000


def test_several_channels_are_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"^trace must have one channel, got 3$"):
        sliding_window(trace_of(channels=3), key="lesson", themes=THEMES)


def test_a_stop_is_told_as_a_sum_or_as_a_dot_product():
    assert sent(opened())["line"] == "sum"
    assert sent(opened(shown={"line": "dot"}))["line"] == "dot"
    with pytest.raises(ValueError, match=r"^line must be one of sum, dot, got 'poem'$"):
        sliding_window(trace_of(), key="lesson", themes=THEMES, line="poem")


def test_the_moment_is_the_start_until_the_reader_moves():
    app = opened(shown={"step": 4})
    assert app.session_state["moment"].step == 4
    assert sent(app)["start"] == {"key": "lesson", "turn": 0, "step": 4}
    change(app, {"turn": 0, "step": 7}, shown={"step": 4})
    assert app.session_state["moment"].step == 7
    assert sent(app)["start"] == {"key": "lesson", "turn": 0, "step": 7}  # so that it would come back there


def test_handing_back_the_readers_step_moves_nothing():
    app = opened()
    change(app, {"turn": 0, "step": 2}, shown={"step": 2})
    assert sent(app)["start"]["turn"] == 0
    assert app.session_state["moment"].step == 2


def test_another_scene_or_step_starts_a_new_turn():
    app = opened(shown={"scene": "a"})
    change(app, {"turn": 0, "step": 7}, shown={"scene": "b"})
    assert sent(app)["start"] == {"key": "lesson", "turn": 1, "step": 0}
    assert app.session_state["moment"].step == 0
    change(app, {"turn": 1, "step": 6}, shown={"scene": "b", "step": 3})
    assert sent(app)["start"] == {"key": "lesson", "turn": 2, "step": 3}


def test_a_start_beyond_the_end_is_the_last_stop():
    app = opened(shown={"step": 10_000})
    assert app.session_state["moment"].step == len(trace_of()) - 1


@each(
    "at",
    [
        None,
        7,
        "7",
        [3, 7],
        {},
        {"turn": 3},
        {"turn": 2, "step": 7},
        {"turn": 3, "step": -1},
        {"turn": 3, "step": 10},
        {"turn": 3, "step": 1.5},
        {"turn": 3, "step": True},
        {"turn": 3, "step": math.nan},
        {"turn": 3, "step": math.inf},
        {"turn": 3, "step": "7"},
        {"turn": 3, "step": [7]},
    ],
    ids=str,
)
def test_a_step_that_cannot_be_is_the_start(at):
    assert read_step(at, START, 10) == 5


def test_a_step_of_this_turn_is_believed():
    assert read_step({"turn": 3, "step": 9}, START, 10) == 9
    assert read_step({"turn": 3, "step": 9.0}, START, 10) == 9


def test_a_typed_cell_is_an_edit():
    typed = {"grid": "input", "row": 3, "column": 5, "value": -0.0}
    assert read_edit(typed, trace_of()) == CellEdit("input", 3, 5, 0.0)
    assert math.copysign(1, read_edit(typed, trace_of()).value) == 1


def test_a_cell_of_a_turned_kernel_is_named_as_it_was_written():
    typed = {"grid": "kernel", "row": 0, "column": 0, "value": 4}
    assert read_edit(typed, trace_of(flip=True)) == CellEdit("kernel", 2, 1, 4.0)
    assert read_edit(typed, trace_of()) == CellEdit("kernel", 0, 0, 4.0)


def test_a_pasted_block_is_an_edit_still_to_be_read():
    assert read_edit({"grid": "kernel", "text": "1 0; 0 1"}, trace_of()) == BlockEdit("kernel", "1 0; 0 1")


@each(
    "change",
    [
        {"grid": "output"},
        {"grid": None},
        {"row": -1},
        {"row": 4},
        {"row": 0.5},
        {"row": "0"},
        {"row": True},
        {"row": None},
        {"column": 6},
        {"column": math.inf},
        {"value": "1"},
        {"value": True},
        {"value": None},
        {"value": math.nan},
        {"value": math.inf},
        {"value": LARGEST_NUMBER * 2},
        {"text": ""},
        {"text": "1 " * LONGEST_TEXT},
    ],
    ids=lambda change: str(change)[:40],
)
def test_an_edit_that_no_page_sends_is_none(change):
    typed = {"grid": "input", "row": 0, "column": 0, "value": 1.0}
    assert read_edit(typed, trace_of()) is not None
    assert read_edit(typed | change, trace_of()) is None


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
fields = some.sampled_from(["grid", "row", "column", "value", "text", "turn", "step"])


@given(some.dictionaries(fields, json_values | some.sampled_from(["input", "kernel"])) | json_values)
def test_nothing_that_comes_back_raises_or_leaves_its_range(sent):
    assert 0 <= read_step(sent, START, 10) < 10
    edit = read_edit(sent, trace_of())
    if isinstance(edit, CellEdit):
        assert edit.grid in ("input", "kernel")
        assert (edit.row, edit.column) < (4, 6)
        assert math.isfinite(edit.value)


@pytest.mark.parametrize(
    "value", [0.1, 3.0, -0.0, math.nan, math.inf, -math.inf, 1e300, np.int64(7)], ids=str
)
def test_plain_numbers_survive_json(value):
    written = json.dumps(plain(value), allow_nan=False)
    assert float(json.loads(written)) == pytest.approx(float(value), nan_ok=True, abs=0)
    assert "-0" not in written


def test_plain_keeps_the_shape_and_shortens_whole_numbers():
    assert plain(np.array([[1.0, -0.0], [0.5, np.nan]])) == [[1, 0], [0.5, "NaN"]]
    assert json.dumps(plain(np.float32([2, 3]))) == "[2, 3]"


def test_every_colour_of_the_themes_reaches_the_script():
    assert palettes(THEMES)["light"]["negative"] == THEMES["light"].negative
    assert set(palettes(THEMES)) == {"light", "dark"}


def test_no_key_is_bound_twice_or_taken_by_streamlit():
    names = [key.key.lower() for key in KEYS]
    assert len(set(names)) == len(names)
    assert not TAKEN_BY_STREAMLIT & set(names)

"""What the picture of channels sends to the browser, what it believes of what comes back, and its links."""

import base64
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from cnnviz.lessons.channels import flow
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.presets.matrix_text import LARGEST_NUMBER, LONGEST_TEXT
from cnnviz.presets.sliding import Slide
from cnnviz.ui.channels_state import LESSON
from cnnviz.ui.components.channels import PlaneEdit, pictured, read_edit
from tests.each import each

RGB, VOLUME = SCENES["channels_rgb"].setup, SCENES["channels_volume"].setup
GROUPS = SCENES["channels_groups"].setup
TYPED = {"grid": "kernel", "channel": 1, "plane": 0, "row": 2, "column": 1, "value": -0.0}


@each("name", SCENES)
def test_the_page_sends_everything_the_picture_needs(name):
    shown = flow(SCENES[name].setup)
    sent = json.loads(json.dumps(pictured(shown), allow_nan=False))
    np.testing.assert_array_equal(sent["inputs"], shown.volume)
    np.testing.assert_array_equal(sent["kernels"], shown.trace.kernel)
    np.testing.assert_array_equal(sent["partials"], shown.trace.partials)
    np.testing.assert_array_equal(sent["output"], shown.output)
    assert len(sent["maps"]) == (len(shown.maps) if len(shown.maps) > 1 else 0)
    assert len(json.dumps(sent)) < 150_000


def test_thumbnails_are_the_maps_in_signed_bytes():
    shown = flow(SCENES["channels_filters"].setup)
    for planes, text in zip(shown.maps, pictured(shown)["maps"], strict=True):
        values = np.frombuffer(base64.b64decode(text), np.int8).reshape(4, 4)
        np.testing.assert_allclose(
            values / 127 * np.abs(planes).max(), planes[0], atol=np.abs(planes).max() / 250
        )


def test_groups_are_sent_as_first_and_end():
    sent = pictured(flow(replace(GROUPS, shown=2)))
    assert sent["reads"] == [[0, 2], [0, 2], [2, 4], [2, 4]]
    assert sent["shown"] == 2
    assert len(sent["kernels"]) == 2


def test_a_typed_cell_and_a_pasted_block_are_edits():
    edit = read_edit(TYPED, flow(RGB))
    assert edit == PlaneEdit("kernel", 1, 0, (2, 1), 0.0)
    assert math.copysign(1, edit.value) == 1
    pasted = {"grid": "input", "channel": 1, "plane": 2, "text": "1 2"}
    assert read_edit(pasted, flow(VOLUME)) == PlaneEdit("input", 1, 2, text="1 2")


@each(
    "change",
    [
        {"grid": "output"},
        {"channel": 3},
        {"channel": -1},
        {"channel": None},
        {"plane": 1},
        {"row": 3},
        {"column": 0.5},
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
    assert read_edit(TYPED, flow(RGB)) is not None
    assert read_edit(TYPED | change, flow(RGB)) is None


values = some.none() | some.booleans() | some.integers(-3, 9) | some.floats() | some.text(max_size=6)
names = some.sampled_from([*TYPED, "text"])


@given(some.dictionaries(names, values | some.sampled_from(["input", "kernel"])) | values)
def test_nothing_that_comes_back_raises_or_leaves_its_range(sent):
    edit = read_edit(sent, flow(VOLUME))
    if edit and not edit.text:
        assert math.isfinite(edit.value)
        assert edit.cell < (4, 4)


ODD = {
    "a layer with everything": replace(
        SCENES["channels_groups"].setup.with_filters(8),
        slide=Slide((1, 2), "custom", ((1, 0), (2, 1)), (2, 1)),
        biases=(0.5, -1.0, 0, 0, 0, 0, 0, 3.0),
        relu=True,
        shown=7,
    ),
    "a picture with other filters": SCENES["channels_ten_filters"].setup.with_kernel(3),
    "a volume": replace(VOLUME.with_depth(3), stride=2, bias=-0.5),
    "thirty-two filters": SCENES["channels_conv1"].setup.with_bias(2),
}


@pytest.mark.parametrize("name", ODD)
def test_a_link_carries_the_whole_state(name):
    shown = replace(LESSON.read_link({})[0], setup=ODD[name])
    written = LESSON.write_link(shown)
    assert sum(map(len, written.values())) < 6000
    again, problem = LESSON.read_link({key: [text] for key, text in written.items()})
    assert (again.setup, problem) == (ODD[name], "")


@each("name", SCENES)
def test_a_scene_is_its_own_short_link(name):
    shown, problem = LESSON.read_link({"scene": [name], "step": ["1"]})
    assert (shown.setup, shown.step, problem) == (SCENES[name].setup, 1, "")
    assert LESSON.write_link(shown).keys() <= {"scene", "step"}


@each(
    "asked",
    [
        {"kind": "cube"},
        {"image": "1,2|3"},
        {"image": "lion"},
        {"image": "|" * 300},
        {"filters": "||" * 300},
        {"filters": "1,2;3"},
        {"groups": "2"},
        {"biases": "1,2"},
        {"filter": "-1"},
        {"kind": "volume", "kernel": "1"},
        {"kind": "volume", "steps": "0"},
        {"step": "16"},
        {"filters": "zzz"},
    ],
    ids=str,
)
def test_what_a_link_gets_wrong_is_left_out_with_one_sentence(asked):
    shown, problem = LESSON.read_link({name: [text] for name, text in asked.items()})
    assert problem.startswith("A part of the link was left out: ")
    assert shown.setup in (RGB, VOLUME)


def page() -> None:
    import streamlit as st

    from cnnviz.ui.channels_controls import show_filter
    from cnnviz.ui.channels_numbers import take_edit
    from cnnviz.ui.channels_state import LESSON

    LESSON.arrive()
    for edit in st.session_state.get("edits", []):
        take_edit(edit)
    st.session_state.refused = LESSON.memory.complaint()
    show_filter(0)


def edited(**did) -> AppTest:
    app = AppTest.from_function(page)
    for name, value in did.items():
        app.session_state[name] = value
    return app.run()


def test_edits_and_the_filter_chosen_reach_the_setup():
    app = edited(
        edits=[
            PlaneEdit("kernel", 2, 0, (2, 1), 7.0),
            PlaneEdit("input", 0, 0, text="9 " * 5 + ";1 2 3 4 5" * 4),
        ]
    )
    setup = app.session_state["ch_shown"].setup
    assert setup.filters[0][2][2] == (1, 7, 1)
    assert setup.image[0][0] == (9,) * 5
    assert setup.image[1:] == RGB.image[1:]


def test_a_pasted_block_of_another_size_is_refused_in_one_sentence():
    app = edited(edits=[PlaneEdit("input", 0, 0, text="1 2")])
    assert app.session_state["ch_shown"].setup == RGB
    assert app.session_state["refused"] == "Channels must all have the same rows and columns."

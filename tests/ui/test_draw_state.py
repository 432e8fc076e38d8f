"""The settings of the page of drawn digits as a link, its paper, and the networks it can ask."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons.digits import STEPS
from cnnviz.presets.trained import TRAINED
from cnnviz.ui.components.drawing_pad.reading import Drawing
from cnnviz.ui.draw_state import PATCHES, Paper, Shown, read_link, write_link

STROKE = "FBACAiigB"
SHOWN = st.builds(
    Shown,
    st.sampled_from(sorted(TRAINED)),
    st.frozensets(st.sampled_from(sorted(STEPS))),
    st.sampled_from(PATCHES),
    st.sampled_from(["", STROKE, f"{STROKE}.ABACA"]),
)


def as_asked(written: dict[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in written.items()}


@given(SHOWN)
def test_a_link_holds_every_setting(shown):
    assert read_link(as_asked(write_link(shown))) == (shown, "")


def test_the_page_as_it_opens_needs_no_parameters_and_a_run_of_the_session_is_in_no_link():
    assert write_link(Shown()) == {}
    assert write_link(Shown("A: LeNet, 97.0 %", patch=7)) == {"patch": "7"}


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"network": ["VGG"]}, "network: value must be one of CNN, MLP"),
        ({"patch": ["4"]}, "patch must be one of 3, 5, 7, got 4"),
        ({"patch": ["x"]}, "value must be a whole number"),
        ({"off": ["crop,blur"]}, "off must be some of polarity"),
        ({"off": ["x" * 5000]}, "off must be some of polarity"),
        ({"off": ["crop", "fit"]}, "off must be given once"),
        ({"drawing": [STROKE[:-1]]}, "drawing: text must be whole, got a damaged drawing."),
        ({"drawing": ["<script>"]}, "drawing: text must be whole, got a damaged drawing."),
        ({"drawing": ["FBACA" + "gg" * 900]}, "drawing: text must have at most 1,500 characters, got 1,805."),
    ],
)
def test_a_link_is_read_with_care(asked, complaint):
    shown, problem = read_link(asked)
    assert shown == Shown()
    assert complaint in problem


def test_switches_can_be_moved_both_ways():
    assert Shown().switched("crop", False).switched("fit", False).switched("crop", True).off == {"fit"}


def test_the_paper_knows_when_the_pen_rests():
    paper, sheet = Paper(), np.zeros((112, 112), np.uint8)
    paper.complaint = "Something."
    paper.take(Drawing(sheet, True, 4))
    assert (paper.now is sheet, paper.rested, paper.answered, paper.complaint) == (True, None, 4, "")
    paper.take(Drawing(sheet, False, 5))
    assert paper.rested is sheet
    paper.put(None)
    assert (paper.base, paper.now, paper.rested, paper.turn) == (None, None, None, 2)


def test_a_new_pad_begins_with_strokes_or_with_a_picture():
    paper, sheet = Paper(), np.zeros((112, 112), np.uint8)
    paper.draw(STROKE)
    assert (paper.begun, paper.now, paper.unread, paper.turn) == (STROKE, None, True, 2)
    paper.take(Drawing(sheet, False, 1, STROKE))
    assert not paper.unread
    paper.lay_again()
    assert (paper.begun, paper.base, paper.now is sheet, paper.turn) == (STROKE, None, True, 3)
    paper.put(sheet)
    assert (paper.begun, paper.strokes, paper.unread) == ("", "", False)
    paper.lay_again()
    assert paper.base is sheet

"""The link of the page of 1-D convolution reproduces it, the signal included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.matrices import Setup
from cnnviz.presets.series import ENDS, FIRST, SCENES, SeriesSetup, Smoothing
from cnnviz.presets.signals import KERNELS, SIGNALS
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.series_state import LESSON
from tests.matrices import NUMBERS, matrices

SMOOTHINGS = st.builds(
    Smoothing,
    st.sampled_from([*SIGNALS]),
    st.sampled_from([*KERNELS]),
    st.integers(2, 200),
    matrices(1, st.integers(1, 200)).map(lambda rows: rows[0]),
    st.sampled_from([*ENDS]),
    st.integers(0, 999),
    st.integers(0, 999),
)


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    sides = draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    padding, rounding = draw(st.sampled_from([*PADDINGS])), draw(st.sampled_from([*ROUNDINGS]))
    slide = Slide(
        (1, draw(st.integers(1, 5))), padding, ((0, 0), sides), (1, draw(st.integers(1, 2))), rounding
    )
    image, kernel = draw(matrices(1, st.integers(21, 64))), draw(matrices(1, st.integers(1, 11)))
    line = Setup(image, kernel, slide, draw(NUMBERS), draw(st.booleans()))
    return Shown(FIRST, SeriesSetup(line, draw(SMOOTHINGS)), draw(st.integers(0, line.output_shape[1] - 1)))


@given(shown())
def test_a_link_reproduces_what_is_shown(before):
    written = LESSON.write_link(before)
    again, complaint = LESSON.read_link({name: [text] for name, text in written.items()})
    assert complaint == ""
    assert (again.setup, again.step) == (before.setup, before.step)


@pytest.mark.parametrize("name", SCENES)
def test_the_link_of_a_scene_is_its_name(name):
    scene = Shown(name, SCENES[name].setup, 1)
    assert LESSON.write_link(scene) == ({} if name == FIRST else {"scene": name}) | {"step": "1"}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"input": "1,2;3,4"}, "input: series must be one row or one column, got 2 rows"),
        ({"kernel": ",".join("1" * 12)}, "kernel: series must have at most 11 numbers, got 12"),
        ({"padding": "1,2,3"}, "padding: value must have 1 or 2 numbers, got 3"),
        ({"width": "0"}, "width must be from 1 to 200, got 0"),
        ({"place": "1000"}, "place must be from 0 to 999, got 1000"),
        ({"signal": "radio"}, "signal: value must be one of trend, step, sine, pulses, got 'radio'"),
        ({"step": "6"}, "step must be less than 6, got 6"),
        ({"typed": "1e12"}, "typed: row 1: value must be at most 1,000,000,000 in size, got “1e12”"),
    ],
)
def test_what_cannot_be_is_left_out_with_a_sentence(asked, sentence):
    again, complaint = LESSON.read_link({name: [text] for name, text in asked.items()})
    assert complaint == f"A part of the link was left out: {sentence}."
    assert again == Shown(FIRST, SCENES[FIRST].setup)


def test_padding_is_written_once_if_both_ends_agree():
    for asked in ("1", "0,3", "same", "full"):
        again, _ = LESSON.read_link({"padding": [asked]})
        assert LESSON.write_link(again) == {"padding": asked}

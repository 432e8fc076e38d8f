"""The link of the page of pooling reproduces it, number by number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.kernels.pooling import POOLINGS
from cnnviz.presets.pooling import BLOCKS, PADDINGS, PoolingSetup, Shrinking
from cnnviz.presets.pooling_pictures import LARGEST_SHIFT, SAMPLES
from cnnviz.presets.pooling_scenes import FIRST, SCENES
from cnnviz.presets.sliding import Slide
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.pooling_state import LESSON
from tests.each import each
from tests.matrices import matrices


def asked(written: dict[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in written.items()}


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    height, width = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    image = draw(matrices(height, width))
    window = (draw(st.integers(1, height)), draw(st.integers(1, width)))
    sides = tuple(tuple(draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2))) for size in window)
    stride = draw(st.tuples(st.integers(1, 16), st.integers(1, 16)))
    shrinking = Shrinking(
        draw(st.sampled_from([*SAMPLES])),
        draw(st.sampled_from([*POOLINGS])),
        draw(st.sampled_from(BLOCKS)),
        draw(st.integers(0, LARGEST_SHIFT)),
    )
    slide = Slide(stride, draw(st.sampled_from([*PADDINGS])), sides)
    kind, channels = draw(st.sampled_from([*POOLINGS])), draw(st.integers(1, 4096))
    setup = PoolingSetup(image, kind, window, slide, channels, shrinking)
    return Shown(FIRST, setup, draw(st.integers(0, setup.stops - 1)))


@given(shown())
def test_a_link_reproduces_what_is_shown(before):
    assert LESSON.read_link(asked(LESSON.write_link(before))) == (before, "")


@each("name", SCENES)
def test_the_link_of_a_scene_is_its_id(name):
    before = Shown(name, SCENES[name].setup, 2)
    assert LESSON.write_link(before) == ({} if name == FIRST else {"scene": name}) | {"step": "2"}
    assert LESSON.read_link({"scene": [name], "step": ["2"]}) == (before, "")


@pytest.mark.parametrize(
    ("asked_for", "problem"),
    [
        ({"kind": ["sum"]}, "kind: value must be one of max, min, mean, got 'sum'"),
        ({"window": ["2,3,4"]}, "window: value must have 1 or 2 numbers, got 3"),
        ({"window": ["9"]}, "window must be at most 4 rows, the padded input, got 9"),
        ({"padding": ["2"]}, "padding must be smaller than the window of 2 rows, got 2"),
        ({"padding": ["full"]}, "padding must be one of valid, same, custom, got 'full'"),
        ({"block": ["5"]}, "window must be one of 2, 3, 4, 6, 8, got 5"),
        ({"shift": ["9"]}, "shift must be at most 4, got 9"),
        ({"channels": ["0"]}, "channels must be at least 1, got 0"),
        ({"step": ["4"]}, "step must be less than 4, got 4"),
    ],
    ids=str,
)
def test_what_cannot_be_is_left_out_with_one_sentence(asked_for, problem):
    read, told = LESSON.read_link(asked_for)
    assert read == Shown(FIRST, SCENES[FIRST].setup)
    assert told == f"A part of the link was left out: {problem}."

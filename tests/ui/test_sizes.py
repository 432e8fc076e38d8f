"""The state of the page on output sizes as a link, and what comes back from its tables."""

import pytest
from hypothesis import given

from cnnviz.presets.size_scenes import FIRST, SCENES
from cnnviz.presets.sizes import SizeSetup
from cnnviz.ui.components.axis import read_pick
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.sizes_state import LESSON, put_together, take_apart
from tests.each import each
from tests.presets.test_sizes import SETUPS


def through_a_link(shown: Shown) -> tuple[Shown, str]:
    return LESSON.read_link({name: [text] for name, text in LESSON.write_link(shown).items()})


@given(SETUPS)
def test_a_link_holds_every_setting(setup):
    assert put_together(take_apart(setup)) == setup
    again, problem = through_a_link(Shown(FIRST, setup))
    assert (again.setup, problem) == (setup, "")


@each("scene", SCENES)
def test_an_unchanged_scene_is_its_id(scene):
    assert LESSON.write_link(Shown(scene, SCENES[scene].setup)) == (
        {} if scene == FIRST else {"scene": scene}
    )
    assert through_a_link(Shown(scene, SCENES[scene].setup))[0].scene == scene


@pytest.mark.parametrize(
    ("asked", "padding", "complaint"),
    [
        ({"padding": ["1"]}, (1, 1), ""),
        ({"padding": ["2,0"]}, (2, 0), ""),
        ({"padding": ["same"]}, (1, 1), ""),
        ({"padding": ["custom"]}, (0, 0), "padding"),
        ({"padding": ["1,2,3"]}, (0, 0), "padding"),
        ({"kernel": ["9"]}, (0, 0), "kernel must reach over at most 7 cells"),
        ({"length": ["-1"]}, (0, 0), "length"),
        ({"rounding": ["up"]}, (0, 0), "rounding"),
    ],
)
def test_a_link_is_read_with_care(asked, padding, complaint):
    shown, problem = LESSON.read_link(asked)
    assert shown.setup.unrounded.padding == padding
    assert complaint in problem
    assert bool(problem) == bool(complaint)


@pytest.mark.parametrize("sent", [{"length": 1}, {"length": 32}, {"kernel": 11, "stride": 8}])
def test_a_cell_of_the_tables_can_be_picked(sent):
    assert read_pick(sent) == sent
    assert SizeSetup(256, 1).having(**sent)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        {},
        {"length": 0},
        {"length": 33},
        {"length": "7"},
        {"length": True},
        {"length": 7.0},
        {"kernel": 3},
        {"kernel": 12, "stride": 1},
        {"length": 7, "padding": "full"},
    ],
)
def test_anything_else_is_no_cell(sent):
    assert read_pick(sent) is None

"""The state of the comparison as a link, and what comes back from its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons.flattening import Flattening
from cnnviz.presets.against import AgainstSetup
from cnnviz.presets.against_scenes import FIRST, SCENES
from cnnviz.ui.against_state import LESSON, put_together, stops, take_apart
from cnnviz.ui.components.against import read_side
from cnnviz.ui.components.flattening import CellEdit, read_edit
from cnnviz.ui.lesson_state import Shown
from tests.lessons.test_flattening import flattenings

SETUPS = st.builds(
    AgainstSetup,
    view=st.sampled_from(["growth", "flatten"]),
    side=st.integers(8, 1000),
    channels=st.integers(1, 16),
    filters=st.lists(st.integers(1, 512), min_size=1, max_size=3).map(tuple),
    kernel=st.sampled_from([1, 3, 11]),
    ending=st.sampled_from(["flatten", "mean"]),
    widths=st.lists(st.integers(1, 100_000), max_size=3).map(tuple),
    classes=st.integers(1, 1000),
    biases=st.booleans(),
    flattening=flattenings(),
)


def through_a_link(shown: Shown) -> tuple[Shown, str]:
    return LESSON.read_link({name: [text] for name, text in LESSON.write_link(shown).items()})


@given(SETUPS)
def test_a_link_holds_every_setting(setup):
    assert put_together(take_apart(setup)) == setup
    again, problem = through_a_link(Shown(FIRST, setup))
    assert (again.setup, problem) == (setup, "")
    assert stops(setup) == (setup.flattening.stops if setup.view == "flatten" else 1)


@pytest.mark.parametrize("scene", SCENES)
def test_an_unchanged_scene_is_its_id(scene):
    shown = Shown(scene, SCENES[scene].setup)
    assert through_a_link(shown) == (shown, "")


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"filters": "1,2,3,4"}, "filters: value must have at most 3 numbers"),
        ({"filters": ""}, "filters must be given for 1 to 3 layers"),
        ({"maps": "1,2|3"}, "maps must be at most 4 maps of one shape"),
        ({"maps": "1|1|1|1|1"}, "maps must be at most 4, got 5"),
        ({"weights": "1,2"}, "weights must have 8 columns"),
        ({"side": "5"}, "side must be from 8 to 1000"),
        ({"scene": "flatten_one", "step": "9"}, "step must be less than 6, got 9"),
    ],
)
def test_a_link_is_read_with_care(asked, complaint):
    shown, problem = LESSON.read_link({name: [text] for name, text in asked.items()})
    assert shown.setup == SCENES[asked.get("scene", FIRST)].setup
    assert complaint in problem


def test_only_what_the_page_can_send_is_read():
    assert read_side(8) == 8
    assert read_side(1000) == 1000
    assert [read_side(sent) for sent in (None, 7, 1001, "32", True, 32.5, float("nan"))] == [None] * 7
    shown = Flattening(SCENES["flatten_dense"].setup.flattening)
    good = {"grid": "maps", "channel": 1, "row": 0, "column": 1, "value": 2.5}
    assert read_edit(good, shown) == CellEdit("maps", 1, 0, 1, 2.5)
    assert read_edit({**good, "grid": "weights", "channel": 0, "column": 8}, shown).column == 8
    wrong = [
        {"grid": "output"},
        {"channel": 2},
        {"row": 2},
        {"column": -1},
        {"value": "2"},
        {"value": 1e99},
        {"row": None},
    ]
    assert [read_edit({**good, **change}, shown) for change in wrong] == [None] * len(wrong)
    assert read_edit("maps", shown) is None

"""The state of the layer calculator as a link, and what comes back from its list of answers."""

import pytest
from hypothesis import given

from cnnviz.lessons.calculator_search import answers
from cnnviz.presets.calculator_scenes import FIRST, SCENES
from cnnviz.ui.calculator_state import LESSON, put_together, take_apart
from cnnviz.ui.components.calculator import read_pick
from cnnviz.ui.lesson_state import Shown
from tests.each import each
from tests.presets.test_calculator import setups


def through_a_link(shown: Shown) -> tuple[Shown, str]:
    return LESSON.read_link({name: [text] for name, text in LESSON.write_link(shown).items()})


@given(setups())
def test_a_link_holds_every_setting(setup):
    assert put_together(take_apart(setup)) == setup
    again, problem = through_a_link(Shown(FIRST, setup))
    assert (again.setup, problem) == (setup, "")


@each("scene", SCENES)
def test_an_unchanged_scene_is_its_id_and_a_changed_one_says_all(scene):
    shown = Shown(scene, SCENES[scene].setup)
    assert through_a_link(shown)[0] == shown
    changed = Shown(scene, shown.setup.having(target=3, find="stride"))
    assert through_a_link(changed)[0].setup == changed.setup


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"kind": "lstm"}, "kind: value must be one of conv2d"),
        ({"shape": "3,32"}, "shape: value must have 3 numbers"),
        ({"shape": "3,2000,32"}, "height must be at most 1,024"),
        ({"size": "99"}, "kernel must reach over"),
        ({"groups": "7"}, "groups must divide"),
        ({"units": "99999999"}, "units: value must be a whole number"),
        ({"biases": "perhaps"}, "biases: value must be a whole number"),
    ],
)
def test_a_link_is_read_with_care(asked, complaint):
    shown, problem = LESSON.read_link({name: [text] for name, text in asked.items()})
    assert shown.setup == SCENES[FIRST].setup
    assert complaint in problem


def test_only_an_answer_of_the_list_can_be_picked():
    found = answers(SCENES["layer_alexnet_224"].setup)
    assert read_pick({"at": 0, "text": "i = 227"}, found) == found[0]
    for sent in (
        None,
        0,
        {},
        {"at": 0},
        {"at": 4, "text": "i = 227"},
        {"at": 1, "text": "i = 227"},
        {"at": "0"},
    ):
        assert read_pick(sent, found) is None

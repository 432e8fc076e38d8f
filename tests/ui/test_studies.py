"""Case studies as links, and what comes back from their chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons.studies_story import moments
from cnnviz.presets.studies_sentence import SentenceSetup
from cnnviz.presets.study_scenes import FIRST, SCENES
from cnnviz.presets.study_setup import VARIANTS, VIEWS, StudySetup
from cnnviz.ui.components.studies import read_pick
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.studies_state import LESSON, put_together, stops, take_apart

WORDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=4, max_size=10).map(" ".join)
EXAMPLES = st.builds(SentenceSetup, WORDS, st.integers(1, 2), st.integers(1, 99))
SETUPS = st.sampled_from([*VIEWS]).flatmap(
    lambda view: st.builds(
        StudySetup,
        st.just(view),
        st.sampled_from([*VARIANTS[view]]),
        st.booleans(),
        st.sampled_from(["MAC", "FLOP"]),
        st.just(""),
        st.integers(0, 10),
        EXAMPLES,
    )
)


def through_a_link(shown: Shown) -> tuple[Shown, str]:
    return LESSON.read_link({name: [text] for name, text in LESSON.write_link(shown).items()})


@given(SETUPS)
def test_a_link_holds_every_setting(setup):
    assert put_together(take_apart(setup)) == setup
    again, problem = through_a_link(Shown(FIRST, setup))
    assert (again.setup, problem) == (setup, "")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_short_link_of_its_own(view):
    setup = StudySetup(view)
    known = [name for name, scene in SCENES.items() if scene.setup == setup]
    written = LESSON.write_link(Shown(known[0] if known else FIRST, setup))
    assert len(written) <= 1
    assert through_a_link(Shown(FIRST, setup))[0].setup == setup


@pytest.mark.parametrize("layer", ["conv2_x", "conv2_1a", "conv5_x"])
def test_an_open_stage_is_in_the_link(layer):
    setup = StudySetup("resnet", layer=layer)
    assert LESSON.write_link(Shown(FIRST, setup)) == {"study": "resnet", "layer": layer}
    assert through_a_link(Shown(FIRST, setup))[0].setup == setup


@pytest.mark.parametrize(
    ("asked", "view", "complaint"),
    [
        ({"study": ["vgg"]}, "vgg", ""),
        ({"study": ["vgg"], "variant": ["19"]}, "vgg", ""),
        ({"study": ["vgg"], "variant": ["12"]}, "vgg", "variant must be one of"),
        ({"study": ["vgg"], "layer": ["C3"]}, "vgg", "layer must be one of"),
        ({"study": ["yolo"]}, "lenet", "study"),
        ({"sentence": ["short"]}, "lenet", "sentence must have 4 to 10 words"),
        ({"sentence": ["x " * 20_000]}, "lenet", "sentence must have at most 10 words"),
        ({"seed": ["0"]}, "lenet", "seed must be from 1 to 99"),
        ({"scale": ["11"]}, "lenet", "scale must be from 0 to 10"),
        ({"step": ["1"]}, "lenet", "step must be less than 1"),
        ({"operations": ["GPU"]}, "lenet", "operations"),
    ],
)
def test_a_link_is_read_with_care(asked, view, complaint):
    shown, problem = LESSON.read_link(asked)
    assert shown.setup.view == view
    assert complaint in problem
    assert bool(problem) == bool(complaint)


def test_only_the_worked_sentence_has_stops():
    assert stops(StudySetup("sentence")) == 45
    assert stops(StudySetup("sentence", example=SentenceSetup(maps=1))) == 24
    assert stops(StudySetup("sentence", "whole")) == stops(StudySetup("story")) == 1
    shown, problem = LESSON.read_link({"scene": ["studies_sentence"], "step": ["44"]})
    assert (shown.step, problem) == (44, "")


@pytest.mark.parametrize("sent", [1, 5])
def test_a_network_of_the_chart_opens_its_study(sent):
    assert read_pick(sent, moments()) == sent


@pytest.mark.parametrize("sent", [0, -1, 6, True, None, "1", 1.5, [1], {"pick": 1}])
def test_anything_else_opens_nothing(sent):
    assert read_pick(sent, moments()) is None

"""The link of the page of activations reproduces it; whatever else comes is left out with a sentence."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.activation_scenes import FIRST, SCENES
from cnnviz.presets.activations import KNOWN, TEMPERATURES, VIEWS, ActivationSetup
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.ui.activations_state import LESSON, TABLE, put_together, take_apart
from cnnviz.ui.lesson_state import Shown
from tests.each import each
from tests.matrices import matrices


def numbers(least: float, most: float) -> st.SearchStrategy:
    return st.floats(least, most).map(lambda value: value + 0.0)


SETUPS = st.builds(
    ActivationSetup,
    view=st.sampled_from([*VIEWS]),
    names=st.lists(st.sampled_from([*KNOWN]), min_size=1, max_size=6, unique=True).map(tuple),
    x=numbers(-1000, 1000),
    slope=numbers(0, 1),
    alpha=numbers(0, 3),
    w1=numbers(-10, 10),
    b2=numbers(-10, 10),
    matrix=matrices(st.integers(1, 10), st.integers(1, 10)),
    neuron=matrices(2, st.integers(1, 8)),
    bias=numbers(-100, 100),
    picture=st.sampled_from([*IMAGES]),
    filter=st.sampled_from([*FILTERS]),
    logits=st.lists(numbers(-100, 100), min_size=2, max_size=8).map(tuple),
    temperature=numbers(*TEMPERATURES),
    shift=numbers(-1000, 1000),
)


def asked(written: dict[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in written.items()}


@given(SETUPS)
def test_a_link_reproduces_what_is_shown(setup):
    seen, complaint = LESSON.read_link(asked(LESSON.write_link(Shown(FIRST, setup))))
    assert complaint == ""
    assert seen.setup == setup


@each("name", SCENES)
def test_a_scene_needs_only_its_id(name):
    written = LESSON.write_link(Shown(name, SCENES[name].setup))
    assert written == ({} if name == FIRST else {"scene": name})
    assert LESSON.read_link(asked(written)) == (Shown(name, SCENES[name].setup), "")


def test_a_link_is_readable():
    setup = replace(SCENES[FIRST].setup, names=("Leaky ReLU", "GELU, tanh form"), slope=0.1, logits=(1, 2.5))
    assert LESSON.write_link(Shown(FIRST, setup)) == {
        "names": "leaky-relu,gelu-tanh-form",
        "slope": "0.1",
        "logits": "1,2.5",
    }


HOSTILE = {
    "view": ["table", ""],
    "names": ["", "relu,relu", "step", "relu,", ",".join(["tanh"] * 99), "__class__"],
    "x": ["nan", "1001", "-1e9", "x", "²"],
    "slope": ["-1", "2", "inf"],
    "alpha": ["-0.1", "3.5"],
    "w1": ["11", "z"],
    "b1": ["-11"],
    "w2": ["1e3"],
    "b2": ["NaN"],
    "matrix": ["1,2;3", "1," * 11, "z" + "A" * 900, "<script>"],
    "neuron": ["1,2", "1;2;3", "1,2;3", "1,1,1,1,1,1,1,1,1;1,1,1,1,1,1,1,1,1"],
    "bias": ["1e10", ""],
    "picture": ["Moon"],
    "filter": ["../x"],
    "logits": ["1", "1,2;3,4", "1,2,3,4,5,6,7,8,9"],
    "temperature": ["0", "-1", "11"],
    "shift": ["1001"],
}


@each(("name", "text"), [(n, text) for n, texts in HOSTILE.items() for text in texts])
def test_a_damaged_parameter_is_left_out_with_one_sentence(name, text):
    seen, complaint = LESSON.read_link({name: [text]})
    assert seen.setup == SCENES[FIRST].setup
    assert complaint.startswith("A part of the link was left out: ")
    assert complaint.endswith(".")


def test_every_parameter_has_its_hostile_cases():
    assert {*HOSTILE} == {*TABLE}


def test_taking_apart_and_putting_together_are_inverse():
    for scene in SCENES.values():
        assert put_together(take_apart(scene.setup)) == scene.setup


def test_logits_may_stand_below_each_other():
    assert LESSON.read_link({"logits": ["1;2;3"]})[0].setup.logits == (1, 2, 3)

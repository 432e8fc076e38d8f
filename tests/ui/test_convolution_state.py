"""The link of the page of 2-D convolution reproduces it, number by number."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_scenes import FIRST, SCENES
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide
from cnnviz.ui.convolution_state import LESSON, TABLE
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.state import LONGEST_PARAMETER
from tests.each import each
from tests.matrices import NUMBERS, matrices

read_link, write_link = LESSON.read_link, LESSON.write_link
LONG, SHORT, SIDE = st.integers(1, 20), st.integers(1, 4), st.integers(0, 3)


def first(scene: str = FIRST) -> Shown:
    return Shown(scene, SCENES[scene].setup)


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    padding = draw(st.sampled_from([*PADDINGS]))
    slide = Slide(
        draw(st.tuples(st.integers(1, 4), st.integers(1, 4))),
        padding,
        draw(st.tuples(st.tuples(SIDE, SIDE), st.tuples(SIDE, SIDE))),
        draw(st.tuples(st.integers(1, 2), st.integers(1, 2))),
        draw(st.sampled_from([*ROUNDINGS])),
    )
    image, kernel = draw(matrices(LONG, LONG)), draw(matrices(SHORT, SHORT))
    if not slide.fits((len(image), len(image[0])), (len(kernel), len(kernel[0]))):
        slide = replace(slide, padding="full")
    setup = Setup(image, kernel, slide, draw(NUMBERS), draw(st.booleans()))
    stops = setup.output_shape[0] * setup.output_shape[1]
    return Shown(FIRST, setup, draw(st.integers(0, stops - 1)))


def asked(written: dict[str, str]) -> dict[str, list[str]]:
    return {name: [text] for name, text in written.items()}


@given(shown())
def test_a_link_reproduces_what_is_shown(before):
    written = write_link(before)
    assert all(len(text) <= LONGEST_PARAMETER for text in written.values())
    assert read_link(asked(written)) == (before, "")


@each("name", SCENES)
def test_a_scene_needs_only_its_id_and_the_stop(name):
    written = write_link(first(name))
    assert written == ({} if name == FIRST else {"scene": name})
    assert read_link(asked(written)) == (first(name), "")
    assert write_link(replace(first(name), step=1)) == written | {"step": "1"}


def test_anything_changed_makes_a_plain_link():
    scene = first("conv2d_shift")
    changed = replace(scene, setup=replace(scene.setup, bias=2.0))
    written = write_link(changed)
    assert {"input", "kernel", "bias"} <= {*written}
    assert "scene" not in written
    assert read_link(asked(written)) == (replace(changed, scene=FIRST), "")


def test_a_link_is_readable():
    setup = replace(
        SCENES["conv2d_lecture"].setup, image=((1, 0, 2), (0, 1, -1)), kernel=((1, 0.5),), flip=True
    )
    setup = replace(setup, slide=Slide((2, 1), "custom", ((1, 1), (0, 2))))
    assert write_link(Shown(FIRST, setup, 3)) == {
        "input": "1,0,2;0,1,-1",
        "kernel": "1,0.5",
        "stride": "2,1",
        "padding": "1,1,0,2",
        "flip": "1",
        "step": "3",
    }


def test_the_largest_random_input_fits_a_link():
    setup = SCENES["conv2d_lecture"].setup.resized("image", (64, 64)).shuffled(5)
    written = write_link(Shown(FIRST, setup))
    assert len(written["input"]) < 4000
    assert read_link(asked(written))[0].setup == setup


HOSTILE = {
    "scene": ["nope", "lecture\x00", "__class__"],
    "input": ["1,2;3", "nan", "inf,1", "1e309", "z", "z" + "A" * 900, "1," * 65, "<script>", "💥", ""],
    "kernel": ["1,2;3", "NaN,1", "1," * 12, "0;" * 12, "ｅ"],
    "stride": ["0", "-1", "99", "1.5", "1,2,3", "", "9" * 400, "²"],
    "padding": ["custom", "-1", "1,2", "61", "1,2,3,4,5", "sam\u0065\u0301"],
    "dilation": ["0", "7", "1,1,1", "x"],
    "bias": ["nan", "1e309", "-inf", "1/0", "0x10", "１"],
    "flip": ["2x", "true", ""],
    "rule": ["up", "FLOOR"],
    "step": ["-1", "16", "999999", "1e3", "∞"],
}


@each(("name", "text"), [(name, text) for name, texts in HOSTILE.items() for text in texts])
def test_a_damaged_parameter_is_left_out_with_one_sentence(name, text):
    seen, sentence = read_link({name: [text], "unknown": ["x"]})
    assert seen == first()
    assert sentence.startswith("A part of the link was left out: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_every_parameter_has_its_hostile_cases():
    assert {*HOSTILE} == {"scene", "step", *TABLE}


def test_the_rest_of_a_damaged_link_is_kept():
    seen, sentence = read_link({"scene": ["conv2d_shift"], "bias": ["5"], "stride": ["99"]})
    assert seen.setup == replace(SCENES["conv2d_shift"].setup, bias=5.0)
    assert sentence == "A part of the link was left out: stride must be at most 16, got 99."


def test_settings_that_do_not_go_together_fall_back_to_the_example():
    seen, sentence = read_link({"scene": ["conv2d_binary"], "kernel": ["1;1;1;1;1;1"], "bias": ["5"]})
    assert seen.setup == replace(SCENES["conv2d_binary"].setup, bias=5.0)
    assert "kernel must reach over at most 5 rows of padded input, got 6 rows" in sentence
    seen, sentence = read_link({"scene": ["conv2d_binary"], "stride": ["99"], "dilation": ["99"]})
    assert seen == first("conv2d_binary")
    assert sentence.count("must") == 1


@given(st.dictionaries(st.sampled_from([*HOSTILE]), st.lists(st.text(max_size=60), min_size=1, max_size=2)))
def test_any_link_shows_something(asked):
    seen, sentence = read_link(asked)
    assert 0 <= seen.step < seen.setup.output_shape[0] * seen.setup.output_shape[1]
    assert sentence == "" or sentence.endswith(".")

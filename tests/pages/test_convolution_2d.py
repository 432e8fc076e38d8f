"""The page of 2-D convolution: controls, text, examples and links act on one state."""

import json
import re
import time
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.lessons import code
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_scenes import FIRST, SCENES
from cnnviz.ui.convolution_state import LESSON
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.state import full_names
from tests.widgets import held, programs


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    app.query_params.update(full_names("c2_", link))
    app.switch_page("pages/convolution_2d.py").run()
    assert not app.exception
    return app


def first(scene: str = FIRST) -> Shown:
    return Shown(scene, SCENES[scene].setup)


def shown(app: AppTest) -> Shown:
    assert not app.exception
    return app.session_state["c2_shown"]


def picture(app: AppTest) -> dict:
    """Read what the component was given."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def address(app: AppTest) -> dict[str, list[str]]:
    """Read the page's part of the address bar."""
    params = {name.removeprefix("c2_"): text for name, text in app.query_params.items()}
    return {name: text if isinstance(text, list) else [text] for name, text in params.items()}


def test_the_lecture_example_comes_first():
    app = opened()
    assert picture(app)["output"] == EXPECTED
    assert not app.warning
    assert address(app) == {}


EXPECTED = [[3, 0, 0, 1], [0, -1, -3, 0], [-3, 1, 0, 3], [0, 0, 1, 0]]


def test_every_example_is_in_the_menu_with_its_numbers_and_notes():
    app = opened()
    for name, example in SCENES.items():
        held(app.selectbox, "c2_scene").set_value(name).run()
        assert shown(app) == first(name)
        np.testing.assert_allclose(picture(app)["output"], Trace.of(example.setup).output)
        assert any(example.notice in text.value for text in app.markdown)
        assert [each.value for each in app.info] == ([example.erratum] if example.erratum else [])


def test_an_example_opens_by_its_link():
    app = opened(scene="conv2d_guide_full")
    assert shown(app) == first("conv2d_guide_full")
    assert held(app.selectbox, "c2_scene").value == "conv2d_guide_full"


def test_controls_change_picture_formula_and_address_together():
    app = opened()
    held(app.selectbox, "c2_padding").set_value("same").run()
    held(app.number_input, "c2_stride0").set_value(2).run()
    held(app.number_input, "c2_bias").set_value(2.0).run()
    held(app.segmented_control, "c2_kind").set_value("convolution").run()
    assert address(app) == {"stride": ["2"], "padding": ["same"], "bias": ["2"], "flip": ["1"]}
    assert np.shape(picture(app)["output"]) == (3, 3)
    assert picture(app)["turned"]
    formula = next(text.value for text in app.markdown if "lfloor" in text.value)
    formula = re.sub(r"\\textcolor\{#\w+\}\{(\d+|\\mathbf\{\d+\})\}", r"\1", formula)
    assert r"\lfloor (6 + 0 + 1 - 3)\,/\,2 \rfloor + 1 = \mathbf{3}" in formula
    np.testing.assert_allclose(picture(app)["output"], Trace.of(shown(app).setup).output)


def test_the_address_reproduces_the_page():
    app = opened(scene="conv2d_binary", stride="2", step="1")
    app.button(key="c2_random").click().run()
    plain = replace(shown(app), scene=FIRST)
    assert LESSON.read_link(address(app)) == (plain, "")
    assert shown(opened(**{name: text[0] for name, text in address(app).items()})) == plain


def test_the_address_follows_the_picture_and_does_not_move_it():
    app = opened()
    for step in (15, 14, 3):
        app.session_state["c2_picture"] = {"at": {"step": step, "turn": 0}}
        app.run()
        assert address(app) == {"step": [str(step)]}
        assert picture(app)["start"]["turn"] == 0


def test_the_page_remembers_its_numbers_while_the_reader_is_elsewhere():
    app = opened(bias="3")
    app.button(key="c2_random").click().run()
    before = shown(app)
    app.query_params.clear()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/convolution_2d.py").run()
    assert shown(app) == before
    assert LESSON.read_link(address(app)) == (before, "")
    app.query_params.clear()
    app.run()  # the reader went back to an address without numbers
    assert shown(app) == first()


def test_text_replaces_a_matrix():
    app = opened()
    held(app.text_area, "c2_text_image").set_value("1 0 2; 0 1 −1; 5 5 5").run()
    held(app.text_area, "c2_text_kernel").set_value("1\t0,5").run()
    assert shown(app).setup.image == ((1, 0, 2), (0, 1, -1), (5, 5, 5))
    assert shown(app).setup.kernel == ((1, 0.5),)
    assert held(app.text_area, "c2_text_kernel").value == "1 0.5"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 2\n3", "Row 2 must have 2 numbers like row 1, got 1."),
        ("1 2\n3 four", "Row 2: value must be a number, got “four”."),
        ("1 2", "Kernel must reach over at most 1 row of padded input, got 3 rows."),
    ],
)
def test_a_text_that_cannot_be_used_stays_and_is_explained(text, sentence):
    app = opened()
    before = shown(app)
    held(app.text_area, "c2_text_image").set_value(text).run()
    assert shown(app) == before
    assert held(app.text_area, "c2_text_image").value == text
    assert [error.value for error in app.error] == [sentence]
    assert [warning.value for warning in app.warning] == [f"Input as text: {sentence}"]
    held(app.text_area, "c2_text_image").set_value("1 2 3\n3 4 5\n6 7 8").run()
    assert not app.error
    assert not app.warning
    assert shown(app).setup.input_shape == (3, 3)


def test_another_example_replaces_a_text_that_could_not_be_used():
    app = opened()
    held(app.text_area, "c2_text_image").set_value("1 2\n3").run()
    held(app.selectbox, "c2_scene").set_value("conv2d_binary").run()
    assert not app.error
    assert held(app.text_area, "c2_text_image").value.startswith("1 1 1 0 0\n")


def test_a_value_that_no_widget_offers_is_refused():
    app = opened()
    held(app.number_input, "c2_stride0").set_value(400).run()
    assert shown(app) == first()
    assert held(app.number_input, "c2_stride0").value == 1


def test_sizes_keep_the_numbers_that_fit():
    app = opened()
    held(app.number_input, "c2_image0").set_value(4).run()
    held(app.number_input, "c2_kernel1").set_value(4).run()
    assert shown(app).setup.input_shape == (4, 6)
    assert shown(app).setup.kernel == ((-1, 0, 1, 0), (0, 2, 1, 0), (1, 0, -1, 0))
    assert held(app.number_input, "c2_image0").min == 3
    assert held(app.number_input, "c2_kernel0").max == 4
    assert "More is closed" in held(app.number_input, "c2_kernel0").help


def test_reset_goes_back_to_the_example():
    app = opened(scene="conv2d_guide_full")
    assert app.button(key="c2_reset").disabled
    app.button(key="c2_random").click().run()
    drawn = shown(app).setup
    app.button(key="c2_random").click().run()
    assert shown(app).setup != drawn
    app.button(key="c2_reset").click().run()
    assert shown(app) == first("conv2d_guide_full")


def test_rows_and_columns_come_apart_on_request():
    app = opened()
    app.toggle(key="c2_apart").set_value(True).run()
    held(app.number_input, "c2_stride1").set_value(3).run()
    assert shown(app).setup.slide.stride == (1, 3)
    assert app.toggle(key="c2_apart").disabled


def test_a_damaged_link_says_so_in_one_sentence():
    app = opened(stride="99", scene="conv2d_shift")
    assert [warning.value for warning in app.warning] == [
        "A part of the link was left out: stride must be at most 16, got 99."
    ]
    assert shown(app) == first("conv2d_shift")
    held(app.number_input, "c2_bias").set_value(1.0).run()
    assert not app.warning


def test_a_link_cannot_put_links_or_pictures_on_the_page():
    app = opened(scene="![](//a.io/x) www.b.io")
    sentence = app.warning[0].value
    assert r"!\[\](//a.io/x) www\.b.i" in sentence
    assert "](" not in sentence.replace(r"\](", "")


def test_the_lectures_rule_explains_itself():
    app = opened(scene="conv2d_whole")
    assert any("4.5 is not one" in text.value for text in app.markdown)
    held(app.segmented_control, "c2_rule").set_value("floor").run()
    assert any("round down in the same way" in text.value for text in app.markdown)


def test_the_link_can_be_copied():
    assert any(block.value.endswith("c2_bias=3") for block in opened(bias="3").code)


@pytest.mark.parametrize("library", code.LIBRARIES)
def test_the_code_of_the_open_tab_can_be_copied(library):
    app = opened(bias="3")
    app.session_state["c2_code"] = library
    app.run()
    assert code.LIBRARIES[library](shown(app).setup) in programs(app)


def test_the_loop_that_ran_can_be_read():
    app = opened()
    app.session_state["c2_loop"] = True
    app.run()
    assert code.loop_source(shown(app).setup).strip() in programs(app)


def test_an_answer_takes_less_than_150_ms_of_work():
    app = opened()
    held(app.number_input, "c2_stride0").set_value(2).run()
    times = []
    for stride in (1, 2, 3, 1, 2):
        started = time.process_time()
        held(app.number_input, "c2_stride0").set_value(stride).run()
        times.append(time.process_time() - started)
    assert sorted(times)[2] < 0.15

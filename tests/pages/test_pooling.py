"""The page of pooling: controls, text, scenes and links act on one state."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.presets.pooling import Shrinking
from cnnviz.presets.pooling_scenes import FIRST, SCENES
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.state import full_names
from tests.widgets import held, programs


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    app.query_params.update(full_names("po_", link))
    app.switch_page("pages/pooling.py").run()
    assert not app.exception
    return app


def shown(app: AppTest) -> Shown:
    assert not app.exception
    return app.session_state["po_shown"]


def picture(app: AppTest) -> dict:
    """Read what the component was given."""
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return next(data for data in sent if "winners" in data)


def address(app: AppTest) -> dict[str, list[str]]:
    """Read the page's part of the address bar."""
    params = {name.removeprefix("po_"): text for name, text in app.query_params.items()}
    return {name: text if isinstance(text, list) else [text] for name, text in params.items()}


def text(app: AppTest) -> str:
    return "\n".join(part.value for part in (*app.markdown, *app.caption)).replace("\u00a0", " ")


def test_the_lecture_comes_first():
    app = opened()
    assert picture(app)["output"] == [[5, 4], [7, 7]]
    assert not app.warning
    assert address(app) == {}
    assert "4 × 4 × 1 → 2 × 2 × 1" in text(app)
    assert "weights 0 + biases 0 = 0" in text(app)


def test_every_scene_is_in_the_menu_with_its_numbers_and_notes():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "po_scene").set_value(name).run()
        assert shown(app) == Shown(name, scene.setup)
        assert np.shape(picture(app)["output"]) == scene.setup.output_shape
        if "output" in scene.expected:
            np.testing.assert_allclose(picture(app)["output"], scene.expected["output"], atol=1e-12)
        assert scene.notice in text(app)
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])
        assert address(app) == ({} if name == FIRST else {"scene": [name]})


def test_controls_change_picture_formula_and_address_together():
    app = opened()
    held(app.segmented_control, "po_kind").set_value("mean").run()
    held(app.number_input, "po_window0").set_value(3).run()
    assert shown(app).setup.slide.stride == (3, 3)
    held(app.number_input, "po_stride0").set_value(2).run()
    held(app.selectbox, "po_padding").set_value("same").run()
    assert address(app) == {"kind": ["mean"], "window": ["3"], "padding": ["same"]}
    assert picture(app)["kind"] == "mean"
    assert np.shape(picture(app)["output"]) == (2, 2)
    assert "Padding never wins and never counts" in text(app)
    assert held(app.number_input, "po_window0").min == 1


def test_windows_that_do_not_fit_are_closed_and_the_reason_is_said():
    app = opened()
    window = held(app.number_input, "po_window0")
    assert window.max == 4
    assert "More is closed: the window would reach beyond the padded input." in window.help
    app = opened(padding="1", window="2")
    assert held(app.number_input, "po_window0").min == 2
    assert "the padding must be smaller than the window" in held(app.number_input, "po_window0").help
    assert held(app.number_input, "po_top").max == 1
    assert held(app.number_input, "po_input0").min == 1


def test_valid_is_closed_where_only_padding_makes_room():
    app = opened(window="6", stride="6", padding="same")
    menu = held(app.selectbox, "po_padding")
    assert menu.options == ["same", "custom"]
    assert "Valid is closed" in menu.help


def test_rows_and_columns_come_apart_on_request():
    app = opened()
    app.toggle(key="po_apart").set_value(True).run()
    held(app.number_input, "po_window1").set_value(4).run()
    assert shown(app).setup.window == (2, 4)
    assert shown(app).setup.slide.stride == (2, 4)
    assert app.toggle(key="po_apart").disabled
    held(app.number_input, "po_left").set_value(3).run()
    assert shown(app).setup.slide.sides == ((0, 0), (3, 0))
    assert address(app)["padding"] == ["0,0,3,0"]


def test_text_replaces_the_input_and_a_bad_one_is_explained():
    app = opened()
    held(app.text_area, "po_text_input").set_value("1 2 3; 4 5 −6").run()
    assert shown(app).setup.image == ((1, 2, 3), (4, 5, -6))
    held(app.text_area, "po_text_input").set_value("1 2 3").run()
    sentence = "Window must be at most 1 row, the padded input, got 2."
    assert [error.value for error in app.error] == [sentence]
    assert shown(app).setup.image == ((1, 2, 3), (4, 5, -6))


def test_sizes_channels_random_and_reset():
    app = opened()
    held(app.number_input, "po_input0").set_value(6).run()
    held(app.number_input, "po_channels").set_value(64).run()
    assert "6 × 4 × 64 → 3 × 2 × 64" in text(app)
    app.button(key="po_random").click().run()
    drawn = shown(app).setup.image
    app.button(key="po_random").click().run()
    assert shown(app).setup.image != drawn
    app.button(key="po_reset").click().run()
    assert shown(app) == Shown(FIRST, SCENES[FIRST].setup)


def test_the_picture_has_its_own_settings_and_they_are_in_the_link():
    app = opened()
    held(app.selectbox, "po_sample").set_value("Digit").run()
    held(app.segmented_control, "po_by").set_value("min").run()
    held(app.segmented_control, "po_block").set_value("2").run()
    held(app.slider, "po_shift").set_value(2).run()
    assert shown(app).setup.shrinking == Shrinking("Digit", "min", 2, 2)
    assert address(app) == {"picture": ["Digit"], "by": ["min"], "block": ["2"], "shift": ["2"]}
    assert len(app.get("image")) == 6
    assert "Min 2 × 2, stride 2: 12 × 12 × 1" in text(app)
    assert "one whole stride" in text(app)
    app.button(key="po_reset").click().run()
    assert held(app.slider, "po_shift").value == 1
    assert len(app.get("image")) == 5


def test_the_address_follows_the_picture():
    app = opened()
    for step in (3, 1):
        app.session_state["po_picture"] = {"at": {"step": step, "turn": 0}}
        app.run()
        assert address(app) == {"step": [str(step)]}
        assert picture(app)["start"]["turn"] == 0


@pytest.mark.parametrize("kind", ["max", "mean"])
def test_the_loop_that_ran_is_shown(kind):
    app = opened(kind=kind)
    app.session_state["po_loop"] = True
    app.run()
    name = {"max": "def extremes(", "mean": "def means("}[kind]
    assert any(name in program for program in programs(app))

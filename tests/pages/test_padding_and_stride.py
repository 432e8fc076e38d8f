"""The page on output sizes: sliders, buttons, tables, text and links act on one state."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.presets.size_scenes import SCENES
from cnnviz.presets.sizes import SizeSetup
from tests.widgets import held


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for name, text in link.items():
        app.query_params[f"ps_{name}"] = text
    return app.switch_page("pages/padding_and_stride.py").run()


def setup(app: AppTest) -> SizeSetup:
    assert not app.exception
    return app.session_state["ps_shown"].setup


def parts(app: AppTest) -> dict[str, dict]:
    """Read what the parts of the picture were given, by their names."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return {each["part"]: each for each in sent if each.get("part") in ("axis", "tables")}


def formula(app: AppTest) -> str:
    return "".join(part["text"] for part in parts(app)["axis"]["formula"])


def address(app: AppTest) -> dict[str, str]:
    taken = app.query_params.items()
    return {name.removeprefix("ps_"): text if isinstance(text, str) else text[0] for name, text in taken}


def test_every_scene_shows_its_number_and_notes():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "ps_scene").set_value(name).run()
        assert setup(app) == scene.setup
        axis = parts(app)["axis"]
        assert len(axis["starts"]) == scene.expected["size"]
        assert axis["formula"][-1]["text"] == scene.expected.get("exact", str(scene.expected["size"]))
        assert any(scene.notice in text.value for text in app.markdown)
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])


def test_every_slider_moves_formula_picture_and_address():
    app = opened()
    for name, value in (("length", 9), ("stride", 2), ("padding0", 1), ("kernel", 2), ("dilation", 2)):
        held(app.slider, f"ps_{name}").set_value(value).run()
    assert setup(app) == SizeSetup(9, 2, 2, 2, "custom", (1, 1))
    assert formula(app) == "⌊(9 + 1 + 1 − 2·(2 − 1) − 1) / 2⌋ + 1 = 5"
    axis = parts(app)["axis"]
    assert (axis["starts"], axis["reads"], axis["padding"]) == ([0, 2, 4, 6, 8], [0, 2], [1, 1])
    assert address(app) == {"length": "9", "kernel": "2", "stride": "2", "dilation": "2", "padding": "1"}
    again = opened(**address(app))
    assert setup(again) == setup(app)


def test_valid_same_and_full_are_one_press_and_stay_while_others_move():
    app = opened()
    for way, size in (("same", 7), ("full", 9), ("valid", 5)):
        held(app.segmented_control, "ps_way").set_value(way).run()
        assert setup(app).size == size
    held(app.segmented_control, "ps_way").set_value("same").run()
    held(app.slider, "ps_kernel").set_value(5).run()
    assert (setup(app).size, held(app.slider, "ps_padding0").value) == (7, 2)
    held(app.slider, "ps_padding0").set_value(0).run()
    assert held(app.segmented_control, "ps_way").value == "custom"


def test_the_ends_can_be_padded_apart():
    app = opened()
    held(app.toggle, "ps_apart").set_value(True).run()
    held(app.slider, "ps_padding1").set_value(2).run()
    assert setup(app).window.padding == (0, 2)
    toggle = held(app.toggle, "ps_apart")
    assert toggle.disabled
    assert "Closed while the two ends differ" in toggle.help


def test_values_that_cannot_be_are_closed_with_the_reason():
    app = opened(length="5", kernel="3")
    kernel, length = held(app.slider, "ps_kernel"), held(app.slider, "ps_length")
    assert (kernel.max, length.min) == (5, 3)
    assert "More than 5 is closed: the window would reach beyond the padded input." in kernel.help
    assert "Less than 3 is closed" in length.help
    kernel.set_value(1).run()
    dilation = held(app.slider, "ps_dilation")
    assert dilation.disabled
    assert "a kernel of one cell has nothing to spread" in dilation.help
    app = opened(length="2", kernel="5", padding="2")
    assert held(app.slider, "ps_padding0").min == 2
    assert "valid" not in held(app.segmented_control, "ps_way").options


def test_every_control_says_what_it_does():
    app = opened()
    for kind in (app.slider, app.selectbox, app.toggle, app.button):
        own = [each for each in kind if (each.key or "").startswith("ps_") and each.key != "ps_switch"]
        assert own
        assert all(each.help for each in own)


@pytest.mark.parametrize(("rounding", "size"), [("floor", 4), ("whole", 4), ("ceil", 5)])
def test_rounding_is_a_choice(rounding, size):
    app = opened(scene="sizes_whole")
    held(app.segmented_control, "ps_rounding").set_value(rounding).run()
    assert setup(app).size == size
    assert parts(app)["axis"]["beyond"] == (0 if rounding == "ceil" else 1)


def test_a_long_input_is_a_switch():
    app = opened()
    assert held(app.slider, "ps_length").max == 32
    held(app.toggle, "ps_long").set_value(True).run()
    held(app.slider, "ps_length").set_value(227).run()
    assert setup(app).length == 227
    assert held(app.toggle, "ps_long").disabled


def test_the_tables_follow_the_settings():
    tables = parts(opened())["tables"]
    assert tables["lengths"][:4] == [None, None, [1], [2]]
    assert tables["pairs"][2][:3] == [[5], [3], [2, "2.33"]]
    assert parts(opened(kernel="2", stride="3"))["tables"]["lengths"][6] == [2, "2.67"]

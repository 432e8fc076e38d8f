"""The layer calculator: controls, answers, text and links act on one state."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.presets.calculator import LayerSetup
from cnnviz.presets.calculator_scenes import SCENES
from tests.widgets import held


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for name, text in link.items():
        app.query_params[name if name == "scene" else f"lc_{name}"] = text
    return app.switch_page("pages/layer_calculator.py").run()


def setup(app: AppTest) -> LayerSetup:
    assert not app.exception
    return app.session_state["lc_shown"].setup


def parts(app: AppTest) -> dict[str, dict]:
    """Read what the parts of the page were given, by their names."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return {each["part"]: each for each in sent if each.get("part") in ("layer", "answers")}


def results(app: AppTest) -> dict[str, int]:
    return {formula["name"]: formula["value"] for formula in parts(app)["layer"]["formulas"]}


def test_every_scene_shows_its_numbers_and_notes():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "lc_scene").set_value(name).run()
        assert setup(app) == scene.setup
        shown = parts(app)["layer"]
        assert shown["captions"]["shape"] == scene.expected["shape"]
        last = {formula["name"]: formula["parts"][-1]["text"] for formula in shown["formulas"]}
        assert last["parameters"] == scene.expected["parameters"]
        assert last["operations"] == scene.expected.get("operations", last["operations"])
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])


def test_every_number_moves_the_counts_and_the_address():
    app = opened()
    for name, value in (
        ("channels", 4),
        ("length0", 20),
        ("units", 8),
        ("kernel0", 3),
        ("stride0", 2),
        ("side", 1),
    ):
        held(app.number_input, f"lc_{name}").set_value(value).run()
    assert results(app) == {"size": 10, "parameters": (3 * 3 * 4 + 1) * 8, "operations": 3 * 3 * 4 * 8 * 100}
    held(app.segmented_control, "lc_biases").set_value("without").run()
    held(app.segmented_control, "lc_operations").set_value("FLOP").run()
    held(app.selectbox, "lc_groups").set_value("4").run()
    assert results(app) == {"size": 10, "parameters": 72, "operations": 2 * 72 * 100}
    told = {name.removeprefix("lc_"): "".join(text) for name, text in app.query_params.items()}
    assert told["shape"] == "4,20,20"
    assert setup(opened(**told)) == setup(app)


def test_the_question_can_be_put_in_other_ways():
    app = opened(scene="layer_alexnet_224")
    found = parts(app)["answers"]
    assert [answer["text"] for answer in found["answers"]] == [f"i = {i}" for i in (227, 228, 229, 230)]
    assert [answer["keeps"] for answer in found["answers"]] == [False] * 4
    held(app.selectbox, "lc_find").set_value("padding").run()
    assert [answer["text"] for answer in parts(app)["answers"]["answers"]][1] == "p = 2"
    held(app.button, "lc_keep").click().run()
    assert setup(app).target == setup(app).shape[2]


def test_groups_follow_channels_and_filters():
    app = opened(scene="layer_alexnet_conv2_groups")
    held(app.number_input, "lc_units").set_value(255).run()
    assert (setup(app).units, setup(app).groups) == (255, 1)
    assert held(app.selectbox, "lc_groups").options == ["1", "3"]


def test_values_that_cannot_be_are_closed_with_the_reason():
    app = opened(shape="1,7,7", size="3", padding="valid")
    kernel, length = held(app.number_input, "lc_kernel0"), held(app.number_input, "lc_length0")
    assert (kernel.max, length.min) == (7, 3)
    assert "More than 7 is closed: the window would reach beyond the padded input." in kernel.help
    assert "Less than 3 is closed" in length.help
    app = opened(kind="max", shape="1,7,7", size="3", padding="1")
    assert held(app.number_input, "lc_kernel0").min == 2
    assert held(app.number_input, "lc_side").max == 2


@pytest.mark.parametrize(("kind", "gone"), [("max", "units"), ("dense", "kernel0"), ("norm", "stride0")])
def test_a_kind_of_layer_has_only_its_own_controls(kind, gone):
    app = opened()
    held(app.selectbox, "lc_kind").set_value(kind).run()
    assert setup(app).kind == kind
    assert not [each for each in app.number_input if (each.key or "").startswith(f"lc_{gone}")]
    assert ("answers" in parts(app)) == (kind == "max")


def test_axes_can_be_set_apart():
    app = opened(shape="1,7,7", size="3", padding="valid")
    held(app.toggle, "lc_apart").set_value(True).run()
    held(app.number_input, "lc_length1").set_value(9).run()
    assert setup(app).output_shape == (10, 5, 7)
    assert held(app.toggle, "lc_apart").disabled
    assert parts(app)["answers"]["question"].endswith("along the width?")

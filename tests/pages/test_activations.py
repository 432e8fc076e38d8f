"""The page of activations without a browser: views, functions, settings, typed numbers, links."""

import json

import numpy as np
from streamlit.testing.v1 import AppTest

from cnnviz.kernels.softmax import softmax
from cnnviz.presets.activation_scenes import SCENES
from cnnviz.presets.activations import KNOWN, VIEWS, ActivationSetup
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.ui import frame
from tests.widgets import held


def opened(scene: str = "", **link: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=30)
    app.query_params.update({f"ac_{name}": text for name, text in link.items()})
    if scene:
        app.query_params["scene"] = scene
    app.switch_page("pages/activations.py").run()
    assert not app.exception
    return app


def setup(app: AppTest) -> ActivationSetup:
    assert not app.exception
    return app.session_state["ac_shown"].setup


def part(app: AppTest, name: str) -> dict:
    """Return what a part of the component was sent."""
    sent = (json.loads(element.proto.json) for element in app.get("bidi_component"))
    return next(data for data in sent if data.get("part") == name)


def address(app: AppTest) -> dict[str, list[str]]:
    return {name: text if isinstance(text, list) else [text] for name, text in app.query_params.items()}


def test_relu_on_the_lecture_s_matrix_comes_first():
    app = opened()
    grids = part(app, "curves")["matrix"]
    assert grids[1]["values"] == [[3, 0, 3, 0], [0, 5, 3, 4], [1, 0, 0, 2], [0, 3, 1, 7]]
    assert address(app) == {}
    assert not app.warning


def test_every_function_can_be_chosen_and_is_told():
    app = opened()
    for name in KNOWN:
        held(app.multiselect, "ac_names").set_value([name]).run()
        assert setup(app).names == (name,)
        assert part(app, "curves")["curves"][0]["name"] == name
        assert any(KNOWN[name].remark in text.value for text in app.markdown)
        assert any(KNOWN[name].source in text.value for text in app.caption)


def test_settings_appear_with_the_functions_that_know_them():
    app = opened()
    assert not app.slider
    held(app.multiselect, "ac_names").set_value(["ReLU", "Leaky ReLU", "ELU", "Maxout"]).run()
    assert [slider.label for slider in app.slider] == ["Slope", "Alpha"]
    held(app.slider, "ac_slope").set_value(0.1).run()
    held(app.slider, "ac_alpha").set_value(0.5).run()
    held(app.number_input, "ac_w1").set_value(-2.0).run()
    shown = setup(app)
    assert (shown.slope, shown.alpha, shown.w1) == (0.1, 0.5, -2)
    grids = part(app, "curves")["matrix"]
    assert [grid["title"] for grid in grids] == ["Input", "ReLU", "Leaky ReLU", "ELU", "Maxout"]
    np.testing.assert_allclose(grids[2]["values"][3][0], -0.7)
    assert address(app)["ac_slope"] == ["0.1"]


def test_an_emptied_list_of_functions_is_refused():
    app = opened()
    held(app.multiselect, "ac_names").set_value([]).run()
    assert setup(app).names == ("ReLU",)
    assert held(app.multiselect, "ac_names").value == ["ReLU"]
    assert "Names must be 1 to 6 different ones, got 0." in app.warning[0].value


def test_x_can_be_typed_and_dragged():
    app = opened("activation_sigmoid")
    held(app.number_input, "ac_x").set_value(3.0).run()
    assert setup(app).x == 3
    formula = next(text.value for text in app.markdown if "displaystyle" in text.value)
    assert r"\frac{1}{1 + e^{-3}} = \mathbf{0.9526}" in formula
    assert part(app, "curves")["at"] == 3


def test_a_typed_matrix_is_applied_and_a_ragged_one_is_kept_with_a_sentence():
    app = opened()
    held(app.text_area, "ac_text_matrix").set_value("-1 2.5\n0 −4").run()
    assert setup(app).matrix == ((-1, 2.5), (0, -4))
    assert part(app, "curves")["matrix"][1]["values"] == [[0, 2.5], [0, 0]]
    held(app.text_area, "ac_text_matrix").set_value("1 2\n3").run()
    assert setup(app).matrix == ((-1, 2.5), (0, -4))
    assert held(app.text_area, "ac_text_matrix").value == "1 2\n3"
    assert any("Row 2 must have 2 numbers" in text.value for text in app.warning)


def test_the_neuron_decides_x():
    app = opened("activation_neuron")
    held(app.text_area, "ac_text_neuron").set_value("1 1\n2 −3").run()
    held(app.number_input, "ac_bias").set_value(0.5).run()
    assert part(app, "curves")["at"] == -0.5
    held(app.text_area, "ac_text_neuron").set_value("1 1").run()
    assert any("neuron must be signals and weights" in text.value.lower() for text in app.warning)
    assert setup(app).neuron == ((1, 1), (2, -3))


def test_softmax_follows_logits_temperature_and_shift():
    app = opened("activation_softmax")
    held(app.text_area, "ac_text_logits").set_value("3, 1, 0, -2").run()
    held(app.slider, "ac_temperature").set_value(2.0).run()
    held(app.number_input, "ac_shift").set_value(50.0).run()
    data = part(app, "shares")
    np.testing.assert_allclose(data["shares"], softmax(np.array([3.0, 1, 0, -2]), temperature=2.0))
    assert data["logits"] == [53, 51, 50, 48]
    held(app.text_area, "ac_text_logits").set_value("5").run()
    assert setup(app).logits == (3, 1, 0, -2)
    assert any("logits must be 2 to 8 numbers, got 1" in text.value.lower() for text in app.warning)


def test_every_view_opens_by_its_link_and_by_its_button():
    for view, other in zip(VIEWS, (*list(VIEWS)[1:], next(iter(VIEWS))), strict=True):
        app = opened(view=view)
        assert setup(app).view == view
        assert len(app.get("bidi_component")) >= 1
        held(app.segmented_control, "ac_view").set_value(other).run()
        assert setup(app).view == other
        assert len(app.get("bidi_component")) >= 1


def test_maps_follow_picture_filter_and_function():
    app = opened("activation_map")
    before = part(app, "maps")
    held(app.selectbox, "ac_function").set_value("Sigmoid").run()
    after = part(app, "maps")
    assert after["pictures"][1] == before["pictures"][1]
    assert after["pictures"][2] != before["pictures"][2]
    assert setup(app).names == ("Sigmoid",)
    held(app.selectbox, "ac_filter").set_value("Laplacian").run()
    held(app.selectbox, "ac_picture").set_value("X and O").run()
    assert part(app, "maps")["pictures"][1]["title"] == "Feature map, Laplacian"
    assert "% of it is below 0" in part(app, "maps")["caption"]
    assert {*FILTERS} >= {"Laplacian"}
    assert {*IMAGES} >= {"X and O"}


def test_every_scene_is_in_the_menu_with_its_notice_and_its_erratum():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "ac_scene").set_value(name).run()
        assert setup(app) == scene.setup
        assert any(scene.notice in text.value for text in app.markdown), name
        assert [text.value for text in app.info] == ([scene.erratum] if scene.erratum else []), name
        assert app.title[0].value == "Activations"

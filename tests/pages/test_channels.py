"""The page of channels and filters: controls, text, scenes and links act on one state."""

import json
import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.lessons import channels_code
from cnnviz.lessons.channels import flow
from cnnviz.presets.channel_scenes import FIRST, SCENES
from cnnviz.ui.lesson_state import Shown
from cnnviz.ui.state import full_names
from tests.widgets import held, programs


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    app.query_params.update(full_names("ch_", link))
    app.switch_page("pages/channels.py").run()
    assert not app.exception
    return app


def shown(app: AppTest) -> Shown:
    assert not app.exception
    return app.session_state["ch_shown"]


def picture(app: AppTest) -> dict:
    """Read what the component was given."""
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return next(data for data in sent if "partials" in data)


def address(app: AppTest) -> dict[str, str]:
    """Read the page's part of the address bar."""
    texts = {name.removeprefix("ch_"): text for name, text in app.query_params.items()}
    return {name: text[0] if isinstance(text, list) else text for name, text in texts.items()}


def text(app: AppTest) -> str:
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    said = [paragraph for data in sent for paragraph in data.get("paragraphs", [])]
    pieces = [piece["text"] for paragraph in said for piece in paragraph]
    return "\n".join([*(part.value for part in (*app.markdown, *app.caption)), "".join(pieces)])


def count(app: AppTest) -> str:
    return "".join(part for part, _ in picture(app)["count"])


def test_the_rgb_example_comes_first():
    app = opened()
    assert picture(app)["output"][0][0] == [-25, 466, 466, 475]
    assert [planes[0][0][0] for planes in picture(app)["partials"]] == [308, -498, 164]
    assert count(app) == "(3·3·3 + 1)·1 = 28"
    assert not app.warning
    assert address(app) == {}


def test_every_scene_is_in_the_menu_with_its_numbers_and_notes():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "ch_scene").set_value(name).run()
        assert shown(app) == Shown(name, scene.setup)
        np.testing.assert_allclose(picture(app)["output"], flow(scene.setup).output)
        assert scene.notice in text(app)
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])
        assert address(app) == ({} if name == FIRST else {"scene": name})


def test_more_filters_make_more_maps_and_any_can_be_shown():
    app = opened()
    held(app.selectbox, "ch_filters").set_value("8").run()
    assert len(picture(app)["maps"]) == 8
    assert count(app) == "(3·3·3 + 1)·8 = 224"
    app = opened(**address(app), filter="5")
    assert picture(app)["shown"] == 5
    np.testing.assert_allclose(picture(app)["output"], flow(shown(app).setup).maps[5])
    held(app.number_input, "ch_bias").set_value(-2.0).run()
    assert shown(app).setup.biases == (1, 0, 0, 0, 0, -2, 0, 0)
    assert shown(opened(**address(app))).setup == shown(app).setup


def test_groups_that_do_not_divide_are_closed_with_the_reason():
    app = opened()
    menu = held(app.selectbox, "ch_groups")
    assert list(menu.options) == ["1"]
    assert "Closed: 2, 3, which must divide both 3 channels and 1 filters" in menu.help.replace(
        "filter.", "filters."
    )
    held(app.selectbox, "ch_filters").set_value("6").run()
    held(app.selectbox, "ch_groups").set_value("3").run()
    assert picture(app)["reads"] == [[0, 1], [0, 1], [1, 2], [1, 2], [2, 3], [2, 3]]
    assert count(app) == "(3·3·1 + 1)·6 = 60"
    assert "60 parameters in place of 168" in text(app)
    assert "groups must share them evenly" in held(app.selectbox, "ch_filters").help


def test_one_by_one_mixes_channels_in_place():
    app = opened()
    held(app.selectbox, "ch_kernel").set_value("1 × 1").run()
    assert shown(app).setup.kernel_shape == (1, 1)
    held(app.segmented_control, "ch_relu").set_value("ReLU").run()
    assert picture(app)["relu"]
    assert np.min(picture(app)["output"]) >= 0


def test_channels_come_and_go_with_their_slices():
    app = opened()
    held(app.number_input, "ch_channels").set_value(5).run()
    assert np.shape(picture(app)["kernels"]) == (5, 1, 3, 3)
    assert picture(app)["names"] == ["1", "2", "3", "4", "5"]
    held(app.number_input, "ch_channels").set_value(3).run()
    assert shown(app) == Shown(FIRST, SCENES[FIRST].setup)


def test_text_that_cannot_be_a_channel_waits_with_a_sentence():
    app = opened()
    held(app.text_area, "ch_text_input1_0").set_value("1 2; 3").run()
    assert "Row 2 must have 2 numbers like row 1, got 1." in [error.value for error in app.error]
    assert held(app.text_area, "ch_text_input1_0").value == "1 2; 3"
    held(app.segmented_control, "ch_grid").set_value("kernel").run()
    held(app.text_area, "ch_text_kernel0_0").set_value("0 0 0; 0 2 0; 0 0 0").run()
    assert picture(app)["kernels"][0][0] == [[0, 0, 0], [0, 2, 0], [0, 0, 0]]


def test_a_volume_moves_in_three_directions_until_its_kernel_is_as_deep():
    app = opened()
    app.button(key="ch_other").click().run()
    assert address(app) == {"scene": "channels_volume"}
    assert np.shape(picture(app)["output"]) == (2, 3, 3)
    assert "This is 3-D" in text(app)
    held(app.number_input, "ch_depth").set_value(3).run()
    assert np.shape(picture(app)["output"]) == (1, 3, 3)
    assert "as in a 2-D convolution" in text(app)
    held(app.number_input, "ch_steps").set_value(2).run()
    assert np.shape(picture(app)["output"]) == (1, 2, 2)
    assert shown(opened(**address(app))).setup == shown(app).setup
    app.button(key="ch_other").click().run()
    assert shown(app).scene == FIRST


def test_cells_that_no_filter_reaches_are_named():
    app = opened(stride="2")
    assert "The kernel never reaches" in text(app)
    assert "The kernel never reaches" not in text(opened())


def test_the_address_follows_the_picture_and_a_link_opens_its_stop():
    app = opened(scene="channels_volume", step="9")
    assert picture(app)["start"]["step"] == 9
    app.session_state["ch_picture"] = {"at": {"step": 4, "turn": picture(app)["start"]["turn"]}}
    app.run()
    assert address(app) == {"scene": "channels_volume", "step": "4"}


@pytest.mark.parametrize("library", channels_code.LIBRARIES)
def test_the_code_of_the_open_tab_can_be_copied(library):
    app = opened()
    app.session_state["ch_code"] = library
    app.run()
    assert channels_code.LIBRARIES[library](shown(app).setup) in programs(app)


def test_an_answer_takes_less_than_150_ms_of_work():
    app = opened(scene="channels_ten_filters")
    times = []
    for count in ("8", "10", "7", "10", "6"):
        started = time.process_time()
        held(app.selectbox, "ch_filters").set_value(count).run()
        times.append(time.process_time() - started)
    assert sorted(times)[2] < 0.15

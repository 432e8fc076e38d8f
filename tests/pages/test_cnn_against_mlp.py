"""The comparison of a CNN with an MLP: controls, text and links act on one state."""

import json

from streamlit.testing.v1 import AppTest

from cnnviz.presets.against import AgainstSetup
from cnnviz.presets.against_scenes import SCENES
from tests.widgets import held


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for name, text in link.items():
        app.query_params[name if name in ("scene", "step") else f"am_{name}"] = text
    return app.switch_page("pages/cnn_against_mlp.py").run()


def setup(app: AppTest) -> AgainstSetup:
    assert not app.exception
    return app.session_state["am_shown"].setup


def sent(app: AppTest, name: str) -> dict:
    """Read what the part that was given this was given."""
    return next(data for each in app.get("bidi_component") if name in (data := json.loads(each.proto.json)))


def test_every_scene_shows_its_numbers_and_notes():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "am_scene").set_value(name).run()
        assert setup(app) == scene.setup
        if scene.setup.view == "growth":
            written = sent(app, "written")["written"]
            assert {key: written[key] for key in scene.expected} == scene.expected
        else:
            assert tuple(sent(app, "vector")["output"]) == scene.expected["output"]
        assert [each.value for each in app.info] == ([scene.erratum] if scene.erratum else [])


def test_every_control_moves_the_counts_and_the_address():
    app = opened()
    held(app.slider, "am_side").set_value(64).run()
    for name, value in (("channels", 1), ("filters0", 8), ("filters2", 4), ("classes", 5)):
        held(app.number_input, f"am_{name}").set_value(value).run()
    held(app.segmented_control, "am_biases").set_value("with").run()
    held(app.selectbox, "am_kernel").set_value("3").run()
    held(app.segmented_control, "am_ending").set_value("mean").run()
    cnn = 8 * 10 + 16 * (8 * 9 + 1) + 4 * (16 * 9 + 1) + 5 * 5
    assert sent(app, "written")["cnn"]["total"] == f"{cnn:,}"
    held(app.segmented_control, "am_hidden").set_value("own").run()
    held(app.number_input, "am_widths0").set_value(100).run()
    held(app.segmented_control, "am_depth").set_value("1").run()
    assert (setup(app).filters, setup(app).widths) == ((8,), (100,))
    assert sent(app, "written")["mlp"]["total"] == f"{100 * (64 * 64 + 1) + 5 * 101:,}"
    told = {name.removeprefix("am_"): "".join(text) for name, text in app.query_params.items()}
    assert setup(opened(**told)) == setup(app)


def test_the_player_can_be_switched_on_and_given_other_numbers():
    app = opened()
    held(app.toggle, "am_view").set_value(True).run()
    assert setup(app).view == "flatten"
    held(app.text_area, "am_text_maps").set_value("2 1").run()
    assert setup(app).flattening.maps == (((2, 1),),)
    assert setup(app).flattening.weights == ((1, 0, 1), (0, 1, -2), (-1, 1, 0))
    held(app.text_area, "am_text_weights").set_value("3 4 5").run()
    assert sent(app, "vector")["output"] == [15]
    held(app.text_area, "am_text_weights").set_value("3 4").run()
    assert "weights must have 2 columns" in app.warning[0].value.lower()
    assert app.query_params["am_maps"] in ("2,1", ["2,1"])


def test_the_link_to_share_is_that_of_the_stop_and_opens_without_a_run():
    app = opened(view="flatten")
    app.session_state["am_flatten"] = {"at": {"step": 2, "turn": 0}}
    app.run()
    assert [block.value.rpartition("?")[2] for block in app.code] == ["am_view=flatten&step=2"]
    popovers = {block.proto.popover.label: block.proto.popover for block in app.get("popover")}
    assert not popovers["Share"].HasField("id")  # which it answers to

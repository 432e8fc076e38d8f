"""The page that looks inside a network: every layer opens, the controls work, links arrive."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.ui import frame
from cnnviz.ui.inside_networks import ON_START
from cnnviz.ui.inside_state import Look
from tests.widgets import held


def open_page(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=30).run()
    app.query_params.update({f"li_{name}": text for name, text in parameters.items()})
    app.switch_page("pages/look_inside.py").run()
    assert not app.exception
    return app


def parts(app: AppTest) -> dict[str, dict]:
    """Return what the parts of the component were sent, by name."""
    sent = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return {each["part"]: each for each in sent if isinstance(each, dict) and "part" in each}


OPENED = {1: "sums", 2: "pair", 4: "sums", 5: "pair", 9: "answer", 11: "answer", 12: "answer"}


def test_every_layer_opens_below_the_drawing():
    app = open_page()
    assert {"network", "filters", "answer", "confusion", "gallery"} <= parts(app).keys()
    assert parts(app)["network"]["chosen"] is None
    for layer in range(1, 13):
        app.session_state["li_shown"] = Look(layer=layer, map=2)
        app.run()
        assert not app.exception, layer
        shown = parts(app)
        assert "filters" not in shown
        assert OPENED.get(layer, "network") in shown
        if layer != 8:  # dropout has no column
            assert shown["network"]["chosen"]["map"] == 2
        assert not app.warning


@pytest.mark.parametrize("layer", [1, 2, 3, 4])
def test_a_pixel_opens_its_player_beside_the_image(layer):
    app = open_page(network=ON_START, layer=str(layer), map="1", pixel="1,2")
    drawing = parts(app)["network"]
    assert drawing["narrow"]
    assert drawing["chosen"] == {"layer": layer, "map": 1, "row": 1, "column": 2}
    texts = [text.value for text in app.markdown]
    assert any(text.startswith("Row 2, column 3: ") for text in texts) == (layer in (1, 4))
    if layer == 4:
        channels = held(app.pills, "li_channel")
        assert len(channels.options) == 4
        channels.set_value(2).run()
        assert app.session_state["li_shown"].channel == 2


def test_what_is_sent_holds_the_numbers_of_the_network():
    app = open_page(network=ON_START, image="7")
    shares = parts(app)["answer"]["units"]
    assert sum(unit["share"] for unit in shares) == pytest.approx(1)
    layers = parts(app)["network"]["layers"]
    assert [layer["kind"] for layer in layers][-3:] == ["strip", "units", "shares"]
    assert layers[0]["shape"] == [1, 8, 8]


def test_another_class_goes_on_to_its_next_image():
    app = open_page()
    held(app.selectbox, "li_class").set_value("3").run()
    first = app.session_state["li_shown"].image
    assert held(app.selectbox, "li_class").value == "3"
    held(app.number_input, "li_image").set_value(first + 2).run()
    held(app.selectbox, "li_class").set_value("3").run()
    assert app.session_state["li_shown"].image > first


def test_the_colours_of_all_maps_can_be_one_scale():
    app = open_page()
    held(app.segmented_control, "li_scale").set_value("network").run()
    ends = {end for layer in parts(app)["network"]["layers"][:-1] for end in layer["ends"]}
    assert len(ends) == 1
    assert app.query_params["li_scale"] == "network"


def test_shifted_images_compare_two_networks_of_equal_size():
    app = open_page()
    held(app.segmented_control, "li_views").set_value("shifted").run()
    own, other = parts(app)["lines"]["lines"]
    assert (own["name"], other["name"]) == ("CNN, 28,874 parameters", "MLP, 28,630 parameters")
    assert all(mine > theirs for mine, theirs in zip(own["shares"], other["shares"], strict=True))
    assert all(low < share < high for share, (low, high) in zip(own["shares"], own["intervals"], strict=True))


def test_a_link_to_a_network_that_is_not_here_is_told():
    app = open_page(network="A: LeNet-5, 99.0 %", layer="1")
    assert "must be one of" in app.warning[0].value
    assert app.session_state["li_shown"] == Look(layer=1)

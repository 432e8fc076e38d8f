"""The page that looks inside a network: every layer opens, the controls work, links arrive."""

import base64
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.lessons.digits import SHEET
from cnnviz.model.data import Scaling
from cnnviz.model.datasets import NUMBERS
from cnnviz.model.network import Network
from cnnviz.presets.networks import NETWORKS
from cnnviz.ui import frame, runs
from cnnviz.ui.draw_state import Paper
from cnnviz.ui.inside_networks import ON_START
from cnnviz.ui.inside_state import Look
from tests.widgets import held


def open_page(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=30)
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


def test_mistakes_and_shifted_images_take_the_place_of_confusions():
    """Shifted images compare two networks of equal size."""
    app = open_page()
    held(app.segmented_control, "li_views").set_value("mistakes").run()
    assert not app.exception
    assert not {"confusion", "lines"} & parts(app).keys()
    held(app.segmented_control, "li_views").set_value("shifted").run()
    assert not app.exception
    own, other = parts(app)["lines"]["lines"]
    assert (own["name"], other["name"]) == ("CNN, 28,874 parameters", "MLP, 28,630 parameters")
    assert all(mine > theirs for mine, theirs in zip(own["shares"], other["shares"], strict=True))
    assert all(low < share < high for share, (low, high) in zip(own["shares"], own["intervals"], strict=True))
    held(app.segmented_control, "li_views").set_value("confusions").run()
    assert "confusion" in parts(app)


def test_a_link_to_a_network_that_is_not_here_is_told():
    app = open_page(network="A: LeNet-5, 99.0 %", layer="1")
    assert "must be one of" in app.warning[0].value
    assert app.session_state["li_shown"] == Look(layer=1)


def test_what_was_drawn_goes_through_the_network():
    app = open_page(drawn="1")
    assert not app.session_state["li_shown"].drawn
    assert not [toggle for toggle in app.toggle if toggle.label == "Your drawing"]
    sheet = np.zeros((SHEET, SHEET), np.uint8)
    sheet[15:100, 52:60] = 255
    app.session_state["dr_paper"] = Paper(rested=sheet)
    app.run()
    held(app.toggle, "li_drawn").set_value(True).run()
    image, *_, shares = parts(app)["network"]["layers"]
    assert image["title"] == "Your drawing"
    values = np.frombuffer(base64.b64decode(shares["values"]), "<f4")
    assert values.argmax() == 1
    held(app.number_input, "li_image").set_value(5).run()
    assert parts(app)["network"]["layers"][0]["title"] == "Image"


def test_a_network_of_this_session_is_looked_into_even_if_its_numbers_broke(monkeypatch):
    architecture = NETWORKS["LeNet-5"].on((1, 28, 28), 10)
    parameters = np.full(architecture.parameter_count, np.nan, np.float32)
    network = Network(architecture, Scaling(0, 1 / 255), parameters, np.zeros(0, np.float32))
    monkeypatch.setattr(runs, "available", lambda: {"Ours": runs.Trained(network, "Strokes", NUMBERS)})
    app = open_page(network="Ours")
    for layer in range(1, len(architecture.layers) + 2):
        for pixel in ((), (1, 2)) if layer < 5 else ((),):
            app.session_state["li_shown"] = Look("Ours", layer=layer, map=1, pixel=pixel)
            app.run()
            assert not app.exception, (layer, pixel)
    for text in (element.proto.json for element in app.get("bidi_component")):
        json.loads(text, parse_constant=pytest.fail)
    for view in ("mistakes", "shifted"):
        held(app.segmented_control, "li_views").set_value(view).run()
        assert not app.exception, view

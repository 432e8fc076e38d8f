"""The network builder: one state for controls, drawing, table, files and link."""

import json

from streamlit.testing.v1 import AppTest

from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.ui.builder_state import Built
from tests.widgets import held, programs


def opened(**link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for name, text in link.items():
        app.query_params[f"nb_{name}"] = text
    return app.switch_page("pages/network_builder.py").run()


def built(app: AppTest) -> Built:
    assert not app.exception
    return app.session_state["nb_shown"]


def sent(app: AppTest) -> dict:
    """Read what the drawing and the table were given."""
    given = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next(each for each in given if "drawing" in each)


def totals(app: AppTest) -> list[str]:
    return sent(app)["table"]["total"]


def test_it_opens_with_the_network_of_deck_002():
    app = opened()
    assert totals(app)[2:4] == ["33,210", "6,558,720"]
    assert [row["name"] for row in sent(app)["table"]["rows"]][:3] == ["conv1", "relu1", "pool1"]
    assert not dict(app.query_params.items())
    assert held(app.button, "nb_reset").disabled


def test_other_rules_count_otherwise_and_are_in_the_link():
    app = opened()
    held(app.toggle, "nb_biases").set_value(False).run()
    held(app.segmented_control, "nb_operations").set_value("FLOP").run()
    assert totals(app)[2:4] == ["33,120", "13,117,440"]
    again = opened(biases="0", operations="FLOP")
    assert totals(again) == totals(app)
    assert set(app.query_params) == {"nb_biases", "nb_operations"}


def test_another_input_changes_all_sizes_and_can_be_undone_by_reset():
    app = opened()
    held(app.text_input, "nb_input").set_value("64 x 48 x 3").run()
    assert built(app).stack.input_shape == (3, 64, 48)
    assert sent(app)["table"]["rows"][0]["cells"][0] == "64 × 48 × 32"
    held(app.text_input, "nb_input").set_value("large").run()
    assert built(app).stack.input_shape == (3, 64, 48)
    assert any("must be written like 32 × 32 × 3" in warning.value for warning in app.warning)
    held(app.button, "nb_reset").click().run()
    assert built(app) == Built()


def test_a_layer_that_does_not_fit_says_so_at_its_line_and_saves_what_fits():
    app = opened(input="16,5,5", layers="Activation,ReLU;Conv2d,8,7;Dense,10")
    table = sent(app)["table"]
    assert [row["state"] for row in table["rows"]] == ["fits", "broken", "waits"]
    assert (
        table["rows"][1]["problem"]
        == "Kernel 7 does not fit on 5 × 5: use padding 1 or a kernel of at most 5."
    )
    assert table["rows"][1]["remedies"] == ["Padding 1", "Kernel 5"]
    assert sent(app)["hint"].startswith("conv1 does not fit. Kernel 7")
    assert any("all layers must fit" in each.value for each in app.caption)


def test_a_network_with_branches_is_shown_whole_and_offers_its_chains():
    app = opened(start="ResNet-50", open="conv3_x")
    assert totals(app)[3] == f"{ARCHITECTURES['ResNet-50'].parameter_count:,}"
    assert any("branches at" in each.value for each in app.info)
    part = held(app.selectbox, "nb_part")
    name = next(option for option in part.options if "conv3_2a" in option)
    part.set_value(name).run()
    assert built(app).stack.input_shape == (512, 28, 28)
    assert sent(app)["table"]["rows"][0]["name"] == "conv1"
    assert sent(app)["table"]["undo"] == ""


def test_a_chosen_layer_tells_its_formulas():
    app = opened(layer="1")
    said = " ".join(each.value for each in app.markdown)
    assert "conv1: Conv 32 @ 5×5" in said
    assert r"2\,432" in said
    again = opened(start="ResNet-50", layer="1")
    assert any("conv1" in each.value for each in again.markdown)


def test_a_damaged_link_says_one_sentence_and_shows_the_rest():
    app = opened(start="VGG-16", layers="Conv9,1")
    assert built(app) == Built("VGG-16")
    assert len(app.warning) == 1
    assert "known kind" in app.warning[0].value


def test_programs_are_shown_for_what_fits():
    app = opened(input="1,8,8", layers="Flatten;Dense,10")
    assert any("nn.Linear(64, 10)" in each for each in programs(app))
    assert not any("nn." in each for each in programs(opened(input="1,8,8", layers="-")))

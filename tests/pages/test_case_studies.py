"""The page of case studies: studies, variants, rules and the sentence act on one state."""

import json

from streamlit.testing.v1 import AppTest

from cnnviz.lessons.sentence_code import numpy_lines
from cnnviz.presets.results import TABLES
from cnnviz.presets.studies import STUDIES
from cnnviz.presets.study_scenes import SCENES
from cnnviz.presets.study_setup import StudySetup
from tests.widgets import held, programs


def opened(scene: str = "", **link: str) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=30)
    app.query_params.update({f"cs_{name}": text for name, text in link.items()})
    if scene:
        app.query_params["scene"] = scene
    return app.switch_page("pages/case_studies.py").run()


def setup(app: AppTest) -> StudySetup:
    assert not app.exception
    return app.session_state["cs_shown"].setup


def sent(app: AppTest) -> list[dict]:
    """Read what the components were given."""
    return [json.loads(each.proto.json) for each in app.get("bidi_component")]


def layers(app: AppTest) -> dict[str, list[str]]:
    """Read the columns of the table of layers, by the names under which scenes find them."""
    table = next(each["table"] for each in sent(app) if "table" in each)
    columns = zip(table["heads"], *(row[1:] for row in table["rows"]), strict=True)
    return {head[3] or head[0]: [text for text in cells if text] for head, *cells in columns}


def part(app: AppTest, name: str) -> dict:
    return next(each for each in sent(app) if each.get("part") == name)


def address(app: AppTest) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[0] for name, text in app.query_params.items()}


def press(app: AppTest, key: str, choice: str) -> AppTest:
    return held(app.segmented_control, key).set_value(choice).run()


def test_every_scene_shows_its_numbers():
    app = opened()
    for name, scene in SCENES.items():
        held(app.selectbox, "cs_scene").set_value(name).run()
        assert setup(app) == scene.setup
        shown = layers(app) if scene.setup.architecture else {}
        for column in scene.expected.keys() & shown.keys():
            assert shown[column] == [*scene.expected[column]], name
        everything = json.dumps(sent(app), ensure_ascii=False) + "".join(text.value for text in app.markdown)
        assert all(text in everything for text in scene.expected.get("text", ()))
        assert not scene.erratum or [each.value for each in app.info].count(scene.erratum) == 1


def test_a_study_is_a_press_and_has_a_link():
    app = opened()
    for view, address_of in (("alphago", "scene=studies_alphago_widths"), ("story", "scene=studies_story")):
        press(app, "cs_view", view)
        assert setup(app).view == view
        assert "&".join(f"{name}={text}" for name, text in address(app).items()) == address_of
    press(app, "cs_view", "vgg")
    press(app, "cs_variant", "vgg 19")
    assert address(app) == {"cs_study": "vgg", "cs_variant": "19"}
    assert setup(opened(study="vgg", variant="19")).architecture == "VGG-19"


def test_counting_is_a_choice():
    app = opened("studies_alexnet_biases")
    assert layers(app)["biases"][:2] == ["96", "256"]
    press(app, "cs_biases", "without")
    assert setup(app) == SCENES["studies_alexnet_groups"].setup
    assert "biases" not in layers(app)
    before = layers(app)["operations"]
    press(app, "cs_operations", "FLOP")
    doubled = [int(text.replace(",", "")) for text in layers(app)["operations"]]
    assert doubled == [2 * int(text.replace(",", "")) for text in before]


def test_where_a_study_says_what_was_new_and_what_is_quoted():
    app = opened("studies_alexnet_groups")
    titles = [each.value for each in app.subheader]
    assert titles == [
        *("Where parameters and work are", "What was new", "Where the literature disagrees"),
        *("Side by side", "Which count is which", "In the lectures"),
    ]
    notes = " ".join(each.value for each in app.info)
    for words in ("54.25", "659,272", "614,400", "150,528", "usually", "8 layers in LeNet"):
        assert words.lower() in notes.lower()
    held(app.button, "cs_table_vgg").click().run()
    assert (setup(app).view, setup(app).variant) == ("results", "vgg")


def test_a_chosen_layer_is_told_by_its_formulas():
    app = opened(study="alexnet", layer="conv2")
    assert "conv2, Conv 256 @ 5×5" in [each.value for each in app.subheader]
    formulas = " ".join(each.value for each in app.markdown)
    assert all(words in formulas for words in (r"\mathbf{27}", "307\\,456", "= 51"))


def test_a_stage_unfolds():
    folded, opened_up = layers(opened(study="resnet")), layers(opened(study="resnet", layer="conv2_x"))
    assert len(folded["outputs"]) == 6
    assert len(opened_up["outputs"]) == 6 - 1 + 13
    assert "conv2_1a: Conv 64 @ 1×1, batch norm, ReLU" in opened_up["Layer"]


def test_every_table_of_results_is_shown_with_its_source():
    app = opened("results_vgg")
    for name, table in TABLES.items():
        press(app, "cs_variant", f"results {name}")
        rows = part(app, "table")["rows"]
        shown = [cell["text"] for row in rows for cell in row["cells"] if cell["shows"] == "figures"]
        assert shown == [figure for entry in table.entries for figure in entry.figures if figure]
        assert any(table.source in each.value for each in app.caption)
        told = " ".join(each.value for each in app.info)
        assert all(note in told for note in table.notes)


def test_the_story_is_a_chart_and_a_table():
    app = opened("studies_story")
    assert [one["shown_error"] for one in part(app, "story")["moments"]][-1] == "3.57"
    assert part(app, "story")["human"] == 5.1
    assert [row["cells"][0]["text"] for row in part(app, "table")["rows"]][-2:] == ["3.57 %", "5.1 %"]


def test_the_sentence_can_be_changed_or_is_refused_with_the_reason():
    app = opened("studies_sentence")
    app.text_area[0].set_value("A fine film, all in all").run()
    assert setup(app).example.words == ("a", "fine", "film", "all", "in", "all")
    player = next(each for each in sent(app) if "words" in each)
    assert (player["words"][1], len(player["image"][0]), len(player["maps"])) == ("fine", 6, 6)
    app.text_area[0].set_value("Too short").run()
    assert "4 to 10 words, got 2" in " ".join(each.value for each in (*app.error, *app.warning))
    assert setup(app).example.words[1] == "fine"
    press(app, "cs_maps", "1")
    assert len(next(each for each in sent(app) if "words" in each)["maps"]) == 3
    held(app.slider, "cs_seed").set_value(5).run()
    assert programs(app)[-1] == numpy_lines(setup(app).example)
    turn = next(each["start"]["turn"] for each in sent(app) if "words" in each)
    app.session_state["cs_sentence"] = {"at": {"step": 3, "turn": turn}}
    app.run()
    assert [block.value.rpartition("&")[2] for block in app.code] == ["step=3"]
    again = opened(**{name.removeprefix("cs_"): text for name, text in address(app).items()})
    assert setup(again) == setup(app)


def test_the_block_follows_its_slider():
    app = opened("studies_depth")
    held(app.slider, "cs_scale").set_value(0).run()
    rows = {row[0]: row[2] for row in part(app, "signals")["rows"]}
    assert rows["Residual block"] == rows["x"]
    assert rows["Plain block"] == [0] * 8
    assert address(app) == {"cs_study": "depth", "cs_scale": "0"}


def test_every_study_has_a_scene():
    assert {scene.setup.view for scene in SCENES.values()} >= {*STUDIES}

"""The page of drawn digits: it reads a sheet at once, says why, and asks any network of the session."""

import io
import json
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from cnnviz.lessons.digits import SHEET, STEPS
from cnnviz.model.datasets import DATASETS
from cnnviz.model.training import Recipe, begin, network_of, step
from cnnviz.presets.trained import TRAINED
from cnnviz.ui import draw, draw_controls, frame, runs
from cnnviz.ui.components.drawing_pad import Drawing
from cnnviz.ui.draw_why import TABS
from tests.model.examples import DIGITS_CNN
from tests.widgets import choices, held


@pytest.fixture
def page(monkeypatch, tmp_path) -> AppTest:
    """Open the page where there is no MNIST."""
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return (
        AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
        .switch_page("pages/draw_a_digit.py")
        .run()
    )


def parts(page: AppTest, part: str) -> list[dict]:
    """Read what the components of one kind were sent."""
    sent = (json.loads(found.proto.json) for found in page.get("bidi_component"))
    return [data for data in sent if data.get("part") == part]


def draw_on(page: AppTest, sheet: np.ndarray | None, drawing: bool = False) -> AppTest:
    """Put on the paper what the pad would send."""
    page.session_state["dr_paper"].take(Drawing(sheet, drawing, 1))
    return page.run()


def test_an_empty_sheet_shows_what_to_do(page):
    [view] = parts(page, "view")
    assert not view["filled"]
    assert view["sentence"] == "Its guess appears here while you draw."
    assert [step["name"] for step in view["steps"]] == ["sheet", *STEPS]
    assert any("Draw a digit, or take the example" in caption.value for caption in page.caption)


def test_the_example_is_read_and_why_is_told(page):
    held(page.button, "dr_example").click().run()
    assert not page.exception
    [pad], [view], [maps] = (parts(page, part) for part in ("pad", "view", "tiles"))
    assert np.frombuffer(b64decode(pad["base"]), np.uint8).reshape(SHEET, SHEET).min() == 0
    reading = draw.read(draw.readers()["CNN"], draw_controls.example(0), frozenset())
    assert view["sentence"].startswith(f"A {reading.answer}, ")
    assert view["bars"][reading.answer]["share"] == pytest.approx(float(reading.shares.max()), abs=1e-6)
    assert [step["size"] for step in view["steps"]][::5] == [[SHEET, SHEET], [28, 28]]
    shown = [layer.title for layer in TRAINED["CNN"].architecture.layers]
    assert [group["title"] for group in maps["groups"]] == [*shown[:6], *shown[8:]]
    assert [len(group["tiles"]) for group in maps["groups"]] == [8, 8, 8, 16, 16, 16, 32, 32, 10]


def test_probabilities_follow_the_pen_and_why_waits_until_it_rests(page):
    sheet = draw_controls.example(1)
    draw_on(page, sheet, drawing=True)
    [view] = parts(page, "view")
    assert view["filled"]
    assert not parts(page, "tiles")
    draw_on(page, sheet)
    assert parts(page, "tiles")
    draw_on(page, None)
    assert not parts(page, "view")[0]["filled"]
    assert not parts(page, "tiles")


def test_a_switch_leaves_a_step_out_and_is_in_the_link(page):
    draw_on(page, draw_controls.example(1))
    page.session_state["dr_shown"] = page.session_state["dr_shown"].switched("polarity", False)
    page.run()
    [view] = parts(page, "view")
    assert [step["name"] for step in view["steps"] if not step["on"]] == ["polarity"]
    last = np.frombuffer(b64decode(view["steps"][-1]["pixels"]), np.uint8)
    assert np.median(last) == 255
    assert page.query_params["dr_off"] == "polarity"


@pytest.mark.parametrize("tab", TABS[1:])
def test_every_tab_answers_without_mnist(page, tab):
    draw_on(page, draw_controls.example(2))
    page.session_state["dr_tabs"] = tab
    page.run()
    assert not page.exception
    told = [group for tiles in parts(page, "tiles") for group in tiles["groups"]]
    if tab == "Occlusion":
        assert [group["title"] for group in told] == ["What it reads", "Occlusion"]
    elif tab == "Nearest training images":
        assert len(told[0]["tiles"]) == 1 + draw.NEIGHBOURS
        assert "of Strokes" in told[0]["caption"]
    else:
        [rates] = parts(page, "rates")
        assert [bar["name"] for bar in rates["bars"]][:2] == ["All steps", "Without polarity"]
        assert rates["bars"][0]["share"] > 0.95
        assert any("500 held-out digits of Strokes" in caption.value for caption in page.caption)


def test_a_damaged_copy_of_mnist_is_as_good_as_none(page, tmp_path):
    (tmp_path / "mnist").mkdir()
    for file in DATASETS["MNIST"].collection.files:
        (tmp_path / "mnist" / file.name).write_bytes(b"damaged")
    assert DATASETS["MNIST"].here
    draw_on(page, draw_controls.example(2))
    for tab in TABS[2:]:
        page.session_state["dr_tabs"] = tab
        assert not page.run().exception
    page.switch_page("pages/look_inside.py").run()
    assert not page.exception


def test_a_network_of_this_session_reads_as_well(page, monkeypatch):
    data = DATASETS["Handwritten digits"].load()
    recipe = Recipe(DIGITS_CNN, epochs=2)
    state = begin(recipe, data)
    for _ in range(recipe.steps(len(data.train))):
        state, _ = step(recipe, data, state)
    network = network_of(recipe, data, state)
    trained = {
        "CNN, trained here, step 46": runs.Trained(network, data.name, data.classes),
        "B: clothes": runs.Trained(network, "Fashion-MNIST", tuple("abcdefghij")),
    }
    monkeypatch.setattr(runs, "available", lambda: trained)
    draw_on(page, draw_controls.example(0))
    assert choices(held(page.selectbox, "dr_network")) == [*TRAINED, "CNN, trained here, step 46"]
    held(page.selectbox, "dr_network").set_value("CNN, trained here, step 46").run()
    [view] = parts(page, "view")
    assert view["steps"][-1]["size"] == [8, 8]
    assert {step["name"] for step in view["steps"] if step.get("closed")} == {"margin", "centre"}
    for tab in TABS:
        page.session_state["dr_tabs"] = tab
        assert not page.run().exception
    trained["CNN, trained here, step 90"] = trained.pop("CNN, trained here, step 46")
    page.run()
    assert held(page.selectbox, "dr_network").value == "CNN, trained here, step 90"
    trained.clear()
    page.run()
    assert held(page.selectbox, "dr_network").value == "CNN"
    assert "no longer there; CNN is asked" in page.warning[0].value


def photograph(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.repeat(pixels[..., None], 3, axis=2)).save(file, "PNG")
    return file.getvalue()


def test_a_photograph_is_laid_on_the_pad_and_a_wrong_file_is_refused(page):
    sheet = draw_controls.example(3)
    photo = np.repeat(np.repeat(40 + sheet // 2, 3, axis=0), 3, axis=1)
    page.file_uploader[0].upload("digit.png", photograph(photo), "image/png").run()
    assert not page.warning
    reading = draw.read(draw.readers()["CNN"], sheet, frozenset())
    assert parts(page, "view")[0]["sentence"].startswith(f"A {reading.answer}, ")
    for raw, told in (
        (b"%PDF-1.7", "This is a PDF document"),
        (photograph(photo * 0 + 90), "must show a digit"),
    ):
        page.file_uploader[0].upload("other.png", raw, "image/png").run()
        assert told in page.warning[0].value
    assert parts(page, "view")[0]["filled"]


def test_the_other_network_is_asked_and_linked(page):
    draw_on(page, draw_controls.example(0))
    held(page.selectbox, "dr_network").set_value("MLP").run()
    assert [group["title"] for group in parts(page, "tiles")[0]["groups"]] == ["Dense 36", "ReLU", "Dense 10"]
    assert page.query_params["dr_network"] == "MLP"


def test_a_network_that_overflowed_says_so(page, monkeypatch):
    network = TRAINED["CNN"].network()
    lost = type(network)(
        network.architecture, network.scaling, network.parameters * np.float32(np.nan), network.statistics
    )
    found = {"Lost": runs.Trained(lost, "Strokes", draw.NUMBERS)}
    monkeypatch.setattr(runs, "available", lambda: found)
    draw_on(page, draw_controls.example(0))
    held(page.selectbox, "dr_network").set_value("Lost").run()
    assert parts(page, "view")[0]["sentence"].startswith("This network overflows")
    for tab in TABS:
        page.session_state["dr_tabs"] = tab
        assert not page.run().exception

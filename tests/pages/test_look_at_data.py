"""The page that looks at data: what its parts are sent, what its controls do, data that is not here."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.model.datasets import DATASETS
from cnnviz.ui import data_effects, frame, train_data
from cnnviz.ui.state import full_names
from tests.widgets import held

DIGITS = DATASETS["Handwritten digits"].load()


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
    app.query_params.update(full_names("da_", link))
    return app.switch_page("pages/look_at_data.py").run()


def parts(app, name):
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [each for each in sent if each.get("part") == name]


def part(app, name):
    return parts(app, name)[0]


def test_the_first_view_shows_images_in_order_one_large_and_the_classes():
    app = open_page()
    gallery = part(app, "gallery")
    assert gallery["places"] == list(range(80))
    assert gallery["labels"] == [str(label) for label in DIGITS.train.labels[:80]]
    assert (gallery["total"], gallery["pages"], gallery["chosen"]) == (1442, 19, 0)
    numbers = part(app, "numbers")
    assert numbers["title"] == "Image 0, label 0, 8 × 8"
    assert (numbers["formula"], numbers["ends"]) == ("x", [0, 16])
    counts = np.bincount(DIGITS.train.labels)
    assert [bar[:2] for bar in part(app, "classes")["bars"]] == [
        [str(label), count] for label, count in enumerate(counts)
    ]
    assert len(part(app, "pixels")["spreads"]) == 1


def test_class_part_and_order_begin_anew_and_an_image_turns_to_its_page():
    app = open_page()
    held(app.selectbox, "da_class").set_value("3").run()
    threes = np.flatnonzero(DIGITS.train.labels == 3)
    assert part(app, "gallery")["places"] == threes[:80].tolist()
    assert part(app, "numbers")["title"] == f"Image {threes[0]}, label 3, 8 × 8"
    assert part(app, "classes")["chosen"] == 3
    held(app.number_input, "da_image").set_value(int(threes[100])).run()
    assert part(app, "gallery")["page"] == 1
    assert part(app, "gallery")["chosen"] == threes[100]
    held(app.selectbox, "da_part").set_value("held_out").run()
    held(app.number_input, "da_shuffle").set_value(4).run()
    shuffled = part(app, "gallery")
    assert shuffled["chosen"] == shuffled["places"][0]
    assert sorted(shuffled["places"]) == np.flatnonzero(DIGITS.held_out.labels == 3).tolist()
    assert app.query_params["da_only"] == "3"
    assert not app.exception


def test_a_scaling_changes_the_numbers_and_their_axis():
    app = open_page(scaling="Standardised", image="17")
    numbers = part(app, "numbers")
    pixels = DIGITS.train.images.astype(float)
    assert numbers["formula"] == f"(x − {pixels.mean():.2f}) / {pixels.std():.2f}"
    ends = [(end - pixels.mean()) / pixels.std() for end in (0, 16)]
    assert numbers["ends"] == pytest.approx(ends, abs=1e-5)
    before, after = part(app, "pixels")["spreads"]
    assert before["shares"] == after["shares"]
    assert (after["mean"], after["deviation"]) == (pytest.approx(0, abs=1e-9), pytest.approx(1))
    assert part(app, "table")["chosen"] == 0


def test_neighbours_are_training_images_and_not_the_image_itself():
    app = open_page(image="17")
    near = parts(app, "gallery")[1]
    gaps = np.sqrt(
        np.mean((DIGITS.train.images - DIGITS.train.images[17].astype(float)) ** 2, axis=(1, 2, 3))
    )
    gaps[17] = np.inf
    assert near["places"] == np.argsort(gaps, kind="stable")[:6].tolist()
    first = near["places"][0]
    assert near["labels"][0] == f"{DIGITS.train.labels[first]} · {gaps[first]:.2f}"


def test_losses_come_from_beside_the_page():
    app = open_page(rate="0.005", seed="2")
    for future in list(data_effects._kept.values()):
        future.result(20)
    app.run()
    runs = part(app, "losses")["runs"]
    assert [run["title"] for run in runs] == ["Standardised", "0 to 1", "As they are"]
    assert {len(run["losses"]) for run in runs} == {45}
    assert all("held-out images are read right" in run["told"] for run in runs)


def test_data_that_is_not_here_is_offered(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(train_data, "_fetches", {})
    app = open_page(source="MNIST", only="3")
    assert held(app.button, "tr_fetch").label == "Fetch 12 MB"
    assert not app.exception
    held(app.selectbox, "da_source").set_value("Strokes").run()
    assert part(app, "gallery")["total"] == 6000
    assert part(app, "numbers")["shape"] == [28, 28]

"""The networks that come trained: their files, their recipes, and how well they read."""

import os
from pathlib import Path

import numpy as np
import pytest

from cnnviz.lessons.digits import network_input, prepare
from cnnviz.lessons.digits_why import sheets
from cnnviz.model.datasets import DATASETS
from cnnviz.model.loss import LOSSES, predictions
from cnnviz.model.saving import load, save
from cnnviz.model.strokes import strokes
from cnnviz.presets import make_trained
from cnnviz.presets.trained import NETWORKS, TRAINED
from tests.model.examples import small_data

SHARED = Path(__file__).parents[3] / "shared" / "data"
LICENCES = Path("assets/LICENSES.md").read_text(encoding="utf-8")


@pytest.fixture(params=TRAINED)
def trained(request):
    return TRAINED[request.param]


def test_every_file_of_a_network_is_in_the_table():
    assert {path.name for path in NETWORKS.iterdir()} == {trained.file for trained in TRAINED.values()}


def test_a_file_is_small_and_was_made_by_its_recipe(trained):
    assert trained.path.stat().st_size < 300_000
    assert trained.saved.recipe == trained.recipe
    assert trained.saved.state.step == trained.recipe.steps(60_000)
    assert trained.saved.origin.name == trained.data


def test_the_networks_are_of_about_equal_size():
    few, many = sorted(trained.architecture.parameter_count for trained in TRAINED.values())
    assert many <= 1.02 * few


def test_its_accuracy_and_its_origin_are_told(trained):
    count = f"{trained.architecture.parameter_count:,}"
    assert f"| {count} | {100 * trained.accuracy:.2f} % |" in LICENCES
    assert f"`networks/{trained.file}`" in LICENCES


def test_its_accuracy_is_the_one_told(trained, monkeypatch):
    if "CNNVIZ_DATA_DIR" not in os.environ:
        monkeypatch.setenv("CNNVIZ_DATA_DIR", str(SHARED))
    source = DATASETS[trained.data]
    if not source.here:
        pytest.skip("MNIST is not here: set CNNVIZ_DATA_DIR to measure the trained networks")
    data = source.load()
    score = trained.network().score(data.held_out, LOSSES[trained.recipe.loss])
    assert score.accuracy == pytest.approx(trained.accuracy, abs=0.0002)
    trained.saved.check_data(data)


def test_it_reads_digits_that_this_program_draws(trained):
    examples = strokes(100, 7)
    drawn, labels = sheets(examples, 100)
    read = np.concatenate([network_input(prepare(sheet)) for sheet in drawn])
    assert (predictions(trained.network().logits(read)) == labels).mean() >= 0.95


def test_making_them_anew_takes_every_step_and_reports(monkeypatch, tmp_path, capsys):
    from tests.model.examples import PLAIN, Recipe

    small = make_trained.Trained("Small", "", "small.npz", Recipe(PLAIN, epochs=2), 0.5, "Small")
    monkeypatch.setattr(make_trained, "TRAINED", {"Small": small})
    monkeypatch.setattr(make_trained, "NETWORKS", tmp_path)
    monkeypatch.setattr("cnnviz.presets.trained.NETWORKS", tmp_path)
    source = type("Source", (), {"load": staticmethod(small_data)})
    monkeypatch.setattr(make_trained, "DATASETS", {"Small": source})
    make_trained.main()
    saved = load((tmp_path / "small.npz").read_bytes())
    assert saved.state.step == small.recipe.steps(150)
    assert save(small.recipe, small_data(), saved.state) == (tmp_path / "small.npz").read_bytes()
    assert "Small, epoch 2: " in capsys.readouterr().out

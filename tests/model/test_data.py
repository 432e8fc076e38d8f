"""Data: what is built in is what it says, strokes have no end, and scaling does what it should."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.model.architecture import Architecture
from cnnviz.model.data import SCALINGS, Data, Examples, Scaling
from cnnviz.model.datasets import ASSETS, DATASETS
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.loss import LOSSES
from cnnviz.model.recipe import Recipe
from cnnviz.model.schedules import Linear
from cnnviz.model.strokes import DIGITS, strokes
from cnnviz.model.training import network_of
from tests.model.examples import LENET, run, small_data

SHARED = Path("../shared/data")
BUILT_IN = ("Handwritten digits", "Strokes")


@pytest.fixture(scope="module")
def digits():
    return DATASETS["Handwritten digits"].load()


@pytest.fixture(scope="module")
def drawn():
    return DATASETS["Strokes"].load()


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_built_in_is_here_and_is_what_it_says(name, digits, drawn):
    source, data = DATASETS[name], {"Handwritten digits": digits, "Strokes": drawn}[name]
    assert source.here
    assert (len(data.train), len(data.held_out)) == source.counts
    assert (data.input_shape, data.classes, data.name) == (source.input_shape, source.classes, name)
    assert data.train.images.max() == data.held_out.images.max() == data.peak
    for part in (data.train, data.held_out):
        share = np.array(data.counts(part)) / len(part)
        assert share.min() > 0.06
        assert share.max() < 0.14


@pytest.mark.parametrize("source", DATASETS.values(), ids=lambda source: source.name)
def test_every_source_is_told_of(source):
    assert source.source
    assert source.licence
    assert source.remark.endswith(".")
    if source.collection:
        assert len(source.collection.mirrors) >= 2
        assert len({mirror.split("/")[2] for mirror in source.collection.mirrors}) == len(
            source.collection.mirrors
        )
        assert 10 < source.collection.megabytes < 32


def test_the_digits_are_those_of_uci(digits):
    assert digits.digest == DATASETS["Handwritten digits"].load().digest
    with np.load(ASSETS / "digits.npz", allow_pickle=False) as file:
        assert file["images"].shape == (1797, 8, 8)
        assert_array_equal(file["labels"][:10], np.arange(10))
        assert_array_equal(file["images"][0, 0], [0, 0, 5, 13, 9, 1, 0, 0])
    licences = (ASSETS / "LICENSES.md").read_text(encoding="utf-8")
    row = re.search(r"^\| `digits.npz` \|(.+)\|(.+)\|(.+)\|$", licences, re.M)
    assert "Alpaydin" in row[2]
    assert "CC BY 4.0" in row[3]


def test_no_digit_is_on_both_sides(digits):
    seen = {image.tobytes() for image in digits.train.images}
    assert not any(image.tobytes() in seen for image in digits.held_out.images)


def test_strokes_have_no_end_and_any_stretch_is_the_same():
    whole = strokes(250, 5)
    far = strokes(30, 5, first=10**9)
    part = strokes(70, 5, first=90)
    assert_array_equal(part.images, whole.images[90:160])
    assert_array_equal(part.labels, whole.labels[90:160])
    assert far.images.shape == (30, 1, 28, 28)
    assert not np.array_equal(strokes(20, 6).images, whole.images[:20])
    assert len({image.tobytes() for image in whole.images}) == 250
    digest = hashlib.sha256(whole.labels.tobytes()).hexdigest()
    assert digest == hashlib.sha256(strokes(250, 5).labels.tobytes()).hexdigest()


def test_strokes_lie_inside_with_ink_of_all_shades():
    images = strokes(400, 0).images[:, 0]
    assert len(DIGITS) == 10
    border = np.concatenate([images[:, :2].ravel(), images[:, -2:].ravel(), images[..., :2].ravel()])
    assert (border > 0).mean() < 0.003
    ink = images.mean(axis=(1, 2))
    assert ink.min() > 8
    assert ink.max() < 90
    assert np.median(images.max(axis=(1, 2))) == 255


def test_strokes_can_be_learned_by_a_small_network(drawn):
    small = Architecture(
        (1, 28, 28),
        (MaxPool(2), Conv2d(8, 3), Activation("ReLU"), MaxPool(2), Flatten(), Dense(10)),
    )
    recipe = Recipe(small, rate=0.1, schedule=Linear(), epochs=1)
    state = run(recipe, drawn, recipe.steps(len(drawn.train)))
    assert network_of(recipe, drawn, state).score(drawn.held_out, LOSSES["Cross-entropy"]).accuracy > 0.9


def test_scaling_is_measured_on_the_training_images(digits):
    x = digits.scaling("Standardised")(digits.train.images)
    assert x.dtype == np.float32
    assert_allclose((x.mean(dtype=float), x.std(dtype=float)), (0, 1), atol=1e-5)
    assert digits.scaling("0 to 1")(digits.train.images).max() == 1
    assert_array_equal(digits.scaling("As they are")(digits.train.images), digits.train.images)
    assert set(SCALINGS) == {"Standardised", "0 to 1", "As they are"}
    blank = Examples(np.zeros((2, 1, 3, 3), np.uint8), np.zeros(2, int))
    assert Data("Blank", blank, blank, ("a",)).scaling("Standardised") == Scaling(0, 1)


def test_label_noise_changes_the_share_it_says_and_no_held_out_label(digits):
    noisy = digits.with_label_noise(0.3, 1)
    assert (noisy.train.labels != digits.train.labels).mean() == pytest.approx(0.3, abs=0.04)
    assert_array_equal(noisy.held_out.labels, digits.held_out.labels)
    assert_array_equal(noisy.train.labels, digits.with_label_noise(0.3, 1).train.labels)
    assert noisy.digest != digits.digest


def test_less_data_is_the_beginning_of_it(digits):
    few = digits.fewer(40)
    assert_array_equal(few.train.images, digits.train.images[:40])
    assert few.held_out is digits.held_out
    with pytest.raises(ValueError, match="count must be at most 1442, got 1443"):
        digits.fewer(1443)


def test_examples_can_be_put_in_order_of_class(digits):
    ordered = digits.in_order_of_class()
    assert (np.diff(ordered.train.labels) >= 0).all()
    assert digits.counts(ordered.train) == digits.counts(digits.train)
    assert_array_equal(ordered.train.images[0], digits.train.images[digits.train.labels == 0][0])


def test_examples_cannot_be_changed(digits):
    with pytest.raises(ValueError, match="read-only"):
        digits.train.images[0] = 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Examples(np.zeros((2, 3, 3), np.uint8), np.zeros(2)), "images must be uint8 with the axes"),
        (lambda: Examples(np.zeros((2, 1, 3, 3)), np.zeros(2)), "got float64 (2, 1, 3, 3)"),
        (lambda: Examples(np.zeros((2, 1, 3, 3), np.uint8), np.zeros(3)), "labels must be one for each of"),
        (lambda: replace(small_data(), classes=("a", "b")), "labels must be from 0 to 1"),
        (lambda: small_data().with_label_noise(1.5, 0), "share must be a number from 0 to below 1, got 1.5"),
        (lambda: strokes(0, 0), "count must be at least 1, got 0"),
    ],
)
def test_what_cannot_be_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_nothing_is_read_or_imported_before_it_is_asked_for():
    code = (
        "import sys, cnnviz.model.datasets, cnnviz.model.saving; "
        "print({'pooch', 'requests', 'urllib3', 'torch', 'streamlit', 'PIL'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_mnist_is_learned_from_a_local_copy(monkeypatch):
    if "CNNVIZ_DATA_DIR" not in os.environ:
        monkeypatch.setenv("CNNVIZ_DATA_DIR", str(SHARED))
    source, reports = DATASETS["MNIST"], []
    if not (Path(os.environ["CNNVIZ_DATA_DIR"]) / "mnist").is_dir():
        pytest.skip("there is no local copy of MNIST: CNNVIZ_DATA_DIR names none")
    assert source.here
    data = source.load(lambda done, total: reports.append((done, total)))
    assert (len(data.train), len(data.held_out)) == source.counts
    assert reports[-1][0] == reports[-1][1]
    assert_array_equal(data.train.labels[:6], [5, 0, 4, 1, 9, 2])
    recipe = Recipe(LENET, rate=0.02, epochs=1)
    few = replace(data, held_out=data.held_out[:500])
    score = network_of(recipe, data, run(recipe, data, 30)).score(few.held_out, LOSSES["Cross-entropy"])
    assert score.accuracy > 0.75

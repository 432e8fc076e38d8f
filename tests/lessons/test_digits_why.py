"""Occlusion, neighbours and rates against twins that do it one by one; and what is said of them."""

import numpy as np
import pytest

from cnnviz.kernels.softmax import softmax
from cnnviz.lessons import digits_told
from cnnviz.lessons.digits import SHEET, SMALL_FORM, STEPS, network_input, prepare
from cnnviz.lessons.digits_why import Rates, nearest, occlusion, rates, sheets
from cnnviz.model.datasets import DATASETS
from cnnviz.model.strokes import strokes
from cnnviz.presets.trained import TRAINED

CNN = TRAINED["CNN"].network()


@pytest.fixture(scope="module")
def examples():
    return strokes(60, 3)


def test_the_occlusion_map_is_the_mean_fall_under_every_patch(examples):
    image = network_input(prepare(sheets(examples, 1)[0][0]))
    found = occlusion(CNN, image, 26, 4)
    share = softmax(CNN.outputs(image)[-1])[0, 4]
    falls = np.zeros((3, 3))
    for row in range(3):
        for column in range(3):
            covered = image.copy()
            covered[0, 0, row : row + 26, column : column + 26] = 0
            falls[row, column] = share - softmax(CNN.outputs(covered)[-1])[0, 4]
    assert found.shape == (28, 28)
    assert found[0, 0] == pytest.approx(falls[0, 0], abs=1e-6)
    assert found[13, 13] == pytest.approx(falls.mean(), abs=1e-6)
    assert found[27, 1] == pytest.approx(falls[2, :2].mean(), abs=1e-6)


def test_covering_what_the_answer_needs_costs_more_than_covering_paper(examples):
    image = network_input(prepare(sheets(examples, 1)[0][0]))
    answer = int(CNN.logits(image).argmax())
    fall = occlusion(CNN, image, 5, answer)
    assert fall[image[0, 0] > 128].mean() > fall[:3, :3].mean()


def test_the_nearest_images_are_those_of_a_plain_search(examples):
    asked = examples.images[17][None].astype(np.float32) + 3
    gaps = [float(np.sqrt(np.mean((asked[0] - other) ** 2))) for other in examples.images.astype(float)]
    found = nearest(examples, asked, 5)
    np.testing.assert_allclose([each.distance for each in found], sorted(gaps)[:5], rtol=1e-5)
    assert found[0].distance == pytest.approx(3)
    np.testing.assert_array_equal(found[0].image, examples.images[17, 0])
    assert found[0].label == examples.labels[17]


def test_sheets_hold_every_digit_whole_and_are_the_same_each_time(examples):
    drawn, labels = sheets(examples, 20)
    assert drawn.shape == (20, SHEET, SHEET)
    np.testing.assert_array_equal(labels, examples.labels[:20])
    np.testing.assert_array_equal(drawn, sheets(examples, 20)[0])
    assert (drawn[:, 0].mean(axis=1) > 200).all()
    assert len({tuple(np.argwhere(sheet < 128).min(axis=0)) for sheet in drawn}) > 10


def test_rates_are_counted_with_each_step_left_out(examples):
    drawn, labels = sheets(examples, 60)
    found = rates(CNN, drawn, labels)
    assert found.count == 60
    assert list(found.without) == list(STEPS)
    for off, share in [((), found.every), *(((name,), share) for name, share in found.without.items())]:
        guesses = [CNN.logits(network_input(prepare(sheet, set(off)))).argmax() for sheet in drawn]
        assert share == pytest.approx(np.mean(np.array(guesses) == labels))
    assert found.every > 0.95
    assert max(found.without[name] for name in ("polarity", "crop", "fit")) < found.every


def test_small_digits_have_no_step_for_a_margin():
    digits = DATASETS["Handwritten digits"].load().held_out
    drawn, labels = sheets(digits, 10, SMALL_FORM)
    read = network_input(prepare(drawn[0], form=SMALL_FORM), SMALL_FORM)
    assert read.shape == (1, 1, 8, 8)
    assert nearest(digits, read, 3)[0].distance < 4
    assert (labels == digits.labels[:10]).all()


def test_the_guess_is_told_in_a_sentence():
    shares = np.full(10, 0.01)
    shares[7], shares[1] = 0.9, 0.02
    assert digits_told.guess(shares) == "A 7, 90.0 %; second guess 1, 2.0 %."
    shares[7] = 0.3
    assert digits_told.guess(shares) == "Perhaps a 7, 30.0 %; second guess 1, 2.0 %."
    assert digits_told.guess(np.full(10, np.nan)).startswith("This network overflows")
    assert digits_told.guess(None) == digits_told.EMPTY


def test_bars_have_lengths_and_numbers():
    shares = np.array([0.99951, 0.0004, 0, 0.00009, 0, 0, 0, 0, 0, 0])
    told = digits_told.bars(shares)
    assert [bar.text for bar in told[:4]] == ["> 99.9 %", "< 0.1 %", "0.0 %", "< 0.1 %"]
    assert [bar.name for bar in told if bar.first] == ["0"]
    assert {bar.text for bar in digits_told.bars(np.full(10, np.nan))} == {"NaN"}
    assert {bar.text for bar in digits_told.bars(None)} == {""}


def test_rates_are_told_with_their_uncertainty():
    found = Rates(0.992, {"polarity": 0.152, "centre": 0.95}, 500)
    assert [(bar.name, bar.text) for bar in digits_told.rate_bars(found)] == [
        ("All steps", "99.2 %"),
        ("Without polarity", "15.2 %"),
        ("Without centre of mass", "95.0 %"),
    ]
    assert "500 held-out digits of MNIST" in digits_told.rate_caption(found, "MNIST")
    assert "± 4 points" in digits_told.rate_caption(found, "MNIST")

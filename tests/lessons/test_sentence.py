"""Kim's network on a sentence: every number by hand, and told as it was computed."""

import numpy as np
import pytest

from cnnviz.kernels.convolution import conv1d
from cnnviz.lessons.sentence import Worked, short
from cnnviz.presets.studies_sentence import (
    FEWEST_WORDS,
    MOST_WORDS,
    WIDTHS,
    SentenceSetup,
    class_weights,
    kernels,
    read_words,
    vectors,
)
from tests import reference

SETUPS = [SentenceSetup(), SentenceSetup("one two three four", 1, 7), SentenceSetup(seed=3)]


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: f"seed {setup.seed}")
def test_every_map_is_the_non_square_convolution(setup):
    worked, image = Worked.of(setup), vectors(setup)
    at = 0
    for width in WIDTHS:
        weights, biases = kernels(setup, width)
        sums = reference.conv2d(image[None], weights, biases)[0, :, :, 0]
        for found, expected in zip(worked.maps[at : at + setup.maps], sums, strict=True):
            assert found.width == width
            assert len(found.values) == len(setup.words) - width + 1
            np.testing.assert_allclose(found.sums, expected, atol=1e-12)
            np.testing.assert_allclose(found.partial.sum(axis=0) + found.bias, expected, atol=1e-12)
            np.testing.assert_allclose(found.values, np.maximum(expected, 0), atol=1e-12)
        at += setup.maps
    assert at == len(worked.maps)


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: f"seed {setup.seed}")
def test_a_filter_over_whole_words_is_a_convolution_in_one_dimension(setup):
    """The numbers of a word vector become channels of a series of words."""
    image = vectors(setup)
    series = image.transpose(0, 2, 1).reshape(1, -1, len(setup.words))
    for width in WIDTHS:
        weights, biases = kernels(setup, width)
        along = weights.transpose(0, 1, 3, 2).reshape(len(weights), -1, width)
        expected = [found.sums for found in Worked.of(setup).maps if found.width == width]
        np.testing.assert_allclose(conv1d(series, along, biases)[0], expected, atol=1e-9)


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: f"seed {setup.seed}")
def test_scores_and_probabilities_follow_from_the_maxima(setup):
    worked = Worked.of(setup)
    maxima = [max(max(total, 0) for total in found.sums) for found in worked.maps]
    assert worked.features.tolist() == pytest.approx(maxima)
    weights, biases = class_weights(setup)
    scores = [sum(w * m for w, m in zip(row, maxima, strict=True)) for row in weights] + biases
    assert worked.scores.tolist() == pytest.approx(scores)
    powers = np.exp(scores)
    assert worked.probabilities.tolist() == pytest.approx(powers / powers.sum())


def test_the_first_example_is_as_it_was_worked_by_hand():
    """The vectors and filters of seed 32, which must not change under published links."""
    worked = Worked.of(SentenceSetup())
    assert worked.image[0, 0].tolist() == [0.8, -0.2, -0.2, 0.8]
    assert worked.image[1, 0].tolist() == [0.7, -0.4, -0.2, 0.9]
    third = worked.maps[3]
    assert third.weights[:, 0].tolist() == [[-1, 0, 0, 1], [1, -1, -1, -1]]
    assert (third.bias, third.partial[:, 0].tolist(), third.sums[0]) == (-0.2, [-1.1, 2.3], 1.0)
    assert worked.features.tolist() == [2.3, 2.0, 1.8, 1.6, 1.1, 1.6]
    assert worked.scores.tolist() == pytest.approx([0.36, -0.18])


def test_every_number_can_be_checked_by_hand():
    """Tenths before the classes, hundredths after, and no noise of binary fractions."""
    worked = Worked.of(SentenceSetup())
    for found in worked.maps:
        assert (found.sums * 10).tolist() == pytest.approx(np.rint(found.sums * 10), abs=1e-9)
        assert all(len(short(value)) <= 4 for value in found.values)


def test_the_run_visits_windows_then_maxima_then_scores():
    worked = Worked.of(SentenceSetup())
    kinds = [stop.kind for stop in worked.stops]
    places = sum(len(found.values) for found in worked.maps)
    assert places == 2 * (7 + 6 + 5)
    assert kinds == ["window"] * places + ["maximum"] * 6 + ["score"] * 2 + ["softmax"]
    assert [stop.place for stop in worked.stops[:7]] == [*range(7)]
    first, best, positive, last = (worked.stops[at].told for at in (20, places, places + 7, -1))
    assert first == "“wait for the”: fixed (−1.1) + trained 2.3 + bias (−0.2) = 1, after ReLU 1"
    assert best == "max(0.3, 1.1, 0, 0.5, 0.9, 0, 2.3) = 2.3, from “rent it”"
    assert positive == "Positive: 2.3·(−0.5) + 2·0.4 + 1.8·0.4 + 1.6·(−0.3) + 1.1·(−0.5) + 1.6·0.3 = −0.18"
    assert last == "Softmax turns 0.36 and −0.18 into 63 % negative and 37 % positive"


def test_a_word_has_one_vector_wherever_it_stands():
    setup = SentenceSetup("to be or not to be")
    image = vectors(setup)
    np.testing.assert_array_equal(image[:, 0], image[:, 4])
    other = vectors(SentenceSetup("be quick to answer"))
    np.testing.assert_array_equal(image[:, 1], other[:, 0])
    assert np.abs(image[1] - image[0]).max() <= 0.3 + 1e-12


def test_sentences_are_read_as_people_write_them():
    assert read_words("  Don't  rent IT, please! ") == ("don't", "rent", "it", "please")
    assert SentenceSetup("Well-made, but far too long.").sentence == "well-made but far too long"
    assert read_words("이 영화는 정말 좋다") == ("이", "영화는", "정말", "좋다")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("too short", f"sentence must have {FEWEST_WORDS} to {MOST_WORDS} words, got 2"),
        ("a " * 11, f"sentence must have {FEWEST_WORDS} to {MOST_WORDS} words, got 11"),
        ("x" * 5000, "sentence must have at most 10 words, got 5000 characters"),
        ("an antidisestablishmentarian film here", "words must have at most 12 letters, got 'antidis"),
    ],
)
def test_what_cannot_be_shown_is_refused(text, problem):
    with pytest.raises(ValueError, match=problem):
        SentenceSetup(text)


@pytest.mark.parametrize("settings", [{"maps": 0}, {"maps": 3}, {"seed": 0}, {"seed": 100}])
def test_numbers_out_of_range_are_refused(settings):
    with pytest.raises(ValueError, match="must be from 1 to"):
        SentenceSetup(**settings)

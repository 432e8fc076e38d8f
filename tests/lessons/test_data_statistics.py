"""What is counted of data, against plain NumPy on all pixels at once."""

import numpy as np
import pytest

from cnnviz.lessons.data_statistics import (
    PARTS,
    class_facts,
    part_of,
    pixel_counts,
    pixel_histogram,
    pixel_reach,
    places,
)
from cnnviz.model.data import Examples
from cnnviz.model.datasets import DATASETS
from cnnviz.model.strokes import strokes

DIGITS = DATASETS["Handwritten digits"].load()


def test_a_part_is_found_by_name_only():
    assert [len(part_of(DIGITS, name)) for name in PARTS] == [1442, 355]
    with pytest.raises(ValueError, match="name must be one of train, held_out, got 'both'"):
        part_of(DIGITS, "both")


@pytest.mark.parametrize("only", [None, 0, 7])
def test_an_order_holds_every_image_of_its_class_once_and_is_the_same_each_time(only):
    wanted = [at for at, label in enumerate(DIGITS.train.labels) if only in (None, label)]
    assert places(DIGITS.train, only, 0).tolist() == wanted
    drawn = places(DIGITS.train, only, 5)
    assert sorted(drawn) == wanted != drawn.tolist()
    assert (drawn == places(DIGITS.train, only, 5)).all()
    assert (drawn != places(DIGITS.train, only, 6)).any()


@pytest.mark.parametrize("examples", [DIGITS.held_out, strokes(300, 1)], ids=["digits", "strokes"])
def test_classes_are_counted_and_averaged(examples):
    facts = class_facts(examples, 10)
    assert sum(fact.images for fact in facts) == len(examples)
    assert sum(fact.share for fact in facts) == pytest.approx(1)
    for label, fact in enumerate(facts):
        own = examples.images[examples.labels == label].astype(float)
        assert (fact.images, fact.share) == (len(own), len(own) / len(examples))
        np.testing.assert_allclose(fact.mean, own.mean(axis=0), atol=1e-9)
        np.testing.assert_allclose(fact.deviation, own.std(axis=0), atol=1e-6)


def test_a_class_without_images_has_no_mean():
    facts = class_facts(Examples(np.zeros((2, 1, 3, 3), np.uint8), np.array([0, 2])), 3)
    assert [fact.images for fact in facts] == [1, 0, 1]
    assert np.isnan(facts[1].mean).all()
    assert np.isnan(facts[1].deviation).all()


def test_few_values_have_a_bar_each_and_many_share_sixteen():
    few = pixel_histogram(pixel_counts(DIGITS.train, 16))
    assert few.edges.tolist() == [value - 0.5 for value in range(18)]
    pixels = DIGITS.train.images
    assert few.shares.tolist() == [np.mean(pixels == value) for value in range(17)]
    examples = strokes(700, 2)
    many = pixel_histogram(pixel_counts(examples, 255))
    counts, _ = np.histogram(examples.images, many.edges)
    assert len(many.shares) == 16
    np.testing.assert_allclose(many.shares, counts / examples.images.size)


def test_the_reach_is_that_of_all_pixels():
    examples = strokes(700, 2)
    reach = pixel_reach(pixel_counts(examples, 255))
    pixels = examples.images.astype(float)
    assert reach == pytest.approx((pixels.min(), pixels.mean(), pixels.std(), pixels.max()))

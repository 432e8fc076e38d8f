"""What is said about a picture that was pooled, or moved first, is what an independent computation finds."""

import numpy as np
import pytest

from cnnviz.lessons import pooling_picture
from cnnviz.lessons.pooling_picture import STRIDE_ONLY, WAYS, answers
from cnnviz.presets.pooling import BLOCKS, Shrinking
from cnnviz.presets.pooling_pictures import SAMPLES, sample
from tests.each import each

BY_NUMPY = {
    "Max pooling": lambda blocks: blocks.max(axis=(2, 4)),
    "Min pooling": lambda blocks: blocks.min(axis=(2, 4)),
    "Mean pooling": lambda blocks: blocks.mean(axis=(2, 4)),
    STRIDE_ONLY: lambda blocks: blocks[:, :, 0, :, 0],
}


def cut(picture: np.ndarray, window: int) -> np.ndarray:
    """Cut a picture into windows: (C, H', window, W', window)."""
    channels, side, _ = picture.shape
    return picture.reshape(channels, side // window, window, side // window, window)


@pytest.mark.parametrize("window", BLOCKS)
@pytest.mark.parametrize("picture", ["Digit", "Cat"])
def test_every_way_shrinks_as_numpy_does(picture, window):
    assert set(WAYS) == set(BY_NUMPY)
    for name, shrink in WAYS.items():
        expected = BY_NUMPY[name](cut(sample(picture), window))
        np.testing.assert_allclose(shrink(sample(picture), window), expected, atol=1e-9)


@pytest.mark.parametrize("shift", range(5))
def test_changes_are_counted_and_averaged(shift):
    compared = answers(Shrinking("Astronaut", "max", 4, shift))
    assert [answer.name for answer in compared] == ["Max pooling", "Mean pooling", STRIDE_ONLY]
    for answer in compared:
        before, after = (BY_NUMPY[answer.name](cut(sample("Astronaut", by), 4)) for by in (0, shift))
        difference = np.abs(after - before)
        assert answer.changed == (difference > 1e-9).sum()
        assert answer.fraction == answer.changed / 2700
        assert answer.mean == pytest.approx(difference.mean())


def test_the_minimum_is_compared_when_it_is_chosen():
    names = [answer.name for answer in answers(Shrinking(kind="min"))]
    assert names == ["Max pooling", "Mean pooling", "Min pooling", STRIDE_ONLY]


@each("picture", SAMPLES)
@each(("window", "shift"), [(2, 2), (2, 4), (3, 3), (4, 4)])
def test_a_shift_by_whole_strides_moves_every_output(picture, window, shift):
    shrinking = Shrinking(picture, "min", window, shift)
    compared = answers(shrinking)
    assert all(answer.moved_by(shift // window) for answer in compared)
    told = pooling_picture.shift_remark(shrinking, compared)
    assert "whole stride" in told
    assert f"moved by {shift // window} column" in told


def test_a_shift_by_a_part_of_a_stride_moves_no_output():
    shrinking = Shrinking("Astronaut", "max", 4, 2)
    assert not any(answer.moved_by(1) for answer in answers(shrinking))


def test_the_remark_tells_whether_pooling_softened_the_shift():
    softened, not_softened = Shrinking("Astronaut", "max", 4, 1), Shrinking("Digit", "max", 2, 1)
    for shrinking, says in ((softened, "softens the shift"), (not_softened, "softens nothing")):
        compared = answers(shrinking)
        told = pooling_picture.shift_remark(shrinking, compared)
        assert f"Here pooling {says}" in told
        assert (compared[0].mean < compared[-1].mean) is (says == "softens the shift")
        assert f"by {compared[0].mean:.1f} of 255" in told
    assert pooling_picture.shift_remark(Shrinking(shift=0), answers(Shrinking(shift=0))).startswith("Nothing")


def test_captions_state_shapes_and_what_is_left():
    before = sample("Astronaut")
    after = pooling_picture.pool("mean", before, 4)
    shrinking = Shrinking("Astronaut", "mean", 4)
    assert pooling_picture.shape_of(before) == "120 × 120 × 3"
    assert pooling_picture.pooled_caption(shrinking, after) == "Mean 4 × 4, stride 4: 30 × 30 × 3"
    told = pooling_picture.kept(before, after)
    assert told.startswith("2,700 of 43,200 numbers are left.")
    assert f"from {before.mean():.1f} to {before.mean():.1f}" in told  # blocks of one size keep the average
    assert "206" in pooling_picture.scale_caption(206.3)


def test_an_answer_says_how_many_values_changed():
    answer = answers(Shrinking("Digit", "max", 2, 1))[0]
    told = pooling_picture.answer_caption(answer)
    assert told == f"Max pooling: {answer.changed} of 144 values changed (27 %), by 29.2 on average"

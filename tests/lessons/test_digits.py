"""From a sheet to what a network reads, against slow twins and pictures whose answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons.digits import (
    FORMS,
    MNIST_FORM,
    SHEET,
    SMALL_FORM,
    STEPS,
    has_ink,
    network_input,
    paper,
    prepare,
    resized,
    sheet_of,
)


def sheet_with(top: int, left: int, height: int, width: int, ink: int = 0, ground: int = 255) -> np.ndarray:
    sheet = np.full((SHEET, SHEET), ground, np.uint8)
    sheet[top : top + height, left : left + width] = ink
    return sheet


def stage(stages, name: str) -> np.ndarray:
    return next(each.image for each in stages if each.name == name)


def test_every_step_is_a_stage_and_the_last_has_the_side_of_the_form():
    for form in FORMS.values():
        stages = prepare(sheet_with(10, 20, 60, 30), form=form)
        assert [each.name for each in stages] == ["sheet", *STEPS]
        assert stages[-1].image.shape == (form.side, form.side)
        assert network_input(stages, form).shape == (1, 1, form.side, form.side)
        assert network_input(stages, form).max() == pytest.approx(form.peak)


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(8, 50),
    st.integers(8, 50),
    st.sampled_from(["fit", ""]),
)
def test_a_box_is_cut_out_fitted_and_put_into_the_middle(top, left, height, width, left_out):
    stages = prepare(sheet_with(top, left, height, width), {left_out} - {""})
    assert stage(stages, "crop").shape == (height, width)
    assert (stage(stages, "crop") == 255).all()
    factor = 28 / SHEET if left_out else 20 / max(height, width)
    fitted = stage(stages, "fit").shape
    assert fitted == tuple(max(1, round(length * factor)) for length in (height, width))
    assert stages[-1].image.sum() == pytest.approx(255 * fitted[0] * fitted[1], rel=1e-5)


def test_wherever_it_is_drawn_the_network_reads_the_same():
    here, there = (prepare(sheet_with(top, left, 60, 24))[-1].image for top, left in ((0, 0), (40, 71)))
    np.testing.assert_array_equal(here, there)


def test_chalk_and_ink_are_read_alike():
    ink, chalk = sheet_with(5, 5, 60, 24), sheet_with(5, 5, 60, 24, ink=255, ground=0)
    np.testing.assert_array_equal(prepare(ink)[-1].image, prepare(chalk)[-1].image)
    np.testing.assert_array_equal(prepare(ink, {"polarity"})[-1].image, 255 - prepare(chalk)[-1].image)


def test_the_centre_of_mass_goes_to_the_middle():
    sheet = sheet_with(10, 10, 80, 12)
    sheet[10:22, 10:60] = 0
    image = prepare(sheet)[-1].image
    place = np.arange(28)
    for line in (image.sum(axis=1), image.sum(axis=0)):
        assert abs(line @ place / line.sum() - 14) <= 0.5
    field = prepare(sheet, {"centre"})[-1].image
    rows, columns = np.flatnonzero(field.any(axis=1)), np.flatnonzero(field.any(axis=0))
    assert (rows[0], rows[-1]) == (4, 23)
    assert columns[0] + columns[-1] in (26, 27)


def test_without_crop_the_whole_sheet_goes_on_and_without_all_steps_it_only_shrinks():
    sheet = sheet_with(0, 84, 28, 28)
    assert stage(prepare(sheet, {"crop"}), "fit").shape == (20, 20)
    bare = prepare(sheet, set(STEPS))[-1].image
    np.testing.assert_array_equal(bare, np.rint(sheet.reshape(28, 4, 28, 4).mean(axis=(1, 3))))


def test_without_a_margin_the_field_is_filled():
    image = prepare(sheet_with(30, 30, 50, 50), {"margin", "centre"})[-1].image
    assert (image == 255).all()
    assert not MNIST_FORM.closed


def test_small_images_are_filled_by_their_box():
    assert set(SMALL_FORM.closed) == {"margin", "centre"}
    assert (prepare(sheet_with(30, 30, 50, 50), form=SMALL_FORM)[-1].image == 255).all()


@pytest.mark.parametrize("form", FORMS.values(), ids=str)
@given(off=st.sets(st.sampled_from(sorted(STEPS))), seed=st.integers(0, 100))
def test_any_steps_can_be_left_out(form, off, seed):
    random = np.random.default_rng(seed)
    top, left, height, width = random.integers(1, 56, 4)
    image = prepare(sheet_with(top, left, height, width), off, form)[-1].image
    assert image.shape == (form.side, form.side)
    assert image.min() >= 0
    assert image.max() <= 255


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_resizing_keeps_what_is_even(height, width, rows, columns):
    assert np.allclose(resized(np.full((height, width), 7.0), rows, columns), 7)


def test_resizing_is_a_mean_over_what_becomes_one_pixel_and_a_line_between_two():
    np.testing.assert_allclose(resized(np.array([[0.0, 3.0, 6.0]]), 1, 2), [[1, 5]])
    np.testing.assert_allclose(resized(np.array([[0.0, 4.0]]), 1, 4), [[0, 1, 3, 4]])


def test_an_empty_sheet_has_no_ink_and_is_refused():
    assert not has_ink(np.full((SHEET, SHEET), 255, np.uint8))
    assert has_ink(sheet_with(0, 0, 1, 1))
    with pytest.raises(ValueError, match="sheet must have ink on it"):
        prepare(np.zeros((SHEET, SHEET), np.uint8))
    with pytest.raises(ValueError, match="sheet must have 112 × 112 pixels"):
        prepare(np.zeros((28, 28), np.uint8))
    with pytest.raises(ValueError, match="off must be some of polarity, crop"):
        prepare(sheet_with(0, 0, 9, 9), {"blur"})


@pytest.mark.parametrize(("ink", "ground"), [(60, 190), (200, 50)])
@pytest.mark.parametrize("shape", [(300, 400), (400, 300), (90, 60)])
def test_a_photograph_in_uneven_light_becomes_a_clean_sheet(ink, ground, shape):
    height, width = shape
    light = np.linspace(0, 40, width)[None] + np.linspace(0, 15, height)[:, None]
    photo = np.full(shape, ground, float)
    photo[height // 4 : 3 * height // 4, width // 2 : width // 2 + width // 8] = ink
    noise = np.random.default_rng(0).normal(0, 2, shape)
    photo = np.clip(photo + light - 20 + noise, 0, 255).astype(np.uint8)
    sheet = sheet_of(np.repeat(photo[..., None], 3, axis=2))
    assert sheet.shape == (SHEET, SHEET)
    assert paper(sheet) == (255 if ink < ground else 0)
    found = np.abs(sheet.astype(float) - paper(sheet)) > 128
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    factor = SHEET / max(shape)
    assert len(rows) == rows[-1] - rows[0] + 1 == pytest.approx(height / 2 * factor, abs=2)
    assert len(columns) == pytest.approx(width / 8 * factor, abs=2)


def test_an_even_photograph_is_refused():
    with pytest.raises(ValueError, match="photo must show a digit darker or lighter than its paper"):
        sheet_of(np.full((50, 50, 3), 180, np.uint8))

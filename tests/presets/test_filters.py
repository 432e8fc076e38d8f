"""Every filter in the table, and what the table says of it."""

import dataclasses
import itertools

import numpy as np
import pytest

from cnnviz.lessons.weights import factors, finds_edges, sum_remark, weight_sum
from cnnviz.presets.filters import FILTERS, Filter
from cnnviz.presets.settings import Choice, Range
from tests.each import each

EVERY = each("record", FILTERS.values(), ids=lambda record: record.name)
DERIVATIVES = ("Sobel", "Prewitt", "Scharr")
EDGES = {name for name in FILTERS if name.startswith((*DERIVATIVES, "Laplacian"))} | {"Outline", "Gabor"}


def ends_and_default(setting):
    """Return the values of a setting that a reader is most likely to choose."""
    return setting.options if isinstance(setting, Choice) else (setting.least, setting.default, setting.most)


def choices(record):
    """List every combination of a filter's settings at their ends and defaults."""
    names = [setting.name for setting in record.settings]
    return [
        dict(zip(names, values, strict=True))
        for values in itertools.product(*map(ends_and_default, record.settings))
    ]


def correlated(image, kernel):
    """Slide a kernel with zeros around the image, in four plain loops."""
    rows, columns = kernel.shape
    padded = np.pad(image, ((rows // 2, rows // 2), (columns // 2, columns // 2)))
    return np.array(
        [[(padded[i : i + rows, j : j + columns] * kernel).sum() for j in range(image.shape[1])]
         for i in range(image.shape[0])]
    )  # fmt: skip


@EVERY
def test_every_kernel_is_a_matrix_of_finite_numbers_at_every_setting(record):
    for chosen in choices(record):
        kernel = record.kernel(**chosen)
        assert kernel.dtype == np.float64
        assert kernel.ndim == 2
        assert max(kernel.shape) <= 21
        assert kernel.shape[0] % 2 == kernel.shape[1] % 2 == 1
        assert np.isfinite(kernel).all()


@EVERY
def test_every_sum_is_one_or_zero_and_said_so(record):
    for chosen in choices(record):
        kernel = record.kernel(**chosen)
        assert weight_sum(kernel) == (0 if record.name in EDGES else 1)
        assert finds_edges(kernel) == (record.name in EDGES)
        assert sum_remark(kernel).startswith(f"Sum {int(weight_sum(kernel))}: ")


@EVERY
def test_every_filter_is_told_in_words_formula_and_source(record):
    assert record.formula
    assert record.latex
    assert record.source
    assert record.remark.endswith(".")


@EVERY
def test_separable_means_that_a_column_times_a_row_gives_the_kernel(record):
    for chosen in choices(record):
        kernel = record.kernel(**chosen)
        split = factors(kernel)
        assert (split is not None) == (np.linalg.matrix_rank(kernel) == 1)
        if split:
            assert np.allclose(np.outer(*split), kernel, atol=1e-12)


def test_which_filters_are_separable():
    separable = {name for name, record in FILTERS.items() if factors(record.kernel()) is not None}
    rest = {"Sharpen", "Laplacian", "Laplacian, 8 neighbours", "Emboss", "Outline", "Gabor"}
    assert separable == set(FILTERS) - rest


def test_sharpen_has_seventeen_ninths_in_its_centre():
    kernel = FILTERS["Sharpen"].kernel()
    assert kernel[1, 1] == pytest.approx(17 / 9, abs=1e-15)
    assert np.allclose(np.delete(kernel.ravel(), 4), -1 / 9)


@pytest.mark.parametrize("name", DERIVATIVES)
def test_derivatives_along_y_are_those_along_x_turned(name):
    along_x, along_y = FILTERS[f"{name} x"].kernel(), FILTERS[f"{name} y"].kernel()
    assert np.array_equal(along_y, along_x.T)
    ramp = np.tile(np.arange(7.0), (7, 1))
    assert correlated(ramp, along_x)[3, 3] > 0
    assert correlated(ramp, along_y)[3, 3] == 0


@pytest.mark.parametrize(
    ("direction", "row", "column"), [("right", 0, 1), ("left", 0, -1), ("down", 1, 0), ("up", -1, 0)]
)
def test_shift_moves_the_picture_as_it_says_and_the_other_way_when_flipped(direction, row, column):
    image = np.zeros((9, 9))
    image[4, 4] = 1
    kernel = FILTERS["Shift"].kernel(direction=direction, distance=3)
    assert np.argwhere(correlated(image, kernel)).tolist() == [[4 + 3 * row, 4 + 3 * column]]
    assert np.argwhere(correlated(image, kernel[::-1, ::-1])).tolist() == [[4 - 3 * row, 4 - 3 * column]]


def test_the_kernel_of_the_lecture_shifts_to_the_right_as_written():
    kernel = FILTERS["Shift"].kernel(direction="right", distance=1)
    assert np.array_equal(kernel, [[0, 0, 0], [1, 0, 0], [0, 0, 0]])
    row = np.array([[10.0, 11, 12, 13, 14]])
    assert np.array_equal(correlated(row, kernel)[0], [0, 10, 11, 12, 13])


def test_a_gaussian_is_round_and_falls_off():
    kernel = FILTERS["Gaussian blur"].kernel(sigma=1.0)
    assert kernel.shape == (7, 7)
    assert np.allclose(kernel, kernel.T)
    assert np.allclose(kernel, kernel[::-1])
    assert kernel[3, 4] / kernel[3, 3] == pytest.approx(np.exp(-0.5))


@each("angle", range(0, 180, 15))
def test_gabor_answers_most_to_stripes_at_its_own_angle(angle):
    rows, columns = np.mgrid[-10:11, -10:11]
    answers = {}
    for stripes in range(0, 180, 15):
        turn = np.deg2rad(stripes)
        along = columns * np.cos(turn) + rows * np.sin(turn)
        wave = np.cos(2 * np.pi * along / 5)
        kernel = FILTERS["Gabor"].kernel(wavelength=5.0, angle=angle)
        reach = kernel.shape[0] // 2
        answers[stripes] = (wave[10 - reach : 11 + reach, 10 - reach : 11 + reach] * kernel).sum()
    assert max(answers, key=answers.get) == angle


def test_gabor_at_ninety_degrees_is_gabor_at_zero_turned():
    assert np.allclose(FILTERS["Gabor"].kernel(angle=90), FILTERS["Gabor"].kernel(angle=0).T)


def test_outline_is_the_laplacian_with_its_sign_turned_round():
    assert np.array_equal(FILTERS["Outline"].kernel(), -FILTERS["Laplacian, 8 neighbours"].kernel())


def test_motion_blur_is_one_row():
    assert FILTERS["Motion blur"].kernel(length=9).shape == (1, 9)


@pytest.mark.parametrize(
    ("name", "chosen", "message"),
    [
        ("Box blur", {"size": 4}, "size must be from 3 to 21 in steps of 2, got 4"),
        ("Box blur", {"size": 99}, "size must be from 3 to 21 in steps of 2, got 99"),
        ("Gaussian blur", {"sigma": float("nan")}, "sigma must be from"),
        ("Shift", {"direction": "north"}, "direction must be one of right, left, down, up, got 'north'"),
        ("Identity", {"size": 3}, "settings must be those of Identity, got size"),
    ],
)
def test_a_wrong_setting_is_named(name, chosen, message):
    with pytest.raises(ValueError, match=message):
        FILTERS[name].kernel(**chosen)


def test_other_sums_are_told_with_their_number():
    assert sum_remark(np.full((2, 2), -0.5)) == "Sum −2: flat areas are multiplied by −2."
    assert sum_remark(np.zeros((2, 3))) == "All weights are 0: nothing is left."
    assert factors(np.zeros((2, 3))) is None
    assert not finds_edges(np.zeros((2, 3)))


def test_a_record_cannot_be_changed():
    record = FILTERS["Box blur"]
    assert isinstance(record, Filter)
    assert isinstance(record.settings[0], Range)
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.name = "other"
    record.kernel()[:] = 7
    FILTERS["Identity"].kernel()[:] = 7
    assert weight_sum(record.kernel()) == weight_sum(FILTERS["Identity"].kernel()) == 1

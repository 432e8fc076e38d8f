"""A filtered image is what the slow twin and SciPy say, whatever its size, border, type and memory."""

import re
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from cnnviz.kernels.borders import BORDERS
from cnnviz.kernels.filtering import filter_image, filter_windows, patch
from cnnviz.kernels.threads import limited_to
from tests import reference
from tests.each import each

SCIPY = {"zeros": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "wrap"}
SHAPES = [
    (1, 1),
    (2, 3, 3),
    (5, 7),
    (11, 16, 1),
    (97, 33, 3),
    (30, 352, 3),
    (13, 1500),
    (200, 20, 4),
    (3, 2, 70),
]
KERNELS = [(1, 1), (3, 3), (5, 5), (7, 7), (2, 2), (4, 7), (3, 5), (1, 9), (11, 11), (13, 6)]
SLIDES = [(1, 1), (2, 1), (1, 2), (3, 2), (2, 3), ((1, 2), (3, 1))]


def whole_numbers(shape, seed=0):
    """Pixels of 0 to 255: with whole weights float32 adds them up without rounding."""
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.float32)


def whole_weights(shape, seed=1):
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(np.float32)


def noise(shape, seed=2):
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


@each("border", BORDERS)
@each(("stride", "dilation"), SLIDES)
@each("shape", SHAPES, ids=str)
def test_filtering_is_its_twin(shape, stride, dilation, border):
    image = whole_numbers(shape)
    for size in KERNELS:
        kernel = whole_weights(size)
        y = filter_image(image, kernel, stride=stride, dilation=dilation, border=border)
        twin = reference.filter_image(image, kernel, stride, dilation, border)
        assert y.dtype == np.float32
        np.testing.assert_array_equal(y, twin, err_msg=str(size))


@each("border", BORDERS)
@each("size", KERNELS, ids=str)
def test_filtering_is_that_of_scipy(size, border):
    image, kernel = noise((120, 131)), noise(size)
    to_the_cell_before_the_middle = [-1 if cells % 2 == 0 else 0 for cells in size]
    expected = ndimage.correlate(
        image.astype(np.float64), kernel, mode=SCIPY[border], origin=to_the_cell_before_the_middle
    )
    bound = 1e-6 * np.abs(kernel).sum() * np.abs(image).max()
    np.testing.assert_allclose(filter_image(image, kernel, border=border), expected, rtol=0, atol=bound)


@each("high", range(1, 41))
def test_every_stripe_around_the_tiles_is_its_twin(high):
    for wide in range(1, 71):
        kernel = whole_weights([(3, 3), (4, 2), (5, 5)][(high + wide) % 3])
        image = whole_numbers((high, wide))
        np.testing.assert_array_equal(filter_image(image, kernel), reference.filter_image(image, kernel))


@given(
    st.tuples(st.integers(1, 30), st.integers(1, 60), st.integers(1, 4)),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.sampled_from(sorted(BORDERS)),
    st.booleans(),
)
def test_any_filtering_is_its_twin(shape, size, stride, dilation, border, of_bytes):
    image, kernel = whole_numbers(shape), whole_weights(size)
    given_image = image.astype(np.uint8) if of_bytes else image
    y = filter_image(
        given_image, kernel, stride=stride, dilation=dilation, border=border, scale=2, offset=128
    )
    twin = reference.filter_image(image, kernel, stride, dilation, border, 2, 128)
    np.testing.assert_array_equal(y, twin)


@each("size", [(3, 3), (5, 5), (7, 7), (11, 11), (2, 5)], ids=str)
@each("shape", [(200, 400, 3), (97, 33), (7, 16)], ids=str)
def test_threads_bytes_and_memory_do_not_change_a_bit(shape, size):
    image, kernel = whole_numbers(shape), noise(size)
    with limited_to(1):
        expected = filter_image(image, kernel)
    with limited_to(4):
        np.testing.assert_array_equal(filter_image(image, kernel), expected)
    np.testing.assert_array_equal(filter_image(image.astype(np.uint8), kernel), expected)
    twice = np.repeat(image, 2, axis=1)
    np.testing.assert_array_equal(filter_image(twice[:, ::2], kernel), expected)
    np.testing.assert_array_equal(filter_image(np.asfortranarray(image), kernel), expected)
    image.flags.writeable = False
    np.testing.assert_array_equal(filter_image(image, kernel), expected)
    beside_lines = np.empty(image.size + 17, np.float32)
    for shift in range(17):
        out = beside_lines[shift : shift + image.size].reshape(shape)
        assert filter_image(image, kernel, out=out) is out
        np.testing.assert_array_equal(out, expected)


@each("stride", [1, 2])
@each("size", [(3, 3), (5, 5), (7, 7), (11, 11), (1, 6)], ids=str)
@each("shape", [(1, 1), (6, 16), (7, 17), (96, 48, 3), (97, 352, 3), (193, 25), (5, 700, 3)])
def test_nothing_beyond_the_arrays_is_read_or_written(shape, size, stride):
    count = int(np.prod(shape))
    room = np.full(count + 4096, np.nan, np.float32)
    image = room[2048 : 2048 + count].reshape(shape)
    image[...] = whole_numbers(shape)
    expected = reference.filter_image(image, whole_weights(size), stride)
    guarded = np.full(expected.size + 4096, 7, np.float32)
    out = guarded[2048 : 2048 + expected.size].reshape(expected.shape)
    filter_image(image, whole_weights(size), stride=stride, out=out)
    np.testing.assert_array_equal(out, expected)
    assert (guarded[:2048] == 7).all()
    assert (guarded[2048 + expected.size :] == 7).all()


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("size", [(3, 3), (5, 5), (7, 7), (4, 2)], ids=str)
def test_a_nan_reaches_every_window_that_covers_it_and_no_other(size, value):
    image = whole_numbers((120, 64))
    image[60, 20] = value
    covered = reference.filter_image((~np.isfinite(image)).astype(np.float32), np.ones(size)) > 0
    y = filter_image(image, np.ones(size))
    np.testing.assert_array_equal(~np.isfinite(y), covered)
    assert covered.sum() == size[0] * size[1]


@each("border", BORDERS)
@each("length", [1, 2, 3, 8])
def test_a_border_continues_an_axis_as_numpy_does(length, border):
    axis = np.arange(1.0, length + 1)
    cells = BORDERS[border].cells(np.arange(-9, length + 9), length)
    continued = np.where(cells < 0, 0, axis[cells])
    np.testing.assert_array_equal(continued, np.pad(axis, 9, mode=reference.PADDED_LIKE[border]))
    assert BORDERS[border].name == border
    assert BORDERS[border].sentence.endswith(".")


@given(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3)),
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from(sorted(BORDERS)),
)
def test_a_patch_times_the_kernel_is_the_output(shape, size, stride, dilation, border):
    image, kernel = whole_numbers(shape), whole_weights(size)
    y = filter_image(image, kernel, stride=stride, dilation=dilation, border=border)
    for row, column in np.ndindex(y.shape[:2]):
        cells = patch(image, size, row, column, stride=stride, dilation=dilation, border=border)
        assert cells.shape == (*size, shape[2])
        np.testing.assert_array_equal((cells * kernel[:, :, None]).sum(axis=(0, 1)), y[row, column])


def test_the_centre_of_a_kernel_begins_on_the_first_pixel():
    rows, columns = filter_windows((9, 8), (3, 4), 2, (2, 1))
    assert [rows.starts(9)[0], columns.starts(8)[0]] == [-2, -1]
    assert [rows.output_size(9), columns.output_size(8)] == [5, 4]


def test_an_even_kernel_looks_further_to_the_right():
    np.testing.assert_array_equal(
        filter_image(np.float32([[1, 2, 3]]), np.float32([[10, 1]])), [[12, 23, 30]]
    )


def test_summing_channels_before_or_after_is_the_same():
    image, kernel = whole_numbers((40, 50, 3)), whole_weights((5, 3))
    one_map = filter_image(image.sum(axis=2, dtype=np.float32), kernel)
    np.testing.assert_array_equal(one_map, filter_image(image, kernel).sum(axis=2))


def test_scale_multiplies_the_weights_and_offset_is_added():
    y = filter_image(np.float32([[1, 2], [3, 4]]), np.ones((1, 1)), scale=-0.5, offset=10)
    np.testing.assert_array_equal(y, [[9.5, 9], [8.5, 8]])


def test_a_zero_has_no_minus_sign():
    assert not np.signbit(filter_image(np.zeros((9, 40), np.float32), -np.ones((3, 3)))).any()


def test_progress_is_told_by_the_calling_thread_until_all_is_done():
    told = []

    def tell(fraction):
        assert threading.get_ident() == caller
        told.append(fraction)

    caller, image = threading.get_ident(), whole_numbers((96 * 4, 16))
    with limited_to(1):
        filter_image(image, np.ones((3, 3)), progress=tell)
    assert told == [0.25, 0.5, 0.75, 1.0, 1.0]
    told.clear()
    with limited_to(2):
        filter_image(image, np.ones((3, 3)), progress=tell)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("threads", [1, 2])
def test_filtering_stops_where_progress_raises(threads):
    told = []

    def give_up(fraction):
        told.append(fraction)
        raise KeyboardInterrupt

    with limited_to(threads), pytest.raises(KeyboardInterrupt):
        filter_image(whole_numbers((96 * 50, 16)), np.ones((3, 3)), progress=give_up)
    assert len(told) == 1
    assert threads > 1 or told == [1 / 50]


PICTURE, WEIGHTS = np.ones((4, 5, 3), np.float32), np.ones((3, 3), np.float32)
WRONG = [
    ({"image": PICTURE.astype(np.float64)}, "image must be float32 or uint8, got float64"),
    ({"image": PICTURE.astype(object)}, "image must be float32 or uint8, got object"),
    ({"image": PICTURE[0, 0]}, "image must have the axes (H, W) or (H, W, C), got shape (3,)"),
    ({"image": PICTURE[None]}, "image must have the axes (H, W) or (H, W, C), got shape (1, 4, 5, 3)"),
    ({"image": PICTURE[:0]}, "image must not be empty, got shape (0, 5, 3)"),
    ({"image": PICTURE[:, :, :0]}, "image must not be empty, got shape (4, 5, 0)"),
    ({"kernel": WEIGHTS.astype(int)}, "kernel must be float32 or float64, got int64"),
    ({"kernel": WEIGHTS[0]}, "kernel must have the axes (K, L), got shape (3,)"),
    ({"kernel": WEIGHTS[:, :0]}, "kernel must not be empty, got shape (3, 0)"),
    ({"stride": 0}, "stride must be at least 1, got 0"),
    ({"stride": 1.5}, "stride must be a whole number, got 1.5"),
    ({"dilation": (1, 0)}, "dilation must be at least 1, got 0"),
    ({"border": "mirror"}, "border must be one of zeros, edge, reflect, wrap, got 'mirror'"),
    ({"out": PICTURE[:2]}, "out must be contiguous float32 of shape (4, 5, 3), got float32 of (2, 5, 3)"),
    (
        {"out": PICTURE.astype(np.float64)},
        "out must be contiguous float32 of shape (4, 5, 3), got float64 of (4, 5, 3)",
    ),
    ({"out": PICTURE}, "out must not overlap image, got an array that does"),
]


@each(("wrong", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_bad_argument_gets_one_sentence(wrong, sentence):
    arguments = {"image": PICTURE, "kernel": WEIGHTS, **wrong}
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        filter_image(**arguments)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [((4, 0), "row must be at most 3, got 4"), ((0, -1), "column must be at least 0, got -1")],
)
def test_a_patch_lies_under_a_cell_of_the_output(place, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        patch(PICTURE, (3, 3), *place)

"""The forward pass against the definition, against SciPy, and against itself in other shapes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage

from cnnviz.kernels.convolution import conv1d, conv2d, conv2d_backward
from cnnviz.kernels.correlation import Sliding, _packed
from cnnviz.kernels.correlation_loops import by_maps, by_pixels
from cnnviz.kernels.tiles import ROWS, VECTORS
from cnnviz.kernels.vectors import lanes
from tests import reference
from tests.each import each
from tests.scipys import correlate

TOLERANCE = {np.float32: 2e-5, np.float64: 1e-12}
SHAPES = [  # x, w, groups
    ((1, 1, 6, 6), (1, 1, 3, 3), 1),
    ((2, 1, 1, 1), (1, 1, 1, 1), 1),
    ((1, 2, 5, 9), (3, 2, 2, 4), 1),
    ((2, 3, 9, 12), (5, 3, 3, 2), 1),
    ((1, 4, 7, 31), (4, 4, 3, 5), 1),
    ((2, 6, 8, 10), (9, 2, 3, 3), 3),
    ((1, 4, 6, 17), (20, 1, 1, 3), 4),
    ((1, 2, 12, 6), (33, 2, 5, 1), 1),
    ((1, 16, 10, 10), (17, 16, 3, 3), 1),
]
SLIDES = [  # stride, padding, dilation
    (1, 0, 1),
    (1, 1, 1),
    (2, 1, 1),
    ((1, 3), ((2, 0), (1, 3)), 1),
    ((2, 1), (1, 3), (1, 2)),
    (1, 4, 2),
    (3, ((5, 0), (0, 4)), 1),
]


def arrays(x_shape, w_shape, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape).astype(dtype) for shape in (x_shape, w_shape, w_shape[:1])]


def fits(x_shape, w_shape, padding, dilation):
    reach = [
        apart * (size - 1) + 1 for apart, size in zip(reference.pair(dilation), w_shape[2:], strict=True)
    ]
    room = [length + sum(side) for length, side in zip(x_shape[2:], reference.sides(padding), strict=True)]
    return all(here <= there for here, there in zip(reach, room, strict=True))


CASES = [(*shapes, *slide) for shapes in SHAPES for slide in SLIDES if fits(*shapes[:2], slide[1], slide[2])]


@each("dtype", TOLERANCE)
@each(("x_shape", "w_shape", "groups", "stride", "padding", "dilation"), CASES)
def test_every_cell_is_the_sum_that_the_definition_says(
    x_shape, w_shape, groups, stride, padding, dilation, dtype
):
    x, w, b = arrays(x_shape, w_shape, dtype)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    for flip in (False, True):
        y = conv2d(x, w, b, **options, flip=flip)
        twin = reference.conv2d(*(array.astype(np.float64) for array in (x, w, b)), **options, flip=flip)
        assert y.dtype == dtype
        assert y.flags.c_contiguous
        assert_allclose(y, twin, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype] * np.sqrt(w[0].size))


@st.composite
def convolutions(draw):
    groups = draw(st.integers(1, 3))
    depth, own = draw(st.integers(1, 3)), draw(st.sampled_from([1, 2, 3, 4, 5, 8, 17]))
    size, dilation = draw(st.tuples(*[st.integers(1, 4)] * 2)), draw(st.tuples(*[st.integers(1, 3)] * 2))
    padding = tuple(draw(st.tuples(*[st.integers(0, 4)] * 2)) for _ in range(2))
    least = [max(1, d * (k - 1) + 1 - sum(p)) for d, k, p in zip(dilation, size, padding, strict=True)]
    image = draw(st.integers(least[0], least[0] + 8)), draw(st.integers(least[1], least[1] + 30))
    stride = draw(st.tuples(*[st.integers(1, 3)] * 2))
    shapes = (draw(st.integers(1, 2)), groups * depth, *image), (groups * own, depth, *size)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    return arrays(*shapes, seed=draw(st.integers(0, 99))), options


@given(convolutions())
def test_any_convolution_agrees_with_its_twin(case):
    arguments, options = case
    assert_allclose(conv2d(*arguments, **options), reference.conv2d(*arguments, **options), atol=1e-11)


@pytest.mark.parametrize("mode", ["valid", "full"])
@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2, 5), (7, 1)], ids=str)
def test_scipy_computes_the_same_in_two_dimensions(size, mode):
    x, w, _ = arrays((1, 1, 19, 23), (5, 1, *size))
    padding = tuple(k - 1 for k in size) if mode == "full" else 0
    for y, kernel in zip(conv2d(x, w, padding=padding)[0], w[:, 0], strict=True):
        assert_allclose(y, correlate(x[0, 0], kernel, mode), atol=1e-12)
    for y, kernel in zip(conv2d(x, w, padding=padding, flip=True)[0], w[:, 0], strict=True):
        assert_allclose(y, correlate(x[0, 0], kernel[::-1, ::-1], mode), atol=1e-12)


@pytest.mark.parametrize("length", [1, 2, 5, 8, 9, 100])
def test_scipy_computes_the_same_in_one_dimension(length):
    rng = np.random.default_rng(length)
    x, w, b = rng.normal(size=(2, 1, length)), rng.normal(size=(6, 1, 4)), rng.normal(size=6)
    y = conv1d(x, w, b, padding=3)
    y_flipped = conv1d(x, w, b, padding=(3, 3), flip=True)
    for n, o in np.ndindex(y.shape[:2]):
        assert_allclose(y[n, o], correlate(x[n, 0], w[o, 0], "full") + b[o], atol=1e-12)
        assert_allclose(y_flipped[n, o], np.convolve(x[n, 0], w[o, 0]) + b[o], atol=1e-12)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("more", [0, 6, 20])
def test_both_loops_sum_in_the_same_order(more, dtype):
    """On any processor: pixels and maps fill at least one tile."""
    side, maps = VECTORS * lanes(np.dtype(dtype)) + more, ROWS + 1
    x, w, b = arrays((3, 2, side, side), (maps, 2, 3, 3), dtype)
    y, other = np.full((2, 3, maps, side, side), np.nan, dtype)
    sliding = Sliding(-1, -1, 1, 1, 1, 1, 3, 3)
    for loop, out in ((by_maps, y), (by_pixels, other)):
        loop(x, *_packed(w, b, 1), out, sliding, 5, 0, 3 * -(-side // 5))
    assert_array_equal(y, other)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize(
    ("more_maps", "height", "more_columns"), [(0, 1, 0), (1, 3, 1), (3, 5, 9), (12, 6, 6), (17, 2, 23)]
)
def test_tiles_write_nothing_outside_their_output(more_maps, height, more_columns, dtype):
    maps, width = ROWS + more_maps, VECTORS * lanes(np.dtype(dtype)) + more_columns
    x, w, b = arrays((2, 3, height, width), (maps, 3, 3, 3), dtype)
    guard, size = 64, 2 * maps * height * width
    for loop in (by_maps, by_pixels):
        memory = np.full(size + 2 * guard, 7.5, dtype)
        y = memory[guard:-guard].reshape(2, maps, height, width)
        loop(
            x,
            *_packed(w, b, 1),
            y,
            Sliding(-1, -1, 1, 1, 1, 1, 3, 3),
            2,
            0,
            2 * -(-height // 2),
        )
        assert_array_equal(memory[:guard], 7.5)
        assert_array_equal(memory[-guard:], 7.5)
        assert_allclose(y, reference.conv2d(x, w, b, padding=1), rtol=1e-4, atol=1e-4)


def test_an_image_of_many_blocks_is_seamless():
    x, w, b = arrays((1, 1, 300, 200), (6, 1, 5, 5))
    expected = [ndimage.correlate(x[0, 0], kernel, mode="constant") for kernel in w[:, 0]] + b[:, None, None]
    assert_allclose(conv2d(x, w, b, padding=2)[0], expected, atol=1e-12)


@pytest.mark.parametrize("maps", [1, 8])
def test_any_memory_layout_gives_the_same(maps):
    x, w, b = arrays((2, 3, 9, 10), (maps, 3, 3, 3))
    y = conv2d(x, w, b)
    strided = np.repeat(x, 2, axis=3)[..., ::2]
    turned = np.asfortranarray(x)
    backwards = np.ascontiguousarray(x[:, :, ::-1])[:, :, ::-1]
    frozen = x.copy()
    frozen.flags.writeable = False
    shifted = np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(np.float64).reshape(x.shape)
    for same in (strided, turned, backwards, frozen, shifted):
        assert_array_equal(conv2d(same, np.asfortranarray(w), b[::-1].copy()[::-1]), y)


def test_the_arguments_stay_as_they_were():
    arguments = arrays((2, 3, 9, 10), (8, 3, 3, 3))
    copies = [array.copy() for array in arguments]
    conv2d(*arguments, padding=1, flip=True)
    for array, copy in zip(arguments, copies, strict=True):
        assert_array_equal(array, copy)


@each("dtype", TOLERANCE)
@each("maps", [1, 5, 16])
@each("strange", [np.nan, np.inf])
def test_a_strange_number_shows_wherever_a_window_reads_it_and_nowhere_else(strange, maps, dtype):
    x, w, b = arrays((1, 2, 12, 13), (maps, 2, 3, 3), dtype)
    expected = np.zeros((12, 13), bool)
    expected[3:6, 6:9] = True
    x[0, 1, 4, 7] = strange
    y = conv2d(x, w, b, padding=1)
    assert_array_equal(~np.isfinite(y), np.broadcast_to(expected, y.shape))


def test_a_bias_that_is_not_a_number_spoils_its_own_map_only():
    x, w, b = arrays((2, 1, 9, 9), (6, 1, 3, 3))
    b[2] = np.nan
    assert_array_equal(np.isnan(conv2d(x, w, b)).any(axis=(0, 2, 3)), np.arange(6) == 2)


@each("dtype", TOLERANCE)
@each("maps", [1, 5, 16])
@each("strange", [np.nan, np.inf])
def test_a_strange_weight_shows_on_padding_too(strange, maps, dtype):
    x, w, b = arrays((2, 2, 5, 9), (maps, 2, 5, 3), dtype)
    w[0, 1, 0, 0] = strange
    finite = np.isfinite(conv2d(x, w, b, padding=(4, 1)))
    assert not finite[:, 0, :4].any()
    assert finite[:, 1:].all()


@each("height", [1, 2, 20])
@each("padding", [(0, 7), (7, 0), (7, 3)])
@each(("stride", "dilation"), [(1, 1), (2, 1), (1, 3), ((3, 1), (2, 1))])
def test_rows_of_a_kernel_that_meet_only_padding_add_nothing(height, padding, stride, dilation):
    x, w, b = arrays((1, 2, height, 18), (9, 2, 3, 2))
    options = {"padding": (padding, 1), "stride": stride, "dilation": dilation}
    y = conv2d(x, w, b, **options)
    assert_allclose(y, reference.conv2d(x, w, b, **options), atol=1e-12)
    twin = reference.conv2d_backward(x, w, y, **options)
    for gradient, expected in zip(conv2d_backward(x, w, y, **options), twin, strict=True):
        assert_allclose(gradient, expected, atol=1e-9)

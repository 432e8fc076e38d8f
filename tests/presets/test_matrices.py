"""The worked examples give the numbers of the lectures and of an independent reference."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_scenes import FIRST, SCENES
from cnnviz.presets.sliding import Slide
from tests.each import each
from tests.scipys import correlate

# As printed by the lectures (put right where they are wrong) and by the guide.
PRINTED = {
    "conv2d_lecture": [[3, 0, 0, 1], [0, -1, -3, 0], [-3, 1, 0, 3], [0, 0, 1, 0]],
    "conv2d_lecture_padded": [
        [1, 3, 5, 0, -2, 2],
        [1, 3, 0, 0, 1, 4],
        [4, 0, -1, -3, 0, 4],
        [-2, -3, 1, 0, 3, 2],
        [2, 0, 0, 1, 0, -2],
        [1, 0, -2, -1, 3, 1],
    ],
    "conv2d_lecture_stride": [[3, 0], [-3, 0]],
    "conv2d_turned": [[4, 0, -1, 0], [1, -1, -2, -1], [-2, 0, -3, 3], [1, 3, 0, -2]],
    "conv2d_products": [[4]],
    "conv2d_demo": [[4]],
    "conv2d_seven": [[0, 27, 27, 0, 0]] * 5,
    "conv2d_identity": [[10, 11, 12, 13, 14], [20, 21, 22, 23, 24], [30, 31, 32, 33, 34]],
    "conv2d_blur": [[0, 3, 6, 9]] * 2,
    "conv2d_sharpen": [[0, -3, 12, 9]] * 2,
    "conv2d_binary": [[4, 3, 4], [2, 4, 3], [2, 3, 4]],
    "conv2d_shift": [[0, 10, 11, 12, 13], [0, 20, 21, 22, 23], [0, 30, 31, 32, 33]],
    "conv2d_whole": [[2, 7, 8, 6]],
    "conv2d_guide_numbers": [[12, 12, 17], [10, 17, 19], [9, 6, 14]],
}
# Input, kernel, stride, padding, dilation and output sizes of Dumoulin and Visin (2016).
GUIDE = {
    "conv2d_guide_no_padding": (4, 3, 1, 0, 1, 2),
    "conv2d_guide_arbitrary_padding": (5, 4, 1, 2, 1, 6),
    "conv2d_guide_same": (5, 3, 1, 1, 1, 5),
    "conv2d_guide_full": (5, 3, 1, 2, 1, 7),
    "conv2d_guide_strides": (5, 3, 2, 0, 1, 2),
    "conv2d_guide_padding_strides": (5, 3, 2, 1, 1, 3),
    "conv2d_guide_padding_strides_odd": (6, 3, 2, 1, 1, 3),
    "conv2d_guide_dilation": (7, 3, 1, 0, 2, 3),
}


def reference(setup: Setup) -> np.ndarray:
    """Compute a setup with SciPy: pad, spread the kernel, correlate, keep every so many-th."""
    (rows, columns), dilation = setup.windows, setup.slide.dilation
    image = np.pad(np.array(setup.image), (rows.padding, columns.padding))
    kernel = np.array(setup.kernel)[::-1, ::-1] if setup.flip else np.array(setup.kernel)
    spread = np.zeros([d * (size - 1) + 1 for d, size in zip(dilation, kernel.shape, strict=True)])
    spread[:: dilation[0], :: dilation[1]] = kernel
    whole = correlate(image, spread, "valid") + setup.bias
    return whole[:: setup.slide.stride[0], :: setup.slide.stride[1]]


@each("name", SCENES)
def test_an_example_gives_what_scipy_gives(name):
    setup = SCENES[name].setup
    np.testing.assert_allclose(Trace.of(setup).output, reference(setup), atol=1e-12)
    assert Trace.of(setup).output.shape == setup.output_shape


@each("name", PRINTED)
def test_an_example_gives_the_printed_numbers(name):
    np.testing.assert_allclose(Trace.of(SCENES[name].setup).output, PRINTED[name], atol=1e-12)
    np.testing.assert_array_equal(SCENES[name].expected["output"], PRINTED[name])


@pytest.mark.parametrize("name", GUIDE)
def test_an_example_has_the_sizes_of_the_guide(name):
    setup, (i, k, s, p, d, o) = SCENES[name].setup, GUIDE[name]
    assert setup.input_shape == (i, i)
    assert setup.kernel_shape == (k, k)
    assert setup.slide.stride == (s, s)
    assert setup.slide.dilation == (d, d)
    assert [window.padding for window in setup.windows] == [(p, p), (p, p)]
    assert setup.output_shape == (o, o)


@each("name", SCENES)
def test_an_example_says_where_it_is_from_and_what_to_notice(name):
    example = SCENES[name]
    assert example.title
    assert example.source
    assert example.notice.endswith(".")
    assert not example.erratum or example.erratum.endswith(".")
    assert name.isascii()
    assert name.islower()


def test_the_shift_goes_left_as_a_convolution():
    shifted = Trace.of(replace(SCENES["conv2d_shift"].setup, flip=True)).output
    np.testing.assert_array_equal(shifted[0], [11, 12, 13, 14, 0])


def test_the_guides_even_kernel_covers_every_example_of_its_chapter():
    assert {*PRINTED, *GUIDE} == {*SCENES}
    assert FIRST in SCENES


def test_resizing_keeps_the_numbers_that_fit():
    setup = SCENES["conv2d_lecture"].setup
    smaller = setup.resized("image", (3, 8))
    assert smaller.input_shape == (3, 8)
    assert smaller.image[0] == (*setup.image[0], 0, 0)
    assert setup.resized("kernel", (4, 2)).kernel == ((-1, 0), (0, 2), (1, 0), (0, 0))


def test_random_numbers_are_the_same_for_the_same_seed():
    setup = SCENES["conv2d_lecture"].setup
    assert setup.shuffled(3) == setup.shuffled(3)
    assert setup.shuffled(3) != setup.shuffled(4)
    assert all(value == int(value) for row in setup.shuffled(1).image for value in row)


def test_one_cell_can_be_changed():
    setup = SCENES["conv2d_lecture"].setup.with_cell("kernel", 1, 2, -0.0)
    assert setup.kernel[1] == (0, 2, 0)
    assert str(setup.kernel[1][2]) == "0.0"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kernel": ((1.0,) * 7,) * 7}, "kernel must reach over at most 6 rows of padded input, got 7 rows"),
        ({"kernel": ((1.0,) * 12,)}, "kernel must be from 1 × 1 to 11 × 11, got 1 × 12"),
        ({"image": ((1.0,) * 65,)}, "input must be from 1 × 1 to 64 × 64, got 1 × 65"),
        ({"bias": float("nan")}, "bias must be at most 1,000,000,000 in size, got “nan”"),
        ({"bias": 1e300}, "bias must be at most 1,000,000,000 in size, got “1e[+]300”"),
        (
            {"slide": Slide(dilation=(3, 1))},
            "kernel must reach over at most 6 rows of padded input, got 7 rows",
        ),
    ],
)
def test_what_cannot_be_slid_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(SCENES["conv2d_lecture"].setup, **change)

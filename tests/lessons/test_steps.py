"""The steps and the compiled loop are two tellings of one thing."""

import numpy as np
import pytest

from cnnviz.kernels.convolution import conv2d
from cnnviz.lessons.steps import Trace
from cnnviz.window import window_pair
from tests.each import each

SLIDES = [
    {},
    {"stride": 2},
    {"padding": 1},
    {"dilation": 2},
    {"stride": (3, 1), "padding": (0, 2)},
    {"padding": ((2, 0), (0, 1)), "dilation": (1, 2)},
    {"stride": 2, "padding": 3, "dilation": 2},
]
SIZES = [(1, 1), (3, 3), (2, 3), (1, 4)]


def trace_of(size, slide, *, channels=1, flip=False, bias=0.0) -> Trace:
    random = np.random.default_rng(3)
    image, kernel = random.normal(size=(channels, 7, 9)), random.normal(size=(channels, *size))
    return Trace(image, kernel, *window_pair(size, **slide), bias=bias, flip=flip)


@each("flip", [False, True], ids=["correlation", "convolution"])
@each("channels", [1, 3])
@each("slide", SLIDES, ids=str)
@each("size", SIZES, ids=str)
def test_the_steps_add_up_to_the_convolution(size, slide, channels, flip):
    trace = trace_of(size, slide, channels=channels, flip=flip, bias=0.5)
    expected = conv2d(trace.image[None], trace.kernel[None], np.array([0.5]), flip=flip, **slide)[0, 0]
    steps = list(trace)
    sums = np.array([step.products.sum() + step.bias for step in steps]).reshape(expected.shape)
    np.testing.assert_allclose(sums, expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal([step.value for step in steps], expected.ravel())
    assert [step.output for step in steps] == list(np.ndindex(expected.shape))
    assert len(trace) == expected.size


@pytest.mark.parametrize("slide", SLIDES, ids=str)
def test_a_step_reads_the_image_where_it_starts_and_zero_in_the_padding(slide):
    trace = trace_of((2, 3), slide)
    for step in trace:
        for u, row in enumerate(trace.rows.cells(step.start[0])):
            for v, column in enumerate(trace.columns.cells(step.start[1])):
                inside = 0 <= row < 7 and 0 <= column < 9
                assert step.operands[0, u, v] == (trace.image[0, row, column] if inside else 0)


def test_the_sums_of_the_channels_add_up():
    for step in trace_of((3, 3), {}, channels=3, bias=-1.0):
        assert step.channel_sums.shape == (3,)
        assert step.channel_sums.sum() - 1 == pytest.approx(step.value)


def test_a_turned_kernel_reads_the_same_image_from_its_other_end():
    plain, turned = (trace_of((2, 3), {}, flip=flip) for flip in (False, True))
    np.testing.assert_array_equal(turned[0].weights, plain[0].weights[:, ::-1, ::-1])
    np.testing.assert_array_equal(turned[0].operands, plain[0].operands)


def test_nan_is_seen_in_every_stop_that_reads_it_and_nowhere_else():
    trace = trace_of((3, 3), {})
    trace.image[0, 3, 4] = np.nan
    for step in trace:
        assert np.isnan(step.value) == np.isnan(step.operands).any()


@pytest.mark.parametrize("index", [-1, 35])
def test_a_step_that_is_not_there_is_named(index):
    trace = trace_of((3, 3), {})
    assert len(trace) == 35
    with pytest.raises(IndexError, match=rf"^step must be from 0 to 34, got {index}$"):
        trace[index]

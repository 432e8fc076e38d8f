"""The trace of a convolution in two or three directions, against SciPy and against its own steps."""

import numpy as np
import pytest
from scipy.ndimage import correlate as correlate_nd

from cnnviz.lessons.steps import Trace
from cnnviz.lessons.volume import VolumeTrace
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.presets.volumes import Volume
from cnnviz.window import Window
from tests.scipys import correlate

SCENE = SCENES["channels_volume"].setup


def drawn(volume=(2, 4, 5, 6), kernel=(2, 3, 2), strides=(1, 1, 1), paddings=((0, 0), (0, 0)), dilation=1):
    """Make a trace of random whole numbers; ``kernel`` gives planes, rows and columns."""
    random = np.random.default_rng(5)
    windows = [
        Window(size, stride, padding, dilation)
        for size, stride, padding in zip(kernel, strides, ((0, 0), *paddings), strict=True)
    ]
    values = random.integers(-4, 5, volume).astype(float)
    weights = random.integers(-2, 3, (volume[0], *kernel)).astype(float)
    return VolumeTrace(values, weights, *windows, 0.5)


CASES = {
    "plain": {},
    "strides": {"strides": (2, 1, 2)},
    "padding": {"paddings": ((1, 0), (2, 1))},
    "dilation": {"kernel": (2, 2, 2), "dilation": 2},
    "as deep as the volume": {"kernel": (4, 2, 3)},
    "one plane": {"volume": (3, 1, 5, 5), "kernel": (1, 3, 3)},
    "one channel": {"volume": (1, 3, 3, 3), "kernel": (2, 2, 2)},
}


@pytest.mark.parametrize("case", CASES)
def test_the_output_is_what_scipy_correlates(case):
    trace = drawn(**CASES[case])
    rows, columns = trace.rows.padding, trace.columns.padding
    padded = np.pad(trace.volume, ((0, 0), (0, 0), rows, columns))
    spread = [window.extent for window in trace.windows]
    kernel = np.zeros((len(padded), *spread))
    kernel[:, *(slice(None, None, window.dilation) for window in trace.windows)] = trace.kernel
    steps = tuple(slice(None, None, window.stride) for window in trace.windows)
    partials = [correlate(x, w, "valid")[steps] for x, w in zip(padded, kernel, strict=True)]
    np.testing.assert_allclose(trace.partials, partials, atol=1e-12)
    np.testing.assert_allclose(trace.output, np.sum(partials, axis=0) + 0.5, atol=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_the_steps_add_up_to_the_convolution(case):
    trace = drawn(**CASES[case])
    assert len(trace) == trace.output.size
    for step in trace:
        np.testing.assert_allclose(step.channel_sums, trace.partials[:, *step.output], atol=1e-12)
        assert step.channel_sums.sum() + step.bias == pytest.approx(step.value)
        assert step.value == trace.output[step.output]


def test_the_scene_moves_in_three_directions():
    """By `scipy.ndimage`, whose windows are centred: the last plane, row and column are beyond the end."""
    trace = VolumeTrace.of(SCENE)
    assert trace.output.shape == (2, 3, 3)
    sums = [
        correlate_nd(x, w, mode="constant")[1:, 1:, 1:]
        for x, w in zip(trace.volume, trace.kernel, strict=True)
    ]
    np.testing.assert_allclose(trace.output, np.sum(sums, axis=0) + SCENE.bias)
    starts = [step.start for step in trace]
    assert {plane for plane, _, _ in starts} == {0, 1}
    assert starts[8:11] == [(0, 2, 2), (1, 0, 0), (1, 0, 1)]


def test_a_kernel_as_deep_as_the_volume_cannot_move_along_depth():
    deep = VolumeTrace.of(SCENE.with_depth(3))
    assert deep.output.shape == (1, 3, 3)
    flat = deep.volume.reshape(6, 4, 4), deep.kernel.reshape(6, 2, 2)
    np.testing.assert_allclose(deep.output[0], Trace(*flat, deep.rows, deep.columns, deep.bias).output)


def test_an_image_of_several_channels_is_told_as_by_the_trace_of_2d_convolution():
    trace = drawn(volume=(3, 1, 6, 5), kernel=(1, 3, 2), strides=(1, 2, 1), paddings=((1, 1), (0, 1)))
    flat = Trace(trace.volume[:, 0], trace.kernel[:, 0], trace.rows, trace.columns, trace.bias)
    for step, other in zip(trace, flat, strict=True):
        np.testing.assert_array_equal(step.products[:, 0], other.products)
        assert step.value == pytest.approx(other.value)
        assert step.start[1:] == other.start


def test_a_step_beyond_the_end_is_refused():
    with pytest.raises(IndexError, match="step must be from 0 to 17, got 18"):
        VolumeTrace.of(SCENE)[18]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kernel": SCENE.kernel[:1]}, "kernel must have 2 slices, got 1"),
        ({"stride": 0}, "stride must be at least 1, got 0"),
        (
            {"kernel": SCENE.with_depth(2).kernel[:1] + SCENE.with_depth(3).kernel[1:]},
            "same number of planes",
        ),
        ({"volume": (SCENE.volume[0], SCENE.volume[1][:2])}, "same number of planes"),
        ({"volume": ((((1.0,),),),) * 2}, "size must reach over at most 1 padded cells, got 2"),
        ({"volume": SCENE.volume * 4, "kernel": SCENE.kernel * 4}, "channels must be from 1 to 6"),
    ],
)
def test_volumes_that_cannot_be_are_refused_in_one_sentence(change, sentence):
    settings = {"volume": SCENE.volume, "kernel": SCENE.kernel, "stride": 1, "bias": 0.0}
    with pytest.raises(ValueError, match=sentence):
        Volume(**(settings | change))

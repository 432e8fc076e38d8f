"""The code shown on the page of 1-D convolution runs as it stands and gives the numbers of the page."""

import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from cnnviz.lessons import series_code
from cnnviz.lessons.series import Smoothed
from cnnviz.lessons.steps import Trace
from cnnviz.presets.series import ENDS, SCENES, Smoothing
from cnnviz.presets.signals import KERNELS, SIGNALS
from cnnviz.presets.sliding import Slide
from tests.each import each

DECK = SCENES["series_valid"].setup.line


def slid(**slide):
    return replace(DECK, slide=Slide(**slide), flip=True, bias=0.25)


SETUPS = {
    **{name: scene.setup.line for name, scene in SCENES.items()},
    "turned with bias": slid(),
    "one side": slid(stride=(1, 3), padding="custom", sides=((0, 0), (0, 4))),
    "same with stride": slid(stride=(1, 2), padding="same"),
    "rounded up": slid(stride=(1, 4), rounding="ceil"),
    "dilated": slid(dilation=(1, 3)),
    "stride and dilation": slid(stride=(1, 2), dilation=(1, 2), padding="full"),
}


def run(lines: str) -> np.ndarray:
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return np.asarray(names["y"])


@each("name", SETUPS)
def test_the_numpy_lines_give_what_the_page_shows(name):
    shown = Trace.of(SETUPS[name]).output[0]
    np.testing.assert_allclose(run(series_code.numpy_lines(SETUPS[name])), shown, atol=1e-12)


@pytest.mark.torch
@each("name", SETUPS)
def test_the_pytorch_lines_give_what_the_page_shows(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    shown = Trace.of(SETUPS[name]).output[0]
    np.testing.assert_allclose(run(series_code.torch_lines(SETUPS[name])), shown, atol=1e-12)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_give_what_the_page_shows(name, keras_by_the_manual):
    shown = Trace.of(SETUPS[name]).output[0]
    np.testing.assert_allclose(run(series_code.keras_lines(SETUPS[name])), shown, atol=1e-12)


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the two layers, written from their documentation."""

    class Conv1D:
        def __init__(self, filters, size, strides=1, dilation_rate=1):
            assert filters == 1
            assert strides == 1 or dilation_rate == 1, "Keras refuses strides with dilation"
            self.size, self.strides, self.rate = size, strides, dilation_rate

        def build(self, shape):
            assert shape[0] == shape[2] == 1

        def set_weights(self, weights):
            kernel, self.bias = weights
            assert kernel.shape == (self.size, 1, 1)
            self.kernel = np.zeros(self.rate * (self.size - 1) + 1)
            self.kernel[:: self.rate] = kernel[:, 0, 0]

        def __call__(self, x):
            y = np.correlate(x[0, :, 0], self.kernel, "valid")[:: self.strides]
            return (y + self.bias[0])[None, :, None]

    class ZeroPadding1D:
        def __init__(self, padding):
            self.padding = padding

        def __call__(self, x):
            return np.pad(x, ((0, 0), self.padding, (0, 0)))

    keras = ModuleType("keras")
    keras.layers = ModuleType("keras.layers")
    keras.layers.Conv1D, keras.layers.ZeroPadding1D = Conv1D, ZeroPadding1D
    monkeypatch.setitem(sys.modules, "keras", keras)


def test_numpy_has_functions_of_its_own_where_the_kernel_moves_by_one():
    assert 'np.correlate(x, w, "valid")' in series_code.numpy_lines(DECK)
    assert 'np.convolve(x, w, "valid")' in series_code.numpy_lines(SETUPS["turned with bias"])
    assert "⌊(8 + 1 + 1 − 3) / 2⌋ + 1 = 4" in series_code.numpy_lines(SETUPS["series_stride_floor"])


@each("signal", SIGNALS)
@each("kernel", KERNELS)
@each("padding", ENDS)
def test_the_program_of_the_signal_gives_its_curve(signal, kernel, padding):
    smoothing = Smoothing(signal, kernel, 31, padding=padding, seed=5)
    lines = series_code.smoothing_lines(smoothing)
    np.testing.assert_allclose(run(lines), Smoothed.of(smoothing).output, atol=1e-12)
    assert '"""' not in lines


def test_the_decks_moving_average_is_ten_weights_of_a_tenth():
    lines = series_code.smoothing_lines(SCENES["series_moving_average"].setup.smoothing)
    assert "w = np.full(10, 0.1)" in lines
    assert lines.endswith("# 991 values")

"""The code shown to the reader runs as it stands and gives the numbers of the page."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np
import pytest

from cnnviz.kernels import convolution, correlation
from cnnviz.lessons import code
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests.each import each
from tests.scipys import correlate

LECTURE = SCENES["conv2d_lecture"].setup
MORE = {
    "turned": replace(LECTURE, flip=True, bias=0.25),
    "asymmetric": replace(LECTURE, slide=Slide((2, 1), "custom", ((2, 0), (1, 3)), (1, 2))),
    "same with stride": replace(LECTURE, slide=Slide((2, 3), "same")),
    "rounded up": replace(LECTURE, slide=Slide((2, 2), "same", rounding="ceil")),
    "stride and dilation": replace(LECTURE, slide=Slide((2, 2), "same", dilation=(2, 2)), flip=True),
    "one cell": Setup(((2.5,),), ((-4.0,),), bias=-1.0),
    "real numbers": replace(LECTURE, kernel=((1 / 9,) * 3,) * 3),
}
SETUPS = {**{name: example.setup for name, example in SCENES.items()}, **MORE}


def run(lines: str) -> np.ndarray:
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return np.asarray(names["y"])


@each("name", SETUPS)
def test_the_numpy_lines_give_what_the_page_shows(name):
    np.testing.assert_allclose(run(code.numpy_lines(SETUPS[name])), Trace.of(SETUPS[name]).output, atol=1e-12)


@pytest.mark.torch
@each("name", SETUPS)
def test_the_pytorch_lines_give_what_the_page_shows(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    np.testing.assert_allclose(run(code.torch_lines(SETUPS[name])), Trace.of(SETUPS[name]).output, atol=1e-12)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_give_what_the_page_shows(name, keras_by_the_manual):
    np.testing.assert_allclose(run(code.keras_lines(SETUPS[name])), Trace.of(SETUPS[name]).output, atol=1e-12)


def test_keras_is_not_asked_for_stride_and_dilation_at_once():
    assert "strides=" not in code.keras_lines(MORE["stride and dilation"])
    assert 'padding="same"' in code.keras_lines(MORE["same with stride"])


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the two layers, written from their documentation with SciPy."""

    class Conv2D:
        def __init__(self, filters, size, padding="valid", strides=(1, 1), dilation_rate=(1, 1)):
            assert filters == 1
            assert strides == (1, 1) or dilation_rate == (1, 1), "Keras refuses strides with dilation"
            self.size, self.padding, self.strides, self.rate = size, padding, strides, dilation_rate

        def build(self, shape):
            assert len(shape) == 4
            assert shape[3] == 1

        def set_weights(self, weights):
            kernel, self.bias = weights
            assert kernel.shape == (*self.size, 1, 1)
            reach = [d * (k - 1) + 1 for d, k in zip(self.rate, self.size, strict=True)]
            self.kernel = np.zeros(reach)
            self.kernel[:: self.rate[0], :: self.rate[1]] = kernel[:, :, 0, 0]

        def __call__(self, x):
            image = x[0, :, :, 0]
            if self.padding == "same":
                image = np.pad(image, [self._same(axis, image.shape[axis]) for axis in (0, 1)])
            y = correlate(image, self.kernel, "valid")[:: self.strides[0], :: self.strides[1]]
            return (y + self.bias[0])[None, :, :, None]

        def _same(self, axis, length):
            stride, reach = self.strides[axis], self.kernel.shape[axis]
            rest = length % stride or stride
            total = max(reach - rest, 0)
            return total // 2, total - total // 2

    class ZeroPadding2D:
        def __init__(self, padding):
            self.padding = padding

        def __call__(self, x):
            return np.pad(x, ((0, 0), *self.padding, (0, 0)))

    keras = ModuleType("keras")
    keras.layers = ModuleType("keras.layers")
    keras.layers.Conv2D, keras.layers.ZeroPadding2D = Conv2D, ZeroPadding2D
    monkeypatch.setitem(sys.modules, "keras", keras)


@pytest.mark.parametrize("name", ["conv2d_lecture", "turned", "large"])
def test_the_loop_that_is_shown_is_the_loop_that_ran(name, monkeypatch):
    """Watch both loops, and look for the name of the one that was called."""
    large = Setup(((1.0,) * 64,) * 64, ((1.0,) * 11,) * 11, Slide(padding="full"))
    setup, called = {**SETUPS, "large": large}[name], []
    for module, loop in ((convolution, "_correlate"), (correlation, "by_pixels"), (correlation, "by_maps")):
        compiled = getattr(module, loop)
        monkeypatch.setattr(module, loop, Watched(loop, compiled, called))
    assert Trace.of(setup).output.shape == setup.output_shape
    monkeypatch.undo()
    assert called
    assert all(f"def {loop}(" in code.loop_source(setup) for loop in called)


@dataclass(frozen=True)
class Watched:
    """Calls a compiled loop, and notes that it did."""

    name: str
    loop: Callable
    called: list

    def __call__(self, *arguments):
        self.called.append(self.name)
        return self.loop(*arguments)

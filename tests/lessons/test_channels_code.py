"""The code of layers and volumes runs as it stands and gives the numbers of the page."""

import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from cnnviz.lessons import channels_code as code
from cnnviz.lessons.channels import flow
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.presets.channels import Layer
from cnnviz.presets.sliding import Slide
from tests.each import each
from tests.scipys import correlate

RGB, VOLUME = SCENES["channels_rgb"].setup, SCENES["channels_volume"].setup
MORE = {
    "strides and dilation": replace(RGB, slide=Slide((2, 1), "custom", ((2, 1), (1, 3)), (2, 2)), relu=True),
    "groups of two": replace(
        RGB.with_channels(4).with_filters(8).with_groups(2), slide=Slide((1, 2), "same")
    ),
    "sixteen drawn filters": replace(RGB.with_kernel(5), slide=Slide(padding="full")).with_filters(16),
    "many biases": replace(RGB.with_filters(4), biases=(1.0, 0.5, -2.0, 0.0)),
    "volume with stride": replace(VOLUME.with_depth(1), stride=2),
}
SETUPS = {**{name: scene.setup for name, scene in SCENES.items()}, **MORE}


def run(lines: str) -> np.ndarray:
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return np.asarray(names["y"])


def shown(setup) -> np.ndarray:
    """Give the maps of a layer, or the output of a volume."""
    maps = flow(setup).maps
    return maps[:, 0] if isinstance(setup, Layer) else maps[0]


@each("name", SETUPS)
def test_the_numpy_lines_give_what_the_page_shows(name):
    np.testing.assert_allclose(run(code.numpy_lines(SETUPS[name])), shown(SETUPS[name]), atol=1e-9)


@pytest.mark.torch
@each("name", SETUPS)
def test_the_pytorch_lines_give_what_the_page_shows(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    np.testing.assert_allclose(run(code.torch_lines(SETUPS[name])), shown(SETUPS[name]), atol=1e-9)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_give_what_the_page_shows(name, keras_by_the_manual):
    np.testing.assert_allclose(run(code.keras_lines(SETUPS[name])), shown(SETUPS[name]), atol=1e-9)


def test_drawn_weights_and_pictures_stay_short():
    lines = code.numpy_lines(SCENES["channels_conv1"].setup)
    assert "def balloon():" in lines
    assert "default_rng(3)" in lines
    assert len(lines.split("\n")) < 30


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the three layers, written from their documentation with SciPy."""

    class Conv:
        def __init__(self, filters, size, strides=None, dilation_rate=None, groups=1, activation=None):
            assert strides is None or dilation_rate is None, "Keras refuses strides with dilation"
            self.filters, self.size, self.groups, self.activation = filters, size, groups, activation
            self.strides, self.rate = strides or (1,) * len(size), dilation_rate or (1,) * len(size)

        def build(self, shape):
            assert len(shape) == len(self.size) + 2
            assert shape[-1] % self.groups == 0
            self.depth = shape[-1] // self.groups

        def set_weights(self, weights):
            kernel, self.bias = weights
            assert kernel.shape == (*self.size, self.depth, self.filters)
            spread = [rate * (size - 1) + 1 for rate, size in zip(self.rate, self.size, strict=True)]
            self.kernel = np.zeros((*spread, self.depth, self.filters))
            self.kernel[tuple(slice(None, None, rate) for rate in self.rate)] = kernel

        def __call__(self, x):
            maps = []
            for number in range(self.filters):
                first = number // (self.filters // self.groups) * self.depth
                read = x[0, ..., first : first + self.depth]
                y = correlate(read, self.kernel[..., number], "valid")[..., 0]
                y = y[tuple(slice(None, None, stride) for stride in self.strides)] + self.bias[number]
                maps.append(np.maximum(y, 0) if self.activation == "relu" else y)
            return np.stack(maps, axis=-1)[None]

    class ZeroPadding2D:
        def __init__(self, padding):
            self.padding = padding

        def __call__(self, x):
            return np.pad(x, ((0, 0), *self.padding, (0, 0)))

    keras = ModuleType("keras")
    keras.layers = ModuleType("keras.layers")
    keras.layers.Conv2D = keras.layers.Conv3D = Conv
    keras.layers.ZeroPadding2D = ZeroPadding2D
    monkeypatch.setitem(sys.modules, "keras", keras)

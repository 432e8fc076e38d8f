"""The code of a layer runs as it stands and gives the shape and the count of the page."""

import sys
from dataclasses import replace
from math import prod
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from cnnviz.lessons.calculator import counted_line
from cnnviz.lessons.calculator_code import keras_lines, torch_lines
from cnnviz.presets.calculator import LayerSetup
from cnnviz.presets.calculator_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests.each import each

POOL = LayerSetup("max", (2, 8, 11), 1, (3, 2), Slide((2, 3)))
CONVOLUTION = LayerSetup("conv2d", (4, 9, 12), 6, (3, 2), Slide((2, 1)), groups=2)
UNEQUAL = ((1, 0), (0, 1))
MORE = {
    "overlapping, rounded up": POOL.having(rounding="ceil"),
    "padded maximum": POOL.having(sides=((1, 1), (1, 1))),
    "unequal maximum": POOL.having(sides=UNEQUAL),
    "mean": POOL.having(kind="mean", sides=((1, 1), (0, 0)), rounding="ceil"),
    "unequal mean": POOL.having(kind="mean", sides=UNEQUAL),
    "much padded mean": POOL.having(kind="mean", size=(3, 3), sides=((2, 2), (2, 2))),
    "same mean": POOL.having(kind="mean", padding="same"),
    "groups": CONVOLUTION,
    "unequal": CONVOLUTION.having(sides=UNEQUAL, biases=False),
    "same": CONVOLUTION.having(padding="same"),
    "stride and dilation": CONVOLUTION.having(dilation=(2, 3)),
    "dilation": CONVOLUTION.having(dilation=(2, 3), stride=(1, 1), padding="full"),
    "signal": LayerSetup("conv1d", (3, 1, 9), 2, (1, 4), Slide((1, 2), "same")),
    "vector": LayerSetup("dense", (7, 1, 1), 3),
}
SETUPS = {**{name: scene.setup for name, scene in SCENES.items()}, **MORE}


def run(lines: str) -> SimpleNamespace:
    names: dict = {"print": lambda *_: None}
    exec(compile(lines, "shown", "exec"), names)
    return SimpleNamespace(
        shape=tuple(names["y"].shape), count=names["count"], layer=names.get("layer"), y=names["y"]
    )


def on_page(setup: LayerSetup) -> tuple[int, ...]:
    """Give the output shape of the page, without the height of a signal."""
    channels, *along = setup.output_shape
    return (channels, *(along[1:] if setup.kind == "conv1d" else along))


@pytest.mark.torch
@each("name", SETUPS)
def test_the_pytorch_lines_have_the_shape_and_the_count_of_the_page(name):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    with torch.device("meta"):  # shapes without numbers: a million outputs cost nothing
        ran = run(torch_lines(SETUPS[name]))
    assert ran.shape == (1, *on_page(SETUPS[name]))
    assert ran.count == counted_line(SETUPS[name]).parameters


@pytest.mark.torch
@pytest.mark.parametrize("name", [name for name in MORE if MORE[name].kind in ("max", "mean")])
def test_the_pytorch_lines_pool_as_the_layer_does(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    setup = MORE[name]
    x = np.random.default_rng(0).normal(size=(1, *setup.shape)).astype(np.float32)
    lines = torch_lines(setup).replace(f"torch.zeros({(1, *setup.shape)})", f"torch.tensor({x.tolist()})")
    np.testing.assert_allclose(run(lines).y.numpy(), setup.layer.forward((), x), atol=1e-6)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_have_the_shape_and_the_count_of_the_page(name, keras_by_the_manual):
    ran = run(keras_lines(SETUPS[name]))
    channels, *along = on_page(SETUPS[name])
    assert ran.shape == (1, *along, channels)
    assert ran.count == counted_line(SETUPS[name]).parameters


def test_code_says_what_it_prints():
    assert "# (1, 10, 32, 32), 760" in torch_lines(SCENES["layer_ten_filters"].setup)
    assert "# (1, 32, 32, 10), 760" in keras_lines(SCENES["layer_ten_filters"].setup)
    assert "ceil_mode=True" in torch_lines(MORE["overlapping, rounded up"])


class Shaped:
    """An array of which only the shape is there."""

    def __init__(self, *shape):
        self.shape = shape

    def __getitem__(self, key):
        steps = [part.step or 1 for part in key[1:]]
        return Shaped(
            self.shape[0], *(-(-n // s) for n, s in zip(self.shape[1:-1], steps, strict=True)), self.shape[-1]
        )


class ByTheManual:
    """Output shapes and weights as the Keras manual gives them, channels last."""

    def __init__(self, *arguments, **options):
        self.arguments, self.options, self.trainable_weights = arguments, options, []

    def pair(self, name, dimensions, usual=1):
        value = self.options.get(name, usual)
        return value if isinstance(value, tuple) else (value,) * dimensions

    def slid(self, x, size, usual_stride):
        dimensions = len(x.shape) - 2
        size = size if isinstance(size, tuple) else (size,) * dimensions
        strides = self.pair("strides", dimensions, usual_stride)
        rates = self.pair("dilation_rate", dimensions)
        assert max(strides) == 1 or max(rates) == 1, "Keras refuses strides with dilation"
        if self.options.get("padding") == "same":
            return size, [-(-n // s) for n, s in zip(x.shape[1:-1], strides, strict=True)]
        reach = [d * (k - 1) + 1 for k, d in zip(size, rates, strict=True)]
        return size, [(n - r) // s + 1 for n, r, s in zip(x.shape[1:-1], reach, strides, strict=True)]


class Convolution(ByTheManual):
    def __call__(self, x):
        filters, size = self.arguments
        size, along = self.slid(x, size, 1)
        self.trainable_weights = [Shaped(*size, x.shape[-1] // self.options.get("groups", 1), filters)]
        if self.options.get("use_bias", True):
            self.trainable_weights.append(Shaped(filters))
        return Shaped(1, *along, filters)


class Pooling(ByTheManual):
    def __call__(self, x):
        return Shaped(1, *self.slid(x, self.arguments[0], self.arguments[0])[1], x.shape[-1])


class Dense(ByTheManual):
    def __call__(self, x):
        self.trainable_weights = [Shaped(x.shape[-1], self.arguments[0])]
        if self.options.get("use_bias", True):
            self.trainable_weights.append(Shaped(self.arguments[0]))
        return Shaped(1, self.arguments[0])


class BatchNormalization(ByTheManual):
    def __call__(self, x):
        self.trainable_weights = [Shaped(x.shape[-1]), Shaped(x.shape[-1])]
        return x


class Flatten(ByTheManual):
    def __call__(self, x):
        return Shaped(1, prod(x.shape[1:]))


class ZeroPadding(ByTheManual):
    def __call__(self, x):
        sides = self.arguments[0] if isinstance(self.arguments[0][0], tuple) else self.arguments
        return Shaped(1, *(n + sum(side) for n, side in zip(x.shape[1:-1], sides, strict=True)), x.shape[-1])


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the layers that the lines use."""
    layers = SimpleNamespace(
        Conv1D=Convolution, Conv2D=Convolution, MaxPooling2D=Pooling, AveragePooling2D=Pooling, Dense=Dense,
        Flatten=Flatten, BatchNormalization=BatchNormalization, ZeroPadding1D=ZeroPadding,
        ZeroPadding2D=ZeroPadding,
    )  # fmt: skip
    module = ModuleType("keras")
    module.layers = layers
    monkeypatch.setitem(sys.modules, "keras", module)


def test_pooling_of_padded_means_ignores_the_padding():
    setup = replace(MORE["unequal mean"], shape=(1, 3, 3))
    assert "seen = torch.ones_like(x)" in torch_lines(setup)

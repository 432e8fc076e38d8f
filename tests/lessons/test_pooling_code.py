"""The code that is shown runs, and computes what the page shows."""

import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from cnnviz.lessons import pooling_code
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.presets.pooling import PoolingSetup
from cnnviz.presets.pooling_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests import reference
from tests.each import each

BASE = SCENES["pooling_negative"].setup
UNEVEN = Slide((1, 2), "custom", ((2, 1), (0, 2)))
MORE = {
    f"{kind}, {name}": replace(BASE, kind=kind, window=window, slide=slide)
    for kind in ("max", "min", "mean")
    for name, window, slide in (
        ("even padding", (2, 3), Slide((1, 2), "custom", ((1, 1), (1, 1)))),
        ("uneven padding", (3, 3), UNEVEN),
        ("same", (2, 3), Slide((2, 2), "same")),
        ("more than half a window", (3, 3), Slide((1, 1), "custom", ((2, 2), (2, 2)))),
    )
}
SETUPS: dict[str, PoolingSetup] = {**{name: scene.setup for name, scene in SCENES.items()}, **MORE}


def run(lines: str) -> np.ndarray:
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return np.asarray(names["y"])


def check(write, name: str) -> None:
    setup = SETUPS[name]
    np.testing.assert_allclose(run(write(setup)), PoolingTrace.of(setup).output, atol=1e-12)


@each("name", SETUPS)
def test_the_numpy_lines_give_what_the_page_shows(name):
    check(pooling_code.numpy_lines, name)


@pytest.mark.torch
@each("name", SETUPS)
def test_the_pytorch_lines_give_what_the_page_shows(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    check(pooling_code.torch_lines, name)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_give_what_the_page_shows(name, keras_by_the_manual):
    check(pooling_code.keras_lines, name)


def test_a_minimum_is_a_maximum_turned():
    assert "y = -F.max_pool2d(-x, " in pooling_code.torch_lines(SETUPS["pooling_min"])
    assert "y = -layer(-x)" in pooling_code.keras_lines(SETUPS["pooling_min"])


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the two layers, written from their documentation."""

    class Pooling2D:
        kind = "max"

        def __init__(self, size, strides, padding):
            assert padding in ("valid", "same")
            self.size, self.strides, self.padding = size, strides, padding

        def __call__(self, x):
            assert x.shape[0] == x.shape[3] == 1
            image = x[:, :, :, 0][None].astype(float)
            sides = ((0, 0), (0, 0))
            if self.padding == "same":
                sides = tuple(self._same(axis, image.shape[2 + axis]) for axis in (0, 1))
            return reference.pool2d(image, self.kind, self.size, self.strides, sides)[0, 0][None, :, :, None]

        def _same(self, axis, length):
            rest = length % self.strides[axis] or self.strides[axis]
            total = max(self.size[axis] - rest, 0)
            return total // 2, total - total // 2

    class AveragePooling2D(Pooling2D):
        kind = "mean"

    keras = ModuleType("keras")
    keras.layers = ModuleType("keras.layers")
    keras.layers.MaxPooling2D, keras.layers.AveragePooling2D = Pooling2D, AveragePooling2D
    monkeypatch.setitem(sys.modules, "keras", keras)

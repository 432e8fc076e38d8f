"""A size is told the same way by formula, sentence, tables and code."""

import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given

from cnnviz.lessons import explain, sizes
from cnnviz.presets.size_scenes import SCENES
from cnnviz.presets.sizes import SizeSetup
from tests.each import each
from tests.presets.test_sizes import SETUPS, counted

MORE = {
    "rounded up": SizeSetup(8, 3, 2, 1, "custom", (1, 1), "ceil"),
    "same with stride": SizeSetup(10, 4, 3, padding="same"),
    "stride and dilation": SizeSetup(12, 3, 2, 2, "custom", (2, 1)),
    "same with stride and dilation": SizeSetup(12, 3, 2, 2, "same"),
    "one cell": SizeSetup(1, 1),
}
ALL = {**{name: scene.setup for name, scene in SCENES.items()}, **MORE}


def written(setup: SizeSetup) -> str:
    return "".join(part.text for part in sizes.formula(setup))


@pytest.mark.parametrize(
    ("setup", "text"),
    [
        (SizeSetup(8, 3, 2, 1, "custom", (1, 1)), "⌊(8 + 1 + 1 − 3) / 2⌋ + 1 = ⌊3.5⌋ + 1 = 4"),
        (SizeSetup(8, 3, 2, 1, "custom", (1, 1), "whole"), "(8 + 1 + 1 − 3) / 2 + 1 = 4.5"),
        (SizeSetup(8, 3, 2, 1, "custom", (1, 1), "ceil"), "⌈(8 + 1 + 1 − 3) / 2⌉ + 1 = ⌈3.5⌉ + 1 = 5"),
        (SizeSetup(7, 3, dilation=2), "⌊(7 + 0 + 0 − 2·(3 − 1) − 1) / 1⌋ + 1 = 3"),
        (SCENES["sizes_alexnet_224"].setup, "(224 + 0 + 0 − 11) / 4 + 1 = 54.25"),
        (SCENES["sizes_alexnet_conv1"].setup, "⌊(227 + 0 + 0 − 11) / 4⌋ + 1 = 55"),
    ],
)
def test_the_formula_is_filled_in(setup, text):
    assert written(setup) == text


@given(SETUPS)
def test_the_formula_agrees_with_the_one_of_other_lessons(setup):
    floor = replace(setup, rounding="floor")
    text = explain.output_size(floor.window, floor.length)
    start, result = text.rsplit(" = ", 1)
    assert written(floor).startswith(start)
    assert written(floor).endswith(f" = {result}")
    assert (written(floor) == text) == sizes.divides(floor)


def test_every_letter_of_the_formula_is_named_once():
    parts = sizes.formula(SizeSetup(9, 3, 2, 2, "custom", (1, 0)))
    named = {part.symbol: (part.text, part.role) for part in parts if part.symbol}
    assert named == {
        "i": ("9", "input"),
        "p₀": ("1", "before"),
        "p₁": ("0", "after"),
        "d": ("2", "dilation"),
        "k": ("3", "kernel"),
        "s": ("2", "stride"),
        "o": ("3", "output"),
    }


def test_what_must_be_an_integer_means_is_said():
    setup = SizeSetup(8, 3, 2, 1, "custom", (1, 1))
    told = "4 windows fit, and 1 of the 2 cells for another step is left over"
    assert sizes.remark(setup).startswith(f"Rounded down: {told}.")
    assert sizes.remark(replace(setup, rounding="whole")).startswith(f"Not a whole number: {told}.")
    assert f"{told}; 1 zero more at the end" in sizes.remark(replace(setup, rounding="ceil"))
    assert "54 windows fit, and 1 of the 4 cells" in sizes.remark(SCENES["sizes_alexnet_224"].setup)
    assert sizes.remark(SizeSetup(7, 3)).startswith("The stride divides")


@given(SETUPS)
def test_the_tables_hold_the_size_of_every_setup_that_fits(setup):
    for length, entry in zip(range(1, 33), sizes.sizes_by_length(setup), strict=True):
        check(setup, entry, length=length)
    rows = sizes.sizes_by_kernel_and_stride(setup)
    assert np.shape(rows) == (11, 8)
    for kernel, stride in ((1, 1), (3, 2), (11, 8)):
        check(setup, rows[kernel - 1][stride - 1], kernel=kernel, stride=stride)


def check(setup: SizeSetup, entry: sizes.Entry, **settings) -> None:
    if not setup.fits(**settings):
        assert entry == sizes.Entry(None)
        assert not entry.whole
        return
    other = replace(setup, **settings)
    assert entry.size == counted(other)
    assert entry.whole == (other.unrounded.left_over(other.length) == 0)


def run(lines: str):
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return names["y"]


@each("name", ALL)
def test_the_python_lines_give_the_size(name):
    assert run(sizes.python_lines(ALL[name])) == ALL[name].size


@pytest.mark.torch
@each("name", ALL)
def test_the_pytorch_line_gives_the_size(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    assert run(sizes.torch_lines(ALL[name])) == ALL[name].size


@pytest.mark.parametrize("name", ALL)
def test_the_keras_line_gives_the_size(name, keras_by_the_manual):
    assert run(sizes.keras_lines(ALL[name])) == ALL[name].size


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the two layers, with the lengths that their documentation gives."""

    class Conv1D:
        def __init__(self, filters, size, padding="valid", strides=1, dilation_rate=1):
            assert strides == 1 or dilation_rate == 1, "Keras refuses strides with dilation"
            self.padding, self.strides, self.reach = padding, strides, dilation_rate * (size - 1) + 1

        def __call__(self, x):
            length = x.shape[1] if self.padding == "same" else x.shape[1] - self.reach + 1
            return np.zeros((1, int(np.ceil(length / self.strides)), 1))

    keras = ModuleType("keras")
    keras.layers = ModuleType("keras.layers")
    keras.layers.Conv1D = Conv1D
    keras.layers.ZeroPadding1D = lambda sides: lambda x: np.pad(x, ((0, 0), sides, (0, 0)))
    monkeypatch.setitem(sys.modules, "keras", keras)

"""The layer of the calculator as code: PyTorch and Keras lines that run as they stand.

Each program ends with ``y``, the output for an input of zeros, and ``count``, what the layer learns. To add a
library, write a function of the setup and a row of `LIBRARIES`.
"""

from collections.abc import Sequence

from cnnviz.lessons.calculator import counted_line
from cnnviz.presets.calculator import POOLS, LayerSetup
from cnnviz.window import Window


def torch_lines(setup: LayerSetup) -> str:
    """Write the layer with `torch.nn`."""
    channels, height, width = setup.shape
    shape: tuple[int, ...] = (1, channels, width) if setup.kind == "conv1d" else (1, channels, height, width)
    before: list[str] = []
    layer, call = "", "layer(x)"
    if setup.kind == "dense":
        layer = f"nn.Linear({channels * height * width}, {setup.units}{_no_bias(setup)})"
        shape = (1, channels) if height == width == 1 else shape
        before = [] if len(shape) == 2 else ["x = x.flatten(1)"]
    elif setup.kind == "norm":
        layer = f"nn.BatchNorm2d({channels})"
    elif setup.kind in POOLS:
        before, layer, call = _torch_pool(setup)
    else:
        before, layer = _torch_convolution(setup)
    lines = ["import torch", "from torch import nn", *_torch_function(call), ""]
    lines += [f"x = torch.zeros({shape})", *before, f"layer = {layer}" if layer else ""]
    lines += [f"y = {call}"]
    lines += ["count = sum(p.numel() for p in layer.parameters())" if layer else "count = 0"]
    lines += [f"print(tuple(y.shape), count)  # {_answer(setup)}"]
    return "\n".join(line for at, line in enumerate(lines) if line or at < 4)


def _torch_function(call: str) -> list[str]:
    """Import what the call needs beside layers."""
    return ["import torch.nn.functional as F"] if "F." in call else []


def _torch_convolution(setup: LayerSetup) -> tuple[list[str], str]:
    """Write a convolution; padding that differs from end to end goes before it."""
    axes = setup.axes
    options = _options(
        ("stride", [axis.window.stride for axis in axes], 1),
        ("padding", [axis.window.padding[0] for axis in axes], 0) if _even(setup) else ("padding", [0], 0),
        ("dilation", [axis.window.dilation for axis in axes], 1),
        ("groups", [setup.groups], 1),
    )
    name = f"nn.Conv{len(axes)}d"
    size = _short([axis.window.size for axis in axes])
    layer = f"{name}({setup.shape[0]}, {setup.units}, {size}{options}{_no_bias(setup)})"
    return _torch_padding(setup, "0.0"), layer


def _torch_pool(setup: LayerSetup) -> tuple[list[str], str, str]:
    """Write pooling; padding that its layers do not know is written out."""
    up = setup.slide.rounding == "ceil"
    windows = [axis.unrounded if up else axis.window for axis in setup.axes]
    size, stride = _short([w.size for w in windows]), _short([w.stride for w in windows])
    if all(w.padding[0] == w.padding[1] and 2 * w.padding[0] <= w.size for w in windows):
        padding = _options(("padding", [w.padding[0] for w in windows], 0))
        ceil = ", ceil_mode=True" if up else ""
        if setup.kind == "max":
            return [], f"nn.MaxPool2d({size}, {stride}{padding}{ceil})", "layer(x)"
        inside = ", count_include_pad=False" if padding else ""
        return [], f"nn.AvgPool2d({size}, {stride}{padding}{ceil}{inside})", "layer(x)"
    if setup.kind == "max":
        return _torch_padding(setup, 'float("-inf")'), f"nn.MaxPool2d({size}, {stride})", "layer(x)"
    before = ["seen = torch.ones_like(x)  # padding does not count"]
    before += [line for name in ("x", "seen") for line in _torch_padding(setup, "0.0", name)]
    pool = f"F.avg_pool2d(x, {size}, {stride}) / F.avg_pool2d(seen, {size}, {stride})"
    return before, "", pool


def _torch_padding(setup: LayerSetup, value: str, name: str = "x") -> list[str]:
    """Write padding that differs from end to end, or that pooling refuses."""
    if _even(setup) and setup.kind not in POOLS:
        return []
    sides = tuple(side for axis in reversed(setup.axes) for side in axis.window.padding)
    names = ", ".join(("left", "right", "top", "bottom")[: len(sides)])
    return [f"{name} = nn.functional.pad({name}, {sides}, value={value})  # {names}"]


def keras_lines(setup: LayerSetup) -> str:
    """Write the layer with Keras, channels last."""
    channels, height, width = setup.shape
    shape: tuple[int, ...] = (1, width, channels) if setup.kind == "conv1d" else (1, height, width, channels)
    before: list[str] = []
    after: list[str] = []
    if setup.kind == "dense":
        shape = (1, channels) if height == width == 1 else shape
        before = [] if len(shape) == 2 else ["x = keras.layers.Flatten()(x)"]
        layer = f"keras.layers.Dense({setup.units}{_no_bias(setup, 'use_bias')})"
    elif setup.kind == "norm":
        layer = "keras.layers.BatchNormalization()"
    else:
        before, layer, after = _keras_sliding(setup)
    lines = ["import keras", "import numpy as np", "", f"x = np.zeros({shape})", *before]
    lines += [f"layer = {layer}", "y = layer(x)", *after]
    lines += ["count = sum(int(np.prod(w.shape)) for w in layer.trainable_weights)"]
    return "\n".join([*lines, f"print(tuple(y.shape), count)  # {_answer(setup, True)}"])


def _keras_sliding(setup: LayerSetup) -> tuple[list[str], str, list[str]]:
    """Write a convolution or pooling; what Keras has no option for is written out before and after."""
    windows = [axis.window for axis in setup.axes]
    pool, dimensions = setup.kind in POOLS, len(windows)
    spread = not pool and any(w.dilation > 1 for w in windows)
    later = spread and any(w.stride > 1 for w in windows)  # Keras refuses both at once
    named = setup.slide.padding == "same" and setup.slide.rounding != "ceil" and not later
    stride = [] if later else [("strides", [w.stride for w in windows], 0 if pool else 1)]
    options = _options(
        *stride, ("dilation_rate", [w.dilation for w in windows], 1), ("groups", [setup.groups], 1)
    )
    options += ', padding="same"' if named else ""
    size = _short([w.size for w in windows])
    before = [] if named or not any(sum(w.padding) for w in windows) else [_keras_padding(setup, windows)]
    steps = ", ".join(f":: {w.stride}" for w in windows)
    after = [f"y = y[:, {steps}]  # Keras has no stride with dilation"] if later else []
    if pool:
        name = "MaxPooling2D" if setup.kind == "max" else "AveragePooling2D"
        return before, f"keras.layers.{name}({size}{options})", after
    bias = _no_bias(setup, "use_bias")
    return before, f"keras.layers.Conv{dimensions}D({setup.units}, {size}{options}{bias})", after


def _keras_padding(setup: LayerSetup, windows: Sequence[Window]) -> str:
    """Write zeros around the input; for a maximum they are the smallest numbers there are."""
    sides = tuple(w.padding for w in windows)
    if setup.kind in POOLS:
        around = ((0, 0), *sides, (0, 0))
        value = ', constant_values=float("-inf")' if setup.kind == "max" else ""
        note = "" if setup.kind == "max" else "  # zeros that count in the mean"
        return f"x = np.pad(x, {around}{value}){note}"
    if len(sides) == 1:
        return f"x = keras.layers.ZeroPadding1D({sides[0]})(x)"
    return f"x = keras.layers.ZeroPadding2D({sides})(x)  # (top, bottom), (left, right)"


def _even(setup: LayerSetup) -> bool:
    """Tell whether the ends of each axis are padded alike."""
    return all(axis.window.padding[0] == axis.window.padding[1] for axis in setup.axes)


def _options(*options: tuple[str, Sequence[int], int]) -> str:
    """Write the options that differ from what a library takes anyway."""
    told = [
        f", {name}={_short(values)}" for name, values, usual in options if any(v != usual for v in values)
    ]
    return "".join(told)


def _short(values: Sequence[int]) -> str:
    """Write one number for axes that agree."""
    return str(values[0]) if len(set(values)) == 1 else str(tuple(values))


def _no_bias(setup: LayerSetup, name: str = "bias") -> str:
    """Leave biases out if the page does not count them."""
    return "" if setup.biases else f", {name}=False"


def _answer(setup: LayerSetup, channels_last: bool = False) -> str:
    """Write what the page says of the same layer, for one example."""
    channels, *along = setup.output_shape
    along = along[1:] if setup.kind == "conv1d" else along
    shape = (1, *along, channels) if channels_last else (1, channels, *along)
    return f"{shape}, {counted_line(setup).parameters}"


LIBRARIES = {"PyTorch": torch_lines, "Keras": keras_lines}

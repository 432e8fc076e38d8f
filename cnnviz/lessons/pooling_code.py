"""The same pooling as code: NumPy, PyTorch and Keras lines that run as they stand.

Each function writes the present numbers and settings into a short program that ends with ``y``. Padding must
never win a maximum, so it is infinite there, and never count in a mean, so it is left out or divided out.
"""

import inspect

from cnnviz.kernels.pooling_loops import extremes, means
from cnnviz.lessons.code import array_lines, reach
from cnnviz.lessons.explain import output_size
from cnnviz.presets.pooling import PoolingSetup

LOSES = {"max": "-np.inf", "min": "np.inf", "mean": "np.nan"}  # what no window takes, in NumPy
TURNED = "# the minimum is the maximum of −x, with its sign turned"


def numpy_lines(setup: PoolingSetup) -> str:
    """Write the pooling as two loops over windows."""
    (rows, columns), (height, width) = setup.windows, setup.output_shape
    sizes = [output_size(window, n) for window, n in zip(setup.windows, setup.input_shape, strict=True)]
    lines = ["import numpy as np", "", *array_lines("x", setup.image, "np.array(", ", dtype=float)"), ""]
    padded = _is_padded(setup)
    if padded:
        pads = f"{_sides(setup)}, constant_values={LOSES[setup.kind]}"
        never = "counts" if setup.kind == "mean" else "wins"
        lines.append(f"x = np.pad(x, {pads})  # (top, bottom), (left, right); padding never {never}")
    taken = f"{'np.nanmean' if padded and setup.kind == 'mean' else f'np.{setup.kind}'}(window)"
    lines += [
        f"y = np.zeros(({height}, {width}))",
        f"for i in range({height}):  # {sizes[0]}",
        f"    for j in range({width}):  # {sizes[1]}",
        f"        window = x[{reach('i', rows)}, {reach('j', columns)}]",
        f"        y[i, j] = {taken}",
    ]
    return "\n".join(lines)


def torch_lines(setup: PoolingSetup) -> str:
    """Write it with `torch.nn.functional`, whose padding is at most half a window, alike on both sides."""
    options = f"{setup.window}, stride={setup.slide.stride}"
    ending = ", dtype=torch.float64)[None, None]"
    lines = ["import torch", "import torch.nn.functional as F", ""]
    lines += [*array_lines("x", setup.image, "torch.tensor(", ending), ""]
    rows, columns = setup.windows
    by_itself = all(
        before == after and 2 * before <= axis.size
        for axis in (rows, columns)
        for before, after in [axis.padding]
    )
    if by_itself and _is_padded(setup):
        options += f", padding={(rows.padding[0], columns.padding[0])}"
        options += ", count_include_pad=False" if setup.kind == "mean" else ""
    elif not by_itself:
        sides = (*columns.padding, *rows.padding)
        if setup.kind == "mean":
            return "\n".join([*lines, *_torch_mean(sides, options)])
        value = "-" * (setup.kind == "max") + "torch.inf"
        lines.append(f"x = F.pad(x, {sides}, value={value})  # left, right, top, bottom; padding never wins")
    if setup.kind == "mean":
        lines.append(f"y = F.avg_pool2d(x, {options})[0, 0]")
    else:
        lines.append(_contest(setup, f"F.max_pool2d({{x}}, {options})[0, 0]"))
    return "\n".join(lines)


def _torch_mean(sides: tuple[int, ...], options: str) -> list[str]:
    """Write a mean with any padding: the mean with zeros, divided by the share of true cells."""
    return [
        f"cells = F.pad(torch.ones_like(x), {sides})  # 0 for padding: left, right, top, bottom",
        f"x = F.pad(x, {sides})",
        f"y = (F.avg_pool2d(x, {options}) / F.avg_pool2d(cells, {options}))[0, 0]",
    ]


def keras_lines(setup: PoolingSetup) -> str:
    """Write the pooling with a Keras layer; what "same" means for a mean depends on its backend."""
    lines = ["import keras", "import numpy as np", ""]
    lines += [*array_lines("x", setup.image, "np.array(", ", dtype=float)[None, :, :, None]"), ""]
    by_name = setup.slide.padding != "custom" and not (setup.kind == "mean" and _is_padded(setup))
    name = "AveragePooling2D" if setup.kind == "mean" else "MaxPooling2D"
    padding = setup.slide.padding if by_name else "valid"
    options = f'{setup.window}, strides={setup.slide.stride}, padding="{padding}"'
    sides = f"((0, 0), {_sides(setup)[1:-1]}, (0, 0))"
    if not by_name and setup.kind == "mean":
        lines.append(f"cells = np.pad(np.ones_like(x), {sides})  # 1 for a cell, 0 for padding")
        lines.append(f"x = np.pad(x, {sides})")
    elif not by_name:
        lines.append(f"x = np.pad(x, {sides}, constant_values={LOSES[setup.kind]})  # padding never wins")
    lines.append(f"layer = keras.layers.{name}({options})")
    if setup.kind == "mean":
        lines.append("y = layer(x)[0, :, :, 0]" if by_name else "y = (layer(x) / layer(cells))[0, :, :, 0]")
    else:
        lines.append(_contest(setup, "layer({x})[0, :, :, 0]"))
    return "\n".join(lines)


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines, "Keras": keras_lines}


def loop_source(setup: PoolingSetup) -> str:
    """Give the source of the compiled loop that computed the output."""
    return inspect.getsource((means if setup.kind == "mean" else extremes).py_func)


def _contest(setup: PoolingSetup, call: str) -> str:
    """Write a maximum, or a minimum by way of it."""
    if setup.kind == "max":
        return f"y = {call.format(x='x')}"
    return f"y = -{call.format(x='-x')}  {TURNED}"


def _is_padded(setup: PoolingSetup) -> bool:
    """Tell whether any side has padding."""
    return any(sum(window.padding) for window in setup.windows)


def _sides(setup: PoolingSetup) -> str:
    """Write ((top, bottom), (left, right))."""
    rows, columns = setup.windows
    return f"({rows.padding}, {columns.padding})"

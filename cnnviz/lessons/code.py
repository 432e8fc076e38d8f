"""The same convolution as code: NumPy, PyTorch and Keras lines that run as they stand.

Each function writes the present numbers and settings into a short program that ends with ``y``. Tests run
the programs and compare ``y`` with the compiled loop. To add a library, write a function and a row of
`LIBRARIES`.
"""

import inspect

import numpy as np

from cnnviz.kernels import convolution
from cnnviz.kernels.correlation_loops import by_pixels
from cnnviz.lessons.explain import output_size
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_text import Rows, write_number


def numpy_lines(setup: Setup) -> str:
    """Write the convolution as two loops over windows."""
    rows, columns = setup.windows
    height, width = setup.output_shape
    sizes = [output_size(window, n) for window, n in zip(setup.windows, setup.input_shape, strict=True)]
    lines = ["import numpy as np", "", *array_lines("x", setup.image, "np.array(", ", dtype=float)")]
    lines += [
        *array_lines("w", setup.kernel, "np.array(", ", dtype=float)"),
        f"b = {write_number(setup.bias)}",
        "",
    ]
    if _padded(setup):
        lines.append(f"x = np.pad(x, {_sides(setup)})  # zeros: (top, bottom), (left, right)")
    if setup.flip:
        lines.append("w = w[::-1, ::-1]  # convolution turns the kernel by 180 degrees")
    lines += [
        f"y = np.zeros(({height}, {width}))",
        f"for i in range({height}):  # {sizes[0]}",
        f"    for j in range({width}):  # {sizes[1]}",
        f"        window = x[{reach('i', rows)}, {reach('j', columns)}]",
        "        y[i, j] = np.sum(window * w) + b",
    ]
    return "\n".join(lines)


def torch_lines(setup: Setup) -> str:
    """Write the convolution with `torch.nn.functional.conv2d`."""
    rows, columns = setup.windows
    ending = ", dtype=torch.float64)[None, None]"
    lines = ["import torch", "import torch.nn.functional as F", ""]
    lines += [
        *array_lines("x", setup.image, "torch.tensor(", ending),
        *array_lines("w", setup.kernel, "torch.tensor(", ending),
    ]
    lines += [f"b = torch.tensor([{float(setup.bias)!r}], dtype=torch.float64)", ""]
    even = all(window.padding[0] == window.padding[1] for window in (rows, columns))
    padding = (rows.padding[0], columns.padding[0]) if even else (0, 0)
    if not even:
        lines.append(f"x = F.pad(x, {(*columns.padding, *rows.padding)})  # left, right, top, bottom")
    if setup.flip:
        lines.append("w = w.flip(2, 3)  # conv2d does not turn the kernel by itself")
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    lines.append(f"y = F.conv2d(x, w, b, stride={stride}, padding={padding}, dilation={dilation})[0, 0]")
    return "\n".join(lines)


def keras_lines(setup: Setup) -> str:
    """Write the convolution with a Keras layer that is given these weights."""
    slide, strided = setup.slide, setup.slide.stride != (1, 1)
    by_name = (
        slide.padding == "same" and slide.rounding != "ceil" and not (strided and slide.dilation != (1, 1))
    )
    later = strided and slide.dilation != (1, 1)  # Keras refuses both at once
    lines = [
        "import keras",
        "import numpy as np",
        "",
        *array_lines("x", setup.image, "np.array(", ")[None, :, :, None]"),
    ]
    lines += [*array_lines("w", setup.kernel, "np.array(", ")[:, :, None, None]")]
    lines += [f"b = np.array([{float(setup.bias)!r}])", ""]
    if _padded(setup) and not by_name:
        lines.append(f"x = keras.layers.ZeroPadding2D({_sides(setup)})(x)  # (top, bottom), (left, right)")
    if setup.flip:
        lines.append("w = w[::-1, ::-1]  # Conv2D does not turn the kernel by itself")
    padding = "same" if by_name else "valid"
    options = [f"{setup.kernel_shape}", f'padding="{padding}"']
    options += [f"strides={slide.stride}"] if strided and not later else []
    options += [f"dilation_rate={slide.dilation}"] if slide.dilation != (1, 1) else []
    lines += [f"layer = keras.layers.Conv2D(1, {', '.join(options)})", "layer.build(x.shape)"]
    lines += ["layer.set_weights([w, b])", "y = layer(x)[0, :, :, 0]"]
    if later:
        lines.append(
            f"y = y[:: {slide.stride[0]}, :: {slide.stride[1]}]  # Keras has no stride with dilation"
        )
    return "\n".join(lines)


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines, "Keras": keras_lines}


def loop_source(setup: Setup) -> str:
    """Give the source of the compiled loop that computed the output."""
    products = np.prod(setup.output_shape) * np.prod(setup.kernel_shape)
    loop = convolution._correlate if products <= convolution.FEW_PRODUCTS else by_pixels
    return inspect.getsource(loop.py_func)


def array_lines(name: str, rows: Rows, opening: str, closing: str) -> list[str]:
    """Write an array, one row a line and its numbers below each other."""
    start = f"{name} = {opening}["
    texts = [[write_number(value) for value in row] for row in rows]
    width = max(len(text) for row in texts for text in row)
    body = f"],\n{' ' * len(start)}[".join(", ".join(text.rjust(width) for text in row) for row in texts)
    return f"{start}[{body}]]{closing}".split("\n")


def _padded(setup: Setup) -> bool:
    """Tell whether any side has padding."""
    return any(sum(window.padding) for window in setup.windows)


def _sides(setup: Setup) -> tuple:
    """Give ((top, bottom), (left, right))."""
    rows, columns = setup.windows
    return rows.padding, columns.padding


def reach(index: str, window) -> str:
    """Write the slice that a window reads: ``2 * i : 2 * i + 5 : 2``."""
    start = index if window.stride == 1 else f"{window.stride} * {index}"
    step = "" if window.dilation == 1 else f" : {window.dilation}"
    return f"{start} : {start} + {window.extent}{step}"

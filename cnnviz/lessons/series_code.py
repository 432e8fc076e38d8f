"""One-dimensional convolution as code: NumPy, PyTorch and Keras lines that run as they stand.

Each function writes the present numbers and settings into a short program that ends with ``y``. Tests run
the programs and compare ``y`` with the compiled loop. To add a library, write a function and a row of
`LIBRARIES`.
"""

import inspect
import re
from collections.abc import Iterable

from cnnviz.lessons.explain import output_size
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_text import write_number
from cnnviz.presets.series import Smoothing
from cnnviz.presets.signals import KERNELS, SAMPLES, SIGNALS


def numpy_lines(setup: Setup) -> str:
    """Write the convolution as one dot product a stop, and as NumPy's own function where there is one."""
    window, length = setup.windows[1], setup.input_shape[1]
    own, array = window.stride == window.dilation == 1, "np.array({}, dtype=float)"
    lines = ["import numpy as np", "", *_series(setup, array, array), ""]
    if any(window.padding):
        lines.append(f"x = np.pad(x, {window.padding})  # zeros before and after")
    name = "np.convolve" if setup.flip else "np.correlate"
    if setup.flip and not own:
        lines.append("w = w[::-1]  # convolution turns the kernel round")
    if own:
        turns = "  # turns w round" if setup.flip else "  # does not turn w round"
        return "\n".join([*lines, f'y = {name}(x, w, "valid") + b{turns}'])
    start = "i" if window.stride == 1 else f"{window.stride} * i"
    step = "" if window.dilation == 1 else f" : {window.dilation}"
    lines += [
        f"size = {window.output_size(length)}  # {output_size(window, length)}",
        f"y = np.array([x[{start} : {start} + {window.extent}{step}] @ w + b for i in range(size)])",
    ]
    return "\n".join(lines)


def torch_lines(setup: Setup) -> str:
    """Write the convolution with `torch.nn.functional.conv1d`."""
    window = setup.windows[1]
    lines = ["import torch", "import torch.nn.functional as F", ""]
    array = "torch.tensor({}, dtype=torch.float64)"
    lines += [*_series(setup, f"{array}[None, None]", f"{array}[None, None]", array), ""]
    before, after = window.padding
    if before != after:
        lines.append(f"x = F.pad(x, {window.padding})  # zeros before and after")
    if setup.flip:
        lines.append("w = w.flip(2)  # conv1d does not turn the kernel by itself")
    padding = before if before == after else 0
    options = f"stride={window.stride}, padding={padding}, dilation={window.dilation}"
    return "\n".join([*lines, f"y = F.conv1d(x, w, b, {options})[0, 0]"])


def keras_lines(setup: Setup) -> str:
    """Write the convolution with a Keras layer that is given these weights."""
    window = setup.windows[1]
    later = window.stride > 1 and window.dilation > 1  # Keras refuses both at once
    lines = ["import keras", "import numpy as np", ""]
    array = "np.array({}, dtype=float)"
    lines += [*_series(setup, f"{array}[None, :, None]", f"{array}[:, None, None]", array), ""]
    if any(window.padding):
        lines.append(f"x = keras.layers.ZeroPadding1D({window.padding})(x)  # before, after")
    if setup.flip:
        lines.append("w = w[::-1]  # Conv1D does not turn the kernel by itself")
    options = [str(window.size)]
    options += [f"strides={window.stride}"] if window.stride > 1 and not later else []
    options += [f"dilation_rate={window.dilation}"] if window.dilation > 1 else []
    lines += [f"layer = keras.layers.Conv1D(1, {', '.join(options)})", "layer.build(x.shape)"]
    lines += ["layer.set_weights([w, b])", "y = layer(x)[0, :, 0]"]
    return "\n".join(
        [*lines, f"y = y[:: {window.stride}]  # Keras has no stride with dilation"] if later else lines
    )


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines, "Keras": keras_lines}


def _series(setup: Setup, x: str, w: str, b: str = "") -> list[str]:
    """Write series, kernel and bias into the lines that hold an array in some library."""
    (image,), (kernel,) = setup.image, setup.kernel
    return [
        f"x = {x.format(_listed(image))}",
        f"w = {w.format(_listed(kernel))}",
        f"b = {b.format(_listed([setup.bias])) or write_number(setup.bias)}",
    ]


def _listed(numbers: Iterable[float]) -> str:
    """Write numbers as a list."""
    return f"[{', '.join(map(write_number, numbers))}]"


def smoothing_lines(smoothing: Smoothing) -> str:
    """Write signal, kernel and smoothing as one program, with the functions that made them."""
    signal, smoother, window = SIGNALS[smoothing.signal], KERNELS[smoothing.kernel], smoothing.window
    lines = ["import numpy as np", "", "", _plain_source(signal.make), ""]
    if smoothing.kernel == "mean":
        weights = f"np.full({smoothing.width}, {1 / smoothing.width!r})"
    elif smoother.weigh:
        lines += ["", _plain_source(smoother.weigh), ""]
        weights = f"{smoother.weigh.__name__}({smoothing.width})"
    else:
        weights = f"np.array({_listed(smoothing.typed)}, dtype=float)"
    made = f"{signal.make.__name__}(np.arange({SAMPLES}), np.random.default_rng({smoothing.seed}))"
    lines += ["", f"x = {made}", f"w = {weights}"]
    if any(window.padding):
        lines.append(f"x = np.pad(x, {window.padding})  # zeros before and after")
    lines.append(f'y = np.correlate(x, w, "valid")  # {window.output_size(SAMPLES):,} values')
    return "\n".join(lines)


def _plain_source(function) -> str:
    """Give the source of a function without its docstring."""
    return re.sub(r'\n    """.*?"""', "", inspect.getsource(function), flags=re.S).strip()

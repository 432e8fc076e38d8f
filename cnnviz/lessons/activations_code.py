"""Activations as code: NumPy, PyTorch and Keras lines that run as they stand and end with ``y``.

The first of the chosen functions is written. To add a function, add a row to each table below; tests run
every line.
"""

from cnnviz.kernels.activations import ALPHA, SCALE
from cnnviz.presets.activations import ActivationSetup
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.matrix_text import Rows, write_number

NUMPY = {
    "Sigmoid": "1 / (1 + np.exp(-x))",
    "Tanh": "np.tanh(x)",
    "ReLU": "np.maximum(x, 0)",
    "Leaky ReLU": "np.where(x > 0, x, {slope} * x)",
    "ELU": "np.where(x > 0, x, {alpha} * np.expm1(np.minimum(x, 0)))",
    "SELU": f"{SCALE} * np.where(x > 0, x, {ALPHA} * np.expm1(np.minimum(x, 0)))",
    "GELU": "x / 2 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))",
    "SiLU": "x / (1 + np.exp(-x))",
    "Softplus": "np.logaddexp(x, 0)",
    "Hard tanh": "np.clip(x, -1, 1)",
    "Maxout": "np.maximum({w1} * x + {b1}, {w2} * x + {b2})",
    "GELU, tanh form": "x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))",
    "ELU, as deck 004 prints it": "np.maximum({alpha} * np.expm1(x), x)",
}
TORCH = {
    "Sigmoid": "torch.sigmoid(x)",
    "Tanh": "torch.tanh(x)",
    "ReLU": "F.relu(x)",
    "Leaky ReLU": "F.leaky_relu(x, negative_slope={slope})",
    "ELU": "F.elu(x, alpha={alpha})",
    "SELU": "F.selu(x)",
    "GELU": "F.gelu(x)",
    "SiLU": "F.silu(x)",
    "Softplus": "F.softplus(x)",
    "Hard tanh": "F.hardtanh(x)",
    "Maxout": "torch.maximum({w1} * x + {b1}, {w2} * x + {b2})",
    "GELU, tanh form": 'F.gelu(x, approximate="tanh")',
    "ELU, as deck 004 prints it": "torch.maximum({alpha} * torch.expm1(x), x)",
}
KERAS = {
    "Sigmoid": "ops.sigmoid(x)",
    "Tanh": "ops.tanh(x)",
    "ReLU": "ops.relu(x)",
    "Leaky ReLU": "ops.leaky_relu(x, negative_slope={slope})",
    "ELU": "ops.elu(x, alpha={alpha})",
    "SELU": "ops.selu(x)",
    "GELU": "ops.gelu(x, approximate=False)",
    "SiLU": "ops.silu(x)",
    "Softplus": "ops.softplus(x)",
    "Hard tanh": "ops.clip(x, -1, 1)",
    "Maxout": "ops.maximum({w1} * x + {b1}, {w2} * x + {b2})",
    "GELU, tanh form": "ops.gelu(x, approximate=True)",
    "ELU, as deck 004 prints it": "ops.maximum({alpha} * ops.expm1(x), x)",
}
KERAS_ARRAY = 'ops.array({}, dtype="float32")'
PICTURE = "photo.png"  # the name of the reader's own file


def numpy_lines(setup: ActivationSetup) -> str:
    """Write what is shown with NumPy."""
    form = "np.array({}, dtype=float)"
    if setup.view == "softmax":
        lines = ["import numpy as np", "", _row(form, "a", setup.logits), *_shifted(setup), ""]
        lines += [f"e = np.exp((a - a.max()) / {write_number(setup.temperature)})", "y = e / e.sum()"]
        lines.append(f"jacobian = (np.diag(y) - np.outer(y, y)) / {write_number(setup.temperature)}")
        return "\n".join(lines)
    heads = ["import math", ""] if setup.names[0] == "GELU" else []
    lines = [*heads, "import numpy as np"]
    if setup.view == "photo":
        rows, columns = _around(setup)
        lines += ["from PIL import Image", "", *_array(form, "w", _kernel(setup)), ""]
        lines.append(f'image = np.asarray(Image.open("{PICTURE}").convert("L")) / 255')
        lines.append(f'image = np.pad(image, ({rows}, {columns}), mode="reflect")')
        lines.append("windows = np.lib.stride_tricks.sliding_window_view(image, w.shape)")
        lines.append('x = np.einsum("ijkl,kl->ij", windows, w)  # the feature map')
    else:
        lines += ["", *_input(form, setup)]
    return "\n".join([*lines, f"y = {_called(NUMPY, setup)}"])


def torch_lines(setup: ActivationSetup) -> str:
    """Write what is shown with PyTorch."""
    form = "torch.tensor({}, dtype=torch.float64)"
    if setup.view == "softmax":
        lines = ["import torch", "", _row(form, "a", setup.logits), *_shifted(setup), ""]
        return "\n".join([*lines, f"y = torch.softmax(a / {write_number(setup.temperature)}, dim=0)"])
    lines = ["import torch", "import torch.nn.functional as F"]
    if setup.view == "photo":
        (top, bottom), (left, right) = _around(setup)
        lines = [
            "import numpy as np",
            *lines,
            "from PIL import Image",
            "",
            *_array(form, "w", _kernel(setup)),
            "",
        ]
        lines.append(
            f'image = torch.tensor(np.asarray(Image.open("{PICTURE}").convert("L")) / 255)[None, None]'
        )
        lines.append(f'image = F.pad(image, ({left}, {right}, {top}, {bottom}), mode="reflect")')
        lines.append("x = F.conv2d(image, w[None, None])[0, 0]  # the feature map")
    else:
        lines += ["", *_input(form, setup)]
    return "\n".join([*lines, f"y = {_called(TORCH, setup)}"])


def keras_lines(setup: ActivationSetup) -> str:
    """Write what is shown with Keras."""
    form = KERAS_ARRAY
    if setup.view == "softmax":
        lines = ["from keras import ops", "", _row(form, "a", setup.logits), *_shifted(setup), ""]
        return "\n".join([*lines, f"y = ops.softmax(a / {write_number(setup.temperature)})"])
    lines = ["from keras import ops"]
    if setup.view == "photo":
        rows, columns = _around(setup)
        lines = [
            "import numpy as np",
            *lines,
            "from PIL import Image",
            "",
            *_array(form, "w", _kernel(setup)),
            "",
        ]
        lines.append(f'image = np.asarray(Image.open("{PICTURE}").convert("L"), dtype="float32") / 255')
        lines.append(f'image = ops.pad(image, ({rows}, {columns}), mode="reflect")')
        lines.append(
            "x = ops.conv(image[None, :, :, None], w[:, :, None, None])[0, :, :, 0]  # the feature map"
        )
    else:
        lines += ["", *_input(form, setup)]
    return "\n".join([*lines, f"y = {_called(KERAS, setup)}"])


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines, "Keras": keras_lines}


def _called(table: dict[str, str], setup: ActivationSetup) -> str:
    """Write the call of the first function with its settings."""
    name = setup.names[0]
    written = {key: write_number(value) for key, value in setup.settings(name).items()}
    return f"{table[name].format(**written).replace('+ -', '- ')}  # {name}"


def _array(form: str, name: str, rows: Rows) -> list[str]:
    """Write an array, one row a line."""
    opening = form.partition("{}")[0]
    between = ",\n" + " " * len(f"{name} = {opening}[")
    body = between.join(f"[{', '.join(map(write_number, row))}]" for row in rows)
    return f"{name} = {form.format(f'[{body}]')}".split("\n")


def _row(form: str, name: str, numbers: tuple[float, ...]) -> str:
    """Write an array of one axis."""
    return f"{name} = " + form.format(f"[{', '.join(map(write_number, numbers))}]")


def _input(form: str, setup: ActivationSetup) -> list[str]:
    """Write what the function is applied to: a matrix, a neuron's sum, or one number."""
    if setup.view == "matrix":
        return _array(form, "x", setup.matrix)
    if setup.view == "neuron":
        signals, weights = setup.neuron
        total = f"x = (s * w).sum() + {write_number(setup.bias)}".replace("+ -", "- ")
        return [_row(form, "s", signals), _row(form, "w", weights), total]
    return [_row(form, "x", (setup.x,))]


def _shifted(setup: ActivationSetup) -> list[str]:
    """Write the common shift, if there is one."""
    return [f"a = a + {write_number(setup.shift)}".replace("+ -", "- ")] if setup.shift else []


def _kernel(setup: ActivationSetup) -> Rows:
    """Give the weights that make the feature map."""
    return tuple(map(tuple, FILTERS[setup.filter].kernel().tolist()))


def _around(setup: ActivationSetup) -> tuple[tuple[int, int], tuple[int, int]]:
    """Give the padding that keeps the size: (top, bottom), (left, right)."""
    height, width = FILTERS[setup.filter].kernel().shape
    top, left = (height - 1) // 2, (width - 1) // 2
    return (top, height - 1 - top), (left, width - 1 - left)

"""A layer of channels and filters, or a 3-D convolution, as code: NumPy, PyTorch and Keras lines that run.

Each function writes the present numbers and settings into a short program that ends with ``y``, of shape
(filters, rows, columns), or (planes, rows, columns) of a volume. To add a library, write a function and a
row of `LIBRARIES`.
"""

import inspect
from collections.abc import Sequence

from cnnviz.presets.channel_pictures import PICTURES, name_of
from cnnviz.presets.channels import Layer, Setup
from cnnviz.presets.matrix_text import Rows, write_number
from cnnviz.presets.planes import SEED, Planes, drawn_filters
from cnnviz.presets.volumes import Volume

SHORT = 120  # numbers up to which drawn weights are written out
WIDE = 96


def numpy_lines(setup: Setup) -> str:
    """Write the convolution as loops over windows."""
    if isinstance(setup, Volume):
        return "\n".join(_numpy_volume(setup))
    height, width = setup.output_shape
    rows, columns = setup.windows
    each = len(setup.filters) // setup.groups
    lines = ["import numpy as np", "", *_numbers(setup)]
    if _padded(setup):
        lines.append(
            f"x = np.pad(x, ((0, 0), {rows.padding}, {columns.padding}))  # zeros around each channel"
        )
    lines += [
        f"y = np.zeros(({len(setup.filters)}, {height}, {width}))",
        f"for o in range({len(setup.filters)}):",
    ]
    if setup.groups > 1:
        first = f"o // {each} * {setup.depth}" if each > 1 else f"o * {setup.depth}"
        lines.append(f"    first = {first}  # of the {setup.depth} channels that filter o reads")
    channels = f"first : first + {setup.depth}" if setup.groups > 1 else ":"
    lines += [
        f"    for i in range({height}):",
        f"        for j in range({width}):",
        f"            window = x[{channels}, {_reach('i', rows)}, {_reach('j', columns)}]",
        "            y[o, i, j] = np.sum(window * w[o]) + b[o]  # over all its channels at once",
    ]
    return "\n".join([*lines, *(["y = np.maximum(y, 0)  # ReLU"] if setup.relu else [])])


def _numpy_volume(volume: Volume) -> list[str]:
    """Write three loops, one for each direction."""
    planes, height, width = volume.output_shape
    depth, rows, columns = volume.windows
    return [
        "import numpy as np",
        "",
        *_volume_numbers(volume),
        f"y = np.zeros(({planes}, {height}, {width}))",
        f"for d in range({planes}):",
        f"    for i in range({height}):",
        f"        for j in range({width}):",
        f"            window = x[:, {_reach('d', depth)}, {_reach('i', rows)}, {_reach('j', columns)}]",
        "            y[d, i, j] = np.sum(window * w) + b",
    ]


def torch_lines(setup: Setup) -> str:
    """Write the convolution with `torch.nn.functional`."""
    lines = ["import numpy as np", "import torch", "import torch.nn.functional as F", ""]
    if isinstance(setup, Volume):
        lines += [
            *_volume_numbers(setup),
            "x, w = torch.tensor(x)[None], torch.tensor(w)[None]",
            "b = torch.tensor([b], dtype=torch.float64)",
            f"y = F.conv3d(x, w, b, stride={setup.stride})[0, 0]",
        ]
        return "\n".join(lines)
    rows, columns = setup.windows
    lines += [*_numbers(setup), "x, w, b = torch.tensor(x)[None], torch.tensor(w), torch.tensor(b)"]
    even = all(window.padding[0] == window.padding[1] for window in (rows, columns))
    padding = (rows.padding[0], columns.padding[0]) if even else (0, 0)
    if not even:
        lines.append(f"x = F.pad(x, {(*columns.padding, *rows.padding)})  # left, right, top, bottom")
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    options = f"stride={stride}, padding={padding}, dilation={dilation}, groups={setup.groups}"
    lines.append(f"y = F.conv2d(x, w, b, {options})[0]")
    return "\n".join([*lines, *(["y = F.relu(y)"] if setup.relu else [])])


def keras_lines(setup: Setup) -> str:
    """Write the convolution with a Keras layer that is given these weights; Keras wants channels last."""
    lines = ["import keras", "import numpy as np", ""]
    if isinstance(setup, Volume):
        size, strides = tuple(w.size for w in setup.windows), (setup.stride,) * 3
        lines += [
            *_volume_numbers(setup),
            "x = x.transpose(1, 2, 3, 0)[None]  # planes, rows, columns, channels",
            f"layer = keras.layers.Conv3D(1, {size}, strides={strides})",
            "layer.build(x.shape)",
            "layer.set_weights([w.transpose(1, 2, 3, 0)[..., None], np.array([b])])",
            "y = layer(x)[0, :, :, :, 0]",
        ]
        return "\n".join(lines)
    rows, columns = setup.windows
    lines += [*_numbers(setup), "x = x.transpose(1, 2, 0)[None]  # rows, columns, channels"]
    if _padded(setup):
        lines.append(f"x = keras.layers.ZeroPadding2D({(rows.padding, columns.padding)})(x)")
    options = [f"{len(setup.filters)}", f"{setup.kernel_shape}"]
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    apart = dilation != (1, 1)  # Keras refuses both at once
    options += [f"dilation_rate={dilation}"] if apart else [f"strides={stride}"]
    options += [f"groups={setup.groups}"] if setup.groups > 1 else []
    options += ['activation="relu"'] if setup.relu else []
    lines += [
        f"layer = keras.layers.Conv2D({', '.join(options)})",
        "layer.build(x.shape)",
        "layer.set_weights([w.transpose(2, 3, 1, 0), b])",
        "y = np.asarray(layer(x))[0].transpose(2, 0, 1)",
    ]
    if apart and stride != (1, 1):
        lines.append(f"y = y[:, :: {stride[0]}, :: {stride[1]}]  # Keras has no stride with dilation")
    return "\n".join(lines)


LIBRARIES = {"NumPy": numpy_lines, "PyTorch": torch_lines, "Keras": keras_lines}


def _numbers(layer: Layer) -> list[str]:
    """Write the input, the weights and the biases of a layer."""
    biases = ", ".join(map(write_number, layer.biases))
    if len(set(layer.biases)) == 1 and len(layer.biases) > 3:
        bias = f"np.full({len(layer.biases)}, {float(layer.biases[0])!r})"
    else:
        bias = f"np.array([{biases}], dtype=float)"
    return [*_image(layer.image), *_weights(layer), f"b = {bias}", ""]


def _image(image: Planes) -> list[str]:
    """Write the channels, or the function that draws a built-in picture."""
    name = name_of(image)
    if not name:
        return _array("x", [_plane(rows) for rows in image])
    needed = [
        PICTURES[other] for other in PICTURES if other == name or f"{other}()" in _source(PICTURES[name])
    ]
    sources = [line for draw in needed for line in [*_source(draw).split("\n"), ""]]
    return [*sources, f"x = {name}().astype(float)"]


def _source(draw) -> str:
    """Give the source of a function."""
    return inspect.getsource(draw).rstrip()


def _weights(layer: Layer) -> list[str]:
    """Write all filters, or how they were drawn."""
    count, shape = len(layer.filters), (layer.depth, *layer.kernel_shape)
    size = count * shape[0] * shape[1] * shape[2]
    if size > SHORT and layer.filters == drawn_filters(count, layer.depth, layer.kernel_shape):
        return [
            f"random = np.random.default_rng({SEED})",
            f"w = np.array([random.integers(-1, 2, {shape}) for _ in range({count})], dtype=float)",
        ]
    return _array("w", [_nested([_plane(rows) for rows in planes]) for planes in layer.filters])


def _volume_numbers(volume: Volume) -> list[str]:
    """Write the volume, the kernel and the bias."""
    blocks = {"x": volume.volume, "w": volume.kernel}
    arrays = [
        line
        for name, channels in blocks.items()
        for line in _array(name, [_nested([_plane(rows) for rows in planes]) for planes in channels])
    ]
    return [*arrays, f"b = {float(volume.bias)!r}", ""]


def _array(name: str, parts: Sequence[str]) -> list[str]:
    """Write an array of some parts."""
    body = "\n".join(f"    {part}," for part in parts).replace("\n        ", "\n     ")
    return [f"{name} = np.array([", *body.split("\n"), "], dtype=float)"]


def _nested(parts: Sequence[str]) -> str:
    """Put parts into one list, on lines of their own."""
    return "[" + ",\n     ".join(parts) + "]"


def _plane(rows: Rows) -> str:
    """Write a plane, on one line if it is short."""
    texts = [f"[{', '.join(map(write_number, row))}]" for row in rows]
    line = f"[{', '.join(texts)}]"
    return line if len(line) <= WIDE else "[" + ",\n     ".join(texts) + "]"


def _padded(layer: Layer) -> bool:
    """Tell whether any side has padding."""
    return any(sum(window.padding) for window in layer.windows)


def _reach(index: str, window) -> str:
    """Write the slice that a window reads: ``2 * i : 2 * i + 5 : 2``."""
    start = index if window.stride == 1 else f"{window.stride} * {index}"
    step = "" if window.dilation == 1 else f" : {window.dilation}"
    return f"{start} : {start} + {window.extent}{step}"

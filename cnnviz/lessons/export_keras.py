"""A network as a Keras program that runs as it stands: ``model`` is made, and counts its parameters.

A chain becomes `keras.Sequential`, a graph a functional model. Keras has the channels last, so flattened
numbers stand in another order; sizes and counts are the same. To write another layer, add a function to
`_WRITERS` that gives one or several layers.
"""

from collections.abc import Callable
from typing import Any

from cnnviz.lessons.export_keras_classes import CLASSES
from cnnviz.lessons.export_shared import call, counted_lines, identifiers, is_chain, other, remark
from cnnviz.model.graph import Graph
from cnnviz.model.layer import Shape
from cnnviz.model.layers import Activation
from cnnviz.model.merges import Concatenate, Merge
from cnnviz.window import Window

TAKEN = ("keras", "layers", "model", "y", "print", *CLASSES)
_ACTIVATIONS = {
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "ReLU": "relu",
    "SELU": "selu",
    "GELU": "gelu",
    "SiLU": "silu",
    "Softplus": "softplus",
    "Hard tanh": "hard_tanh",
}


def keras_lines(graph: Graph) -> str:
    """Write a network as a Keras program."""
    body = _chain(graph) if is_chain(graph) else _functional(graph)
    helpers = [lines for name, lines in CLASSES.items() if f"{name}(" in "\n".join(body)]
    ending = 'print(model.output_shape, f"{model.count_params():,} parameters, running averages included")'
    start = ["import keras", "from keras import layers", "", *"\n".join([*helpers, ""]).split("\n")]
    return "\n".join([*start, *body, "", ending])


def _input(graph: Graph) -> str:
    """Write the input, channels last."""
    return f"keras.Input({(*graph.input_shape[1:], graph.input_shape[0])})"


def _chain(graph: Graph) -> list[str]:
    """Write layers one behind the other."""
    rows = [f"        {_input(graph)},"]
    for line in counted_lines(graph):
        *before, last = write(line.node.layer, line.input_shapes[0])
        rows += [f"        {each}," for each in before] + [f"        {last},  # {remark(line)}"]
    return ["model = keras.Sequential(", "    [", *rows, "    ]", ")"]


def _functional(graph: Graph) -> list[str]:
    """Write what each node makes of others."""
    names = identifiers(graph, TAKEN)
    rows = [f"x = {_input(graph)}"]
    for line in counted_lines(graph):
        node, name = line.node, names[line.node.name]
        inputs = [names[each] for each in node.inputs]
        if isinstance(node.layer, Merge):
            kind = "Concatenate" if isinstance(node.layer, Concatenate) else "Add"
            rows.append(f"{name} = layers.{kind}()([{', '.join(inputs)}])  # {remark(line)}")
            continue
        value = inputs[0]
        for each in write(node.layer, line.input_shapes[0]):
            value = f"{each}({value})"
        rows.append(f"{name} = {value}  # {remark(line)}")
    return [*rows, f"model = keras.Model(x, {names[graph.nodes[-1].name]})"]


def write(layer: Any, shape: Shape) -> list[str]:
    """Write one of our layers as one or several of Keras."""
    return _WRITERS[type(layer).__name__](layer, shape)


def _each(windows: tuple[Window, ...], name: str) -> Any:
    """Take a number of every window; of a single one, the number."""
    values = tuple(getattr(window, name) for window in windows)
    return values[0] if len(values) == 1 else values


def _padded(windows: tuple[Window, ...], shape: Shape) -> tuple[str, tuple | None]:
    """Find whether Keras can pad so by itself, and the sides if it cannot."""
    sides = tuple(window.padding for window in windows)
    if not any(map(any, sides)):
        return "valid", None
    same = all(window == window.same(length) for window, length in zip(windows, shape[1:], strict=True))
    return ("same", None) if same else ("valid", sides)


def _conv(layer: Any, shape: Shape) -> list[str]:
    windows = layer.windows_on(shape)
    rank, one = len(windows), (1,) * len(windows)
    padding, sides = _padded(windows, shape)
    stride, dilation = (tuple(getattr(w, name) for w in windows) for name in ("stride", "dilation"))
    later = stride != one and dilation != one  # Keras refuses both at once
    if later and padding == "same":
        padding, sides = "valid", tuple(window.padding for window in windows)
    before = [f"layers.ZeroPadding{rank}D({sides[0] if rank == 1 else sides})"] if sides else []
    options = other(
        strides=(_each(windows, "stride") if not later else one, 1 if rank == 1 and not later else one),
        padding=(f'"{padding}"', '"valid"'),
        dilation_rate=(_each(windows, "dilation"), 1 if rank == 1 else one),
        groups=(layer.groups, 1),
        use_bias=("bias" in layer.parameter_shapes(shape), True),
    )
    made = call(f"layers.Conv{rank}D", layer.filters, _each(windows, "size"), **options)
    steps = ", ".join(f"::{each}" for each in stride)
    return [*before, made, *([f"layers.Lambda(lambda x: x[:, {steps}])"] if later else [])]


def _pool(name: str, value: str) -> Callable[[Any, Shape], list[str]]:
    """Make the writer of a pooling; padding that Keras does not know is written before it."""

    def written(layer: Any, shape: Shape) -> list[str]:
        windows = layer.windows_on(shape)
        padding, sides = _padded(windows, shape)
        size, stride = _each(windows, "size"), _each(windows, "stride")
        options = other(strides=(stride, size), padding=(f'"{padding}"', '"valid"'))
        made = call(f"layers.{name}", size, **options)
        if not sides:
            return [made]
        if not value:
            return [call("PaddedMeanPool", repr(size), repr(stride), repr(sides))]
        pads = ((0, 0), *sides, (0, 0))
        return [f"layers.Lambda(lambda x: keras.ops.pad(x, {pads}, constant_values={value}))", made]

    return written


def _activation(layer: Activation, shape: Shape) -> list[str]:  # noqa: ARG001
    settings = dict(layer.settings)
    if layer.name == "Leaky ReLU":
        return [call("layers.LeakyReLU", negative_slope=settings.get("slope", 0.01))]
    if layer.name == "ELU":
        return [call("layers.ELU", **settings)]
    if layer.name == "Maxout":
        return [call("Maxout", **settings)]
    return [f'layers.Activation("{_ACTIVATIONS[layer.name]}")']


def _batch_norm(layer: Any, shape: Shape) -> list[str]:  # noqa: ARG001
    return [call("layers.BatchNormalization", momentum=round(1 - layer.momentum, 12), epsilon=layer.epsilon)]


def _over_all(name: str) -> Callable[[Any, Shape], list[str]]:
    return lambda layer, shape: [f"layers.{name}{len(shape) - 1}D()"]  # noqa: ARG005


def _partial(layer: Any, shape: Shape) -> list[str]:
    windows = layer.windows_on(shape)
    sides = tuple(window.padding for window in windows)
    before = [f"layers.ZeroPadding2D({sides})"] if any(map(any, sides)) else []
    return [
        *before,
        call(
            "PartialConv2D", repr(layer.table), repr(_each(windows, "size")), repr(_each(windows, "stride"))
        ),
    ]


def _subsample(layer: Any, shape: Shape) -> list[str]:  # noqa: ARG001
    """Write a mean and a weight for each map: the size of the window is in the weight."""
    return [call("layers.AveragePooling2D", layer.size), "layers.DepthwiseConv2D(1)"]


def _local_norm(layer: Any, shape: Shape) -> list[str]:  # noqa: ARG001
    return [call("LocalResponseNorm", layer.size, layer.alpha, layer.beta, layer.k)]


def _shortcut(layer: Any, shape: Shape) -> list[str]:
    step, more = layer.stride, layer.channels - shape[0]
    return [
        f"layers.Lambda(lambda x: keras.ops.pad(x[:, ::{step}, ::{step}], {((0, 0),) * 3 + ((0, more),)}))"
    ]


_WRITERS: dict[str, Callable[[Any, Shape], list[str]]] = {
    "Conv2d": _conv,
    "BareConv2d": _conv,
    "Conv1d": _conv,
    "MaxPool": _pool("MaxPooling2D", 'float("-inf")'),
    "MeanPool": _pool("AveragePooling2D", ""),
    "Activation": _activation,
    "Flatten": lambda layer, shape: ["layers.Flatten()"],  # noqa: ARG005
    "Dense": lambda layer, shape: [call("layers.Dense", layer.units)],  # noqa: ARG005
    "Dropout": lambda layer, shape: [call("layers.Dropout", layer.share)],  # noqa: ARG005
    "BatchNorm": _batch_norm,
    "GlobalMeanPool": _over_all("GlobalAveragePooling"),
    "GlobalMaxPool": _over_all("GlobalMaxPooling"),
    "LocalResponseNorm": _local_norm,
    "PositionBias": lambda layer, shape: ["PositionBias()"],  # noqa: ARG005
    "Subsample": _subsample,
    "PartialConv2d": _partial,
    "RadialBasis": lambda layer, shape: [call("RadialBasis", layer.units)],  # noqa: ARG005
    "Shortcut": _shortcut,
}

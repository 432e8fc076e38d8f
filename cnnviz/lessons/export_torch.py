"""A network as a PyTorch program that runs as it stands: ``model`` is made, and ``y`` is what it gives.

A chain becomes `nn.Sequential`, a graph a module whose `forward` goes node by node. To write another layer,
add a function to `_WRITERS`; if PyTorch has no such layer, its class to export_torch_classes.py.
"""

from collections.abc import Callable
from typing import Any

from cnnviz.lessons.export_shared import call, counted_lines, identifiers, is_chain, other, remark
from cnnviz.lessons.export_torch_classes import CLASSES
from cnnviz.model.graph import Graph, Node
from cnnviz.model.layer import Layer, Shape
from cnnviz.model.layers import Activation
from cnnviz.model.merges import Concatenate, Merge

TAKEN = ("torch", "nn", "F", "self", "model", "y", "Network", "sum", "training", "forward", "parameters")
LOWEST = 'float("-inf")'  # padding that never wins a maximum
_ACTIVATIONS = {
    "Sigmoid": "Sigmoid",
    "Tanh": "Tanh",
    "ReLU": "ReLU",
    "Leaky ReLU": "LeakyReLU",
    "ELU": "ELU",
    "SELU": "SELU",
    "GELU": "GELU",
    "SiLU": "SiLU",
    "Softplus": "Softplus",
    "Hard tanh": "Hardtanh",
}


def torch_lines(graph: Graph) -> str:
    """Write a network as a PyTorch program."""
    body = _chain(graph) if is_chain(graph) else _module(graph)
    helpers = [lines for name, lines in CLASSES.items() if f"{name}(" in "\n".join(body)]
    imports = [
        "import torch",
        *(["import torch.nn.functional as F"] if helpers else []),
        "from torch import nn",
    ]
    shape = ", ".join(map(str, graph.input_shape))
    ending = [
        f"x = torch.zeros(2, {shape})",
        "y = model.eval()(x)",
        'print(tuple(y.shape), f"{sum(p.numel() for p in model.parameters()):,} parameters")',
    ]
    return "\n".join([*imports, "", *"\n".join([*helpers, ""]).split("\n"), *body, "", *ending])


def _chain(graph: Graph) -> list[str]:
    """Write layers one behind the other."""
    table = counted_lines(graph)
    rows = [f"    {write(line.node, line.input_shapes[0])},  # {remark(line)}" for line in table]
    return ["model = nn.Sequential(", *rows, ")"]


def _module(graph: Graph) -> list[str]:
    """Write a module that computes node by node."""
    names = identifiers(graph, TAKEN)
    made, done = [], []
    for line in counted_lines(graph):
        node, name = line.node, names[line.node.name]
        inputs = [names[each] for each in node.inputs]
        if isinstance(node.layer, Merge):
            joined = f"torch.cat(({', '.join(inputs)}), dim=1)"
            value = joined if isinstance(node.layer, Concatenate) else " + ".join(inputs)
        else:
            made.append(f"        self.{name} = {write(node, line.input_shapes[0])}  # {remark(line)}")
            value = f"self.{name}({inputs[0]})"
        done.append(f"        {name} = {value}")
    last = names[graph.nodes[-1].name]
    head = ["class Network(nn.Module):", "    def __init__(self):", "        super().__init__()"]
    return [
        *head,
        *made,
        "",
        "    def forward(self, x):",
        *done,
        f"        return {last}",
        "",
        "",
        "model = Network()",
    ]


def write(node: Node, shape: Shape) -> str:
    """Write the module of one layer."""
    return _WRITERS[type(node.layer).__name__](node.layer, shape)


def _conv(layer: Any, shape: Shape) -> str:
    rank, windows = len(shape) - 1, layer.windows_on(shape)
    sides = tuple(window.padding for window in windows)
    even = all(before == after for before, after in sides)
    options = other(
        stride=(_each(windows, "stride"), (1,) * rank),
        padding=(tuple(before for before, _ in sides) if even else (0,) * rank, (0,) * rank),
        dilation=(_each(windows, "dilation"), (1,) * rank),
        groups=(layer.groups, 1),
        bias=("bias" in layer.parameter_shapes(shape), True),
    )
    made = call(f"nn.Conv{rank}d", shape[0], layer.filters, _each(windows, "size"), **_single(options))
    return made if even else f"nn.Sequential({_pad(sides)}, {made})"


def _single(options: dict[str, Any]) -> dict[str, Any]:
    """Write a tuple of one number as the number."""
    return {
        name: value[0] if isinstance(value, tuple) and len(value) == 1 else value
        for name, value in options.items()
    }


def _each(windows: Any, name: str) -> Any:
    """Take a number of every window; of a single one, the number."""
    values = tuple(getattr(window, name) for window in windows)
    return values[0] if len(values) == 1 and name == "size" else values


def _pad(sides: tuple[tuple[int, int], ...], value: str = "0.0") -> str:
    """Pad each side: the last axis comes first."""
    flat = tuple(side for axis in reversed(sides) for side in axis)
    return f"nn.ConstantPad{len(sides)}d({flat}, {value})"


def _pool(name: str, **more: Any) -> Callable[[Any, Shape], str]:
    """Make the writer of a pooling; where PyTorch cannot pad so, the padding is written before it."""

    def written(layer: Any, shape: Shape) -> str:
        windows = layer.windows_on(shape)
        size, stride = _each(windows, "size"), _each(windows, "stride")
        sides = tuple(window.padding for window in windows)
        known = all(
            before == after <= window.size // 2
            for (before, after), window in zip(sides, windows, strict=True)
        )
        padding = tuple(before for before, _ in sides)
        step = other(stride=(stride, size))
        if known:
            padded = other(padding=(padding, (0,) * len(sides)))
            return call(f"nn.{name}", size, **step, **padded, **(more if padded else {}))
        if more:
            return call("PaddedMeanPool", repr(size), repr(stride), repr(sides))
        return f"nn.Sequential({_pad(sides, LOWEST)}, {call(f'nn.{name}', size, **step)})"

    return written


def _activation(layer: Activation, shape: Shape) -> str:  # noqa: ARG001
    if layer.name == "Maxout":
        return call("Maxout", **dict(layer.settings))
    slope = dict(layer.settings)
    options = {"negative_slope": slope["slope"]} if "slope" in slope else slope
    return call(f"nn.{_ACTIVATIONS[layer.name]}", **options)


def _batch_norm(layer: Any, shape: Shape) -> str:
    options = other(eps=(layer.epsilon, 1e-5), momentum=(layer.momentum, 0.1))
    return call(f"nn.BatchNorm{max(1, len(shape) - 1)}d", shape[0], **options)


def _over_all(name: str) -> Callable[[Layer, Shape], str]:
    return lambda layer, shape: f"nn.Sequential(nn.{name}{len(shape) - 1}d(1), nn.Flatten())"  # noqa: ARG005


def _local_norm(layer: Any, shape: Shape) -> str:  # noqa: ARG001
    alpha = round(layer.alpha * layer.size, 12)  # PyTorch divides it by the size
    return call("nn.LocalResponseNorm", layer.size, alpha=alpha, beta=layer.beta, k=layer.k)


def _partial(layer: Any, shape: Shape) -> str:
    windows = layer.windows_on(shape)
    made = call("PartialConv2d", layer.table, repr(_each(windows, "size")), repr(_each(windows, "stride")))
    sides = tuple(window.padding for window in windows)
    return made if not any(map(any, sides)) else f"nn.Sequential({_pad(sides)}, {made})"


_WRITERS: dict[str, Callable[[Any, Shape], str]] = {
    "Conv2d": _conv,
    "BareConv2d": _conv,
    "Conv1d": _conv,
    "MaxPool": _pool("MaxPool2d"),
    "MeanPool": _pool("AvgPool2d", count_include_pad=False),
    "Activation": _activation,
    "Flatten": lambda layer, shape: "nn.Flatten()",  # noqa: ARG005
    "Dense": lambda layer, shape: call("nn.Linear", shape[0], layer.units),
    "Dropout": lambda layer, shape: call("nn.Dropout", layer.share),  # noqa: ARG005
    "BatchNorm": _batch_norm,
    "GlobalMeanPool": _over_all("AdaptiveAvgPool"),
    "GlobalMaxPool": _over_all("AdaptiveMaxPool"),
    "LocalResponseNorm": _local_norm,
    "PositionBias": lambda layer, shape: f"PositionBias({shape})",  # noqa: ARG005
    "Subsample": lambda layer, shape: f"Subsample({shape[0]}, {layer.size})",
    "PartialConv2d": _partial,
    "RadialBasis": lambda layer, shape: call("RadialBasis", shape[0], layer.units),
    "Shortcut": lambda layer, shape: call("Shortcut", shape[0], layer.channels, layer.stride),
}

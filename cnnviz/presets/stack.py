"""A stack of layers that is being built: unlike a `Graph` it may stop fitting somewhere.

Layers after the one that does not fit stay as they are and wait.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from cnnviz.model.graph import INPUT, Graph, Node, numbered_names
from cnnviz.model.layer import Layer, Shape, set_fields
from cnnviz.window import whole

MOST_LAYERS = 80  # that can be edited
LONGEST_AXIS = 4096
AXES = (1, 2, 3)


@dataclass(frozen=True)
class Stack:
    """Layers upon each other, whether they fit or not.

    Parameters
    ----------
    input_shape : tuple of int
        Of one example: (C, H, W), (C, L), or (F,).
    layers : tuple of Layer
        From the input upwards; there may be none.

    Raises
    ------
    ValueError
        If the shape is none, or there are too many layers.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        """Check sizes; whether layers fit is asked later."""
        shape = tuple(whole("input shape", length, 1) for length in self.input_shape)
        if len(shape) not in AXES:
            raise ValueError(f"input shape must have 1, 2 or 3 numbers, got {len(shape)}")
        if len(shape) > 1 and max(shape) > LONGEST_AXIS:
            raise ValueError(f"input shape must have numbers of at most {LONGEST_AXIS}, got {max(shape)}")
        if len(self.layers) > MOST_LAYERS:
            raise ValueError(f"layers must be at most {MOST_LAYERS}, got {len(self.layers)}")
        set_fields(self, input_shape=shape, layers=tuple(self.layers))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Call the layers by kind and number."""
        return numbered_names(self.layers)

    @cached_property
    def _checked(self) -> tuple[tuple[Shape, ...], str]:
        shapes = [self.input_shape]
        for layer in self.layers:
            try:
                shapes.append(layer.output_shape(shapes[-1]))
            except ValueError as error:
                return tuple(shapes), str(error)
        return tuple(shapes), ""

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Shape of the input, then of what each layer gives, as far as they fit."""
        return self._checked[0]

    @property
    def problem(self) -> str:
        """What is wrong with the layer after the last shape; empty if all fit."""
        return self._checked[1]

    @property
    def broken(self) -> int | None:
        """Place of the layer that does not fit; None if all fit."""
        return len(self.shapes) - 1 if self.problem else None

    @cached_property
    def graph(self) -> Graph | None:
        """The layers that fit, as a graph; None if there are none."""
        fitting = len(self.shapes) - 1
        before = (INPUT, *self.names)
        nodes = zip(self.names, self.layers, before, strict=False)
        fit = tuple(Node(name, layer, (below,)) for name, layer, below in nodes)[:fitting]
        return Graph(self.input_shape, fit) if fit else None

    def changed(self, alter: Callable[[list[Layer]], object]) -> "Stack":
        """Change the list of layers."""
        layers = list(self.layers)
        alter(layers)
        return replace(self, layers=tuple(layers))

    def adding(self, at: int, layer: Layer) -> "Stack":
        """Put a layer before the one at a place; at the end it becomes the last one."""
        return self.changed(lambda layers: layers.insert(at, layer))

    def without(self, at: int) -> "Stack":
        """Take a layer out."""
        return self.changed(lambda layers: layers.pop(at))

    def moving(self, at: int, to: int) -> "Stack":
        """Put a layer to another place."""
        return self.changed(lambda layers: layers.insert(to, layers.pop(at)))

    def having(self, at: int, layer: Layer) -> "Stack":
        """Put another layer in the place of one."""
        return self.changed(lambda layers: layers.__setitem__(at, layer))


def stack_of(graph: Graph) -> Stack:
    """Take a chain apart.

    Raises
    ------
    ValueError
        If branches are joined in it, or it has too many layers.
    """
    before = INPUT
    for node in graph.nodes:
        if node.inputs != (before,):
            raise ValueError(f"network must be a chain to be edited, got branches at '{node.name}'")
        before = node.name
    return Stack(graph.input_shape, tuple(node.layer for node in graph.nodes))


def chain_parts(graph: Graph) -> dict[str, Stack]:
    """List the longest chains inside a graph, by the names of their first and last node."""
    readers: dict[str, int] = {}
    for name in (name for node in graph.nodes for name in node.inputs):
        readers[name] = readers.get(name, 0) + 1
    runs: list[list[Node]] = []
    open_ends: dict[str, list[Node]] = {}
    for node in graph.nodes:
        below = node.inputs[0]
        if len(node.inputs) > 1:
            continue
        run = open_ends.pop(below, None) if readers[below] == 1 else None
        if run is None:
            run = []
            runs.append(run)
        run.append(node)
        open_ends[node.name] = run
    parts = {}
    for run in runs:
        if 1 < len(run) <= MOST_LAYERS:
            shape = graph.shapes[run[0].inputs[0]]
            parts[f"{run[0].name} to {run[-1].name}"] = Stack(shape, tuple(node.layer for node in run))
    return parts

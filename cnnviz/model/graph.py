"""Layers joined as a graph, counted and compared without ever being run; a chain is the simple case.

Nodes are listed in an order in which they can be computed. `graph_passes` runs a graph, `counting` counts it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from cnnviz.model.architecture import Architecture
from cnnviz.model.layer import Layer, Shape, set_fields
from cnnviz.model.layers import LAYERS
from cnnviz.model.merges import Merge
from cnnviz.model.records import one_of
from cnnviz.window import whole

INPUT = "input"


class MisfitError(ValueError):
    """A node that does not fit; ``node`` is its name, ``reason`` what is wrong."""

    def __init__(self, node: str, reason: object) -> None:
        super().__init__(f"node '{node}' does not fit: {reason}")
        self.node, self.reason = node, str(reason)


@dataclass(frozen=True)
class Node:
    """A layer in its place.

    Parameters
    ----------
    name : str
        Shown to readers; no other node of the graph has it.
    layer : Layer
        With one input, or a `Merge` with several.
    inputs : tuple of str
        Names of nodes; "input" is the image.
    stage : str
        What it belongs to: drawn and folded together.
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...]
    stage: str = ""

    def __post_init__(self) -> None:
        """Check."""
        one_of("name", self.name, (str,))
        one_of("layer", self.layer, (Layer,))
        set_fields(self, inputs=tuple(self.inputs))

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Tell what becomes of inputs of these shapes, or raise a ValueError if they do not fit."""
        if isinstance(self.layer, Merge):
            return self.layer.merged_shape(shapes)
        return self.layer.output_shape(shapes[0])


@dataclass(frozen=True)
class Graph:
    """Nodes that each take what earlier nodes give.

    Parameters
    ----------
    input_shape : tuple of int
        Of one example: (C, H, W), (C, L) or (F,).
    nodes : tuple of Node
        In an order in which they can be computed; the last one is the output.

    Raises
    ------
    ValueError
        If the input is no shape or there is no node; `MisfitError` if a node does not fit.
    """

    input_shape: Shape
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        """Check that every node fits."""
        shape = tuple(whole("input_shape", length, 1) for length in self.input_shape)
        if not shape:
            raise ValueError("input_shape must have at least one axis, got none")
        set_fields(self, input_shape=shape, nodes=tuple(self.nodes))
        for node in self.nodes:
            one_of("nodes", node, (Node,))
        if not self.nodes:
            raise ValueError("nodes must be at least one, got none")
        _ = self.shapes

    def __hash__(self) -> int:
        """Hash the nodes once: graphs are keys of caches."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.input_shape, self.nodes))

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """Shape of the input, then of the output of every node, by name."""
        shapes = {INPUT: self.input_shape}
        for node in self.nodes:
            _check_inputs(node, shapes)
            try:
                shapes[node.name] = node.output_shape([shapes[name] for name in node.inputs])
            except ValueError as error:
                raise MisfitError(node.name, error) from None
        return shapes

    @property
    def output_shape(self) -> Shape:
        """Shape of what the last node gives."""
        return self.shapes[self.nodes[-1].name]

    @cached_property
    def by_name(self) -> dict[str, Node]:
        """Find nodes by their names."""
        return {node.name: node for node in self.nodes}

    def input_shapes(self, node: Node) -> tuple[Shape, ...]:
        """Shapes of what a node is given."""
        return tuple(self.shapes[name] for name in node.inputs)

    @cached_property
    def parameter_shapes(self) -> dict[str, dict[str, Shape]]:
        """Name what each node learns, and its shapes."""
        return {node.name: node.layer.parameter_shapes(self.input_shapes(node)[0]) for node in self.nodes}

    @cached_property
    def parameter_count(self) -> int:
        """Count what is learned."""
        return sum(prod(shape) for shapes in self.parameter_shapes.values() for shape in shapes.values())

    def needed_for(self, name: str) -> tuple[Node, ...]:
        """List the nodes that have to be computed for one of them, itself the last."""
        wanted, found = {name}, []
        for node in reversed(self.nodes):
            if node.name in wanted:
                wanted.update(node.inputs)
                found.append(node)
        return tuple(reversed(found))

    @classmethod
    def chain(
        cls, input_shape: Shape, layers: Iterable[Layer], names: Iterable[str] | None = None
    ) -> "Graph":
        """Lay layers upon each other; without names they are called by their kind and a number."""
        layers = tuple(layers)
        called = tuple(names) if names is not None else numbered_names(layers)
        if len(called) != len(layers):
            raise ValueError(f"names must be one for each of {len(layers)} layers, got {len(called)}")
        before = (INPUT, *called)
        nodes = (
            Node(name, layer, (below,)) for name, layer, below in zip(called, layers, before, strict=False)
        )
        return cls(input_shape, tuple(nodes))

    def architecture(self) -> Architecture:
        """Give the chain as an architecture that can be trained here.

        Raises
        ------
        ValueError
            If it is not a chain, has a layer that is only counted, or is too large.
        """
        below = (INPUT, *(node.name for node in self.nodes))
        for node, before in zip(self.nodes, below, strict=False):
            if node.inputs != (before,):
                raise ValueError(f"graph must be a chain to be trained here, got a branch at '{node.name}'")
        for node in self.nodes:
            if LAYERS.get(type(node.layer).__name__) is not type(node.layer):
                got = f"{node.layer.title} ({type(node.layer).__name__}) at '{node.name}'"
                raise ValueError(f"layers must be ones that are trained here, got {got}")
        architecture = Architecture(self.input_shape, tuple(node.layer for node in self.nodes))
        architecture.check_size()
        return architecture


def _check_inputs(node: Node, known: dict[str, Shape]) -> None:
    """Refuse a name that is taken, and inputs that are missing or too many."""
    if node.name in known or not node.name:
        raise MisfitError(node.name, "its name must be new and not empty")
    for name in node.inputs:
        if name not in known:
            raise MisfitError(node.name, f"its inputs must come before it, got {name!r}")
    least, most = (2, len(node.inputs)) if isinstance(node.layer, Merge) else (1, 1)
    if not least <= len(node.inputs) <= most:
        wanted = "at least 2" if least == 2 else "exactly 1"
        raise MisfitError(node.name, f"its inputs must be {wanted}, got {len(node.inputs)}")


def numbered_names(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Call layers by their kind and a number: conv1, relu1, pool1, conv2."""
    counts: dict[str, int] = {}
    names = []
    for layer in layers:
        word = [part for part in layer.title.lower().split() if part.isalpha()][-1]
        counts[word] = counts.get(word, 0) + 1
        names.append(f"{word}{counts[word]}")
    return tuple(names)

"""A graph counted without being run: shapes, parameters, work, memory and receptive field of every node.

What is counted, and how, is in `Rules`. The formulas behind the numbers are told by lessons/tellings.py.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import NamedTuple

from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.graph import INPUT, Graph, Node
from cnnviz.model.layer import Shape
from cnnviz.model.receptive import Field, meeting
from cnnviz.window import whole

OPERATIONS = {"MAC": 1, "FLOP": 2}  # a multiplication and its addition are one MAC, and two FLOPs
KEPT_TRAINED = 3  # numbers kept in training for each parameter: itself, its gradient, its momentum
KEPT_ACTIVATIONS = 2  # and for each activation: itself until the way back, and its gradient


@dataclass(frozen=True)
class Rules:
    """What is counted: with biases or without, in MAC or FLOP, with how many bytes for a number.

    The products of batch normalisation are left out, as in the literature: once a network is trained they can
    be folded into the layer before.
    """

    biases: bool = True
    operations: str = "MAC"
    number_bytes: int = 4
    normalisation: bool = False

    def __post_init__(self) -> None:
        """Check."""
        if self.operations not in OPERATIONS:
            raise ValueError(f"operations must be one of {', '.join(OPERATIONS)}, got {self.operations!r}")
        whole("number_bytes", self.number_bytes, 1)


COUNTED_FULLY = Rules()


class Line(NamedTuple):
    """One node in the table of a graph; counts are for one example.

    ``weights``, ``biases`` and ``others`` (scales and shifts) are trained, ``fixed`` numbers are not;
    ``operations`` are the products with weights. Memory is in bytes: for inference what the node learned, is
    given and gives; for training 3 numbers for each parameter and 2 for each activation it gives.
    """

    node: Node
    input_shapes: tuple[Shape, ...]
    output_shape: Shape
    weights: int
    biases: int
    others: int
    fixed: int
    operations: int
    activations: int
    memory_inference: int
    memory_training: int
    field: Field
    field_before: Field
    rules: Rules

    @property
    def parameters(self) -> int:
        """Count what is trained, under the rules."""
        return self.weights + self.others + (self.biases if self.rules.biases else 0)


class Total(NamedTuple):
    """The sums of a table; memory for inference is the most that has to lie in memory at one time."""

    parameters: int
    weights: int
    biases: int
    others: int
    fixed: int
    operations: int
    activations: int
    memory_inference: int
    memory_training: int


@lru_cache(maxsize=64)
def lines(graph: Graph, rules: Rules = COUNTED_FULLY) -> tuple[Line, ...]:
    """Count every node.

    Parameters
    ----------
    graph : Graph
        Of any size: nothing is run.
    rules : Rules
        What is counted.

    Returns
    -------
    tuple of Line
        One for each node, in the order of the graph.
    """
    fields = {INPUT: Field.of_input(graph.input_shape)}
    counted = []
    for node in graph.nodes:
        shapes = graph.input_shapes(node)
        before = meeting([fields[name] for name in node.inputs])
        fields[node.name] = before if len(shapes) > 1 else before.through(node.layer, shapes[0])
        counted.append(_line(graph, node, shapes, (fields[node.name], before), rules))
    return tuple(counted)


def _line(
    graph: Graph, node: Node, shapes: tuple[Shape, ...], fields: tuple[Field, Field], rules: Rules
) -> Line:
    """Count one node."""
    learned = {name: prod(shape) for name, shape in graph.parameter_shapes[node.name].items()}
    weights, biases = learned.pop("weights", 0), learned.pop("bias", 0)
    others = sum(learned.values())
    fixed = sum(prod(shape) for shape in node.layer.statistics_shapes(shapes[0]).values())
    trained = weights + others + (biases if rules.biases else 0)
    given, gives = sum(map(prod, shapes)), prod(graph.shapes[node.name])
    return Line(
        node=node,
        input_shapes=shapes,
        output_shape=graph.shapes[node.name],
        weights=weights,
        biases=biases,
        others=others,
        fixed=fixed,
        operations=_macs(node, shapes[0], rules) * OPERATIONS[rules.operations],
        activations=gives,
        memory_inference=(trained + fixed + given + gives) * rules.number_bytes,
        memory_training=(KEPT_TRAINED * trained + fixed + KEPT_ACTIVATIONS * gives) * rules.number_bytes,
        field=fields[0],
        field_before=fields[1],
        rules=rules,
    )


def _macs(node: Node, shape: Shape, rules: Rules) -> int:
    """Count the products with weights, without those that are folded away."""
    folded = isinstance(node.layer, BatchNorm) and not rules.normalisation
    return 0 if folded else node.layer.macs(shape)


def totals(table: tuple[Line, ...]) -> Total:
    """Add up a table.

    Parameters
    ----------
    table : tuple of Line
        As `lines` returned it.

    Returns
    -------
    Total
        Memory for training is the sum of the lines and the input. For inference all that was learned stays in
        memory, and an activation as long as a later node still needs it.
    """
    sums = {name: sum(getattr(line, name) for line in table) for name in _SUMMED}
    stays = sums["parameters"] + sums["fixed"]
    inference = (stays + _most_alive(table)) * table[0].rules.number_bytes
    training = sum(line.memory_training for line in table) + prod(_input(table)) * table[0].rules.number_bytes
    return Total(**sums, memory_inference=inference, memory_training=training)


_SUMMED = ("parameters", "weights", "biases", "others", "fixed", "operations", "activations")


def _input(table: tuple[Line, ...]) -> Shape:
    """Find the shape of the image."""
    return next(
        shape
        for line in table
        for name, shape in zip(line.node.inputs, line.input_shapes, strict=True)
        if name == INPUT
    )


def _most_alive(table: tuple[Line, ...]) -> int:
    """Count the numbers of all activations that lie in memory at the same time, at most."""
    last = {name: place for place, line in enumerate(table) for name in line.node.inputs}
    alive, most = {INPUT: prod(_input(table))}, 0
    for place, line in enumerate(table):
        alive[line.node.name] = line.activations
        most = max(most, sum(alive.values()))
        for name in set(line.node.inputs):
            if last[name] == place:
                del alive[name]
    return most

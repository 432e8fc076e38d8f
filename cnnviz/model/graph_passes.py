"""Through a graph and back: what every node gives, and how much each cell of the image had a part in it."""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnviz.model.graph import INPUT, Graph, Node
from cnnviz.model.initialisation import first_values
from cnnviz.model.layer import Arrays, Given
from cnnviz.model.merges import Merge
from cnnviz.model.randomness import stream

Numbers = Mapping[str, Arrays]


def random_parameters(
    graph: Graph, seed: int, way: str = "He", upto: str = "", dtype=np.float32
) -> dict[str, Arrays]:
    """Draw what a graph knows before it has learned anything.

    Parameters
    ----------
    graph : Graph
        Small enough to run.
    seed : int
        The same seed gives the same numbers.
    way : str
        A name in `INITIALISATIONS`.
    upto : str
        Only for the nodes that this one needs; by default for all.
    dtype : float32 or float64
        Of the arrays.

    Returns
    -------
    dict of str to tuple of ndarray
        For each node.
    """
    drawn = {}
    for node in graph.needed_for(upto) if upto else graph.nodes:
        random = stream(seed, "weights", graph.nodes.index(node))
        shapes = graph.parameter_shapes[node.name].items()
        arrays = (first_values(name, shape, way, random) for name, shape in shapes)
        drawn[node.name] = tuple(array.astype(dtype) for array in arrays)
    return drawn


def forward(graph: Graph, parameters: Numbers, x: np.ndarray, upto: str = "") -> dict[str, np.ndarray]:
    """Send examples through a graph, running averages at their start (mean 0, variance 1).

    Parameters
    ----------
    graph : Graph
        Small enough to run.
    parameters : mapping of str to tuple of ndarray
        For each node.
    x : ndarray of shape (N, *input_shape)
        Examples.
    upto : str
        A node to stop at; by default the last.

    Returns
    -------
    dict of str to ndarray
        The input, then the output of every node on the way.

    Raises
    ------
    ValueError
        If the shape of ``x`` is not that of the input.
    """
    if x.shape[1:] != graph.input_shape:
        raise ValueError(f"x must have shape (N, *{graph.input_shape}), got {x.shape}")
    outputs = {INPUT: x}
    for node in graph.needed_for(upto or graph.nodes[-1].name):
        inputs = [outputs[name] for name in node.inputs]
        if isinstance(node.layer, Merge):
            outputs[node.name] = node.layer.merge(inputs)
        else:
            given = _given(graph, node, x.dtype)
            outputs[node.name] = node.layer.forward(parameters[node.name], inputs[0], given)
    return outputs


def _given(graph: Graph, node: Node, dtype) -> Given:
    """Give a layer the statistics it starts with."""
    shapes = node.layer.statistics_shapes(graph.input_shapes(node)[0]).items()
    return Given(statistics=tuple(np.full(shape, float(name == "variance"), dtype) for name, shape in shapes))


def input_gradient(
    graph: Graph, parameters: Numbers, outputs: Mapping[str, np.ndarray], name: str, dy: np.ndarray
) -> np.ndarray:
    """Send the gradient by the output of a node back to the image.

    Parameters
    ----------
    graph, parameters
        As given to `forward`.
    outputs : mapping of str to ndarray
        What `forward` returned.
    name : str
        The node.
    dy : ndarray
        Gradient by its output.

    Returns
    -------
    ndarray of shape (N, *input_shape)
        Gradient by the examples.
    """
    gradients = {name: dy}
    for node in reversed(graph.needed_for(name)):
        inputs = [outputs[below] for below in node.inputs]
        for below, part in zip(
            node.inputs, _backward(graph, node, parameters, inputs, gradients.pop(node.name)), strict=True
        ):
            gradients[below] = gradients[below] + part if below in gradients else part
    return gradients.get(INPUT, np.zeros_like(outputs[INPUT]))


def _backward(
    graph: Graph, node: Node, parameters: Numbers, inputs: Sequence[np.ndarray], dy: np.ndarray
) -> Arrays:
    """Go back through one node."""
    if isinstance(node.layer, Merge):
        return node.layer.merge_backward(inputs, dy)
    dx, _ = node.layer.backward(parameters[node.name], inputs[0], dy, _given(graph, node, dy.dtype))
    return () if dx is None else (dx,)

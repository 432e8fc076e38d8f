"""How strongly each pixel moves a unit: the effective receptive field, measured on random networks.

Inside its receptive field a unit does not look everywhere alike: pixels in the middle reach it in many ways,
those at the edge in few. Luo, Li, Urtasun and Zemel (2016), Understanding the effective receptive field in
deep convolutional neural networks.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnviz.model.graph import Graph, Node
from cnnviz.model.graph_passes import forward, input_gradient, random_parameters
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Dense
from cnnviz.model.published_layers import Shortcut
from cnnviz.model.randomness import stream
from cnnviz.model.sliding_layers import Conv2d

WIDTH = 16  # maps of a thinned layer at most; the windows, which make the field, stay as they are
MOST_WORK = 10_000_000_000  # multiplications for all random networks together: a second or two
WORK_OF_NODE = 5_000_000  # what a node costs beside its multiplications
MOST_NETWORKS, LEAST_NETWORKS = 16, 2


def thinned(graph: Graph, name: str, width: int = WIDTH) -> Graph:
    """Give every layer that a node needs at most so many maps or units."""
    nodes: list[Node] = []
    shapes = {"input": graph.input_shape}
    for node in graph.needed_for(name):
        given = [shapes[below] for below in node.inputs]
        nodes.append(
            replace(node, layer=_thin(node.layer, graph.input_shapes(node)[0][0], given[0][0], width))
        )
        shapes[node.name] = nodes[-1].output_shape(given)
    return Graph(graph.input_shape, tuple(nodes))


def _thin(layer: Layer, channels: int, left: int, width: int) -> Layer:
    """Make a layer narrow that had so many channels and has fewer left."""
    if isinstance(layer, Conv2d):
        if layer.groups == channels > 1:  # depthwise: a group for each map
            return replace(layer, filters=left, groups=left)
        return replace(layer, filters=min(layer.filters, width))
    if isinstance(layer, Shortcut):
        return replace(layer, channels=min(layer.channels, width))
    return replace(layer, units=min(layer.units, 4 * width)) if isinstance(layer, Dense) else layer


def effective_field(
    graph: Graph, name: str, unit: tuple[int, ...], stop: Callable[[], bool] = lambda: False
) -> tuple[np.ndarray, int]:
    """Measure how strongly each pixel moves a unit, in the mean over random networks and random images.

    Parameters
    ----------
    graph : Graph
        Of images; its layers are thinned.
    name : str
        A node.
    unit : tuple of int
        Row and column on its maps; left out of account where it has none.
    stop : callable
        Asked before each network whether nobody waits any more.

    Returns
    -------
    strength : ndarray of shape (H, W)
        Absolute gradients, summed over channels; the largest is 1 (or all are 0).
    networks : int
        How many were measured.
    """
    thin = thinned(graph, name)
    work = sum(node.layer.work(thin.input_shapes(node)[0]) for node in thin.nodes)
    work = 3 * work + WORK_OF_NODE * len(thin.nodes)  # forward once, and back by input and weights
    count = int(np.clip(MOST_WORK // work, LEAST_NETWORKS, MOST_NETWORKS))
    total, measured = np.zeros(graph.input_shape[1:]), 0
    for seed in range(count):
        if measured and stop():
            break
        total += _strength(thin, name, unit, seed)
        measured += 1
    return total / (total.max() or 1.0), measured


def _strength(graph: Graph, name: str, unit: tuple[int, ...], seed: int) -> np.ndarray:
    """Measure one random network on one random image."""
    random = stream(seed, "pictures", 0)
    x = random.normal(size=(1, *graph.input_shape)).astype(np.float32)
    parameters = random_parameters(graph, seed)
    outputs = forward(graph, parameters, x, name)
    dy = np.zeros_like(outputs[name])
    place: Any = (0, slice(None), *unit) if dy.ndim > 2 else (0,)
    dy[place] = random.choice([-1.0, 1.0], size=dy[place].shape)
    gradient = np.abs(input_gradient(graph, parameters, outputs, name, dy)[0]).sum(axis=0, dtype=np.float64)
    return gradient / (gradient.sum() or 1.0)

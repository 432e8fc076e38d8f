"""The quick way to learn: blocks of layers in one go, with room that each thread uses again and again.

`learn_quickly` gives what `learn_by_layers` of passes.py does, up to rounding. A *station* computes a block,
as kernels/blocks.py and matrix_loops.py can at once, or any other layer by itself. Only finite numbers take
this way: where one is not, it says None, and the layers have the word.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

import numpy as np

from cnnviz.kernels.cross_entropy import errors_of
from cnnviz.kernels.vector_loops import KINDS
from cnnviz.model.architecture import Architecture
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.layer import Arrays, Given, Layer
from cnnviz.model.layers import Activation, Dense
from cnnviz.model.loss import LOSSES, Loss, predictions
from cnnviz.model.map_stations import Normed, Pooled, Squares, Squashed
from cnnviz.model.sliding_layers import Conv2d, MaxPool, MeanPool
from cnnviz.model.stations import Convolution, Joined, NotFiniteError, Single, Station

KEPT = 12  # workplaces of a thread: more networks than may learn at once
MOST_KEPT = 1 << 24  # numbers that they may hold together
SQUARE, MEAN = MaxPool(2), MeanPool(2)
_own = threading.local()


class Workplace:
    """All stations of an architecture, with room for so many examples: for one thread."""

    def __init__(self, architecture: Architecture, examples: int) -> None:
        self.architecture, self.examples = architecture, examples
        self.stations: list[Station] = []
        layers = pooled_early(architecture.layers)
        shapes = Architecture(architecture.input_shape, layers).shapes
        parts = architecture.split(np.empty(architecture.parameter_count, np.float32))
        first = next((n for n, part in enumerate(parts) if part), len(layers))
        ends = np.cumsum([sum(array.size for array in part) for part in parts])
        while (number := self.stations[-1].last if self.stations else 0) < len(layers):
            station = _station(layers, shapes, number, examples, number > first)
            start = int(ends[number]) - sum(array.size for array in parts[number])
            station.parts = [(start := start + array.size, array.shape) for array in parts[number]]
            self.stations.append(station)
        for station, following in pairwise(self.stations):
            station.to = following.room
        self.back = [station for station in reversed(self.stations) if station.last > first]
        self.numbers = sum(station.numbers for station in self.stations)
        self.errors = np.empty((examples, *architecture.output_shape), np.float32)

    def forward(self, parameters: np.ndarray, x: np.ndarray, givens: Sequence[Given]) -> np.ndarray:
        """Send examples through all stations."""
        value: np.ndarray | None = x
        for station in self.stations:
            own = station.cut(parameters)
            value = station.forward(own, value, len(x), givens[station.first])
        assert value is not None
        return value.reshape(len(x), -1)

    def backward(self, parameters: np.ndarray, dy, gradient: np.ndarray, givens: Sequence[Given]) -> None:
        """Send a gradient back, and write down that of the parameters."""
        for station in self.back:
            own = station.cut(parameters), station.cut(gradient)
            dy = station.backward(own[0], dy, own[1], givens[station.first])

    def errors_of(self, loss: Loss, logits: np.ndarray, labels: np.ndarray, count: int):
        """Return the sum of the losses, how many answers are right, and the gradient by the logits."""
        if loss is LOSSES["Cross-entropy"]:
            errors = self.errors[: len(logits)]
            return *errors_of(logits, labels, np.float32(1 / count), errors), errors
        right = int((predictions(logits) == labels).sum())
        lost = float(loss.f(logits, labels).sum(dtype=np.float64))
        return lost, right, loss.df(logits, labels) / logits.dtype.type(count)


def pooled_early(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Pool the largest before an activation that never falls, not after: the same with less to do."""
    ordered = list(layers)
    for number in range(1, len(ordered)):
        one, other = ordered[number - 1 : number + 1]
        if isinstance(one, Activation) and one.name in KINDS and type(other) is MaxPool:
            ordered[number - 1 : number + 1] = other, one
    return tuple(ordered)


def _station(layers, shapes, number: int, examples: int, wanted: bool) -> Station:
    """Make the station that begins with a layer: with the ReLU and the pooling behind it where it can."""
    layer, behind = layers[number], layers[number + 1 : number + 3]
    relu = [isinstance(one, Activation) and one.name == "ReLU" for one in behind] + [False, False]
    if isinstance(layer, Dense):
        names = [one.name for one in behind[:1] if isinstance(one, Activation) and one.name in KINDS]
        return Joined(number, number + 1 + len(names), shapes[number], layer, examples, wanted, *names)
    if layer in (SQUARE, MEAN):
        after = relu[0] and layer == SQUARE
        return Squares(number, number + 1 + after, shapes[number], layer, examples, wanted, after)
    if type(layer) in (MaxPool, MeanPool):
        return Pooled(number, number + 1, shapes[number], layer, examples, wanted)
    if isinstance(layer, BatchNorm):
        return Normed(number, number + 1, shapes[number], layer, examples, wanted)
    if isinstance(layer, Activation) and layer.name in KINDS:
        return Squashed(number, number + 1, shapes[number], layer, examples, wanted)
    if not isinstance(layer, Conv2d) or layer.groups > 1:
        return Single(number, number + 1, shapes[number], layer, examples, wanted)
    pooled = [one == SQUARE for one in behind] + [False, False]
    mean = relu[0] and len(behind) > 1 and behind[1] == MEAN
    both = (relu[0] and pooled[1]) or (pooled[0] and relu[1]) or mean
    count = 2 if both else int(relu[0] or pooled[0])
    after = any(relu[:count]), mean or any(pooled[:count]), mean
    return Convolution(number, number + 1 + count, shapes[number], layer, examples, wanted, *after)


def _workplace(architecture: Architecture, examples: int) -> Workplace:
    """Find this thread's workplace for an architecture, or make one."""
    kept: OrderedDict[int, Workplace] = _own.__dict__.setdefault("kept", OrderedDict())
    place = kept.get(id(architecture))
    if place is None or place.examples < examples:
        place = Workplace(architecture, examples)
        if place.numbers <= MOST_KEPT:
            kept[id(architecture)] = place
    if id(architecture) in kept:
        kept.move_to_end(id(architecture))
    while len(kept) > KEPT or sum(one.numbers for one in kept.values()) > MOST_KEPT:
        kept.popitem(last=False)
    return place


def _forget(place: Workplace) -> None:
    """Give up a workplace in which numbers stand that are not finite."""
    _own.kept.pop(id(place.architecture), None)


def learn_quickly(
    architecture: Architecture,
    loss: Loss,
    parameters: np.ndarray,
    x: np.ndarray,
    labels: np.ndarray,
    givens: Sequence[Given],
    count: int,
) -> tuple[float, int, np.ndarray, list[Arrays]] | None:
    """Go forward and back with a shard of a batch.

    Parameters
    ----------
    architecture, loss, parameters, x, labels, count
        As given to `learn_from`; float32.
    givens : sequence of Given
        For each layer.

    Returns
    -------
    tuple or None
        Sum of losses, right answers, gradient and statistics; None if a number was not finite.
    """
    place = _workplace(architecture, len(x))
    try:
        logits = place.forward(parameters, x, givens)
    except NotFiniteError:
        _forget(place)
        return None
    lost, right, dy = place.errors_of(loss, logits, labels, count)
    gradient = np.empty_like(parameters)
    place.backward(parameters, dy, gradient, givens)
    if not (isfinite(lost) and np.isfinite(gradient).all()):
        _forget(place)
        return None
    moved = [station.gather(givens[station.first].statistics) for station in place.stations]
    return lost, right, gradient, moved

"""A network seen from inside: what one image becomes in every layer, and how each number was made.

`Inside` asks the network once; every map, filter slice, partial map and pixel below it is taken from what the
network answered, or told by the traces of the lessons. A layer is named by the number of its output: 0 is the
image.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cnnviz.lessons.channels import Flow
from cnnviz.lessons.explain import MINUS, brief
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.lessons.steps import Trace
from cnnviz.lessons.volume import VolumeTrace
from cnnviz.model.architecture import Architecture
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.network import Network
from cnnviz.window import Window

Cell = tuple[int, int]
Span = tuple[int, int]  # first and last cell, both included
SCALES = {
    "unit": "Map by map",
    "layer": "Layer by layer",
    "network": "Over the whole network",
}


@dataclass(frozen=True, eq=False)
class Inside:
    """A network with one image in it.

    Parameters
    ----------
    network : Network
        What is looked into.
    image : ndarray of shape (C, H, W)
        Pixels as in the data the network learned from.
    """

    network: Network
    image: np.ndarray

    @cached_property
    def outputs(self) -> list[np.ndarray]:
        """The scaled image, then what every layer makes of it."""
        return [output[0] for output in self.network.outputs(self.image[None])]

    @property
    def architecture(self) -> Architecture:
        """The layers."""
        return self.network.architecture

    def layer(self, at: int) -> Layer:
        """Give the layer whose output is number ``at``."""
        if not 1 <= at < len(self.outputs):
            raise ValueError(f"at must be from 1 to {len(self.outputs) - 1}, got {at}")
        return self.architecture.layers[at - 1]

    def reads(self, at: int, number: int) -> range:
        """Name the maps before a layer that one of its maps is made of."""
        layer, before = self.layer(at), len(self.outputs[at - 1])
        if isinstance(layer, Conv2d):
            depth = before // layer.groups
            first = number * layer.groups // layer.filters * depth
            return range(first, first + depth)
        return range(before) if isinstance(layer, (Flatten, Dense)) else range(number, number + 1)

    def ends(self, scale: str) -> list[np.ndarray]:
        """Tell where the colours of every map of every layer end, in one of the `SCALES`."""
        if scale not in SCALES:
            raise ValueError(f"scale must be one of {', '.join(SCALES)}, got {scale!r}")
        units = [_largest(output) for output in self.outputs]
        whole = max(float(unit.max()) for unit in units)
        over: dict[str, Callable[[np.ndarray], float]] = {
            "layer": lambda unit: float(unit.max()),
            "network": lambda _: whole,
        }
        spread = units if scale == "unit" else [np.full_like(unit, over[scale](unit)) for unit in units]
        return [np.where(ends > 0, ends, 1.0) for ends in spread]

    def flow(self, at: int, number: int) -> Flow:
        """Follow the maps before a convolution through one of its filters, with the ReLU behind it."""
        layer = self._conv(at)
        before = self.outputs[at - 1].astype(float)
        weights, biases = self.network.layers[at - 1]
        reads = tuple(self.reads(at, each) for each in range(layer.filters))
        rows, columns = layer.windows
        kernel = weights[number].astype(float)[:, None]
        trace = VolumeTrace(
            before[reads[number], None], kernel, Window(1), rows, columns, float(biases[number])
        )
        after = self.function_after(at)
        maps = self.outputs[at + 1 if after else at].astype(float)
        return Flow(before[:, None], trace, maps[:, None], reads, number, after == "ReLU")

    def function_after(self, at: int) -> str:
        """Name the activation that follows a layer; empty if there is none."""
        after = self.architecture.layers[at : at + 1]
        return after[0].name if after and isinstance(after[0], Activation) else ""

    def first_filters(self) -> tuple[int, np.ndarray] | None:
        """Give the first convolution and its weights (O, C, K, L); None if there is none."""
        for at, layer in enumerate(self.architecture.layers, 1):
            if isinstance(layer, Conv2d):
                return at, self.network.layers[at - 1][0]
        return None

    def pooling(self, at: int, number: int) -> PoolingTrace:
        """Walk through the pooling of one map."""
        layer = self.layer(at)
        if not isinstance(layer, MaxPool):
            raise ValueError(f"at must name a pooling layer, got {layer.title}")
        return PoolingTrace(self.outputs[at - 1][number].astype(float), layer.kind, *layer.windows)

    def pooling_around(self, at: int, number: int, cell: Cell, reach: int) -> tuple[PoolingTrace, Cell]:
        """Cut the pooling of one map down to some pixels around one, and tell where that is then."""
        whole = self.pooling(at, number)
        axes = (whole.rows, whole.columns)
        cuts = [_cut(*each, reach) for each in zip(axes, whole.image.shape, cell, strict=True)]
        (rows, down, row), (columns, across, column) = cuts
        return PoolingTrace(whole.image[rows, columns], whole.kind, down, across), (row, column)

    def _conv(self, at: int) -> Conv2d:
        """Give a layer that has filters."""
        layer = self.layer(at)
        if not isinstance(layer, Conv2d):
            raise ValueError(f"at must name a convolution, got {layer.title}")
        return layer

    def pixel(self, at: int, number: int, cell: Cell) -> "Pixel":
        """Take the sum of one pixel of a convolution apart, by the maps it reads."""
        flow = self.flow(at, number)
        sums = flow.trace.partials[:, 0, cell[0], cell[1]]
        value, after = (float(planes[0][cell]) for planes in (flow.trace.output, flow.output))
        function = self.function_after(at)
        return Pixel(cell, self.reads(at, number), sums, flow.trace.bias, value, after, function, flow.trace)


def _largest(output: np.ndarray) -> np.ndarray:
    """Find the largest size in every map, or in a whole row of numbers."""
    maps = output.reshape(len(output), -1) if output.ndim > 1 else output.reshape(1, -1)
    return np.max(np.abs(maps), axis=1, where=np.isfinite(maps), initial=0.0).astype(float)


def largest(*arrays: np.ndarray) -> float:
    """Tell where colours end: at the largest finite size, or at 0 if there is none."""
    return max(float(np.max(np.abs(values), where=np.isfinite(values), initial=0.0)) for values in arrays)


@dataclass(frozen=True, eq=False)
class Pixel:
    """One pixel of a feature map: the partial sum of every map it reads, and what they add up to."""

    cell: Cell
    reads: range
    sums: np.ndarray
    bias: float
    value: float
    after: float  # what the activation makes of it
    function: str  # its name, or empty
    trace: VolumeTrace

    @property
    def line(self) -> str:
        """Write the sum over the maps: ``0.52 − 1.2 + 0.12 = −0.56, ReLU: 0``."""
        terms = [*(float(each) for each in self.sums), self.bias]
        signs = [MINUS if terms[0] < 0 else "", *(f" {MINUS} " if term < 0 else " + " for term in terms[1:])]
        written = "".join(sign + brief(abs(term)) for sign, term in zip(signs, terms, strict=True))
        after = f", {self.function}: {brief(self.after)}" if self.function else ""
        return f"{written} = {brief(self.value)}{after}"

    def around(self, channel: int, reach: int) -> tuple[Trace, Cell]:
        """Cut out what the kernel reads of one map at this pixel and ``reach`` pixels around it.

        Parameters
        ----------
        channel : int
            A place among ``reads``.
        reach : int
            Pixels on each side; fewer where the map ends.

        Returns
        -------
        trace : Trace
            Whose output is that part of the partial map, with the bias if there is one map only.
        cell : pair of int
            Where this pixel is in that output.
        """
        plane = self.trace.volume[channel, 0]
        axes = (self.trace.rows, self.trace.columns)
        cuts = [_cut(*each, reach) for each in zip(axes, plane.shape, self.cell, strict=True)]
        (rows, down, row), (columns, across, column) = cuts
        bias = self.bias if len(self.reads) == 1 else 0.0
        kernel = self.trace.kernel[channel, 0]
        return Trace(plane[rows, columns][None], kernel[None], down, across, bias), (row, column)


def _cut(window: Window, length: int, place: int, reach: int) -> tuple[slice, Window, int]:
    """Cut the cells of an axis that the places around one read: with their padding, and where it is then."""
    starts = window.starts(length)
    first, last = max(place - reach, 0), min(place + reach, len(starts) - 1)
    begin, end = starts[first], starts[last] + window.extent
    if begin >= length or end <= 0:  # nothing but padding is read there
        return slice(0, length), window, place
    padding = (max(-begin, 0), max(end - length, 0))
    return slice(max(begin, 0), min(end, length)), replace(window, padding=padding), place - first


def fields(architecture: Architecture, at: int) -> tuple[list[Span], list[Span]] | None:
    """Tell which rows and columns of the image each row and column of a layer's maps depends on.

    Parameters
    ----------
    architecture : Architecture
        The layers.
    at : int
        Number of the output, 0 for the image.

    Returns
    -------
    rows, columns : list of pair of int
        First and last cell, cut off at the borders of the image; None where the output has no places.
    """
    shape = architecture.shapes[at]
    if len(shape) != 3:
        return None
    rows, columns = (_spans(architecture, at, axis) for axis in (0, 1))
    return rows, columns


def _spans(architecture: Architecture, at: int, axis: int) -> list[Span]:
    """Go back from every cell of an axis to the image."""
    spans = [(cell, cell) for cell in range(architecture.shapes[at][1 + axis])]
    for before in range(at - 1, -1, -1):
        layer, length = architecture.layers[before], architecture.shapes[before][1 + axis]
        if isinstance(layer, (Conv2d, MaxPool)):
            window = layer.windows[axis]
            starts = window.starts(length)
            spans = [(starts[first], starts[last] + window.extent - 1) for first, last in spans]
        spans = [(min(max(first, 0), length - 1), min(max(last, 0), length - 1)) for first, last in spans]
    return spans

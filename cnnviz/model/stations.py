"""The stations of a workplace: blocks of layers at work, each with its room, for one thread."""

from math import prod
from typing import Any, NamedTuple

import numpy as np

from cnnviz.kernels.block_loops import lay_out
from cnnviz.kernels.block_sheets import Arrangement, planes
from cnnviz.kernels.blocks import ConvolutionBlock
from cnnviz.kernels.desks import Desk
from cnnviz.kernels.matrix_loops import ENDS, add_rows, rows_by_columns, rows_by_rows
from cnnviz.kernels.vector_loops import KINDS, LINE, RELU, multiply_by_slope, squash
from cnnviz.model.layer import Arrays, Given, Layer, Shape

NO_FLOOR, FLOOR = np.float32(-np.inf), np.float32(0)


class NotFiniteError(ArithmeticError):
    """A number is not finite."""


class Spot(NamedTuple):
    """A flat array, and how images stand in it."""

    numbers: np.ndarray
    arrangement: Arrangement


class Station:
    """Layers ``first`` to before ``last`` of an architecture, the first of them ``layer``.

    Its input is an array, or stands in its ``room`` already; so does a gradient that it gives back.
    """

    room: Spot | None = None
    numbers = 0  # that it keeps room for

    def __init__(
        self, first: int, last: int, shape: Shape, layer: Layer, examples: int, wanted: bool
    ) -> None:
        self.first, self.last, self.shape, self.layer = first, last, shape, layer
        self.examples, self.wanted = examples, wanted
        self.x: np.ndarray = np.empty(0, np.float32)
        self.to: Spot | None = None
        self.parts: list[tuple[int, Shape]] = []

    def cut(self, vector: np.ndarray) -> Arrays:
        """Show its part of a vector of parameters."""
        return tuple([vector[end - prod(shape) : end].reshape(shape) for end, shape in self.parts])

    def forward(self, parts: Arrays, x: np.ndarray | None, count: int, given: Given):
        """Compute the output of some examples: written where the next station wants it, or returned."""
        raise NotImplementedError

    def backward(self, parts: Arrays, dy: Any, gradients: Arrays, given: Given):
        """Write the gradients of the parameters, and return that of the input if it is wanted."""
        raise NotImplementedError

    def gather(self, statistics: Arrays) -> Arrays:
        """Add these examples to the statistics."""
        return self.layer.gather(statistics, self.x)


class Single(Station):
    """One layer by itself."""

    def forward(self, parts, x, count, given):
        """Ask the layer."""
        self.x = x.reshape(count, *self.shape)
        return self.layer.forward(parts, self.x, given)

    def backward(self, parts, dy, gradients, given):
        """Ask the layer."""
        shape = (len(self.x), *self.layer.output_shape(self.shape))
        dx, own = self.layer.backward(parts, self.x, as_planes(dy, shape), given, self.wanted)
        for target, gradient in zip(gradients, own, strict=True):
            target[...] = gradient
        return dx


class Joined(Station):
    """A dense layer, and an activation of `KINDS` behind it."""

    def __init__(self, first, last, shape, layer, examples, wanted, activation=None) -> None:
        super().__init__(first, last, shape, layer, examples, wanted)
        self.kind = KINDS[activation] if activation else LINE
        self.floor = FLOOR if self.kind == RELU else NO_FLOOR
        self.y: np.ndarray = np.empty((examples, layer.units), np.float32)
        self.dx = np.empty((examples if wanted else 0, *shape), np.float32)
        self.numbers = self.y.size + self.dx.size

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Weigh and add."""
        self.x = np.ascontiguousarray(x).reshape(count, -1)
        (weights, bias), y = parts, self.y[:count]
        sizes = count, *weights.shape
        flat = _flat(y)
        if not rows_by_rows(_flat(self.x), _flat(weights), bias, self.floor, flat, ENDS, *sizes):
            raise NotFiniteError
        if self.kind not in (RELU, LINE):
            squash(flat, flat.size, self.kind)
        return y

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Give each weight what it saw, and each input what it did."""
        weights, (dw, db), count = parts[0], gradients, len(self.x)
        units, length = weights.shape
        flat = _flat(np.ascontiguousarray(as_planes(dy, (count, units))))
        if self.kind != LINE:
            multiply_by_slope(flat, _flat(self.y), flat.size, self.kind)
        add_rows(flat, db, count)
        rows_by_columns(flat, 1, units, _flat(self.x), _flat(dw), units, length, count)
        if not self.wanted:
            return None
        dx = self.dx[:count]
        rows_by_columns(flat, units, 1, _flat(weights), _flat(dx), count, length, units)
        return dx


class Convolution(Station):
    """A convolution, with the ReLU and the pooling behind it."""

    def __init__(self, first, last, shape, layer, examples, wanted, relu, pooled, mean) -> None:
        super().__init__(first, last, shape, layer, examples, wanted)
        rows, columns = layer.windows
        self.block = ConvolutionBlock(shape, layer.filters, rows, columns, relu, pooled, mean)
        self.desk = Desk(self.block, examples, wanted)
        self.room: Spot = Spot(self.desk.x, self.block.read)
        self.back = Spot(self.desk.dx, self.block.read)
        self.numbers = self.desk.numbers
        self.outside = planes(shape[0], prod(shape[1:]))
        self.y: np.ndarray | None = None
        self.planes = planes(self.block.filters, self.block.outputs)

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Lay out what does not stand there already, and compute."""
        if x is not None:
            self.x, source = x, Spot(_flat(np.ascontiguousarray(x)), self.outside)
            if not copied(source, self.room, self.shape, count):
                raise NotFiniteError
        self.count = count
        if self.to is None:
            self.y = np.empty((self.examples, *self.block.output), np.float32)
            self.to = Spot(_flat(self.y), self.planes)
        (w, b), (y, to) = parts, self.to
        if not self.desk.forward(w, b, y, to, count):
            raise NotFiniteError
        return None if self.y is None else self.y[:count]

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Find the gradients."""
        if not isinstance(dy, Spot):
            dy = Spot(_flat(np.ascontiguousarray(dy)), self.planes)
        assert self.to is not None
        (w, _), (y, at), (dw, db) = parts, self.to, gradients
        self.desk.backward(w, y, at, dy.numbers, dy.arrangement, dw, db, self.count)
        return self.back if self.wanted else None


def _flat(array: np.ndarray) -> np.ndarray:
    return array.reshape(-1)


def copied(source: Spot, target: Spot, shape: Shape, count: int) -> bool:
    """Copy images from spot to spot; tell whether they are finite."""
    pixels = prod(shape[1:])
    step, places, apart = source.arrangement
    return lay_out(
        source.numbers, step, places[:pixels], apart, target.numbers, *target.arrangement, count, shape[0]
    )


def as_planes(gradient, shape: Shape) -> np.ndarray:
    """Return a gradient as an array of a shape."""
    if not isinstance(gradient, Spot):
        return gradient.reshape(shape)
    array = np.empty(shape, np.float32)
    target = Spot(_flat(array), planes(shape[1], prod(shape[2:])))
    copied(gradient, target, shape[1:], shape[0])
    return array

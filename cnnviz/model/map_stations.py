"""Stations between blocks: pooling, batch normalisation and activations, on maps that stand channels last."""

from math import prod
from typing import Any

import numpy as np

from cnnviz.kernels.block_sheets import SLACK, compact, planes
from cnnviz.kernels.block_tiles import NARROW
from cnnviz.kernels.blocks import ConvolutionBlock
from cnnviz.kernels.map_loops import moments, pool_maps, pool_maps_back, stretch, stretch_back, stretch_sums
from cnnviz.kernels.square_loops import pool_squares, pool_squares_back
from cnnviz.kernels.vector_loops import KINDS, multiply_by_slope, squash
from cnnviz.model.layer import Shape
from cnnviz.model.stations import FLOOR, NO_FLOOR, NotFiniteError, Spot, Station, copied
from cnnviz.window import window_pair

WIDEST = 256  # numbers of a row that several short ones make


class Maps(Station):
    """Reads maps channels last, without a border; of what is flat, every number is a channel."""

    def __init__(self, first, last, shape, layer, examples, wanted) -> None:
        super().__init__(first, last, shape, layer, examples, wanted)
        self.layer: Any = layer
        self.channels, self.pixels, self.output = shape[0], prod(shape[1:]), layer.output_shape(shape)
        self.room: Spot = _room(shape, examples)
        self.outside, self.out = planes(self.channels, self.pixels), _room(self.output, examples)
        self.gradient = _room(self.output, examples)
        self.numbers = 4 * self.room.numbers.size
        self.y: np.ndarray = np.empty((examples, *self.output), np.float32)

    def take(self, x: np.ndarray | None, count: int) -> np.ndarray:
        """Lay out what does not stand there already."""
        self.count = count
        if x is not None:
            source = Spot(np.ascontiguousarray(x).reshape(-1), self.outside)
            if not copied(source, self.room, self.shape, count):
                raise NotFiniteError
        return self.room.numbers[: count * self.channels * self.pixels]

    @property
    def target(self) -> Spot:
        """Where to write what stands as it does here: at the next station, or in its own room."""
        return self.to if self.to is not None and _alike(self.to, self.out) else self.out

    def deliver(self, source: Spot) -> np.ndarray | None:
        """Bring the output where it is wanted, or return it as an array."""
        if self.to is None:
            if len(self.output) == 1:
                return source.numbers[: self.count * prod(self.output)].reshape(self.count, -1)
            y = self.y[: self.count]
            copied(
                source,
                Spot(y.reshape(-1), planes(self.output[0], prod(self.output[1:]))),
                self.output,
                self.count,
            )
            return y
        if source.numbers is self.to.numbers:
            return None
        if _alike(source, self.to):
            length = self.count * prod(self.output)
            self.to.numbers[:length] = source.numbers[:length]
        else:
            copied(source, self.to, self.output, self.count)
        return None

    def received(self, dy) -> np.ndarray:
        """Return the gradient by the output channels last."""
        if not isinstance(dy, Spot):
            flat = np.ascontiguousarray(dy).reshape(-1)
            if len(self.output) == 1:
                return flat
            dy = Spot(flat, planes(self.output[0], prod(self.output[1:])))
        if not _alike(dy, self.gradient):
            copied(dy, self.gradient, self.output, self.count)
            dy = self.gradient
        return dy.numbers

    def given_back(self, dx: np.ndarray):
        """Say where the gradient by the input stands."""
        if len(self.shape) == 1:
            return dx[: self.count * self.channels].reshape(self.count, -1)
        return Spot(dx, self.room.arrangement)


class Squashed(Maps):
    """An activation whose slope can be told from its value, in place."""

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Apply the function."""
        y = self.take(x, count)
        squash(y, y.size, KINDS[self.layer.name])
        return self.deliver(self.room)

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Multiply by the slope."""
        dx = self.received(dy)
        count = self.count * self.channels * self.pixels
        multiply_by_slope(dx, self.room.numbers, count, KINDS[self.layer.name])
        return self.given_back(dx) if self.wanted else None


class Pooled(Maps):
    """A pooling of any window."""

    def __init__(self, first, last, shape, layer, examples, wanted) -> None:
        super().__init__(first, last, shape, layer, examples, wanted)
        rows, columns = layer.windows
        self.slides = shape[1:], *((one.size, one.stride, one.padding[0]) for one in (rows, columns))
        self.largest = layer.kind == "max"
        self.across, self.outputs = self.output[2], prod(self.output[1:])
        self.winners = np.empty(examples * prod(self.output) if self.largest else 0, np.int32)
        self.dx = np.empty(examples * prod(shape) + SLACK, np.float32)

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Shrink every map."""
        self.take(x, count)
        y = None if self.to is not None else self.y[:count]
        numbers, (step, places, apart) = self.to or Spot(
            self.y.reshape(-1), planes(self.output[0], self.outputs)
        )
        pool_maps(
            self.room.numbers, *self.slides, self.largest, numbers, step, places[: self.outputs], apart,
            self.across, self.winners, count, self.channels,
        )  # fmt: skip
        return y

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Give every gradient to the cells that it came from."""
        if not self.wanted:
            return None
        if not isinstance(dy, Spot):
            dy = Spot(np.ascontiguousarray(dy).reshape(-1), planes(self.output[0], self.outputs))
        numbers, (step, places, apart) = dy
        pool_maps_back(
            numbers, step, places[: self.outputs], apart, *self.slides, self.largest, self.winners, self.dx,
            self.across, self.count, self.channels,
        )  # fmt: skip
        return self.given_back(self.dx)


class Squares(Maps):
    """A pooling of 2 x 2, and the ReLU behind it."""

    def __init__(self, first, last, shape, layer, examples, wanted, relu) -> None:
        super().__init__(first, last, shape, layer, examples, wanted)
        self.floor, self.mean = FLOOR if relu else NO_FLOOR, layer.kind == "mean"
        windows = window_pair(1, 1, 0)
        self.block = ConvolutionBlock(shape, self.channels, *windows, pooled=True)
        self.outputs, self.padded = prod(self.output[1:]), -(-self.channels // NARROW) * NARROW
        self.strips = self.out.arrangement.places.size
        self.winners = np.zeros(examples * self.strips * self.padded, np.uint8)
        self.whole = shape[1] % 2 == shape[2] % 2 == 0
        self.dx = np.empty(examples * prod(shape) + SLACK, np.float32)

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Shrink every map."""
        self.take(x, count)
        target = self.to if self.to is not None and self.to.arrangement.apart == 1 else self.out
        (y, (step, places, _)), (x_step, _, _) = target, self.room.arrangement
        if not pool_squares(
            self.room.numbers, x_step, self.block.bases, self.floor, self.mean, y, step, places, self.outputs,
            self.winners, self.padded, self.strips, count, self.channels,
        ):  # fmt: skip
            raise NotFiniteError
        return self.deliver(target)

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Give every gradient to the cells that have a part in it."""
        if not self.wanted:
            return None
        if not isinstance(dy, Spot):
            dy = Spot(np.ascontiguousarray(dy).reshape(-1), planes(self.output[0], self.outputs))
        if dy.arrangement.apart != 1:
            copied(dy, self.gradient, self.output, self.count)
            dy = self.gradient
        numbers, (step, places, _) = dy
        pool_squares_back(
            numbers, step, places, self.outputs, self.mean, self.winners, self.padded, self.strips, self.dx,
            self.room.arrangement.step, self.block.bases, self.whole, self.count, self.channels,
        )  # fmt: skip
        return self.given_back(self.dx)


class Normed(Maps):
    """Batch normalisation.

    Loops along few channels are short, so rows are read as longer ones where their number allows it.
    """

    def forward(self, parts, x, count, given):  # noqa: ARG002
        """Normalise, scale and shift."""
        x = self.take(x, count)
        self.rows = count * self.pixels
        fitting = (k for k in (16, 8, 4, 2) if self.rows % k == 0 and k * self.channels <= WIDEST)
        self.together = next(fitting, 1)
        means, variances = np.empty((2, self.together * self.channels), np.float32)
        moments(x, self.rows // self.together, means, variances)
        means, variances = (part.reshape(self.together, -1) for part in (means, variances))
        self.mean = means.mean(axis=0, dtype=np.float64).astype(np.float32)
        between = np.square(means - self.mean)
        self.variance = (variances + between).mean(axis=0, dtype=np.float64).astype(np.float32)
        self.inverse = 1 / np.sqrt(self.variance + np.float32(self.layer.epsilon))
        target = self.target
        stretch(x, *self._long(self.mean, parts[0] * self.inverse, parts[1]), target.numbers)
        return self.deliver(target)

    def _long(self, *columns):
        """Count the longer rows, and repeat numbers of channels along them."""
        return self.rows // self.together, *(np.tile(column, self.together) for column in columns)

    def backward(self, parts, dy, gradients, given):  # noqa: ARG002
        """Let every example answer for its part in mean and variance too."""
        dy, x = self.received(dy), self.room.numbers
        sums = np.empty((2, self.together * self.channels))
        stretch_sums(x, dy, *self._long(self.mean, self.inverse), *sums)
        totals = sums.reshape(2, self.together, -1).sum(axis=1)
        gradients[0][...], gradients[1][...] = totals
        if not self.wanted:
            return None
        shares = (totals / self.rows).astype(np.float32)
        stretch_back(x, dy, *self._long(self.mean, self.inverse, parts[0] * self.inverse, *shares), dy)
        return self.given_back(dy)

    def gather(self, statistics):
        """Move the running averages."""
        unbiased = self.variance * np.float32(self.rows / max(self.rows - 1, 1))
        kept, moved = np.float32(1 - self.layer.momentum), np.float32(self.layer.momentum)
        return kept * statistics[0] + moved * self.mean, kept * statistics[1] + moved * unbiased


def _room(shape: Shape, examples: int) -> Spot:
    """Make room for so many examples, channels last."""
    arrangement = compact(shape[0], prod(shape[1:]))
    return Spot(np.zeros(examples * arrangement.step + shape[0] + SLACK, np.float32), arrangement)


def _alike(one: Spot, other: Spot) -> bool:
    """Tell whether maps without a border stand alike in two spots."""
    return one.arrangement[::2] == other.arrangement[::2]

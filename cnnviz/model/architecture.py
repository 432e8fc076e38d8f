"""An architecture: layers upon each other, counted and compared without ever being run.

All parameters of a network stand in one vector, layer by layer; `Architecture.split` shows them in their
shapes. So an optimizer moves one array, and a snapshot is one copy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import prod
from typing import NamedTuple

import numpy as np

from cnnviz.model.layer import Arrays, Layer, Shape, set_fields
from cnnviz.model.records import one_of
from cnnviz.window import whole

MOST_LAYERS = 32
MOST_PARAMETERS = 1_000_000
MOST_OUTPUTS = 1_000
MOST_NUMBERS = 1_000_000  # that all layers read for one example, with padding
MOST_WORK = 200_000_000  # multiplications and comparisons for one example


class Row(NamedTuple):
    """One layer in the table of an architecture."""

    layer: Layer
    input_shape: Shape
    output_shape: Shape
    parameters: dict[str, Shape]
    parameter_count: int
    macs: int


@dataclass(frozen=True)
class Architecture:
    """Layers upon each other.

    Parameters
    ----------
    input_shape : tuple of int
        Of one example: (C, H, W), or (F,).
    layers : tuple of Layer
        From the input to the output.

    Raises
    ------
    ValueError
        If a layer does not fit on the one before it.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        """Check that every layer fits."""
        shape = tuple(whole("input_shape", length, 1) for length in self.input_shape)
        set_fields(self, input_shape=shape, layers=tuple(self.layers))
        for layer in self.layers:
            one_of("layers", layer, (Layer,))
        if not self.layers:
            raise ValueError("layers must be at least one, got none")
        _ = self.shapes

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """Shape of the input, then of the output of every layer."""
        shapes = [self.input_shape]
        for number, layer in enumerate(self.layers, 1):
            try:
                shapes.append(layer.output_shape(shapes[-1]))
            except ValueError as error:
                raise ValueError(f"layer {number} ({layer.title}) does not fit: {error}") from None
        return tuple(shapes)

    @property
    def output_shape(self) -> Shape:
        """Shape of what the last layer gives."""
        return self.shapes[-1]

    def rows(self) -> tuple[Row, ...]:
        """List the layers with their shapes and counts."""
        rows = []
        for layer, (before, after) in zip(self.layers, pairwise(self.shapes), strict=True):
            shapes = layer.parameter_shapes(before)
            count = sum(prod(shape) for shape in shapes.values())
            rows.append(Row(layer, before, after, shapes, count, layer.macs(before)))
        return tuple(rows)

    @cached_property
    def parameter_count(self) -> int:
        """Count what is learned."""
        return sum(row.parameter_count for row in self.rows())

    @cached_property
    def macs(self) -> int:
        """Count the multiplications with weights for one example."""
        return sum(row.macs for row in self.rows())

    @cached_property
    def statistics_count(self) -> int:
        """Count what is gathered beside it."""
        return sum(prod(shape) for shapes in self._statistics for shape in shapes)

    @cached_property
    def whole_batch(self) -> bool:
        """Tell whether a layer mixes the examples of a batch."""
        return any(layer.whole_batch for layer in self.layers)

    @cached_property
    def _parameters(self) -> list[list[Shape]]:
        return [list(row.parameters.values()) for row in self.rows()]

    @cached_property
    def _statistics(self) -> list[list[Shape]]:
        return [list(row.layer.statistics_shapes(row.input_shape).values()) for row in self.rows()]

    def split(self, vector: np.ndarray) -> tuple[Arrays, ...]:
        """Show a vector of parameters, or of gradients, layer by layer and in their shapes."""
        return tuple(_cut(vector, self._parameters))

    def split_statistics(self, vector: np.ndarray) -> tuple[Arrays, ...]:
        """Show a vector of statistics layer by layer and in their shapes."""
        return tuple(_cut(vector, self._statistics))

    def sizes(self, vector: np.ndarray) -> tuple[float | None, ...]:
        """Tell the Euclidean length of each layer's part of a vector; None where nothing is learned."""
        parts = self.split(vector)
        return tuple(_length(part) if part else None for part in parts)

    def check_size(self) -> None:
        """Refuse what is too large to be trained here, by counting only."""
        pairs = list(zip(self.layers, self.shapes[:-1], strict=True))
        limits: tuple[tuple[str, int, int], ...] = (
            ("layers", len(self.layers), MOST_LAYERS),
            ("parameters", self.parameter_count, MOST_PARAMETERS),
            ("outputs", prod(self.output_shape), MOST_OUTPUTS),
            ("numbers between its layers", sum(layer.reads(shape) for layer, shape in pairs), MOST_NUMBERS),
            ("operations for one example", sum(layer.work(shape) for layer, shape in pairs), MOST_WORK),
        )
        for what, count, most in limits:
            if count > most:
                raise ValueError(f"architecture must have at most {most:,} {what}, got {count:,}")

    def __str__(self) -> str:
        """Write the layers in one line."""
        return ", ".join(layer.title for layer in self.layers)


def _cut(vector: np.ndarray, layers: list[list[Shape]]) -> Iterator[Arrays]:
    """Cut a vector into views of the given shapes."""
    start = 0
    for shapes in layers:
        parts = []
        for shape in shapes:
            parts.append(vector[start : start + prod(shape)].reshape(shape))
            start += prod(shape)
        yield tuple(parts)


def _length(parts: Arrays) -> float:
    """Measure all numbers of a layer, in double precision so that nothing overflows."""
    with np.errstate(all="ignore"):
        return float(np.sqrt(sum(np.square(part, dtype=np.float64).sum() for part in parts)))


def joined(layers: Iterable[Arrays]) -> np.ndarray:
    """Write the arrays of all layers behind each other: what `Architecture.split` takes apart."""
    return np.concatenate(
        [np.zeros(0, np.float32), *(part.reshape(-1) for layer in layers for part in layer)]
    )

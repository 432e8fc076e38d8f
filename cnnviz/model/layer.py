"""What every layer of a network answers, and what it is given beside its input.

A layer holds no arrays: it is a value that can be compared, counted and kept as text. Shapes are those of
one example, without the axis of the batch.
"""

from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar, NamedTuple

import numpy as np

from cnnviz.window import Window

Shape = tuple[int, ...]
Arrays = tuple[np.ndarray, ...]


class Given(NamedTuple):
    """What a layer is given beside its input.

    ``noise`` was drawn by the layer for these examples, ``statistics`` it gathered in earlier steps.
    """

    training: bool = False
    noise: np.ndarray | None = None
    statistics: Arrays = ()


SHOWING = Given()


@dataclass(frozen=True)
class Layer:
    """A layer that learns, gathers and draws nothing, and keeps the shape of its input."""

    whole_batch: ClassVar[bool] = False  # it mixes the examples of a batch, which then cannot be dealt out
    draws: ClassVar[bool] = False  # it wants `noise` while training

    @property
    def title(self) -> str:
        """Name the layer in a word or two."""
        return type(self).__name__

    def output_shape(self, shape: Shape) -> Shape:
        """Tell what becomes of an input of this shape, or raise a ValueError if it does not fit."""
        return shape

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:  # noqa: ARG002
        """Name what is learned, and its shapes: the one source for counting and initialising."""
        return {}

    def statistics_shapes(self, shape: Shape) -> dict[str, Shape]:  # noqa: ARG002
        """Name what is gathered while training and used afterwards, and its shapes."""
        return {}

    def macs(self, shape: Shape) -> int:  # noqa: ARG002
        """Count the multiplications with weights for one example."""
        return 0

    def reads(self, shape: Shape) -> int:
        """Count the numbers of its input, with padding, to tell what is too large."""
        return prod(shape)

    def work(self, shape: Shape) -> int:
        """Count what it does for one example, to tell what takes too long."""
        return self.macs(shape)

    def windows_on(self, shape: Shape) -> tuple[Window, ...] | None:
        """Tell how an output looks at each axis of the maps it is given; None if it sees all of them."""
        return tuple(Window(1) for _ in shape[1:])

    def noise(self, random: np.random.Generator, count: int, shape: Shape) -> np.ndarray | None:  # noqa: ARG002
        """Draw what this layer wants drawn for a batch."""
        return None

    def forward(self, parameters: Arrays, x: np.ndarray, given: Given = SHOWING) -> np.ndarray:
        """Compute the output of a batch."""
        raise NotImplementedError

    def backward(
        self,
        parameters: Arrays,
        x: np.ndarray,
        dy: np.ndarray,
        given: Given = SHOWING,
        input_gradient: bool = True,
    ) -> tuple[np.ndarray | None, Arrays]:
        """Turn the gradient by the output into those by the input (or None) and by the parameters."""
        raise NotImplementedError

    def gather(self, statistics: Arrays, x: np.ndarray) -> Arrays:  # noqa: ARG002
        """Add a batch to the statistics."""
        return statistics


def set_fields(record: Any, **values: Any) -> None:
    """Store checked values in a frozen record that is being made."""
    for name, value in values.items():
        object.__setattr__(record, name, value)


def number(name: str, value: Any, least: float, below: float) -> float:
    """Return ``value`` as a float from ``least`` to under ``below``, or say what it should have been."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value < below:
        raise ValueError(f"{name} must be a number from {least:g} to below {below:g}, got {value!r}")
    return float(value)

"""Where branches of a graph meet: layers with several inputs.

To add one, write its class with what `Merge` asks for and put it in `MERGES`. A merge learns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnnviz.model.layer import Arrays, Layer, Shape


@dataclass(frozen=True)
class Merge(Layer):
    """Makes one output of several inputs."""

    def merged_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Tell what becomes of inputs of these shapes, or raise a ValueError if they do not fit together."""
        raise NotImplementedError

    def merge(self, inputs: Sequence[np.ndarray]) -> np.ndarray:
        """Compute the output of a batch."""
        raise NotImplementedError

    def merge_backward(self, inputs: Sequence[np.ndarray], dy: np.ndarray) -> Arrays:
        """Turn the gradient by the output into those by the inputs."""
        raise NotImplementedError


@dataclass(frozen=True)
class Add(Merge):
    """Adds its inputs number by number: the shortcut of a residual block."""

    def merged_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Keep the shape, which all inputs share."""
        for shape in shapes[1:]:
            if shape != shapes[0]:
                raise ValueError(f"its inputs must have one shape to be added, got {shapes[0]} and {shape}")
        return shapes[0]

    def merge(self, inputs: Sequence[np.ndarray]) -> np.ndarray:
        """Add."""
        total = inputs[0]
        for other in inputs[1:]:
            total = total + other
        return total

    def merge_backward(self, inputs: Sequence[np.ndarray], dy: np.ndarray) -> Arrays:
        """Give the whole gradient to every input."""
        return tuple(dy for _ in inputs)


@dataclass(frozen=True)
class Concatenate(Merge):
    """Lays the maps of its inputs behind each other: the end of an Inception module."""

    def merged_shape(self, shapes: Sequence[Shape]) -> Shape:
        """Add up the channels; the maps must be of one size."""
        for shape in shapes[1:]:
            if shape[1:] != shapes[0][1:]:
                raise ValueError(
                    f"its inputs must have maps of one size to be joined, got {shapes[0]} and {shape}"
                )
        return sum(shape[0] for shape in shapes), *shapes[0][1:]

    def merge(self, inputs: Sequence[np.ndarray]) -> np.ndarray:
        """Join along the channels."""
        return np.concatenate(inputs, axis=1)

    def merge_backward(self, inputs: Sequence[np.ndarray], dy: np.ndarray) -> Arrays:
        """Give every input the part that it made."""
        ends = np.cumsum([part.shape[1] for part in inputs])
        return tuple(np.split(dy, ends[:-1], axis=1))


MERGES: dict[str, type[Merge]] = {merge.__name__: merge for merge in (Add, Concatenate)}

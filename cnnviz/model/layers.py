"""The layers to build a network from: one class each, and `LAYERS` to find them by name.

To add one, write its class with what `Layer` asks for, put it in `LAYERS`, and add an example of it to its
test: counting, saving and the checks of its gradients follow.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from cnnviz.kernels import activations
from cnnviz.kernels.dense import dense, dense_backward
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.layer import SHOWING, Layer, Shape, number, set_fields
from cnnviz.model.sliding_layers import Conv2d, MaxPool, MeanPool
from cnnviz.window import whole


@dataclass(frozen=True)
class Activation(Layer):
    """Applies a function of `ACTIVATIONS` to every number; ``settings`` are pairs of name and value."""

    name: str
    settings: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is not in the table."""
        if self.name not in activations.ACTIVATIONS:
            known = ", ".join(activations.ACTIVATIONS)
            raise ValueError(f"name must be one of {known}, got {self.name!r}")
        pairs = {name: number(name, value, -1e6, 1e6) for name, value in self.settings}
        activations.ACTIVATIONS[self.name].chosen(pairs)
        set_fields(self, settings=tuple(sorted(pairs.items())))

    @property
    def title(self) -> str:
        """Name the layer."""
        return self.name

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Apply the function."""
        return activations.ACTIVATIONS[self.name].f(x, **dict(self.settings))

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Multiply by the slope."""
        if not input_gradient:
            return None, ()
        return dy * activations.ACTIVATIONS[self.name].df(x, **dict(self.settings)), ()


@dataclass(frozen=True)
class Flatten(Layer):
    """Writes all maps of an example one behind the other."""

    def output_shape(self, shape: Shape) -> Shape:
        """Count the numbers."""
        return (prod(shape),)

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Keep the numbers, and their order."""
        return x.reshape(len(x), -1)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Put them back where they were."""
        return dy.reshape(x.shape) if input_gradient else None, ()


@dataclass(frozen=True)
class Dense(Layer):
    """Joins every input with each of its ``units``."""

    units: int

    def __post_init__(self) -> None:
        """Check."""
        whole("units", self.units, 1)

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Dense {self.units}"

    def output_shape(self, shape: Shape) -> Shape:
        """Make a number for each unit."""
        if len(shape) != 1:
            raise ValueError(f"its input must be flat, got shape {shape}")
        return (self.units,)

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a row of weights and a bias for each unit."""
        return {"weights": (self.units, shape[0]), "bias": (self.units,)}

    def macs(self, shape: Shape) -> int:
        """Multiply every weight once."""
        return self.units * shape[0]

    def windows_on(self, shape: Shape) -> None:  # noqa: ARG002
        """See everything."""
        return

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Weigh and add."""
        return dense(x, *parameters)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Hand on to `dense_backward`."""
        dx, *gradients = dense_backward(x, parameters[0], dy, input_gradient=input_gradient)
        return dx, tuple(gradients)


@dataclass(frozen=True)
class Dropout(Layer):
    """Switches off a ``share`` of the numbers while training, and enlarges the others to make up for it."""

    draws: ClassVar[bool] = True

    share: float = 0.5

    def __post_init__(self) -> None:
        """Check."""
        set_fields(self, share=number("share", self.share, 0, 1))

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Dropout {self.share:g}"

    def noise(self, random, count, shape):
        """Draw the factor of every number: 0, or what makes the mean stay."""
        kept = random.random((count, *shape), dtype=np.float32) >= self.share
        return kept * np.float32(1 / (1 - self.share))

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Multiply by the factors while training."""
        return x if given.noise is None else x * given.noise

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Multiply by the same factors."""
        if not input_gradient:
            return None, ()
        return dy if given.noise is None else dy * given.noise, ()


LAYERS: dict[str, type[Layer]] = {
    layer.__name__: layer
    for layer in (Conv2d, MaxPool, MeanPool, Activation, Flatten, Dense, Dropout, BatchNorm)
}

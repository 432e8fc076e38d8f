"""Batch normalisation: shift and stretch every channel so that a batch has mean 0 and variance 1."""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from cnnviz.model.layer import SHOWING, Arrays, Layer, Shape, number, set_fields


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Normalises every channel over the batch, then lets it learn a scale and a shift.

    While training, mean and variance are those of the batch; their running averages, which move by
    ``momentum`` at each step, serve afterwards. Ioffe and Szegedy (2015), Batch normalization.
    """

    whole_batch: ClassVar[bool] = True

    momentum: float = 0.1
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        """Check."""
        momentum = number("momentum", self.momentum, 0, 1)
        set_fields(self, momentum=momentum, epsilon=number("epsilon", self.epsilon, 1e-12, 1))

    @property
    def title(self) -> str:
        """Name the layer."""
        return "Batch norm"

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a scale and a shift for each channel."""
        return {"scale": shape[:1], "shift": shape[:1]}

    def statistics_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Gather mean and variance of each channel."""
        return {"mean": shape[:1], "variance": shape[:1]}

    def macs(self, shape: Shape) -> int:
        """Multiply every number once by its scale."""
        return prod(shape)

    def _moments(self, x: np.ndarray, given) -> Arrays:
        """Choose mean and variance: of this batch, or gathered."""
        axes = _others(x)
        return (x.mean(axis=axes), x.var(axis=axes)) if given.training else given.statistics

    def forward(self, parameters, x, given=SHOWING):
        """Normalise, scale and shift."""
        mean, variance = self._moments(x, given)
        factor = parameters[0] / np.sqrt(variance + x.dtype.type(self.epsilon))
        return (x - _over(mean, x)) * _over(factor, x) + _over(parameters[1], x)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):
        """Let every example answer for its part in mean and variance too."""
        axes = _others(x)
        mean, variance = self._moments(x, given)
        inverse = 1 / np.sqrt(variance + x.dtype.type(self.epsilon))
        normal = (x - _over(mean, x)) * _over(inverse, x)
        scale, shift = (dy * normal).sum(axis=axes), dy.sum(axis=axes)
        if not input_gradient:
            return None, (scale, shift)
        dx = dy
        if given.training:
            count = x.dtype.type(x.size // x.shape[1])
            dx = dy - _over(shift / count, x) - normal * _over(scale / count, x)
        return dx * _over(parameters[0] * inverse, x), (scale, shift)

    def gather(self, statistics, x):
        """Move the running averages towards the mean and the unbiased variance of this batch."""
        axes, count = _others(x), x.size // x.shape[1]
        unbiased = x.var(axis=axes) * x.dtype.type(count / max(count - 1, 1))
        kept, moved = x.dtype.type(1 - self.momentum), x.dtype.type(self.momentum)
        return kept * statistics[0] + moved * x.mean(axis=axes), kept * statistics[1] + moved * unbiased


def _others(x: np.ndarray) -> tuple[int, ...]:
    """Name all axes but that of the channels."""
    return (0, *range(2, x.ndim))


def _over(channels: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Lay a number for each channel over all its cells."""
    return channels.reshape(-1, *(1,) * (x.ndim - 2))

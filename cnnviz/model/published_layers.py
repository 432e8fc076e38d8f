"""Layers that published networks have, beside those of the training page: they run, and are counted.

To add one, write its class with what `Layer` asks for, put it in `PUBLISHED_LAYERS`, and add an example of it
to its test.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.pooling import pool2d, pool2d_backward
from cnnviz.model.layer import SHOWING, Layer, Shape, number, set_fields
from cnnviz.model.old_layers import PartialConv2d, RadialBasis, Subsample
from cnnviz.model.sequence_layers import Conv1d
from cnnviz.model.sliding_layers import Conv2d
from cnnviz.window import Window, whole


@dataclass(frozen=True)
class BareConv2d(Conv2d):
    """A convolution without biases: the batch normalisation that follows has shifts."""

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn the kernels only."""
        return {"weights": super().parameter_shapes(shape)["weights"]}

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Correlate."""
        return conv2d(x, parameters[0], **self._sliding)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Hand on to `conv2d_backward`."""
        dx, dw, _ = conv2d_backward(x, parameters[0], dy, **self._sliding, input_gradient=input_gradient)
        return dx, (dw,)


@dataclass(frozen=True)
class GlobalMeanPool(Layer):
    """Takes the mean of every map, or signal."""

    kind: ClassVar[str] = "mean"

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Global {self.kind} pool"

    def output_shape(self, shape: Shape) -> Shape:
        """Make a number of each map."""
        if len(shape) < 2:
            raise ValueError(f"its input must have channels and at least one more axis, got shape {shape}")
        return shape[:1]

    def windows_on(self, shape: Shape) -> None:  # noqa: ARG002
        """See everything."""
        return

    def work(self, shape: Shape) -> int:
        """Count the cells."""
        return prod(shape)

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Pool every map with a window of its own size."""
        maps = x.reshape(*x.shape[:2], x.shape[2], -1)
        return pool2d(maps, self.kind, maps.shape[2:])[:, :, 0, 0]

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Give each gradient back to the cells it came from."""
        if not input_gradient:
            return None, ()
        maps = x.reshape(*x.shape[:2], x.shape[2], -1)
        return pool2d_backward(maps, self.kind, maps.shape[2:], dy[:, :, None, None]).reshape(x.shape), ()


@dataclass(frozen=True)
class GlobalMaxPool(GlobalMeanPool):
    """Keeps the largest value of every map or signal: over the words of a sentence, max over time."""

    kind: ClassVar[str] = "max"


@dataclass(frozen=True)
class LocalResponseNorm(Layer):
    """Divides every number by how strongly the channels around it answer at the same place.

    y_c = x_c / (k + alpha * sum of x² over ``size`` channels around c) ** beta, as in section 3.3 of
    Krizhevsky et al. (2012). PyTorch divides its alpha by ``size``.
    """

    size: int = 5
    alpha: float = 1e-4
    beta: float = 0.75
    k: float = 2.0

    def __post_init__(self) -> None:
        """Check."""
        whole("size", self.size, 1)
        for name, least in (("alpha", 0.0), ("beta", 0.0), ("k", 1e-12)):
            set_fields(self, **{name: number(name, getattr(self, name), least, 1e6)})

    @property
    def title(self) -> str:
        """Name the layer."""
        return "Local response norm"

    def _around(self, x: np.ndarray) -> np.ndarray:
        """Add up over the channels around each one."""
        before = self.size // 2
        after = self.size - before - 1
        sides = [(0, 0)] * x.ndim
        sides[1] = (before, after)
        padded = np.pad(x, sides)
        total = np.zeros_like(x)
        for shift in range(self.size):
            total += padded[:, shift : shift + x.shape[1]]
        return total

    def _divisor(self, x: np.ndarray) -> np.ndarray:
        return x.dtype.type(self.k) + x.dtype.type(self.alpha) * self._around(x * x)

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Divide."""
        return x * self._divisor(x) ** x.dtype.type(-self.beta)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Let every channel answer for its part in the divisors around it."""
        if not input_gradient:
            return None, ()
        divisor = self._divisor(x)
        power = divisor ** x.dtype.type(-self.beta)
        turned = (dy * x * power / divisor)[:, ::-1]  # who looks at me lies around me the other way round
        shared = self._around(turned)[:, ::-1]
        return dy * power - x.dtype.type(2 * self.alpha * self.beta) * x * shared, ()


@dataclass(frozen=True)
class PositionBias(Layer):
    """Adds a bias of its own at every place of every map."""

    @property
    def title(self) -> str:
        """Name the layer."""
        return "Position bias"

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a number for each number."""
        return {"bias": shape}

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Add."""
        return x + parameters[0]

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Hand the gradient on, and its sum over the examples."""
        return dy if input_gradient else None, (dy.sum(axis=0),)


@dataclass(frozen=True)
class Shortcut(Layer):
    """Takes every ``stride``-th cell and adds maps of zeros: a shortcut that learns nothing.

    He et al. (2016), Deep residual learning for image recognition, section 3.3, option A.
    """

    channels: int
    stride: int = 2

    def __post_init__(self) -> None:
        """Check."""
        whole("channels", self.channels, 1)
        whole("stride", self.stride, 1)

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Shortcut {self.channels}"

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:
        """Look at one cell, and step."""
        return tuple(Window(1, self.stride) for _ in shape[1:])

    def output_shape(self, shape: Shape) -> Shape:
        """Take fewer cells and more maps."""
        if len(shape) < 2 or shape[0] > self.channels:
            raise ValueError(f"its input must have at most {self.channels} maps, got shape {shape}")
        sizes = zip(self.windows_on(shape), shape[1:], strict=True)
        return self.channels, *(window.output_size(length) for window, length in sizes)

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Step and pad."""
        y = np.zeros((len(x), *self.output_shape(x.shape[1:])), x.dtype)
        y[:, : x.shape[1]] = x[(..., *self._steps(x))]
        return y

    def _steps(self, x: np.ndarray) -> tuple[slice, ...]:
        return (slice(None, None, self.stride),) * (x.ndim - 2)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Give the gradient to the cells that were taken."""
        if not input_gradient:
            return None, ()
        dx = np.zeros_like(x)
        dx[(..., *self._steps(x))] = dy[:, : x.shape[1]]
        return dx, ()


PUBLISHED_LAYERS: dict[str, type[Layer]] = {
    layer.__name__: layer
    for layer in (
        BareConv2d,
        Conv1d,
        GlobalMeanPool,
        GlobalMaxPool,
        LocalResponseNorm,
        PartialConv2d,
        PositionBias,
        RadialBasis,
        Shortcut,
        Subsample,
    )
}

"""The layers of LeNet-5 as it was published: trained subsampling, partial connections, distances to codes.

LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document recognition.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.pooling import pool2d, pool2d_backward
from cnnviz.model.layer import SHOWING, Layer, Shape, set_fields
from cnnviz.model.sliding_layers import Padding, Pair
from cnnviz.window import Window, whole, window_pair


@dataclass(frozen=True)
class Subsample(Layer):
    """Adds up windows that touch, times a coefficient, plus a bias: both learned for each map."""

    size: Pair = 2

    def __post_init__(self) -> None:
        """Check, and write a single number as a pair."""
        rows, columns = window_pair(self.size)
        set_fields(self, size=(rows.size, columns.size))

    @property
    def title(self) -> str:
        """Name the layer."""
        rows, columns = self._cells
        return f"Subsample {rows}×{columns}"

    @property
    def _cells(self) -> tuple[int, int]:
        rows, columns = self.windows
        return rows.size, columns.size

    @property
    def windows(self) -> tuple[Window, Window]:
        """How its windows lie."""
        return window_pair(self.size, self.size)

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:  # noqa: ARG002
        """Look through its windows."""
        return self.windows

    def output_shape(self, shape: Shape) -> Shape:
        """Shrink every map."""
        if len(shape) != 3:
            raise ValueError(f"its input must have the axes (C, H, W), got shape {shape}")
        rows, columns = self.windows
        return shape[0], rows.output_size(shape[1]), columns.output_size(shape[2])

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a coefficient and a bias for each map."""
        return {"scale": shape[:1], "bias": shape[:1]}

    def macs(self, shape: Shape) -> int:
        """Multiply once for each output."""
        return prod(self.output_shape(shape))

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Add up, scale and shift."""
        scale, bias = (part[:, None, None] for part in parameters)
        return self._sums(x) * scale + bias

    def _sums(self, x: np.ndarray) -> np.ndarray:
        return pool2d(x, "mean", self._cells) * x.dtype.type(prod(self._cells))

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Give every cell of a window the same."""
        gradients = (dy * self._sums(x)).sum(axis=(0, 2, 3)), dy.sum(axis=(0, 2, 3))
        if not input_gradient:
            return None, gradients
        dx = pool2d_backward(x, "mean", self._cells, dy * parameters[0][:, None, None])
        return dx * x.dtype.type(prod(self._cells)), gradients


@dataclass(frozen=True)
class PartialConv2d(Layer):
    """A convolution in which each filter sees only some maps: ``table`` lists them for each filter."""

    table: tuple[tuple[int, ...], ...]
    size: Pair
    stride: Pair = 1
    padding: Padding = 0

    def __post_init__(self) -> None:
        """Check, and write single numbers as pairs."""
        rows, columns = window_pair(self.size, self.stride, self.padding)
        table = tuple(tuple(whole("table", channel, 0) for channel in row) for row in self.table)
        if not table or not all(row and len(set(row)) == len(row) for row in table):
            raise ValueError(f"table must list different maps for each filter, got {self.table}")
        set_fields(
            self,
            table=table,
            size=(rows.size, columns.size),
            stride=(rows.stride, columns.stride),
            padding=(rows.padding, columns.padding),
        )

    @property
    def title(self) -> str:
        """Name the layer."""
        rows, columns = (window.size for window in self.windows)
        return f"Partial conv {len(self.table)} @ {rows}×{columns}"

    @property
    def windows(self) -> tuple[Window, Window]:
        """How its kernels slide down and across."""
        return window_pair(self.size, self.stride, self.padding)

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:  # noqa: ARG002
        """Look through its windows."""
        return self.windows

    def output_shape(self, shape: Shape) -> Shape:
        """Make a feature map for each filter."""
        if len(shape) != 3:
            raise ValueError(f"its input must have the axes (C, H, W), got shape {shape}")
        if max(map(max, self.table)) >= shape[0]:
            raise ValueError(
                f"table must name maps from 0 to {shape[0] - 1}, got {max(map(max, self.table))}"
            )
        rows, columns = self.windows
        return len(self.table), rows.output_size(shape[1]), columns.output_size(shape[2])

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:  # noqa: ARG002
        """Learn a kernel for each connection, and a bias for each filter."""
        rows, columns = self.windows
        return {"weights": (sum(map(len, self.table)), rows.size, columns.size), "bias": (len(self.table),)}

    def macs(self, shape: Shape) -> int:
        """Multiply every weight at every position."""
        return prod(self.parameter_shapes(shape)["weights"]) * prod(self.output_shape(shape)[1:])

    def _connections(self) -> tuple[list[int], list[int]]:
        """List filter and map of every connection."""
        pairs = [(place, channel) for place, row in enumerate(self.table) for channel in row]
        return [place for place, _ in pairs], [channel for _, channel in pairs]

    def _full(self, weights: np.ndarray, channels: int) -> np.ndarray:
        """Write the kernels of a full convolution, with zeros where nothing is connected."""
        full = np.zeros((len(self.table), channels, *weights.shape[1:]), weights.dtype)
        full[self._connections()] = weights
        return full

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Correlate."""
        weights, bias = parameters
        return conv2d(x, self._full(weights, x.shape[1]), bias, stride=self.stride, padding=self.padding)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Keep the gradients of what is connected."""
        full = self._full(parameters[0], x.shape[1])
        dx, dw, db = conv2d_backward(
            x, full, dy, stride=self.stride, padding=self.padding, input_gradient=input_gradient
        )
        return dx, (dw[self._connections()], db)


@dataclass(frozen=True)
class RadialBasis(Layer):
    """Measures how far its input lies from the code of each class: codes are chosen, not learned."""

    units: int

    def __post_init__(self) -> None:
        """Check."""
        whole("units", self.units, 1)

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Radial basis {self.units}"

    def output_shape(self, shape: Shape) -> Shape:
        """Give a distance for each class."""
        if len(shape) != 1:
            raise ValueError(f"its input must be flat, got shape {shape}")
        return (self.units,)

    def statistics_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Hold a code for each class."""
        return {"codes": (self.units, *shape)}

    def macs(self, shape: Shape) -> int:
        """Square every difference."""
        return self.units * shape[0]

    def windows_on(self, shape: Shape) -> None:  # noqa: ARG002
        """See everything."""
        return

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Add up squared differences."""
        return np.square(x[:, None] - given.statistics[0]).sum(axis=2)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Point away from every code."""
        if not input_gradient:
            return None, ()
        return 2 * (dy[:, :, None] * (x[:, None] - given.statistics[0])).sum(axis=1), ()

"""The layers that slide a window over maps: convolution, and pooling by the largest value or the mean."""

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, ClassVar

from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.pooling import pool2d, pool2d_backward
from cnnviz.model.layer import SHOWING, Layer, Shape, set_fields
from cnnviz.window import Window, whole, window_pair

Pair = int | tuple[int, int]
Padding = int | tuple[int, int] | tuple[tuple[int, int], tuple[int, int]]


def _maps(shape: Shape) -> tuple[int, int, int]:
    """Take a shape apart into channels, height and width."""
    if len(shape) != 3:
        raise ValueError(f"its input must have the axes (C, H, W), got shape {shape}")
    return shape[0], shape[1], shape[2]


def _slid(windows: tuple[Window, Window], height: int, width: int) -> tuple[int, int]:
    """Count the positions down and across."""
    return windows[0].output_size(height), windows[1].output_size(width)


def _padded(windows: tuple[Window, Window], shape: Shape) -> int:
    """Count the cells of all channels, with padding."""
    channels, height, width = _maps(shape)
    return channels * windows[0].padded(height) * windows[1].padded(width)


def _size(rows: int, columns: int) -> str:
    return f"{rows}×{columns}"


@dataclass(frozen=True)
class Conv2d(Layer):
    """Slides ``filters`` kernels over all channels; arguments as in `conv2d`."""

    filters: int
    size: Pair
    stride: Pair = 1
    padding: Padding = 0
    dilation: Pair = 1
    groups: int = 1

    def __post_init__(self) -> None:
        """Check, and write single numbers as pairs."""
        whole("filters", self.filters, 1)
        whole("groups", self.groups, 1)
        if self.filters % self.groups:
            raise ValueError(f"groups must divide the {self.filters} filters, got {self.groups}")
        rows, columns = self.windows
        set_fields(
            self,
            size=(rows.size, columns.size),
            stride=(rows.stride, columns.stride),
            padding=(rows.padding, columns.padding),
            dilation=(rows.dilation, columns.dilation),
        )

    @cached_property
    def windows(self) -> tuple[Window, Window]:
        """How its kernels slide down and across."""
        return window_pair(self.size, self.stride, self.padding, self.dilation)

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:  # noqa: ARG002
        """Look through its windows."""
        return self.windows

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Conv {self.filters} @ {_size(*(window.size for window in self.windows))}"

    def output_shape(self, shape: Shape) -> Shape:
        """Make a feature map for each filter."""
        channels, height, width = _maps(shape)
        if channels % self.groups:
            raise ValueError(f"groups must divide the {channels} channels of its input, got {self.groups}")
        return self.filters, *_slid(self.windows, height, width)

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a kernel over the channels of its group, and a bias, for each filter."""
        rows, columns = self.windows
        kernels = (self.filters, shape[0] // self.groups, rows.size, columns.size)
        return {"weights": kernels, "bias": (self.filters,)}

    def macs(self, shape: Shape) -> int:
        """Multiply every weight at every position."""
        return prod(self.parameter_shapes(shape)["weights"]) * prod(self.output_shape(shape)[1:])

    def reads(self, shape: Shape) -> int:
        """Count the cells with padding."""
        return _padded(self.windows, shape)

    @property
    def _sliding(self) -> dict[str, Any]:
        return {
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "groups": self.groups,
        }

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Correlate."""
        return conv2d(x, *parameters, **self._sliding)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Hand on to `conv2d_backward`."""
        dx, *gradients = conv2d_backward(x, parameters[0], dy, **self._sliding, input_gradient=input_gradient)
        return dx, tuple(gradients)


@dataclass(frozen=True)
class MaxPool(Layer):
    """Keeps the largest value of each window; ``stride`` None moves it by its own size."""

    kind: ClassVar[str] = "max"

    size: Pair
    stride: Pair | None = None
    padding: Padding = 0

    def __post_init__(self) -> None:
        """Check, and write single numbers as pairs."""
        rows, columns = self.windows
        for axis in (rows, columns):
            if max(axis.padding) >= axis.size:
                raise ValueError(
                    f"padding must be smaller than the window of {axis.size}, got {max(axis.padding)}"
                )
        set_fields(
            self,
            size=(rows.size, columns.size),
            stride=(rows.stride, columns.stride),
            padding=(rows.padding, columns.padding),
        )

    @cached_property
    def windows(self) -> tuple[Window, Window]:
        """How the window slides down and across."""
        return window_pair(self.size, self.size if self.stride is None else self.stride, self.padding)

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:  # noqa: ARG002
        """Look through its windows."""
        return self.windows

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"{self.kind.capitalize()} pool {_size(*(window.size for window in self.windows))}"

    def output_shape(self, shape: Shape) -> Shape:
        """Shrink every map."""
        channels, height, width = _maps(shape)
        return channels, *_slid(self.windows, height, width)

    def reads(self, shape: Shape) -> int:
        """Count the cells with padding."""
        return _padded(self.windows, shape)

    def work(self, shape: Shape) -> int:
        """Count the cells of all windows, as far as they lie on the map."""
        rows, columns = self.windows
        return prod(self.output_shape(shape)) * min(rows.size, shape[1]) * min(columns.size, shape[2])

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Pool every map by itself."""
        return pool2d(x, self.kind, self.size, stride=self.stride, padding=self.padding)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Give each gradient back to the cells it came from."""
        if not input_gradient:
            return None, ()
        return pool2d_backward(x, self.kind, self.size, dy, stride=self.stride, padding=self.padding), ()


@dataclass(frozen=True)
class MeanPool(MaxPool):
    """Takes the average of each window; padding does not count."""

    kind: ClassVar[str] = "mean"

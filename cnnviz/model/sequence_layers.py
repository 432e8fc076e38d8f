"""Layers over signals, of axes (C, L): a convolution along one axis, such as the words of a sentence."""

from dataclasses import dataclass
from math import prod

from cnnviz.kernels.convolution import conv1d, conv1d_backward
from cnnviz.model.layer import SHOWING, Layer, Shape, set_fields
from cnnviz.window import Window, whole


@dataclass(frozen=True)
class Conv1d(Layer):
    """Slides ``filters`` kernels along all channels; arguments as in `conv1d`."""

    filters: int
    size: int
    stride: int = 1
    padding: int | tuple[int, int] = 0
    dilation: int = 1
    groups: int = 1

    def __post_init__(self) -> None:
        """Check, and write the padding as a pair."""
        whole("filters", self.filters, 1)
        whole("groups", self.groups, 1)
        if self.filters % self.groups:
            raise ValueError(f"groups must divide the {self.filters} filters, got {self.groups}")
        set_fields(self, padding=self.window.padding)

    @property
    def window(self) -> Window:
        """How its kernels slide."""
        sides = self.padding if isinstance(self.padding, (tuple, list)) else (self.padding, self.padding)
        before, after = sides
        return Window(self.size, self.stride, (before, after), self.dilation)

    def windows_on(self, shape: Shape) -> tuple[Window, ...]:  # noqa: ARG002
        """Look through its window."""
        return (self.window,)

    @property
    def title(self) -> str:
        """Name the layer."""
        return f"Conv {self.filters} @ {self.size}"

    def output_shape(self, shape: Shape) -> Shape:
        """Make a signal for each filter."""
        if len(shape) != 2:
            raise ValueError(f"its input must have the axes (C, L), got shape {shape}")
        if shape[0] % self.groups:
            raise ValueError(f"groups must divide the {shape[0]} channels of its input, got {self.groups}")
        return self.filters, self.window.output_size(shape[1])

    def parameter_shapes(self, shape: Shape) -> dict[str, Shape]:
        """Learn a kernel over the channels of its group, and a bias, for each filter."""
        return {"weights": (self.filters, shape[0] // self.groups, self.size), "bias": (self.filters,)}

    def macs(self, shape: Shape) -> int:
        """Multiply every weight at every position."""
        return prod(self.parameter_shapes(shape)["weights"]) * self.output_shape(shape)[1]

    def reads(self, shape: Shape) -> int:
        """Count the samples with padding."""
        return shape[0] * self.window.padded(shape[1])

    def forward(self, parameters, x, given=SHOWING):  # noqa: ARG002
        """Correlate."""
        return conv1d(x, *parameters, **self._sliding)

    def backward(self, parameters, x, dy, given=SHOWING, input_gradient=True):  # noqa: ARG002
        """Hand on to `conv1d_backward`."""
        dx, *gradients = conv1d_backward(x, parameters[0], dy, **self._sliding)
        return dx if input_gradient else None, tuple(gradients)

    @property
    def _sliding(self) -> dict:
        return {
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "groups": self.groups,
        }

"""How a window slides along an axis: the one place that knows where it stops and how often.

Convolution, pooling, the output-size formula, the animation and the receptive field all ask a
`Window` the same two questions: how many positions are there, and where does each one start?
To add a question about sliding, add a method here; nothing else may divide by a stride.
"""

import operator
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd
from typing import ClassVar


@dataclass(frozen=True)
class Window:
    """How a kernel of ``size`` cells, ``dilation`` apart, slides along one axis.

    Parameters
    ----------
    size : int
        Cells the kernel reads at each stop.
    stride : int
        Cells it moves from one stop to the next.
    padding : tuple of int
        Cells added before and after the axis.
    dilation : int
        Distance between neighbouring cells of the kernel; 1 means they touch.

    Raises
    ------
    ValueError
        If an argument is not a whole number, or is out of its range.

    Notes
    -----
    Output size as in Dumoulin and Visin (2016), A guide to convolution arithmetic, eq. 14.
    """

    LATEX: ClassVar[str] = r"o = \left\lfloor \frac{i + p_0 + p_1 - d(k-1) - 1}{s} \right\rfloor + 1"

    size: int
    stride: int = 1
    padding: tuple[int, int] = (0, 0)
    dilation: int = 1

    def __post_init__(self) -> None:
        """Refuse impossible windows, and store plain integers."""
        before, after = self.padding
        object.__setattr__(self, "size", whole("size", self.size, 1))
        object.__setattr__(self, "stride", whole("stride", self.stride, 1))
        object.__setattr__(self, "dilation", whole("dilation", self.dilation, 1))
        padding = (whole("padding", before, 0), whole("padding", after, 0))
        object.__setattr__(self, "padding", padding)

    @property
    def extent(self) -> int:
        """Cells from the first to the last one the kernel reads, both included."""
        return self.dilation * (self.size - 1) + 1

    def padded(self, length: int) -> int:
        """Length of the axis with its padding."""
        return length + sum(self.padding)

    def output_size(self, length: int) -> int:
        """Count the positions on an axis of ``length`` cells.

        Raises
        ------
        ValueError
            If the axis is empty or the window does not fit on it once.
        """
        length = whole("length", length, 1)
        if self.extent > self.padded(length):
            reach = f"size must reach over at most {self.padded(length)} padded cells"
            raise ValueError(f"{reach}, got {self.size} (reaching over {self.extent})")
        return (self.padded(length) - self.extent) // self.stride + 1

    def starts(self, length: int) -> range:
        """First cell of every position; negative means in the padding."""
        first = -self.padding[0]
        return range(first, first + self.stride * self.output_size(length), self.stride)

    def cells(self, start: int) -> range:
        """Cells that the kernel reads when it starts at ``start``."""
        return range(start, start + self.extent, self.dilation)

    def readers(self, length: int) -> Iterator["Readers"]:
        """Tell, for the cells of an axis, which cells of the kernel read them and for which output.

        Every stride-th cell is read by the same cells of the kernel, so these are answered together;
        cells that no cell of the kernel reads are left out.
        """
        common = gcd(self.stride, self.dilation)
        for cell in range(min(self.stride, length)):
            place = cell + self.padding[0]
            reading = [u for u in range(self.size) if (place - u * self.dilation) % self.stride == 0]
            if reading:
                first = (place - reading[-1] * self.dilation) // self.stride
                backwards = slice(reading[-1], None, -(self.stride // common))
                yield Readers(slice(cell, length, self.stride), backwards, first, self.dilation // common)

    def left_over(self, length: int) -> int:
        """Cells at the end of the padded axis that no position reaches: the stride does not divide."""
        return self.padded(length) - self.extent - self.stride * (self.output_size(length) - 1)

    def rounded_up(self, length: int) -> "Window":
        """Pad the end just enough that nothing is left over (ceil instead of floor)."""
        missing = -self.left_over(length) % self.stride
        return replace(self, padding=(self.padding[0], self.padding[1] + missing))

    def same(self, length: int) -> "Window":
        """Pad for ceil(length / stride) cells of output; an odd cell goes after, as in TensorFlow."""
        wanted = -(-length // self.stride)
        total = max(self.stride * (wanted - 1) + self.extent - length, 0)
        return replace(self, padding=(total // 2, total - total // 2))

    def full(self) -> "Window":
        """Pad so that every overlap of kernel and axis is a position."""
        return replace(self, padding=(self.extent - 1, self.extent - 1))

    def behind(self, before: "Window") -> "Window":
        """Look through another window that slid first: the one window that reads as much, and stops as often.

        Its size, stride and padding are the size, jump and start of a receptive field, as in Araujo et al.
        (2019), Computing receptive fields of convolutional neural networks, eq. 3 to 5.
        """
        first, last = (
            own * before.stride + below for own, below in zip(self.padding, before.padding, strict=True)
        )
        size = before.extent + (self.extent - 1) * before.stride
        return Window(size, before.stride * self.stride, (first, last))


@dataclass(frozen=True)
class Readers:
    """Some cells of an axis and the cells of a kernel that read them, which are listed backwards.

    The first of ``cells`` was read by cell i of ``kernel`` for the output at ``first + i * apart``, and each
    next cell for the next output; an output that does not exist read nothing.
    """

    cells: slice
    kernel: slice
    first: int
    apart: int


def whole(name: str, value: object, least: int) -> int:
    """Return ``value`` as an int, or say what it should have been."""
    if type(value) is int and value >= least:  # nearly always, and soon answered
        return value
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ValueError(f"{name} must be a whole number, got {value!r}") from None
    if isinstance(value, bool) or number < least:
        raise ValueError(f"{name} must be at least {least}, got {value!r}")
    return number


def window_pair(size, stride=1, padding=0, dilation=1) -> tuple[Window, Window]:
    """Make the windows of rows and columns from arguments written as in PyTorch.

    Parameters
    ----------
    size, stride, dilation : int or pair of int
        One number for both axes, or (rows, columns).
    padding : int, (rows, columns) or ((top, bottom), (left, right))
        Cells added around the image.

    Returns
    -------
    rows, columns : Window

    Raises
    ------
    ValueError
        With the name of the argument, what it must be and what it was.
    """
    sizes, strides, dilations = (
        _pair(name, value) for name, value in (("size", size), ("stride", stride), ("dilation", dilation))
    )
    sides = [_pair("padding", side) for side in _pair("padding", padding)]
    rows, columns = (Window(*row) for row in zip(sizes, strides, sides, dilations, strict=True))
    return rows, columns


def _pair(name: str, value):
    """Double a single number; pass a pair on."""
    if not isinstance(value, (tuple, list)):
        return value, value
    if len(value) != 2:
        raise ValueError(f"{name} must be one number or a pair, got {value!r}")
    return tuple(value)

"""Every position of a window as a `Step`: the one trace that animation, formula, table and code all read.

A test binds the steps to the compiled loop, so that two tellings of one thing agree. To tell a step in
a new way, write a function that reads a `Trace`; do not compute products anywhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.convolution import conv2d
from cnnviz.presets.matrices import Setup
from cnnviz.window import Window


@dataclass(frozen=True)
class Step:
    """One stop of a kernel: where it is, what it reads there, and what comes out.

    ``operands``, ``weights`` and ``products`` have the shape (C, K, L); a cell in the padding reads 0.
    """

    index: int
    start: tuple[int, int]  # row and column of the first cell; negative means in the padding
    output: tuple[int, int]
    operands: np.ndarray
    weights: np.ndarray
    bias: float
    value: float

    @cached_property
    def products(self) -> np.ndarray:
        """Value times weight, cell by cell."""
        return self.operands * self.weights

    @cached_property
    def channel_sums(self) -> np.ndarray:
        """The partial sum of each channel, of shape (C,)."""
        return self.products.sum(axis=(1, 2))


@dataclass(frozen=True, eq=False)
class Trace:
    """A convolution of one image with one kernel, ready to be walked through stop by stop.

    Parameters
    ----------
    image : ndarray of shape (C, H, W)
        What the kernel slides over, float64.
    kernel : ndarray of shape (C, K, L)
        The weights, as written down.
    rows, columns : Window
        How the kernel moves along each axis.
    bias : float
        Added at every stop.
    flip : bool
        True for the mathematician's convolution: the kernel is turned by 180 degrees before it slides.
    """

    image: np.ndarray
    kernel: np.ndarray
    rows: Window
    columns: Window
    bias: float = 0.0
    flip: bool = False

    @classmethod
    def of(cls, setup: Setup) -> "Trace":
        """Walk through a convolution as set up on a page."""
        image, kernel = np.array([setup.image], dtype=float), np.array([setup.kernel], dtype=float)
        return cls(image, kernel, *setup.windows, setup.bias, setup.flip)

    @cached_property
    def placed(self) -> np.ndarray:
        """The kernel as it lies on the image."""
        return self.kernel[:, ::-1, ::-1] if self.flip else self.kernel

    @cached_property
    def output(self) -> np.ndarray:
        """The feature map, of shape (H', W'), as the compiled loop computes it."""
        y = conv2d(
            self.image[None],
            self.kernel[None],
            np.array([self.bias]),
            stride=(self.rows.stride, self.columns.stride),
            padding=(self.rows.padding, self.columns.padding),
            dilation=(self.rows.dilation, self.columns.dilation),
            flip=self.flip,
        )
        return y[0, 0]

    @cached_property
    def padded(self) -> np.ndarray:
        """The image with its border of zeros."""
        return np.pad(self.image, ((0, 0), self.rows.padding, self.columns.padding))

    @cached_property
    def colour_ends(self) -> dict[str, float]:
        """Where the colours of input, kernel and output end.

        Equal values look equal on input and output, unless one of the two would fade away.
        """
        maps = {"input": self.image, "kernel": self.kernel, "output": self.output}
        ends = {
            name: float(np.max(np.abs(map_), where=np.isfinite(map_), initial=0))
            for name, map_ in maps.items()
        }
        least, most = sorted((ends["input"], ends["output"]))
        if most <= 4 * least:
            ends["input"] = ends["output"] = most
        return {name: end or 1.0 for name, end in ends.items()}

    def __len__(self) -> int:
        _, height, width = self.image.shape
        return self.rows.output_size(height) * self.columns.output_size(width)

    def __getitem__(self, index: int) -> Step:
        if not 0 <= index < len(self):
            raise IndexError(f"step must be from 0 to {len(self) - 1}, got {index}")
        _, height, width = self.image.shape
        i, j = divmod(index, self.columns.output_size(width))
        top, left = self.rows.starts(height)[i], self.columns.starts(width)[j]
        read_rows = [cell + self.rows.padding[0] for cell in self.rows.cells(top)]
        read_columns = [cell + self.columns.padding[0] for cell in self.columns.cells(left)]
        operands = self.padded[:, read_rows][:, :, read_columns]
        value = float(self.output[i, j])
        return Step(index, (top, left), (i, j), operands, self.placed, self.bias, value)

    def __iter__(self) -> Iterator[Step]:
        return (self[index] for index in range(len(self)))

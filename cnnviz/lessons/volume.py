"""A convolution over several channels as stops: partial sums by channel, in two directions or in three.

A 3-D convolution is a sum over the planes of the kernel of 2-D convolutions by the compiled loop. An image is
a volume of one plane, on which a kernel of one plane cannot move along depth: so both are told by one trace.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.convolution import conv2d
from cnnviz.presets.volumes import Volume
from cnnviz.window import Window


@dataclass(frozen=True)
class VolumeStep:
    """One stop: where the kernel is, what it reads there, and what comes out.

    ``operands``, ``weights`` and ``products`` have the shape (C, T, K, L), T planes of K rows and L columns.
    """

    index: int
    start: tuple[int, int, int]  # plane, row and column of the first cell; negative means in the padding
    output: tuple[int, int, int]
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
        return self.products.sum(axis=(1, 2, 3))


@dataclass(frozen=True, eq=False)
class VolumeTrace:
    """A convolution of one volume with one filter, ready to be walked through stop by stop.

    Parameters
    ----------
    volume : ndarray of shape (C, D, H, W)
        What the filter moves through, float64.
    kernel : ndarray of shape (C, T, K, L)
        The filter: a slice of T planes for each channel.
    depth, rows, columns : Window
        How it moves along each axis; ``depth`` has no padding.
    bias : float
        Added at every stop.
    """

    volume: np.ndarray
    kernel: np.ndarray
    depth: Window
    rows: Window
    columns: Window
    bias: float = 0.0

    @classmethod
    def of(cls, setup: Volume) -> "VolumeTrace":
        """Walk through a 3-D convolution as set up on a page."""
        volume, kernel = np.array(setup.volume, dtype=float), np.array(setup.kernel, dtype=float)
        return cls(volume, kernel, *setup.windows, setup.bias)

    @property
    def windows(self) -> tuple[Window, Window, Window]:
        """How the filter moves along planes, rows and columns."""
        return self.depth, self.rows, self.columns

    @cached_property
    def output(self) -> np.ndarray:
        """All sums, of shape (D', H', W')."""
        return self._summed(self.kernel[None], 1)[:, 0] + self.bias

    @cached_property
    def partials(self) -> np.ndarray:
        """The sum of each channel by itself, without the bias, of shape (C, D', H', W')."""
        return self._summed(self.kernel[:, None], len(self.kernel)).swapaxes(0, 1)

    def _summed(self, filters: np.ndarray, groups: int) -> np.ndarray:
        """Add up the 2-D convolutions by the planes of the filters (O, C / groups, T, K, L)."""
        starts = self.depth.starts(self.volume.shape[1])
        total = 0
        for plane, offset in enumerate(self.depth.cells(0)):
            images = self.volume[:, [start + offset for start in starts]].swapaxes(0, 1)
            total = total + conv2d(
                images,
                filters[:, :, plane],
                stride=(self.rows.stride, self.columns.stride),
                padding=(self.rows.padding, self.columns.padding),
                dilation=(self.rows.dilation, self.columns.dilation),
                groups=groups,
            )
        return np.asarray(total)

    @cached_property
    def padded(self) -> np.ndarray:
        """The volume with the zeros around its rows and columns."""
        return np.pad(self.volume, ((0, 0), (0, 0), self.rows.padding, self.columns.padding))

    def __len__(self) -> int:
        return self.output.size

    def __getitem__(self, index: int) -> VolumeStep:
        if not 0 <= index < len(self):
            raise IndexError(f"step must be from 0 to {len(self) - 1}, got {index}")
        at = tuple(int(place) for place in np.unravel_index(index, self.output.shape))
        start = [w.starts(n)[i] for w, n, i in zip(self.windows, self.volume.shape[1:], at, strict=True)]
        read = [
            [cell + window.padding[0] for cell in window.cells(first)]
            for window, first in zip(self.windows, start, strict=True)
        ]
        planes, rows, columns = np.ix_(*read)
        operands = self.padded[:, planes, rows, columns]
        place, first = (at[0], at[1], at[2]), (start[0], start[1], start[2])
        return VolumeStep(index, first, place, operands, self.kernel, self.bias, float(self.output[place]))

    def __iter__(self) -> Iterator[VolumeStep]:
        return (self[index] for index in range(len(self)))

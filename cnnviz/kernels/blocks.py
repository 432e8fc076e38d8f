"""A convolution with the ReLU and the pooling behind it as one block, for training: `ConvolutionBlock`.

A block computes what `conv2d`, ReLU and `pool2d` compute one after the other, in float32, without writing
down what lies between. It is for finite numbers only and says when it met others. desks.py does the work.
"""

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.block_sheets import Arrangement, Sheet, filled, grid
from cnnviz.kernels.block_tiles import WINDOWS
from cnnviz.kernels.emitting import WINDOW
from cnnviz.kernels.gradient_loops import CELL_LANES
from cnnviz.kernels.gradient_tiles import LANES, RUNS
from cnnviz.kernels.tiles import ROWS
from cnnviz.kernels.winograd import POINTS, SIZE
from cnnviz.window import Window


class Pairs(NamedTuple):
    """Two neighbouring cells of a kernel at a time: where the first stands, and which they are."""

    offsets: np.ndarray
    first: np.ndarray
    second: np.ndarray


def paired(offsets: np.ndarray) -> Pairs:
    """Take two neighbours together where they are neighbours, and else one alone (-1)."""
    first, second, cell = [], [], 0
    while cell < len(offsets):
        two = cell + 1 < len(offsets) and offsets[cell + 1] == offsets[cell] + 1
        first.append(cell)
        second.append(cell + 1 if two else -1)
        cell += 1 + two
    return Pairs(offsets[first], np.array(first, np.intp), np.array(second, np.intp))


class WayBack(NamedTuple):
    """Where gradients stand, where those of an input cell begin, and which of them it reads."""

    sheet: Sheet
    inside: np.ndarray
    bases: np.ndarray
    offsets: np.ndarray
    pairs: Pairs


@dataclass(frozen=True)
class ConvolutionBlock:
    """A convolution of images of ``shape`` (C, H, W), then ReLU and a pooling of 2 x 2 if wanted.

    The largest is pooled, where ``relu`` before or after is the same, or the ``mean`` of what ReLU left.
    """

    shape: tuple[int, int, int]
    filters: int
    rows: Window
    columns: Window
    relu: bool = False
    pooled: bool = False
    mean: bool = False

    @cached_property
    def kernels(self) -> tuple[int, int, int, int]:
        """Shape of the weights."""
        return self.filters, self.shape[0], self.rows.size, self.columns.size

    @cached_property
    def convolved(self) -> tuple[int, int]:
        """Height and width before pooling."""
        return self.rows.output_size(self.shape[1]), self.columns.output_size(self.shape[2])

    @cached_property
    def output(self) -> tuple[int, int, int]:
        """Shape of what it gives."""
        height, width = self.convolved
        return (self.filters, height // 2, width // 2) if self.pooled else (self.filters, height, width)

    @cached_property
    def outputs(self) -> int:
        """Pixels of a map that it gives."""
        return prod(self.output[1:])

    @cached_property
    def sheet(self) -> Sheet:
        """What it reads."""
        channels, height, width = self.shape
        sides = self.rows.padding[0], self.columns.padding[0]
        return Sheet(channels, self.rows.padded(height), self.columns.padded(width), *sides)

    @cached_property
    def read(self) -> Arrangement:
        """Where its input has to stand in its sheet."""
        return self.sheet.arrangement(*self.shape[1:])

    @cached_property
    def bases(self) -> np.ndarray:
        """Where windows begin: row by row, or the four of each pooled window together."""
        height, width = self.convolved
        down, right = np.arange(height) * self.rows.stride, np.arange(width) * self.columns.stride
        if not self.pooled:
            return filled(grid(self.sheet, down, right))
        height, width = self.output[1:]
        corners = self.sheet.at(down[: 2 * height], 0)[:, None] + self.sheet.at(0, right[: 2 * width])
        squares = corners.reshape(height, 2, width, 2).swapaxes(1, 2).reshape(-1, WINDOW)
        more = -len(squares) % WINDOWS  # whole windows again, as a tile looks for four cells from the first
        return np.append(squares, np.repeat(squares[-1:], more, axis=0)).astype(np.intp)

    @property
    def touching(self) -> bool:
        """Tell whether neighbouring windows begin in neighbouring cells."""
        return self.rows.stride == self.columns.stride == 1

    @cached_property
    def by_points(self) -> bool:
        """Tell whether the method of Winograd serves."""
        alike = all((one.size, one.dilation) == (SIZE, 1) for one in (self.rows, self.columns))
        return self.pooled and self.touching and alike and self.shape[0] % LANES == 0

    @cached_property
    def lines(self) -> tuple[int, np.ndarray]:
        """Count the numbers of a row, and tell where pooled windows begin in its values at the points."""
        row, (height, width) = self.sheet.columns * self.shape[0], self.output[1:]
        down, right = np.arange(height) * POINTS * row, np.arange(width) * 2 * self.shape[0]
        return row, filled((down[:, None] + right).reshape(-1))

    @cached_property
    def offsets(self) -> np.ndarray:
        """Where the cells of a kernel stand in a window: rows, columns, channels."""
        grid = _cells(self.sheet, self.rows, self.columns)
        more = -len(grid) % ROWS
        return np.append(grid, np.zeros(more)).astype(np.intp)

    @cached_property
    def pairs(self) -> Pairs:
        """The cells of a kernel two at a time."""
        return paired(self.offsets[: prod(self.kernels[1:])])

    @cached_property
    def runs(self) -> tuple[np.ndarray, np.ndarray]:
        """Where vectors of neighbouring cells begin in a window, and in which slot each cell is then."""
        offsets = self.offsets[: prod(self.kernels[1:])]
        length = self.shape[0] * (self.columns.size if self.columns.dilation == 1 else 1)
        vectors = -(-length // LANES)
        first = offsets.reshape(-1, length)[:, :1] + LANES * np.arange(vectors)
        slots = np.arange(len(first))[:, None] * vectors * LANES + np.arange(length)
        starts = first.reshape(-1)
        starts = np.append(starts, np.repeat(starts[-1:], -len(starts) % RUNS))
        return starts.astype(np.intp), slots.reshape(-1).astype(np.intp)

    @cached_property
    def way_back(self) -> WayBack:
        """Lay out gradients for a stride of 1, where they go back as through a convolution."""
        _, height, width = self.shape
        top, left = self.rows.extent - 1, self.columns.extent - 1
        above, before = self.rows.padding[0], self.columns.padding[0]
        tall = max(above + height, self.convolved[0]) + top
        wide = max(before + width, self.convolved[1]) + left
        sheet = Sheet(self.filters, tall, wide, top, left)
        bases = grid(sheet, np.arange(height) + above, np.arange(width) + before)
        inside = sheet.arrangement(*self.convolved).places
        offsets = _cells(sheet, self.rows, self.columns)
        return WayBack(sheet, inside, filled(bases), offsets, paired(offsets))

    @property
    def width(self) -> int:
        """Maps of a row of gradients, filled up to vectors."""
        half = CELL_LANES // 2
        return -(-self.filters // half) * half


def _cells(sheet: Sheet, rows: Window, columns: Window) -> np.ndarray:
    """Tell where the cells of a kernel stand in a window."""
    pixels = grid(sheet, np.arange(rows.size) * rows.dilation, np.arange(columns.size) * columns.dilation)
    return (pixels[:, None] + np.arange(sheet.channels)).reshape(-1).astype(np.intp)

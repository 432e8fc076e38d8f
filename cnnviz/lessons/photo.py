"""A filter as set up for a photo: the whole result by the fast loop, and one pixel of it number by number.

A test binds the two. To tell a pixel in a new way, read its `Probe`; do not compute products anywhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.filtering import filter_image, filter_windows, patch
from cnnviz.lessons.steps import Step, Trace
from cnnviz.presets.colour import TREATMENTS, Treatment
from cnnviz.presets.matrix_text import Rows
from cnnviz.window import Window

CHANNELS = ("Red", "Green", "Blue")


@dataclass(frozen=True)
class Probe:
    """One pixel of a result: which cells it read, and the steps whose products add up to it.

    ``rows`` and ``columns`` are those of the source that the kernel's cells fall on; negative or beyond the
    picture where they fall outside it. ``steps`` holds one `Step` for every plane of the result.
    """

    row: int
    column: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    names: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The value of each plane of the result."""
        return tuple(step.value for step in self.steps)


@dataclass(frozen=True)
class Filtering:
    """One kernel, how it moves over a picture, and what is done with the colours and the sums.

    ``kernel`` is as it slides: for a true convolution it has been turned already.
    """

    kernel: Rows
    treatment: str
    stride: int = 1
    dilation: int = 1
    border: str = "reflect"
    scale: float = 1.0
    offset: float = 0.0

    @cached_property
    def weights(self) -> np.ndarray:
        """The kernel as an array."""
        return np.array(self.kernel, dtype=np.float64)

    @property
    def colours(self) -> Treatment:
        """How the channels meet the kernel."""
        return TREATMENTS[self.treatment]

    def windows(self, image: np.ndarray) -> tuple[Window, Window]:
        """How the kernel slides down and to the right."""
        return filter_windows(image.shape, self.weights.shape, self.stride, self.dilation)

    def output_size(self, image: np.ndarray) -> tuple[int, int]:
        """Rows and columns of the result."""
        rows, columns = self.windows(image)
        return rows.output_size(image.shape[0]), columns.output_size(image.shape[1])

    def apply(self, image: np.ndarray, progress: Callable[[float], None] | None = None) -> np.ndarray:
        """Filter a picture.

        Parameters
        ----------
        image : ndarray of uint8, shape (H, W, 3)
        progress : callable, optional
            Called now and then with the fraction done.

        Returns
        -------
        ndarray of float32
            Of shape (H', W', 3) if each channel is filtered by itself, else (H', W').
        """
        return filter_image(
            self.colours.planes(image),
            self.weights,
            stride=self.stride,
            dilation=self.dilation,
            border=self.border,
            scale=self.scale,
            offset=self.offset,
            progress=progress,
        )

    def probe(self, image: np.ndarray, row: int, column: int) -> Probe:
        """Tell how one pixel of the result comes about; its scale is in the weights, its offset the bias."""
        cells = patch(
            image,
            self.weights.shape,
            row,
            column,
            stride=self.stride,
            dilation=self.dilation,
            border=self.border,
        )
        stacks, names = self._stacks(cells)
        steps = tuple(self._step(stack) for stack in stacks)
        rows, columns = (
            tuple(window.cells(window.starts(length)[at]))
            for window, length, at in zip(self.windows(image), image.shape, (row, column), strict=False)
        )
        return Probe(row, column, rows, columns, names, steps)

    def _stacks(self, cells: np.ndarray) -> tuple[list[np.ndarray], tuple[str, ...]]:
        """Sort a patch (K, L, 3) into what each plane of the result adds up, each of shape (C, K, L)."""
        channels = np.moveaxis(cells, 2, 0).astype(np.float64)
        if self.colours.weights is None:
            return [channels[at : at + 1] for at in range(3)], CHANNELS
        if self.colours.is_map:
            return [channels], (self.treatment,)
        mixed = np.tensordot(self.colours.weights, channels, 1)
        return [mixed.round(9)[None]], (self.treatment,)  # grey stays a whole number

    def _step(self, stack: np.ndarray) -> Step:
        """Walk the one stop of a kernel that covers its patch exactly."""
        kernel = np.broadcast_to(self.weights * self.scale, stack.shape).copy()
        rows, columns = (Window(size) for size in self.weights.shape)
        return Trace(stack, kernel, rows, columns, float(self.offset))[0]

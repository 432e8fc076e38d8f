"""A convolution of one matrix with another, as set up on a page: every number that decides what is shown."""

from dataclasses import dataclass, replace

import numpy as np

from cnnviz.presets.matrix_text import Rows, bounded
from cnnviz.presets.sliding import Pair, Slide
from cnnviz.window import Window

LARGEST_INPUT = 64
LARGEST_KERNEL = 11
PLAIN = Slide()


@dataclass(frozen=True)
class Setup:
    """A convolution as set up on a page: every number that decides what is shown.

    Parameters
    ----------
    image, kernel : rows of numbers
        What is slid over, and the weights as written down.
    slide : Slide
        How the kernel moves.
    bias : float
        Added at every stop.
    flip : bool
        True for the mathematician's convolution, which turns the kernel by 180 degrees.

    Raises
    ------
    ValueError
        If a matrix is too large or the kernel does not fit.
    """

    image: Rows
    kernel: Rows
    slide: Slide = PLAIN
    bias: float = 0.0
    flip: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be slid."""
        for name, shape, most in (
            ("input", self.input_shape, LARGEST_INPUT),
            ("kernel", self.kernel_shape, LARGEST_KERNEL),
        ):
            if not all(1 <= side <= most for side in shape):
                raise ValueError(f"{name} must be from 1 × 1 to {most} × {most}, got {shape[0]} × {shape[1]}")
        object.__setattr__(self, "bias", bounded("bias", self.bias))
        self.slide.windows(self.input_shape, self.kernel_shape)

    @property
    def input_shape(self) -> Pair:
        """Rows and columns of the input."""
        return len(self.image), len(self.image[0])

    @property
    def kernel_shape(self) -> Pair:
        """Rows and columns of the kernel."""
        return len(self.kernel), len(self.kernel[0])

    @property
    def windows(self) -> tuple[Window, Window]:
        """How the kernel moves along rows and along columns."""
        return self.slide.windows(self.input_shape, self.kernel_shape)

    @property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        rows, columns = (w.output_size(n) for w, n in zip(self.windows, self.input_shape, strict=True))
        return rows, columns

    def having(self, which: str, rows: Rows) -> "Setup":
        """Put other numbers in place of the "image" or the "kernel"."""
        return replace(self, image=rows) if which == "image" else replace(self, kernel=rows)

    def resized(self, which: str, shape: Pair) -> "Setup":
        """Crop or extend the "image" or the "kernel" at its end; new cells are 0."""
        before = self.image if which == "image" else self.kernel
        height, width = shape
        rows = [row[:width] + (0.0,) * (width - len(row)) for row in before[:height]]
        rows += [(0.0,) * width for _ in range(height - len(rows))]
        return self.having(which, tuple(rows))

    def with_cell(self, which: str, row: int, column: int, value: float) -> "Setup":
        """Put one number into the "image" or the "kernel"."""
        rows = [list(numbers) for numbers in (self.image if which == "image" else self.kernel)]
        rows[row][column] = bounded("value", value)
        return self.having(which, tuple(tuple(numbers) for numbers in rows))

    def shuffled(self, seed: int) -> "Setup":
        """Fill the input with small whole numbers, the same ones for the same seed."""
        drawn = np.random.default_rng(seed).integers(-3, 10, self.input_shape)
        return replace(self, image=tuple(tuple(float(value) for value in row) for row in drawn))

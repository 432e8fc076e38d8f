"""Inputs and kernels with a name: the worked examples of the lectures and of Dumoulin and Visin.

Each is one frozen `Example` that carries everything a page needs to show it. To add one, add a record to
`EXAMPLES` and its expected output to the test; menus and links follow.
"""

from dataclasses import dataclass, replace

import numpy as np

from cnnviz.presets.matrix_text import Rows, bounded, read_matrix
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


@dataclass(frozen=True)
class Example:
    """A worked example: where it is from, what to notice, and all its numbers."""

    title: str
    source: str
    notice: str
    setup: Setup
    erratum: str = ""  # where a lecture prints another number: the right one, in one sentence


def _example(title, source, notice, image, kernel, *, erratum="", bias=0.0, flip=False, **slide) -> Example:
    """Make a record from matrices written as text."""
    setup = Setup(read_matrix(image), read_matrix(kernel), Slide(**slide), bias, flip)
    return Example(title, source, notice, setup, erratum)


_LECTURE = "1 0 2 1 -1 1; 0 1 -1 1 0 2; 1 0 0 0 -1 1; 0 -1 -1 0 2 0; 1 1 0 -2 1 0; 0 0 1 -1 0 1"
_LECTURE_KERNEL = "-1 0 1; 0 2 1; 1 0 -1"
_GUIDE = "3 3 2 1 0; 0 0 1 3 1; 3 1 2 2 3; 2 0 0 2 2; 2 0 0 0 1"
_GUIDE_KERNEL = "0 1 2; 2 2 0; 0 1 2"
_DECK = "Lecture deck 004, 2-D convolution"
_PAPER = "Dumoulin and Visin (2016), A guide to convolution arithmetic"

EXAMPLES = {
    "lecture": _example(
        "Lecture, 6 × 6",
        _DECK,
        "Four by four stops: without padding the output is two rows and two columns smaller.",
        _LECTURE,
        _LECTURE_KERNEL,
        erratum="The deck prints 2 as the fourth output; its own products add up to 1, "
        "so the first row is 3 0 0 1.",
    ),
    "lecture_padded": _example(
        "Lecture, 6 × 6 with padding 1",
        _DECK,
        "One ring of zeros keeps the size: the kernel is now centred on every cell once.",
        _LECTURE,
        _LECTURE_KERNEL,
        padding="custom",
        sides=((1, 1), (1, 1)),
    ),
    "lecture_stride": _example(
        "Lecture, 6 × 6 with stride 2",
        _DECK,
        "Stride 2 keeps every second stop; one row and one column at the end are never reached.",
        _LECTURE,
        _LECTURE_KERNEL,
        stride=(2, 2),
    ),
    "binary": _example(
        "Binary, 5 × 5",
        "The classic animation; lecture deck 004 shows its first output, 4",
        "With zeros and ones the sum counts how many ones of the kernel meet ones of the input.",
        "1 1 1 0 0; 0 1 1 1 0; 0 0 1 1 1; 0 0 1 1 0; 0 1 1 0 0",
        "1 0 1; 0 1 0; 1 0 1",
    ),
    "shift": _example(
        "Shift by one cell",
        "Lecture deck 004, filter effects",
        "Switch between correlation and convolution: the picture moves the other way.",
        "10 11 12 13 14; 20 21 22 23 24; 30 31 32 33 34",
        "0 0 0; 1 0 0; 0 0 0",
        padding="same",
        erratum="The deck calls this kernel a shift to the left, which holds for convolution only; slid "
        "unflipped, as the deck itself does it, it shifts right: 0 10 11 12 13.",
    ),
    "whole": _example(
        "A size that is no whole number",
        "Lecture deck 004, 1-D convolution with stride 2, here as one row",
        "The lecture's rule gives 4.5; frameworks round down to 4 and never reach the last zero.",
        "1 0 2 3 5 1 2 3",
        "-1 2 1",
        stride=(1, 2),
        padding="custom",
        sides=((0, 0), (1, 1)),
        rounding="whole",
        erratum="The deck drops the last input, 3, without a word and prints 2 7 8 3; with all eight numbers "
        "the floor gives 2 7 8 6.",
    ),
    "guide_numbers": _example(
        "Guide: a numeric example",
        f"{_PAPER}, figure 1.1",
        "The first numbers of the guide: 12 12 17, 10 17 19, 9 6 14.",
        _GUIDE,
        _GUIDE_KERNEL,
    ),
    "guide_no_padding": _example(
        "Guide: no padding, no strides",
        f"{_PAPER}, figure 2.1; the sizes are the guide's, the numbers ours",
        "A 3 × 3 kernel has two places along four cells.",
        "3 3 2 1; 0 0 1 3; 3 1 2 2; 2 0 0 2",
        _GUIDE_KERNEL,
    ),
    "guide_arbitrary_padding": _example(
        "Guide: arbitrary padding, no strides",
        f"{_PAPER}, figure 2.2; the sizes are the guide's, the numbers ours",
        "An even kernel with two rings of zeros makes the output larger than the input: 6 × 6 from 5 × 5.",
        _GUIDE,
        "0 1 2 0; 2 2 0 1; 0 1 2 0; 1 0 0 1",
        padding="custom",
        sides=((2, 2), (2, 2)),
    ),
    "guide_same": _example(
        "Guide: half (same) padding, no strides",
        f"{_PAPER}, figure 2.3; the sizes are the guide's, the numbers ours",
        "Half the kernel on each side keeps the size.",
        _GUIDE,
        _GUIDE_KERNEL,
        padding="same",
    ),
    "guide_full": _example(
        "Guide: full padding, no strides",
        f"{_PAPER}, figure 2.4; the sizes are the guide's, the numbers ours",
        "Every overlap counts, even of a single cell: 7 × 7 from 5 × 5.",
        _GUIDE,
        _GUIDE_KERNEL,
        padding="full",
    ),
    "guide_strides": _example(
        "Guide: no padding, strides",
        f"{_PAPER}, figure 2.5; the sizes are the guide's, the numbers ours",
        "Stride 2 over five cells gives two places, as in lecture deck 002, and nothing is left over.",
        _GUIDE,
        _GUIDE_KERNEL,
        stride=(2, 2),
    ),
    "guide_padding_strides": _example(
        "Guide: padding, strides",
        f"{_PAPER}, figure 2.6; the sizes are the guide's, the numbers ours",
        "With padding 1 and stride 2, five cells give three places.",
        _GUIDE,
        _GUIDE_KERNEL,
        stride=(2, 2),
        padding="custom",
        sides=((1, 1), (1, 1)),
    ),
    "guide_padding_strides_odd": _example(
        "Guide: padding, strides, odd",
        f"{_PAPER}, figure 2.7; the sizes are the guide's, the numbers ours",
        "Six cells give three places as five did: the last row and column of padding is left over.",
        "3 3 2 1 0 1; 0 0 1 3 1 0; 3 1 2 2 3 2; 2 0 0 2 2 1; 2 0 0 0 1 3; 1 2 0 1 0 2",
        _GUIDE_KERNEL,
        stride=(2, 2),
        padding="custom",
        sides=((1, 1), (1, 1)),
    ),
    "guide_dilation": _example(
        "Guide: dilation",
        f"{_PAPER}, figure 5.1; the sizes are the guide's, the numbers ours",
        "Dilation 2 spreads nine weights over 5 × 5 cells: a wider view for the same work.",
        "3 3 2 1 0 1 2; 0 0 1 3 1 0 1; 3 1 2 2 3 2 0; 2 0 0 2 2 1 1; 2 0 0 0 1 3 2; 1 2 0 1 0 2 0; "
        "0 1 3 0 2 1 1",
        _GUIDE_KERNEL,
        dilation=(2, 2),
    ),
}
FIRST = "lecture"

"""A pooling as set up on a page: all that decides its run, and how the picture below it is pooled."""

from dataclasses import dataclass, replace

import numpy as np

from cnnviz.kernels.pooling import POOLINGS
from cnnviz.presets.matrix_text import Rows, bounded
from cnnviz.presets.pooling_pictures import LARGEST_SHIFT, SAMPLES
from cnnviz.presets.sliding import LARGEST_STRIDE, Pair, Slide
from cnnviz.window import Window, whole

LARGEST_INPUT = 64
LARGEST_WINDOW = 16
MOST_CHANNELS = 4096
PADDINGS = {
    "valid": "no padding: every window lies inside the input",
    "same": "as much as gives one output per stride, an odd row or column at the end, as in Keras",
    "custom": "each side by itself, less than the window",
}
BLOCKS = (2, 3, 4, 6, 8)  # windows offered for a picture; each divides its side
AXES = ("row", "column")


def _one_of(name: str, value: object, choices) -> None:
    """Refuse what is not among the choices."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(str, choices))}, got {value!r}")


@dataclass(frozen=True)
class Shrinking:
    """How a picture is pooled: which one, by what, window (which is its stride), pixels it is shifted.

    Raises
    ------
    ValueError
        With the name of the setting, what it must be and what it was.
    """

    picture: str = "Astronaut"
    kind: str = "max"
    window: int = 4
    shift: int = 1

    def __post_init__(self) -> None:
        """Refuse settings that no page offers."""
        _one_of("picture", self.picture, SAMPLES)
        _one_of("kind", self.kind, POOLINGS)
        _one_of("window", self.window, BLOCKS)
        if whole("shift", self.shift, 0) > LARGEST_SHIFT:
            raise ValueError(f"shift must be at most {LARGEST_SHIFT}, got {self.shift}")


def _count(number: int, axis: int) -> str:
    """Write '1 row' and '2 columns'."""
    return f"{number} {AXES[axis]}" + "s" * (number != 1)


HALVING, PLAIN = Slide((2, 2)), Shrinking()


@dataclass(frozen=True)
class PoolingSetup:
    """All that the page of pooling shows.

    Parameters
    ----------
    image : rows of numbers
        What the window slides over.
    kind : str
        A key of `POOLINGS`.
    window : pair of int
        Rows and columns of the window.
    slide : Slide
        How it moves; its padding is a key of `PADDINGS`, and it knows neither dilation nor other roundings.
    channels : int
        How many such maps a layer would pool, each by itself.
    shrinking : Shrinking
        The picture below.

    Raises
    ------
    ValueError
        With the name of the setting, what it must be and what it was.
    """

    image: Rows
    kind: str = "max"
    window: Pair = (2, 2)
    slide: Slide = HALVING
    channels: int = 1
    shrinking: Shrinking = PLAIN

    def __post_init__(self) -> None:
        """Refuse what cannot be pooled."""
        height, width = self.input_shape
        if not (1 <= height <= LARGEST_INPUT and 1 <= width <= LARGEST_INPUT):
            limit = f"from 1 × 1 to {LARGEST_INPUT} × {LARGEST_INPUT}"
            raise ValueError(f"input must be {limit}, got {height} × {width}")
        _one_of("kind", self.kind, POOLINGS)
        _one_of("padding", self.slide.padding, PADDINGS)
        if self.slide != Slide(self.slide.stride, self.slide.padding, self.slide.sides):
            raise ValueError("window must have no dilation and round down, got another way to slide")
        if whole("channels", self.channels, 1) > MOST_CHANNELS:
            raise ValueError(f"channels must be at most {MOST_CHANNELS}, got {self.channels}")
        for axis in (0, 1):
            self._check_window(axis)

    def _check_window(self, axis: int) -> None:
        """Refuse a window that does not fit, or that would meet nothing but padding."""
        size, sides = self.window[axis], self.slide.sides[axis]
        if whole("window", size, 1) > LARGEST_WINDOW:
            raise ValueError(f"window must be at most {_count(LARGEST_WINDOW, axis)}, got {size}")
        if max(sides) >= size:
            raise ValueError(
                f"padding must be smaller than the window of {_count(size, axis)}, got {max(sides)}"
            )
        padded = self.input_shape[axis] + sum(sides)
        if self.slide.padding != "same" and size > padded:
            raise ValueError(f"window must be at most {_count(padded, axis)}, the padded input, got {size}")

    @property
    def input_shape(self) -> Pair:
        """Rows and columns of the input."""
        return len(self.image), len(self.image[0])

    @property
    def windows(self) -> tuple[Window, Window]:
        """How the window moves along rows and along columns."""
        return self.slide.windows(self.input_shape, self.window)

    @property
    def output_shape(self) -> Pair:
        """Rows and columns of the output."""
        rows, columns = (w.output_size(n) for w, n in zip(self.windows, self.input_shape, strict=True))
        return rows, columns

    @property
    def stops(self) -> int:
        """Count the places of the window."""
        return self.output_shape[0] * self.output_shape[1]

    def with_window(self, window: Pair) -> "PoolingSetup":
        """Take another window; where the stride was the window's size, it stays so."""
        rows, columns = (
            min(new, LARGEST_STRIDE) if stride == old else stride
            for new, old, stride in zip(window, self.window, self.slide.stride, strict=True)
        )
        return replace(self, window=window, slide=replace(self.slide, stride=(rows, columns)))

    def padded_by(self, padding: str) -> "PoolingSetup":
        """Choose another padding; "custom" starts from the padding there is."""
        return replace(self, slide=self.slide.padded_by(padding, self.input_shape, self.window))

    def resized(self, shape: Pair) -> "PoolingSetup":
        """Crop or extend the input at its end; new cells are 0."""
        height, width = shape
        rows = [row[:width] + (0.0,) * (width - len(row)) for row in self.image[:height]]
        rows += [(0.0,) * width for _ in range(height - len(rows))]
        return replace(self, image=tuple(rows))

    def with_cell(self, row: int, column: int, value: float) -> "PoolingSetup":
        """Put one number into the input."""
        rows = [list(numbers) for numbers in self.image]
        rows[row][column] = bounded("value", value)
        return replace(self, image=tuple(tuple(numbers) for numbers in rows))

    def shuffled(self, seed: int) -> "PoolingSetup":
        """Fill the input with digits, the same ones for the same seed."""
        return replace(self, image=drawn(self.input_shape, seed))


def drawn(shape: Pair, seed: int) -> Rows:
    """Draw digits from 0 to 9, the same ones for the same seed."""
    digits = np.random.default_rng(seed).integers(0, 10, shape)
    return tuple(tuple(float(digit) for digit in row) for row in digits)

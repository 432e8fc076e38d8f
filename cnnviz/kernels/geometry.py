"""The shape of one convolution: checked once, then read by the forward and the backward pass."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import prod

import numpy as np

from cnnviz.kernels.arguments import alike, floats
from cnnviz.kernels.correlation import Sliding
from cnnviz.window import Readers, Window, whole, window_pair


@dataclass(frozen=True)
class Geometry:
    """Sizes of x (N, C, H, W), w (O, C / groups, K, L) and y (N, O, H', W'), and how the windows slide."""

    x: tuple[int, int, int, int]
    w: tuple[int, int, int, int]
    y: tuple[int, int, int, int]
    rows: Window
    columns: Window
    groups: int

    @property
    def products(self) -> int:
        """Multiplications of the whole convolution."""
        return prod(self.y) * prod(self.w[1:])

    @cached_property
    def sliding(self) -> Sliding:
        """How the kernels slide, as plain numbers."""
        rows, columns = self.rows, self.columns
        strides, apart = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
        return Sliding(-rows.padding[0], -columns.padding[0], *strides, *apart, rows.size, columns.size)

    @cached_property
    def readers(self) -> list[tuple[Readers, Readers]]:
        """Tell which cells of the kernels read which cells of the images, by rows and by columns."""
        return list(product(self.rows.readers(self.x[2]), self.columns.readers(self.x[3])))

    @classmethod
    def of(cls, x: np.ndarray, w: np.ndarray, stride, padding, dilation, groups) -> "Geometry":
        """Read the sizes of ``x`` and ``w``, or say in one sentence why they do not fit.

        Plain numbers are remembered: a network asks for the same few shapes again and again.
        """
        floats("x", x, "N, C, H, W")
        floats("w", w, "O, C / groups, K, L")
        alike("w", w, "x", x)
        settings = stride, padding, dilation, groups
        plain = all(type(setting) is int for setting in settings)
        return (_remembered if plain else _fitting)(x.shape, w.shape, *settings)


def _fitting(x, w, stride, padding, dilation, groups) -> Geometry:
    """Work out a geometry from the shapes of the arrays."""
    groups = whole("groups", groups, 1)
    images, channels, height, width = x
    maps, depth, *size = w
    if channels % groups:
        raise ValueError(f"groups must divide the {channels} channels of x, got {groups}")
    if maps % groups:
        raise ValueError(f"groups must divide the {maps} kernels of w, got {groups}")
    if depth * groups != channels:
        share = f" ({channels} / {groups} groups)" if groups > 1 else ""
        raise ValueError(f"w must have {channels // groups} channels{share} like x, got {depth}")
    rows, columns = window_pair(tuple(size), stride, padding, dilation)
    _fits("height", rows, height)
    _fits("width", columns, width)
    y = (images, maps, rows.output_size(height), columns.output_size(width))
    return Geometry(x, w, y, rows, columns, groups)


_remembered = lru_cache(maxsize=256)(_fitting)


def _fits(axis: str, window: Window, length: int) -> None:
    """Refuse a kernel that reaches over more than the padded image."""
    if window.extent > window.padded(length):
        raise ValueError(
            f"w must reach over at most {window.padded(length)} cells, the padded {axis} of x, "
            f"got {window.extent} (size {window.size}, dilation {window.dilation})"
        )


def one_row(stride, padding, dilation) -> dict:
    """Write the arguments of a signal as those of an image of one row."""
    return {"stride": (1, stride), "padding": (0, padding), "dilation": (1, dilation)}

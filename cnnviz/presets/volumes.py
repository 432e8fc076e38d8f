"""Volumes: a 3-D convolution, whose filter moves along planes, rows and columns."""

from dataclasses import dataclass, replace

import numpy as np

from cnnviz.presets.matrix_text import Rows, bounded
from cnnviz.presets.planes import MOST_CHANNELS, Planes, alike, drawn_filters, put, within
from cnnviz.window import Window, whole

LARGEST_VOLUME = 5  # rows, columns and planes


@dataclass(frozen=True)
class Volume:
    """A 3-D convolution: a filter that moves along planes, rows and columns of a volume.

    Parameters
    ----------
    volume : tuple of planes
        For each channel its planes, one behind the other.
    kernel : tuple of planes
        For each channel the planes of its slice.
    stride : int
        Along all three directions.
    bias : float
        Added at every stop.
    """

    volume: tuple[Planes, ...]
    kernel: tuple[Planes, ...]
    stride: int = 1
    bias: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be slid."""
        within("channels", len(self.volume), MOST_CHANNELS)
        if len(self.kernel) != len(self.volume):
            raise ValueError(f"kernel must have {len(self.volume)} slices, got {len(self.kernel)}")
        for name, channels in (("volume", self.volume), ("kernel", self.kernel)):
            alike(name, [plane for planes in channels for plane in planes], LARGEST_VOLUME)
            if {len(planes) for planes in channels} != {len(channels[0])}:
                raise ValueError(f"{name} must have the same number of planes in every channel")
            within(f"planes of the {name}", len(channels[0]), LARGEST_VOLUME)
        object.__setattr__(self, "bias", bounded("bias", self.bias))
        _ = self.output_shape

    @property
    def windows(self) -> tuple[Window, Window, Window]:
        """How the kernel moves along planes, rows and columns."""
        sizes = np.shape(self.kernel)[1:]
        depth, rows, columns = (Window(size, self.stride) for size in sizes)
        return depth, rows, columns

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """Planes, rows and columns of the output."""
        lengths = np.shape(self.volume)[1:]
        planes, rows, columns = (w.output_size(n) for w, n in zip(self.windows, lengths, strict=True))
        return planes, rows, columns

    def with_depth(self, depth: int) -> "Volume":
        """Give the kernel other planes: the first ones stay, more are drawn."""
        channels, _, *size = np.shape(self.kernel)
        more = drawn_filters(channels, whole("depth", depth, 1), (size[0], size[1]))
        kernel = tuple(
            (planes + new[len(planes) :])[:depth] for planes, new in zip(self.kernel, more, strict=True)
        )
        return replace(self, kernel=kernel)

    def with_plane(self, grid: str, channel: int, plane: int, rows: Rows) -> "Volume":
        """Put other numbers in place of a plane of the "input" or of the "kernel"."""
        if grid == "input":
            planes = put(self.volume[channel], plane, rows)
            return replace(self, volume=put(self.volume, channel, planes))
        return replace(self, kernel=put(self.kernel, channel, put(self.kernel[channel], plane, rows)))

    def plane(self, grid: str, channel: int, plane: int = 0) -> Rows:
        """Give a plane of the "input" or of the "kernel"."""
        return (self.volume if grid == "input" else self.kernel)[channel][plane]

    def with_bias(self, bias: float) -> "Volume":
        """Take another bias."""
        return replace(self, bias=bias)

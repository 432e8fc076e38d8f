"""Layers of several channels and filters: what the page of channels shows, and how it is changed.

A `Layer` is a 2-D convolution with all its filters; a `Volume` of volumes.py is a 3-D one with a single
filter. Worked examples of either are in channel_scenes.py.
"""

from dataclasses import dataclass, replace
from math import gcd

from cnnviz.presets.matrix_text import Rows, bounded
from cnnviz.presets.planes import (
    MOST_CHANNELS,
    Planes,
    alike,
    drawn_filters,
    drawn_plane,
    put,
    resized,
    within,
)
from cnnviz.presets.sliding import Pair, Slide
from cnnviz.presets.volumes import Volume
from cnnviz.window import Window, whole

LARGEST_SIDE = 32
LARGEST_KERNEL = 7
FILTER_COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 16, 32)
PLAIN = Slide()


@dataclass(frozen=True)
class Layer:
    """A 2-D convolution of an image of several channels with several filters.

    Parameters
    ----------
    image : planes
        Rows of numbers for each channel.
    filters : tuple of planes
        For each filter one slice for every channel it reads.
    biases : tuple of float
        One for each filter.
    slide : Slide
        How all filters move.
    groups : int
        Channels and filters are dealt into so many groups that do not see each other.
    relu : bool
        True to set negative sums to 0: feature maps become activation maps.
    shown : int
        The filter whose partial maps are shown.

    Raises
    ------
    ValueError
        If sizes, counts and groups do not go together.
    """

    image: Planes
    filters: tuple[Planes, ...]
    biases: tuple[float, ...]
    slide: Slide = PLAIN
    groups: int = 1
    relu: bool = False
    shown: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be slid."""
        within("channels", len(self.image), MOST_CHANNELS)
        alike("channels", self.image, LARGEST_SIDE)
        if len(self.filters) not in FILTER_COUNTS:
            raise ValueError(
                f"filters must be {', '.join(map(str, FILTER_COUNTS))} in number, got {len(self.filters)}"
            )
        whole("groups", self.groups, 1)
        for name, count in (("channels", len(self.image)), ("filters", len(self.filters))):
            if count % self.groups:
                raise ValueError(f"{name} must be divisible by the {self.groups} groups, got {count}")
        slices = [piece for planes in self.filters for piece in planes]
        alike("slices", slices, LARGEST_KERNEL)
        for planes in self.filters:
            if len(planes) != self.depth:
                raise ValueError(f"filter must have {self.depth} slices, got {len(planes)}")
        if len(self.biases) != len(self.filters):
            raise ValueError(f"biases must be {len(self.filters)} in number, got {len(self.biases)}")
        object.__setattr__(self, "biases", tuple(bounded("bias", bias) for bias in self.biases))
        object.__setattr__(self, "shown", min(whole("filter", self.shown, 0), len(self.filters) - 1))
        self.slide.windows(self.input_shape, self.kernel_shape)

    @property
    def depth(self) -> int:
        """Channels that one filter reads."""
        return len(self.image) // self.groups

    @property
    def input_shape(self) -> Pair:
        """Rows and columns of the image."""
        return len(self.image[0]), len(self.image[0][0])

    @property
    def kernel_shape(self) -> Pair:
        """Rows and columns of every slice."""
        return len(self.filters[0][0]), len(self.filters[0][0][0])

    @property
    def windows(self) -> tuple[Window, Window]:
        """How the filters move along rows and along columns."""
        return self.slide.windows(self.input_shape, self.kernel_shape)

    @property
    def sliding(self) -> tuple[tuple[Window, Window], Pair, str]:
        """The windows, what they move over, and what happens to cells that are left over."""
        return self.windows, self.input_shape, self.slide.rounding

    @property
    def output_shape(self) -> Pair:
        """Rows and columns of every map."""
        rows, columns = (w.output_size(n) for w, n in zip(self.windows, self.input_shape, strict=True))
        return rows, columns

    def reads(self, number: int) -> range:
        """Channels that a filter reads."""
        first = number * self.groups // len(self.filters) * self.depth
        return range(first, first + self.depth)

    def with_filters(self, count: int) -> "Layer":
        """Take the first filters, or draw more of them."""
        more = drawn_filters(count, self.depth, self.kernel_shape)
        biases = (self.biases + (0.0,) * count)[:count]
        return replace(self, filters=(self.filters + more[len(self.filters) :])[:count], biases=biases)

    def with_channels(self, count: int) -> "Layer":
        """Take the first channels, or draw more of them; groups that do not divide are given up."""
        kept = self.image[:count]
        more = tuple(drawn_plane(number, self.input_shape) for number in range(len(kept), count))
        groups = self.groups if whole("channels", count, 1) % self.groups == 0 else 1
        filters = self._of_depth(count // groups)
        return replace(self, image=kept + more, filters=filters, groups=groups)

    def with_size(self, shape: Pair) -> "Layer":
        """Crop or extend all channels at their end."""
        return replace(self, image=tuple(resized(rows, shape) for rows in self.image))

    def with_groups(self, groups: int) -> "Layer":
        """Deal channels and filters into groups: filters lose slices, or are drawn more of them."""
        depth = len(self.image) // whole("groups", groups, 1)
        return replace(self, filters=self._of_depth(max(depth, 1)), groups=groups)

    def _of_depth(self, depth: int) -> tuple[Planes, ...]:
        """Give all filters so many slices: the first ones stay, more are drawn."""
        more = drawn_filters(len(self.filters), depth, self.kernel_shape)
        return tuple(
            (planes + new[len(planes) :])[:depth] for planes, new in zip(self.filters, more, strict=True)
        )

    def with_kernel(self, size: int) -> "Layer":
        """Crop every slice around its middle, or draw slices of the new size if they would grow."""
        rows, columns = self.kernel_shape
        if size <= min(rows, columns):
            top, left = (rows - size + 1) // 2, (columns - size + 1) // 2
            filters = tuple(
                tuple(tuple(row[left : left + size] for row in piece[top : top + size]) for piece in planes)
                for planes in self.filters
            )
        else:
            filters = drawn_filters(len(self.filters), self.depth, (size, size))
        return replace(self, filters=filters)

    def with_plane(self, grid: str, channel: int, _plane: int, rows: Rows) -> "Layer":
        """Put other numbers in place of a channel of the "input", or of a slice of the filter shown."""
        if grid == "input":
            return replace(self, image=put(self.image, channel, rows))
        planes = put(self.filters[self.shown], channel, rows)
        return replace(self, filters=put(self.filters, self.shown, planes))

    def plane(self, grid: str, channel: int, _plane: int = 0) -> Rows:
        """Give a channel of the "input", or a slice of the filter shown."""
        return (self.image if grid == "input" else self.filters[self.shown])[channel]

    def with_bias(self, bias: float) -> "Layer":
        """Give the filter shown another bias."""
        return replace(self, biases=put(self.biases, self.shown, bias))


Setup = Layer | Volume


def with_cell(setup: Setup, grid: str, channel: int, plane: int, cell: Pair, value: float) -> Setup:
    """Put one number into a plane."""
    rows = [list(numbers) for numbers in setup.plane(grid, channel, plane)]
    rows[cell[0]][cell[1]] = bounded("value", value)
    return setup.with_plane(grid, channel, plane, tuple(tuple(numbers) for numbers in rows))


def possible_groups(channels: int, filters: int) -> list[int]:
    """List the numbers of groups that divide channels and filters."""
    common = gcd(channels, filters)
    return [groups for groups in range(1, common + 1) if common % groups == 0]

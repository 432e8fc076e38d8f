"""Channels and filters as pictures for a slide: a row for each channel, the sum, and the map.

It says the same as the picture on the page. What stays the same is drawn once; each stop is a copy with the
window, the present cells and the sum on top.
"""

from functools import cached_property

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.animation import MOVING, STILL, animated, still
from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.sliding import SMALLEST, Grid
from cnnviz.figures.theme import THEMES, Theme, cell_colours
from cnnviz.lessons.channels import Flow, flow, parameter_line, size_line, sum_parts
from cnnviz.lessons.explain import brief
from cnnviz.lessons.volume import VolumeStep
from cnnviz.presets.channels import Setup

# On a slide 1600 pixels wide:
TOP, BOTTOM, SIDE = 70, 170, 50  # room around the rows
GAP, BETWEEN = 12, 54  # between planes, and between grids for the signs
NAME, SUM = 50, 150  # width of a name, and of a partial sum
TALLEST = 420  # of the map
LARGEST = {"input": 84, "kernel": 60, "partial": 64, "output": 76}
ROW = ("input", "kernel", "partial")

Place = tuple[int, int]


class Plane(Grid):
    """A grid whose numbers take as much of a cell as can be read well."""

    @cached_property
    def lettering(self) -> int:
        """Size at which every number fits its cell; 0 if that is too small to read."""
        longest = max(width_of(brief(value), 100) for value in np.unique(self.values))
        size = int(min(0.5 * self.cell, 0.88 * self.cell * 100 / longest))
        return size if size >= SMALLEST else 0


def channels_png(setup: Setup, step: int, theme: str) -> bytes:
    """Draw one stop of a layer or a volume, in the colours of a theme."""
    return still(ChannelBoard(setup, THEMES[theme], STILL).at(step))


def channels_gif(setup: Setup, theme: str) -> bytes:
    """Draw the run from first to last stop, as an animation that starts over at its end."""
    return animated(ChannelBoard(setup, THEMES[theme], MOVING))


class ChannelBoard:
    """A picture of a layer or a volume, drawn once and copied for every stop.

    Parameters
    ----------
    setup : Layer or Volume
        What is shown.
    theme : Theme
        Its colours.
    size : (width, height)
        Of the picture, in pixels.
    """

    def __init__(self, setup: Setup, theme: Theme, size: Place) -> None:
        self.flow: Flow = flow(setup)
        self.trace, self.theme, self.size = self.flow.trace, theme, size
        self.unit = size[0] / 1600
        self.margins = (*self.trace.rows.padding, *self.trace.columns.padding)
        self.blocks = {
            "input": np.pad(self.flow.volume, ((0, 0), (0, 0), self.margins[:2], self.margins[2:])),
            "kernel": self.trace.kernel,
            "partial": self.trace.partials,
            "output": self.flow.output[None],
        }
        self.high = (size[1] - self._px(TOP + BOTTOM)) // len(self.flow.volume)
        self.cells = self._largest_cells()
        self.base = Image.new("RGB", size, theme.background)
        self.draw = ImageDraw.Draw(self.base)
        self.grids: dict[str, list[list[Plane]]] = {kind: [] for kind in self.blocks}
        self.sums: list[Place] = []  # where the partial sums are written
        self._draw_base(f"{size_line(setup)}   parameters {parameter_line(setup)}")
        self.filled = 0

    def at(self, index: int) -> Image.Image:
        """Draw one stop; the maps are filled up to it, so go forwards for speed."""
        for done in range(self.filled, index + 1):
            self._fill_maps(self.draw, self.trace[done].output)
        self.filled = max(self.filled, index + 1)
        picture = self.base.copy()
        draw = ImageDraw.Draw(picture)
        for later in range(index + 1, self.filled):
            self._empty_maps(draw, self.trace[later].output)
        step = self.trace[index]
        self._mark(draw, step)
        self._write_sums(draw, step)
        place = (self.size[0] - self._px(SIDE), self._px(40))
        write(draw, place, f"{index + 1} / {len(self.trace)}", self._px(28), self.theme.muted, "right")
        return picture

    def _px(self, length: float) -> int:
        """Scale a length from the width of a slide to that of this picture."""
        return max(1, round(length * self.unit))

    def _largest_cells(self) -> dict[str, int]:
        """Find the largest cells with which all rows, and the map beside them, fit."""
        planes = sum(block.shape[1] for block in self.blocks.values())
        free = self.size[0] - self._px(2 * SIDE + NAME + SUM + 5 * BETWEEN + planes * GAP)
        cells = {}
        for share, kind in ((0.2, "kernel"), (0.34, "output"), (0.6, "input"), (1.0, "partial")):
            _, deep, rows, columns = self.blocks[kind].shape
            height = self.high - self._px(GAP) if kind != "output" else self._px(TALLEST)
            most = self._px(LARGEST[kind])
            cells[kind] = max(1, min(most, int(share * free) // (deep * columns), height // rows))
            free -= cells[kind] * deep * columns
        if cells["input"] > self._px(20):
            cells["kernel"] = min(cells["kernel"], cells["input"])
        return cells

    def _draw_base(self, caption: str) -> None:
        """Draw what every stop has: channels, slices, empty maps, and what joins them."""
        blocks = self.blocks.items()
        grids = sum(
            block.shape[1] * (block.shape[3] * self.cells[kind] + self._px(GAP)) for kind, block in blocks
        )
        left = (self.size[0] - grids - self._px(NAME + SUM + 4 * BETWEEN)) // 2
        ends = [self._draw_row(channel, left) for channel in range(len(self.flow.volume))]
        join, middle = (
            max(ends) + self._px(SUM + BETWEEN),
            (self._px(TOP) - self._px(BOTTOM) + self.size[1]) // 2,
        )
        for x, y in self.sums:
            self.draw.line((x + self._px(SUM / 2), y, join, middle), self.theme.kernel, self._px(3))
        radius = self._px(18)
        circle = (join - radius, middle - radius, join + radius, middle + radius)
        self.draw.ellipse(circle, self.theme.background, self.theme.text, self._px(3))
        write(self.draw, (join, middle), "+", self._px(32), self.theme.text)
        bias = f"bias {brief(self.trace.bias)}"
        write(self.draw, (join, middle + self._px(44)), bias, self._px(24), self.theme.bias)
        self._place("output", self.flow.output, join + self._px(BETWEEN + 20), middle)
        foot = (self.size[0] / 2, self.size[1] - self._px(40))
        write(self.draw, foot, caption, self._px(26), self.theme.muted)

    def _draw_row(self, channel: int, left: int) -> int:
        """Draw a channel and, if it is read, its slice and its empty partial map; give where they end."""
        read, middle = self.flow.reads[self.flow.shown], self._px(TOP) + channel * self.high + self.high // 2
        name, gap = self.flow.names[channel], self._px(BETWEEN - GAP)
        write(self.draw, (left + self._px(NAME / 2), middle), name, self._px(34), self.theme.input)
        left = self._place("input", self.blocks["input"][channel], left + self._px(NAME), middle)
        if channel not in read:
            remark = (left + self._px(BETWEEN), middle)
            write(self.draw, remark, "not read by this filter", self._px(24), self.theme.muted, "left")
            return left
        for kind, sign in zip(ROW[1:], "∗=", strict=True):
            write(self.draw, (left + gap / 2, middle), sign, self._px(36), self.theme.muted)
            left = self._place(kind, self.blocks[kind][channel - read.start], left + gap, middle)
        self.sums.append((left + self._px(SUM / 2), middle))
        return left

    def _place(self, kind: str, planes: np.ndarray, left: int, middle: int) -> int:
        """Draw the planes of a grid side by side, maps without their numbers, and give where they end."""
        role, cell = "output" if kind == "partial" else kind, self.cells[kind]
        limit, margins = self.flow.colour_ends[role], self.margins if kind == "input" else (0, 0, 0, 0)
        row = []
        for values in planes:
            top = middle - values.shape[0] * cell // 2
            row.append(Plane("", role, values, limit, left, top, cell, margins))
            left += row[-1].size[0] + self._px(GAP)
            for place in np.ndindex(values.shape):
                self._fill(self.draw, row[-1], place, empty=role == "output")
        self.grids[kind].append(row)
        return left

    def _fill(self, draw: ImageDraw.ImageDraw, grid: Plane, place: tuple, *, empty: bool = False) -> None:
        """Draw one cell: its colour, and its number where there is room."""
        x, y, right, bottom = box = grid.box(place[0], place[1])
        value, ink = float(grid.values[place]), self.theme.muted
        colour: str | tuple[int, ...] = self.theme.surface
        if not empty and not grid.is_padding(place[0], place[1]):
            colour, ink = cell_colours(value, grid.limit, self.theme)
        draw.rectangle(box, colour, self.theme.line if grid.cell > 8 else None)
        if not empty and grid.lettering:
            write(draw, ((x + right) / 2, (y + bottom) / 2), brief(value), grid.lettering, ink)

    def _maps(self, plane: int) -> list[Plane]:
        """Give the maps of one plane: the partial ones, and the output."""
        return [row[plane] for kind in ("partial", "output") for row in self.grids[kind]]

    def _fill_maps(self, draw: ImageDraw.ImageDraw, place: tuple[int, int, int]) -> None:
        """Draw one cell of every map."""
        for grid in self._maps(place[0]):
            self._fill(draw, grid, place[1:])

    def _empty_maps(self, draw: ImageDraw.ImageDraw, place: tuple[int, int, int]) -> None:
        """Draw one cell of every map that is still to come."""
        for grid in self._maps(place[0]):
            self._fill(draw, grid, place[1:], empty=True)

    def _mark(self, draw: ImageDraw.ImageDraw, step: VolumeStep) -> None:
        """Outline the window on every channel that is read, and the present cell of the maps."""
        read, extent = self.flow.reads[self.flow.shown], (self.trace.rows.extent, self.trace.columns.extent)
        place = step.start[1] + self.margins[0], step.start[2] + self.margins[2]
        for channel in read:
            for plane in self.trace.depth.cells(step.start[0]):
                self._outline(draw, self.grids["input"][channel][plane], place, extent, self.theme.kernel)
        for grid in self._maps(step.output[0]):
            self._outline(draw, grid, step.output[1:], (1, 1), self.theme.output)

    def _outline(self, draw, grid: Plane, place: Place, extent: Place, colour: str) -> None:
        """Draw a thick outline around a block of cells."""
        x, y, right, bottom = grid.box(*place, *extent)
        draw.rectangle(
            (x - 1, y - 1, right + 1, bottom + 1), outline=colour, width=max(self._px(3), grid.cell // 9)
        )

    def _write_sums(self, draw: ImageDraw.ImageDraw, step: VolumeStep) -> None:
        """Write every partial sum, and below all of it the sum over the channels."""
        for value, place in zip(step.channel_sums, self.sums, strict=True):
            write(draw, place, brief(float(value)), self._px(36), self.theme.kernel)
        parts, size = sum_parts(self.flow, step), self._px(44)
        x = (self.size[0] - sum(width_of(text, size) for text, _ in parts)) / 2
        for text, role in parts:
            colour = getattr(self.theme, role) if role else self.theme.muted
            write(draw, (x, self.size[1] - self._px(110)), text, size, colour, "left")
            x += width_of(text, size)

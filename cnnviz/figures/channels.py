"""Channels and filters as a still picture: a row for each channel, the sum, and the map, for a slide."""

import io
from functools import cached_property

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.sliding import SMALLEST, Grid
from cnnviz.figures.theme import LIGHT, THEMES, Theme, luminance, shades
from cnnviz.lessons.channels import Flow, flow, parameter_line, size_line, sum_parts
from cnnviz.lessons.explain import brief
from cnnviz.lessons.volume import VolumeStep
from cnnviz.presets.channels import Setup

SIZE = (1600, 900)
TOP, BOTTOM, SIDE = 70, 170, 50  # room around the rows
GAP, BETWEEN = 12, 54  # between planes, and between grids for the signs
NAME, SUM = 50, 150  # width of a name, and of a partial sum
ROW = ("input", "kernel", "partial")
LARGEST = {"input": 84, "kernel": 60, "partial": 84, "output": 76}


class Plane(Grid):
    """A grid whose numbers take as much of a cell as can be read well."""

    @cached_property
    def lettering(self) -> int:
        """Size at which every number fits its cell; 0 if that is too small to read."""
        longest = max(width_of(brief(value), 100) for value in np.unique(self.values))
        size = int(min(0.5 * self.cell, 0.88 * self.cell * 100 / longest))
        return size if size >= SMALLEST else 0


def channels_png(setup: Setup, step: int, theme: str) -> bytes:
    """Draw one stop.

    Parameters
    ----------
    setup : Layer or Volume
        What is shown.
    step : int
        Which stop.
    theme : str
        A key of `THEMES`.
    """
    file = io.BytesIO()
    shown = flow(setup)
    board = ChannelBoard(shown, shown.trace[step], THEMES[theme])
    board.draw_all(f"{size_line(setup)}   parameters {parameter_line(setup)}")
    board.picture.save(file, "PNG")
    return file.getvalue()


class ChannelBoard:
    """A picture of one stop."""

    def __init__(self, shown: Flow, step: VolumeStep, theme: Theme) -> None:
        self.flow, self.step, self.theme = shown, step, theme
        self.picture = Image.new("RGB", SIZE, theme.background)
        self.draw = ImageDraw.Draw(self.picture)
        trace = shown.trace
        margins = (*trace.rows.padding, *trace.columns.padding)
        inside = np.pad(shown.volume, ((0, 0), (0, 0), margins[:2], margins[2:]))
        self.margins = margins
        self.blocks = {
            "input": inside,
            "kernel": trace.kernel,
            "partial": trace.partials,
            "output": shown.output[None],
        }
        self.high = (SIZE[1] - TOP - BOTTOM) // len(shown.volume)
        self.cells = self._largest_cells()

    def _largest_cells(self) -> dict[str, int]:
        """Find the largest cells with which all rows, and the map beside them, fit."""
        planes = sum(block.shape[1] for block in self.blocks.values())
        free = SIZE[0] - 2 * SIDE - NAME - SUM - 5 * BETWEEN - planes * GAP
        cells = {}
        for share, kind in ((0.2, "kernel"), (0.36, "output"), (1.0, "input")):
            _, deep, rows, columns = self.blocks[kind].shape
            height = self.high - GAP if kind != "output" else 420
            columns = columns * deep
            if kind == "input":
                _, more, own, wide = self.blocks["partial"].shape
                rows, columns = max(rows, own), columns + more * wide
            cells[kind] = max(2, min(LARGEST[kind], int(share * free) // columns, height // rows))
            free -= cells[kind] * columns
        if cells["input"] > 20:
            cells["kernel"] = min(cells["kernel"], cells["input"])
        return cells | {"partial": cells["input"]}

    @property
    def width(self) -> int:
        """Width of everything side by side."""
        grids = sum(
            block.shape[1] * (block.shape[3] * self.cells[kind] + GAP) for kind, block in self.blocks.items()
        )
        return grids + NAME + SUM + 4 * BETWEEN

    def draw_all(self, caption: str) -> None:
        """Draw the rows, the map and the sum."""
        sums = []
        for channel, name in enumerate(self.flow.names):
            sums += self._draw_row(channel, name, TOP + channel * self.high + self.high // 2)
        self._draw_output(sums)
        self._write_sum()
        write(self.draw, (SIZE[0] / 2, SIZE[1] - 40), caption, 26, self.theme.muted)
        stop = f"{self.step.index + 1} / {len(self.flow.trace)}"
        write(self.draw, (SIZE[0] - SIDE, 40), stop, 28, self.theme.muted, "right")

    def _draw_row(self, channel: int, name: str, middle: int) -> list[tuple[int, int]]:
        """Draw a channel, its slice, its partial map and its sum; give the end of the row, if it is read."""
        read = self.flow.reads[self.flow.shown]
        left = (SIZE[0] - self.width) // 2
        write(self.draw, (left + NAME / 2, middle), name, 34, self.theme.input)
        left = self._draw_block("input", self.blocks["input"][channel], left + NAME, middle, channel in read)
        if channel not in read:
            write(
                self.draw, (left + BETWEEN, middle), "not read by this filter", 24, self.theme.muted, "left"
            )
            return []
        for kind, sign in zip(ROW[1:], "∗=", strict=True):
            write(self.draw, (left + BETWEEN / 2 - GAP / 2, middle), sign, 36, self.theme.muted)
            planes = self.blocks[kind][channel - read.start]
            left = self._draw_block(kind, planes, left + BETWEEN - GAP, middle, True)
        total = brief(float(self.step.channel_sums[channel - read.start]))
        write(self.draw, (left + SUM / 2, middle), total, 36, self.theme.kernel)
        return [(left + SUM, middle)]

    def _draw_output(self, sums: list[tuple[int, int]]) -> None:
        """Draw what the partial sums flow into, and the map."""
        left, middle = max(x for x, _ in sums), (TOP + SIZE[1] - BOTTOM) // 2
        for x, y in sums:
            self.draw.line((x, y, left + BETWEEN, middle), self.theme.kernel, 3)
        box = (left + BETWEEN - 18, middle - 18, left + BETWEEN + 18, middle + 18)
        self.draw.ellipse(box, self.theme.background, self.theme.text, 3)
        write(self.draw, (left + BETWEEN, middle), "+", 32, self.theme.text)
        bias = f"bias {brief(self.step.bias)}"
        write(self.draw, (left + BETWEEN, middle + 44), bias, 24, self.theme.bias)
        self._draw_block("output", self.flow.output, left + 2 * BETWEEN + 20, middle, True)

    def _draw_block(self, kind: str, planes: np.ndarray, left: int, middle: int, read: bool) -> int:
        """Draw the planes of a grid side by side, and give where they end."""
        role = "output" if kind == "partial" else kind
        limit = self.flow.colour_ends[role]
        margins = self.margins if kind == "input" else (0, 0, 0, 0)
        for number, values in enumerate(planes):
            cell = self.cells[kind]
            top = middle - values.shape[0] * cell // 2
            grid = Plane("", role, values, limit, left, top, cell, margins)
            filled = len(self.flow.trace) if role != "output" else self.step.index + 1
            self._fill(grid, filled - number * values.size)
            if read:
                self._mark(kind, grid, number)
            left += grid.size[0] + GAP
        return left

    def _fill(self, grid: Grid, filled: int) -> None:
        """Draw the cells of a plane, of an output only the ones that are done."""
        for index, (row, column) in enumerate(np.ndindex(grid.values.shape)):
            x, y, right, bottom = box = grid.box(row, column)
            done = grid.role != "output" or index < filled
            value, ink = float(grid.values[row, column]), self.theme.muted
            colour = tuple(shades(np.array(value), grid.limit, self.theme).tolist())
            if not done or grid.is_padding(row, column):
                colour = tuple(int(self.theme.surface[at : at + 2], 16) for at in (1, 3, 5))
            else:
                ink = LIGHT.background if luminance(np.array(colour)) < 0.18 else LIGHT.text
            self.draw.rectangle(box, colour, self.theme.line if grid.cell > 8 else None)
            if done and grid.lettering >= SMALLEST:
                write(self.draw, ((x + right) / 2, (y + bottom) / 2), brief(value), grid.lettering, ink)

    def _mark(self, kind: str, grid: Grid, plane: int) -> None:
        """Outline the window on the input, and the present cell of the maps."""
        if kind in ("partial", "output") and plane == self.step.output[0]:
            self._outline(grid, self.step.output[1:], (1, 1), self.theme.output)
        trace = self.flow.trace
        if kind != "input" or plane not in trace.depth.cells(self.step.start[0]):
            return
        place = self.step.start[1] + self.margins[0], self.step.start[2] + self.margins[2]
        self._outline(grid, place, (trace.rows.extent, trace.columns.extent), self.theme.kernel)

    def _outline(self, grid: Grid, place: tuple, extent: tuple[int, int], colour: str) -> None:
        """Draw a thick outline around a block of cells."""
        x, y, right, bottom = grid.box(place[0], place[1], *extent)
        pen = max(3, grid.cell // 9)
        self.draw.rectangle((x - 1, y - 1, right + 1, bottom + 1), outline=colour, width=pen)

    def _write_sum(self) -> None:
        """Write the sum over the channels, each part in its colour."""
        parts, size = sum_parts(self.flow, self.step), 44
        x = (SIZE[0] - sum(width_of(text, size) for text, _ in parts)) / 2
        for text, role in parts:
            write(
                self.draw,
                (x, SIZE[1] - 110),
                text,
                size,
                getattr(self.theme, role) if role else self.theme.muted,
                "left",
            )
            x += width_of(text, size)

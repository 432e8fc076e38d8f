"""Pooling as a still picture and as an animation: input with padding, output so far, the winner, the line.

It says the same as the picture on the page, in the way of the sliding window.
"""

from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.animation import MOVING, STILL, animated, still
from cnnviz.figures.lettering import write
from cnnviz.figures.sliding import Board, Grid
from cnnviz.figures.theme import THEMES, Theme
from cnnviz.lessons.explain import brief
from cnnviz.lessons.pooling import PoolingTrace, sum_parts
from cnnviz.presets.pooling import PoolingSetup


def pooling_png(setup: PoolingSetup, step: int, theme: str) -> bytes:
    """Draw one stop.

    Parameters
    ----------
    setup : PoolingSetup
        What is shown.
    step : int
        Which stop.
    theme : str
        A key of `THEMES`.
    """
    return still(PoolingBoard(PoolingTrace.of(setup), THEMES[theme], STILL).at(step))


def pooling_gif(setup: PoolingSetup, theme: str) -> bytes:
    """Draw the run from first to last stop, as an animation that starts over at its end."""
    return animated(PoolingBoard(PoolingTrace.of(setup), THEMES[theme], MOVING))


class PoolingBoard(Board):
    """A picture of a pooling, drawn once and copied for every stop.

    Parameters
    ----------
    trace : PoolingTrace
        What is shown.
    theme : Theme
        Its colours.
    size : (width, height)
        Of the picture, in pixels.
    """

    trace: Any  # no convolution's

    def __init__(self, trace: PoolingTrace, theme: Theme, size: tuple[int, int]) -> None:
        self.trace, self.theme, self.size = trace, theme, size
        self.unit = size[0] / 1600
        self.input, self.output = self._side_by_side()
        self.base = Image.new("RGB", size, theme.background)
        self.draw = ImageDraw.Draw(self.base)
        for grid in (self.input, self.output):
            self._draw_frame(grid)
        for row, column in np.ndindex(self.input.values.shape):
            if not self.input.is_padding(row, column):
                self._fill(self.draw, self.input, row, column)
        self.filled = 0

    def _side_by_side(self) -> tuple[Grid, Grid]:
        """Find the largest cells with which the two grids stand side by side."""
        trace, (width, height) = self.trace, self.size
        margins = (*trace.rows.padding, *trace.columns.padding)
        inside = np.pad(trace.image, (trace.rows.padding, trace.columns.padding))
        gap, high = self._px(220), height - self._px(330)
        columns = inside.shape[1] + trace.output.shape[1]
        wide = width - self._px(120) - gap
        cell = min(self._px(84), wide // columns, high // max(len(inside), len(trace.output)))
        left, middle = (width - columns * cell - gap) // 2, self._px(120) + high // 2
        grids = []
        for role, values in (("input", inside), ("output", trace.output)):
            shape = trace.image.shape if role == "input" else values.shape
            title = f"{role.capitalize()} {shape[0]} × {shape[1]}"
            sides = margins if role == "input" else (0, 0, 0, 0)
            top = middle - len(values) * cell // 2
            grids.append(Grid(title, role, values, trace.colour_end, left, top, cell, sides))
            left += values.shape[1] * cell + gap
        return grids[0], grids[1]

    def _draw_frame(self, grid: Grid) -> None:
        """Draw what stays the same: title, hatched padding, and between the grids what pools."""
        width, height = grid.size
        title = (grid.left + width // 2, grid.top - self._px(34))
        write(self.draw, title, grid.title, self._px(30), getattr(self.theme, grid.role))
        if grid.role == "output":
            x, y = grid.left - self._px(110), grid.top + height // 2
            write(self.draw, (x, y - self._px(44)), self.trace.kind, self._px(34), self.theme.kernel)
            size = f"{self.trace.rows.size} × {self.trace.columns.size}"
            write(self.draw, (x, y + self._px(40)), size, self._px(26), self.theme.kernel)
            self._draw_arrow(x, y)
        if any(grid.margins):
            self._hatch(grid)

    def _draw_arrow(self, x: int, y: int) -> None:
        """Draw an arrow to the right."""
        long, tip, pen = self._px(34), self._px(12), max(2, self._px(4))
        self.draw.line((x - long, y, x + long, y), self.theme.muted, pen)
        head = [(x + long - tip, y - tip), (x + long, y), (x + long - tip, y + tip)]
        self.draw.line(head, self.theme.muted, pen, joint="curve")

    def _cover(self, draw: ImageDraw.ImageDraw, step: Any) -> None:
        """Draw the window on the input, and outline the winner inside it."""
        rows, columns = self.trace.rows, self.trace.columns
        top, left = step.start[0] + rows.padding[0], step.start[1] + columns.padding[0]
        self._outline(draw, self.input.box(top, left, rows.size, columns.size), self.theme.kernel)
        if step.winner is not None and self.input.cell >= 8:
            row, column = step.cells[step.winner]
            x, y, right, bottom = self.input.box(row + rows.padding[0], column + columns.padding[0])
            inset = max(3, self.input.cell // 9)
            self._outline(draw, (x + inset, y + inset, right - inset, bottom - inset), self.theme.output)

    def _write_sum(self, draw: ImageDraw.ImageDraw, step: Any) -> None:
        """Write the line below the grids."""
        counted = f"{step.kind} of {len(step.operands)} cells = "
        self._write_terms(draw, sum_parts(step), [(counted, ""), (brief(step.value), "output")])

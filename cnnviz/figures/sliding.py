"""The sliding window as a still picture: input with padding, kernel, output so far, and the sum.

It says the same as the picture on the page: fill is value, outline is role, padding is hatched, and a covered
cell shows its value above the weight it meets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.theme import Theme, cell_colours
from cnnviz.lessons.explain import brief, sum_parts
from cnnviz.lessons.steps import Step, Trace

Tell = Callable[[Step], list[list[tuple[str, str]]]]

SMALLEST = 9  # pixels below which a number is left out
HATCH = 9


@dataclass(frozen=True)
class Grid:
    """A matrix in its place on the picture."""

    title: str
    role: str
    values: np.ndarray
    limit: float
    left: int
    top: int
    cell: int
    margins: tuple[int, int, int, int] = (0, 0, 0, 0)  # padding: top, bottom, left, right

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        rows, columns = self.values.shape
        return columns * self.cell, rows * self.cell

    def box(self, row: int, column: int, rows: int = 1, columns: int = 1) -> tuple[int, int, int, int]:
        """Give the corners of a block of cells."""
        x, y = self.left + column * self.cell, self.top + row * self.cell
        return x, y, x + columns * self.cell, y + rows * self.cell

    def is_padding(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in the border of zeros."""
        (rows, columns), (top, bottom, left, right) = self.values.shape, self.margins
        return row < top or column < left or row >= rows - bottom or column >= columns - right

    @cached_property
    def lettering(self) -> int:
        """Size at which every number fits its cell; 0 if that is too small to read."""
        longest = max(width_of(brief(value), 100) for value in np.unique(self.values))
        size = int(min(0.42 * self.cell, 0.84 * self.cell * 100 / longest))
        return size if size >= SMALLEST else 0


class Board:
    """A picture of a trace, drawn once and copied for every stop.

    Parameters
    ----------
    trace : Trace
        What is shown; one channel.
    theme : Theme
        Its colours.
    size : (width, height)
        Of the picture, in pixels.
    tell : callable
        Writes out a step in parts of (text, role), the last two being bias and result.
    """

    def __init__(self, trace: Trace, theme: Theme, size: tuple[int, int], tell: Tell = sum_parts) -> None:
        self.trace, self.theme, self.size, self.tell = trace, theme, size, tell
        self.unit = size[0] / 1600
        self.input, self.kernel, self.output = self._placed()
        self.base = Image.new("RGB", size, theme.background)
        self.draw = ImageDraw.Draw(self.base)
        for grid in (self.input, self.kernel, self.output):
            self._draw_frame(grid)
        self._fill_input_and_kernel()
        self.filled = 0

    def at(self, index: int) -> Image.Image:
        """Draw one stop; the output is filled up to it, so go forwards for speed."""
        for done in range(self.filled, index + 1):
            self._fill(self.draw, self.output, *divmod(done, self.output.values.shape[1]))
        self.filled = max(self.filled, index + 1)
        picture = self.base.copy()
        draw = ImageDraw.Draw(picture)
        step = self.trace[index]
        self._empty_after(draw, index)
        self._cover(draw, step)
        self._outline(draw, self.output.box(*step.output), self.theme.output)
        self._write_sum(draw, step)
        place = (self.size[0] - self._px(60), self._px(54))
        write(draw, place, f"{index + 1} / {len(self.trace)}", self._px(28), self.theme.muted, "right")
        return picture

    def _px(self, length: float) -> int:
        """Scale a length from the width of a slide to that of this picture."""
        return max(1, round(length * self.unit))

    def _placed(self) -> tuple[Grid, Grid, Grid]:
        """Find the largest cells with which the three grids stand side by side."""
        trace, (width, height) = self.trace, self.size
        inside, kernel, output = trace.padded[0], trace.placed[0], trace.output
        gap, wide, high = self._px(90), width - self._px(120) - 2 * self._px(90), height - self._px(330)
        columns = inside.shape[1] + kernel.shape[1] + output.shape[1]
        rows = max(inside.shape[0], output.shape[0])
        cell = min(self._px(84), wide // columns, high // max(rows, kernel.shape[0]))
        own = cell
        if cell < self._px(40):  # keep the kernel's numbers readable
            own = min(self._px(56), wide // 5 // kernel.shape[1], high // kernel.shape[0])
            cell = min((wide - own * kernel.shape[1]) // (columns - kernel.shape[1]), high // rows)
        total = (columns - kernel.shape[1]) * cell + own * kernel.shape[1] + 2 * gap
        ends = trace.colour_ends
        left, middle = (width - total) // 2, self._px(120) + high // 2
        grids = []
        for role, values, side in (
            ("input", inside, cell),
            ("kernel", kernel, own),
            ("output", output, cell),
        ):
            margins = (*trace.rows.padding, *trace.columns.padding) if role == "input" else (0, 0, 0, 0)
            shape = trace.image.shape[1:] if role == "input" else values.shape
            title = f"{role.capitalize()} {shape[0]} × {shape[1]}"
            top = middle - values.shape[0] * side // 2
            grids.append(Grid(title, role, values, ends[role], left, top, side, margins))
            left += values.shape[1] * side + gap
        return grids[0], grids[1], grids[2]

    def _draw_frame(self, grid: Grid) -> None:
        """Draw what stays the same: title, hatched padding, the sign between the grids."""
        width, height = grid.size
        title = (grid.left + width // 2, grid.top - self._px(34))
        write(self.draw, title, grid.title, self._px(30), getattr(self.theme, grid.role))
        if grid.role != "input":
            sign = (grid.left - self._px(45), grid.top + height // 2)
            write(self.draw, sign, "∗" if grid.role == "kernel" else "=", self._px(44), self.theme.muted)
        if grid.role == "kernel":
            bias = (grid.left + width // 2, grid.top + height + self._px(34))
            write(self.draw, bias, f"bias {brief(self.trace.bias)}", self._px(26), self.theme.bias)
        if any(grid.margins):
            self._hatch(grid)

    def _hatch(self, grid: Grid) -> None:
        """Draw slanted lines over a grid; the cells that are no padding are filled later."""
        width, height = grid.size
        mask = Image.new("L", grid.size)
        pen = ImageDraw.Draw(mask)
        for start in range(-height, width, max(4, self._px(HATCH))):
            pen.line((start, height, start + height, 0), 255, 1)
        self.base.paste(self.theme.line, (grid.left, grid.top), mask)
        x, y, *_ = grid.box(0, 0)
        self.draw.rectangle((x, y, x + width, y + height), outline=self.theme.line)

    def _fill_input_and_kernel(self) -> None:
        """Draw the numbers that never change."""
        for grid in (self.input, self.kernel):
            for row, column in np.ndindex(grid.values.shape):
                self._fill(self.draw, grid, row, column)

    def _fill(self, draw: ImageDraw.ImageDraw, grid: Grid, row: int, column: int) -> None:
        """Draw one cell: its colour, and its number where there is room."""
        x, y, right, bottom = box = grid.box(row, column)
        value, ink = grid.values[row, column], self.theme.muted
        if not grid.is_padding(row, column):
            ink = self._fill_box(draw, box, value, grid.limit)
        if grid.lettering:
            write(draw, ((x + right) / 2, (y + bottom) / 2), brief(value), grid.lettering, ink)

    def _fill_box(self, draw: ImageDraw.ImageDraw, box: tuple, value: float, limit: float) -> str:
        """Fill a box by its value, and give the colour in which a number on it is readable."""
        colour, ink = cell_colours(float(value), limit, self.theme)
        draw.rectangle(box, colour, self.theme.line if box[2] - box[0] > 5 else None)
        return ink

    def _empty_after(self, draw: ImageDraw.ImageDraw, index: int) -> None:
        """Draw the outputs that are still to come: the rest of the present row, and all rows below it."""
        grid, (rows, columns) = self.output, self.output.values.shape
        row, column = divmod(index + 1, columns)
        for block in ((row, column, 1, columns - column), (row + 1, 0, rows - row - 1, columns)):
            if row < rows and block[2] > 0:
                draw.rectangle(grid.box(*block), self.theme.surface)
                self._rule(draw, grid.box(*block), grid.cell)

    def _rule(self, draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], cell: int) -> None:
        """Draw the lines between empty cells."""
        x, y, right, bottom = box
        if cell > 5:
            for at in range(x, right + 1, cell):
                draw.line((at, y, at, bottom), self.theme.line)
            for at in range(y, bottom + 1, cell):
                draw.line((x, at, right, at), self.theme.line)

    def _cover(self, draw: ImageDraw.ImageDraw, step: Step) -> None:
        """Draw the window on the input: in every covered cell the value above the weight."""
        rows, columns = self.trace.rows, self.trace.columns
        top, left = step.start[0] + rows.padding[0], step.start[1] + columns.padding[0]
        boxes = []
        for u, row in enumerate(rows.cells(top)):
            for v, column in enumerate(columns.cells(left)):
                boxes.append(self.input.box(row, column))
                self._cover_cell(draw, row, column, step.weights[0, u, v])
        if max(rows.dilation, columns.dilation) == 1:
            boxes = [self.input.box(top, left, rows.size, columns.size)]
        for box in boxes:
            self._outline(draw, box, self.theme.kernel)

    def _cover_cell(self, draw: ImageDraw.ImageDraw, row: int, column: int, weight: float) -> None:
        """Write value over weight into one cell, if there is room for both."""
        grid = self.input
        x, y, right, bottom = grid.box(row, column)
        size = int(
            min(grid.lettering, 0.36 * grid.cell, 0.84 * grid.cell * 100 / width_of(brief(weight), 100))
        )
        if not grid.lettering or size < SMALLEST:
            return
        middle, half = (x + right) / 2, y + 0.54 * grid.cell
        value, ink = grid.values[row, column], self.theme.text
        draw.rectangle((x, y, right, bottom), self.theme.background)
        if not grid.is_padding(row, column):
            ink = self._fill_box(draw, (x, y, right, bottom), value, grid.limit)
        write(draw, (middle, y + 0.28 * grid.cell), brief(value), size, ink)
        ink = self._fill_box(draw, (x, half, right, bottom), weight, self.kernel.limit)
        write(draw, (middle, (half + bottom) / 2), brief(weight), size, ink)

    def _outline(self, draw: ImageDraw.ImageDraw, box: tuple, colour: str) -> None:
        """Draw a thick outline around a box."""
        x, y, right, bottom = box
        pen = max(2, min(self._px(6), (right - x) // 4))
        draw.rectangle((x - 1, y - 1, right + 1, bottom + 1), outline=colour, width=pen)

    def _write_sum(self, draw: ImageDraw.ImageDraw, step: Step) -> None:
        """Write the sum below the grids."""
        terms = self.tell(step)
        bias = [(" + ", ""), *terms[-2]] if terms[-2] else []
        short = [(f"sum of {step.products.size} products", ""), *bias, *terms[-1]]
        self._write_terms(draw, terms, short)

    def _write_terms(self, draw: ImageDraw.ImageDraw, terms: list, short: list) -> None:
        """Write terms below the grids, in lines as large as fit; something shorter if none does."""
        for size in (38, 34, 30, 26, 22):
            lines = _broken(terms, self._px(size), self.size[0] - self._px(120))
            if len(lines) * 1.35 * size <= 150:
                break
        else:
            lines, size = [short], 34
        y = self.size[1] - self._px(110) - (len(lines) - 1) * self._px(1.35 * size) / 2
        for line in lines:
            x = (self.size[0] - sum(width_of(text, self._px(size)) for text, _ in line)) / 2
            for text, role in line:
                colour = getattr(self.theme, role) if role else self.theme.muted
                write(draw, (x, y), text, self._px(size), colour, "left")
                x += width_of(text, self._px(size))
            y += self._px(1.35 * size)


def _broken(terms: list[list[tuple[str, str]]], size: int, width: float) -> list[list[tuple[str, str]]]:
    """Break a sum into lines between its terms."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for term in terms:
        length = sum(width_of(text, size) for text, _ in term)
        if lines[-1] and used + length > width:
            lines.append([])
            used = 0.0
        lines[-1] += term
        used += length
    return lines

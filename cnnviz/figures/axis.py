"""One axis with every window on it as a still picture, under the formula with its numbers.

It says what the page does: outline is role, padding is hatched, left-over cells have a frame of their own.
"""

from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL, still
from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.theme import THEMES, Theme, rgb
from cnnviz.lessons import sizes
from cnnviz.presets.sizes import SizeSetup

MARGIN, GAP = 70, 22
TOP, HEIGHT = 240, 620  # where the picture begins below the words, and how high it may be
Box = tuple[float, float, float, float]


def size_png(setup: SizeSetup, theme: str) -> bytes:
    """Draw an axis, its windows and the formula, for a slide; ``theme`` is a key of `THEMES`."""
    picture = Image.new("RGB", STILL, THEMES[theme].background)
    AxisPicture(setup, THEMES[theme], ImageDraw.Draw(picture)).draw()
    return still(picture)


@dataclass(frozen=True)
class AxisPicture:
    """A picture in the making."""

    setup: SizeSetup
    theme: Theme
    pen: ImageDraw.ImageDraw

    @cached_property
    def starts(self) -> list[int]:
        """First cell of every window, counted from the first cell of padding."""
        window = self.setup.window
        return [start + window.padding[0] for start in window.starts(self.setup.length)]

    @cached_property
    def lanes(self) -> int:
        """How many rows of bars keep windows apart from each other."""
        extent = self.setup.window.extent
        return next((at for at, start in enumerate(self.starts) if start >= extent), len(self.starts))

    @cached_property
    def cell(self) -> float:
        """Width of a cell in pixels."""
        cell = min(90, (STILL[0] - 2 * MARGIN) / self.setup.window.padded(self.setup.length))
        return float(int(cell)) if cell >= 8 else cell

    @cached_property
    def row(self) -> float:
        """Height of the rows of cells in pixels."""
        return min(84.0, max(30.0, self.cell))

    @cached_property
    def lane(self) -> float:
        """Height of a row of bars in pixels."""
        return min(78, (HEIGHT - 2 * self.row - 2 * GAP) / self.lanes)

    def x(self, cell: float) -> float:
        """Left edge of a cell."""
        padded = self.setup.window.padded(self.setup.length)
        return (STILL[0] - padded * self.cell) / 2 + cell * self.cell

    def draw(self) -> None:
        """Draw everything from above to below."""
        self._write_formula()
        self._write_counts()
        bars = self.lanes * self.lane + 2 * GAP
        top = TOP + (HEIGHT - bars - 2 * self.row) / 2
        self._draw_input(top)
        for index, start in enumerate(self.starts):
            self._draw_window(index, start, top + self.row + GAP + index % self.lanes * self.lane)
        for index, start in enumerate(self.starts):
            self._draw_output(index, start, top + self.row + bars)

    def _write_formula(self) -> None:
        """Write the formula, its numbers in the colours of their roles."""
        parts = [("o = ", ""), *((part.text, part.role) for part in sizes.formula(self.setup))]
        x = (STILL[0] - sum(width_of(text, 54) for text, _ in parts)) / 2
        for text, role in parts:
            write(self.pen, (x, 100), text, 54, getattr(self.theme, role, self.theme.text), "left")
            x += width_of(text, 54)

    def _write_counts(self) -> None:
        """Count the cells in words."""
        window, length = self.setup.window, self.setup.length
        before, after = window.padding
        padding = f" + {before} + {after} of padding" if before or after else ""
        counts = [
            (f"Input {length}{padding}", self.theme.input),
            (f"Output {self.setup.size}", self.theme.output),
        ]
        if missed := window.left_over(length):
            counts.append((f"Left over {missed}", self.theme.negative))
        x = (STILL[0] - sum(width_of(text, 34) for text, _ in counts) - 40 * (len(counts) - 1)) / 2
        for text, colour in counts:
            write(self.pen, (x, 190), text, 34, colour, "left")
            x += width_of(text, 34) + 40

    def _draw_input(self, top: float) -> None:
        """Draw the cells of the input between its padding, and mark what is left over."""
        before, after = self.setup.window.padding
        end, row = before + self.setup.length, self.row
        for first, count in ((0, before), (end, after)):
            self._hatch((self.x(first), top, self.x(first + count), top + row))
        inside = (self.x(before), top, self.x(end), top + row)
        self.pen.rectangle(inside, self.theme.surface)
        for cell in range(end + after + 1):
            if self.cell > 5:
                self.pen.line((self.x(cell), top, self.x(cell), top + row), self.theme.line)
        self.pen.rectangle(inside, outline=self.theme.input, width=4)
        if missed := self.setup.window.left_over(self.setup.length):
            box = (self.x(end + after - missed), top, self.x(end + after), top + row)
            self.pen.rectangle(box, outline=self.theme.negative, width=5)
        for cell in range(self.setup.length):
            if self.cell >= 40:
                place = (self.x(before + cell + 0.5), top + row / 2)
                write(self.pen, place, str(cell + 1), 28, self.theme.text)

    def _hatch(self, box: Box) -> None:
        """Draw slanted lines over a box."""
        left, top, right, bottom = box
        height = bottom - top
        for at in range(int(left - height), int(right), 10):
            low, high = max(at, left), min(at + height, right)
            self.pen.line((low, bottom - (low - at), high, bottom - (high - at)), self.theme.line, 2)

    def _draw_window(self, index: int, start: int, top: float) -> None:
        """Draw a bar over the cells that a window reads, joined by a line where dilation leaves gaps."""
        window, inset = self.setup.window, min(3.0, self.cell / 5)
        cells = window.cells(start)
        middle = top + self.lane * 0.4
        self.pen.line((self.x(cells[0] + 0.5), middle, self.x(cells[-1] + 0.5), middle), self.theme.kernel, 3)
        spans = [(cells[0], cells[-1])] if window.dilation == 1 else [(cell, cell) for cell in cells]
        for first, last in spans:
            box = (self.x(first) + inset, top, self.x(last + 1) - inset, top + self.lane * 0.8)
            self.pen.rectangle(box, self.tint, self.theme.kernel, 3 if self.lane > 12 else 1)
        first, last = spans[0]
        if self.lane > 30 and (last + 1 - first) * self.cell > 40:
            write(self.pen, (self.x((first + last + 1) / 2), middle), str(index + 1), 28, self.theme.text)

    @cached_property
    def tint(self) -> tuple[int, int, int]:
        """The colour of the kernel, as a light wash on the background."""
        background, kernel = rgb(self.theme.background), rgb(self.theme.kernel)
        red, green, blue = (background + 0.24 * (kernel - background)).astype(int).tolist()
        return red, green, blue

    def _draw_output(self, index: int, start: int, top: float) -> None:
        """Draw an output below the middle of its window."""
        middle = self.x(start + self.setup.window.extent / 2)
        half = min(90.0, max(self.cell, min(self.setup.stride * self.cell, 44.0))) / 2
        box = (middle - half, top, middle + half, top + self.row)
        self.pen.rectangle(box, self.theme.background, self.theme.output, 4 if half > 10 else 2)
        if half >= 20:
            write(self.pen, (middle, top + self.row / 2), str(index + 1), 28, self.theme.text)

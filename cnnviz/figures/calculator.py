"""One layer as a still picture: what it reads and gives drawn to scale, above its formulas.

It says what the page does: outline is role, the window stands in its first place.
"""

from dataclasses import dataclass, field
from math import prod

from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL, still
from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.theme import THEMES, Theme, rgb
from cnnviz.lessons import calculator, calculator_told
from cnnviz.presets.calculator import LayerSetup

MARGIN, FLOOR, TALL, DEEP = 90, 500, 330, 150
SLANT = (0.72, 0.5)  # how a step into the depth is drawn
WORDS = {"units": "kernel", "groups": "kernel", "parameters": "kernel"}  # roles of terms that have no colour
Point = tuple[float, float]


def layer_png(setup: LayerSetup, theme: str) -> bytes:
    """Draw a layer and its formulas, for a slide; ``theme`` is a key of `THEMES`."""
    picture = Image.new("RGB", STILL, THEMES[theme].background)
    LayerPicture(setup, THEMES[theme], ImageDraw.Draw(picture)).draw()
    return still(picture)


@dataclass
class LayerPicture:
    """A picture in the making; ``boxes`` are the fronts drawn so far, by role."""

    setup: LayerSetup
    theme: Theme
    pen: ImageDraw.ImageDraw
    boxes: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)

    def draw(self) -> None:
        """Draw everything from above to below."""
        told = calculator_told.captions(self.setup)
        text = (
            ("Input ", "muted"),
            (told["read"], "input"),
            ("   Output ", "muted"),
            (told["shape"], "output"),
        )
        self._line(text, STILL[0] / 2, 70, 46, centre=True)
        if self.setup.kind == "dense":
            self._draw_matrix()
        else:
            self._draw_volumes()
        self._write_formulas()

    def _line(self, parts, x: float, y: float, size: int, *, centre: bool = False) -> None:
        """Write texts of several roles behind each other."""
        x -= sum(width_of(text, size) for text, _ in parts) / 2 if centre else 0
        for text, role in parts:
            write(self.pen, (x, y), text, size, self._colour(role), "left")
            x += width_of(text, size)

    def _colour(self, role: str) -> str:
        """Find the colour of a role or of a term."""
        kind = role.partition("-")[0]
        return getattr(self.theme, WORDS.get(kind, kind), self.theme.text)

    def _tint(self, role: str, part: float) -> tuple[int, int, int]:
        """Mix a colour into the background."""
        ground = rgb(self.theme.background)
        red, green, blue = (ground + part * (rgb(self._colour(role)) - ground)).astype(int).tolist()
        return red, green, blue

    def _draw_volumes(self) -> None:
        """Draw input, kernel and output, the first two joined by the window."""
        shapes = {"input": self.setup.shape, "output": self.setup.output_shape}
        if kernel := calculator_told.kernel_shape(self.setup):
            shapes = {"input": shapes["input"], "kernel": kernel, "output": shapes["output"]}
        deepest = max(shape[0] for shape in shapes.values())
        cell = (TALL - DEEP * SLANT[1]) / max(shape[1] for shape in shapes.values())
        room = STILL[0] - 2 * MARGIN - 200 * len(shapes) - DEEP * SLANT[0] * len(shapes)
        cell = min(cell, room / sum(shape[2] for shape in shapes.values()), 60)
        channel = min(cell, DEEP / deepest)
        wide = [max(3, shape[2] * cell) + shape[0] * channel * SLANT[0] for shape in shapes.values()]
        x = (STILL[0] - sum(wide) - 170 * (len(shapes) - 1)) / 2
        for (role, shape), width in zip(shapes.items(), wide, strict=True):
            self._draw_volume(role, shape, x, cell, channel)
            x += width + 170
        self._draw_window(cell)
        if kernel:
            x, y = self.boxes["kernel"][:2]
            count = calculator_told.labels(self.setup)["count"]
            write(
                self.pen, (x, y - kernel[0] * channel * SLANT[1] - 24), count, 30, self.theme.kernel, "left"
            )

    def _draw_volume(self, role: str, shape, x: float, cell: float, channel: float) -> None:
        """Draw a box with its three edges named."""
        channels, height, width = shape
        wide, tall = max(3, width * cell), max(3, height * cell)
        dx, dy = max(2, channels * channel) * SLANT[0], -max(2, channels * channel) * SLANT[1]
        y, colour = FLOOR - tall, self._colour(role)
        top: list[Point] = [(x, y), (x + dx, y + dy), (x + wide + dx, y + dy), (x + wide, y)]
        side: list[Point] = [top[3], top[2], (x + wide + dx, FLOOR + dy), (x + wide, FLOOR)]
        for outline in (top, side):
            self.pen.polygon(outline, self._tint(role, 0.22), colour)
        self.pen.rectangle((x, y, x + wide, FLOOR), self._tint(role, 0.1), colour, 4)
        edges = calculator_told.labels(self.setup)[role]
        write(self.pen, (x - 34, (y + FLOOR) / 2), edges["height"], 28, colour)
        write(self.pen, (x + wide / 2, FLOOR + 28), edges["width"], 28, colour)
        write(self.pen, (x + wide + dx / 2 + 34, FLOOR + dy / 2 + 16), edges["channels"], 28, colour)
        self.boxes[role] = (x, y, wide, tall)

    def _draw_window(self, cell: float) -> None:
        """Draw the window in its first place, and the output it gives."""
        if not self.setup.axes:
            return
        x, y, wide, high = self.boxes["input"]
        reach = self.setup.axes
        before, after = ([axis.window.padding[end] * cell for axis in reach] for end in (0, 1))
        above, below = (0.0, 0.0) if len(reach) == 1 else (before[0], after[0])
        padded = (x - before[-1], y - above, x + wide + after[-1], y + high + below)
        if any((*before, *after)):
            self.pen.rectangle(padded, outline=self.theme.muted, width=2)
        self._mark_left_over(padded, cell)
        starts = [axis.window.starts(axis.length)[0] * cell for axis in reach]
        sizes = [axis.window.extent * cell for axis in reach]
        top, tall = (0.0, cell) if len(reach) == 1 else (starts[0], sizes[0])
        box = (x + starts[-1], y + top, x + starts[-1] + max(4, sizes[-1]), y + top + max(4, tall))
        self.pen.rectangle(box, self._tint("kernel", 0.3), self.theme.kernel, 4)
        x, y = self.boxes["output"][:2]
        self.pen.rectangle((x, y, x + max(6, cell), y + max(6, cell)), self.theme.output)

    def _mark_left_over(self, padded: tuple[float, float, float, float], cell: float) -> None:
        """Frame the cells at the right and at the bottom that no window reaches."""
        left, top, right, bottom = padded
        missed = [axis.window.left_over(axis.length) * cell for axis in self.setup.axes]
        if missed[-1]:
            box = (right - max(5, missed[-1]), top, right, bottom)
            self.pen.rectangle(box, outline=self.theme.negative, width=4)
        if len(missed) == 2 and missed[0]:
            box = (left, bottom - max(5, missed[0]), right, bottom)
            self.pen.rectangle(box, outline=self.theme.negative, width=4)

    def _draw_matrix(self) -> None:
        """Draw y = W [x; 1], all to one scale."""
        inputs, units = prod(self.setup.shape), self.setup.units
        scale = TALL / max(inputs, units)
        long, wide = max(4.0, inputs * scale), max(4.0, units * scale)
        bias, x, top = (10 if self.setup.biases else 0), STILL[0] / 2 - (long + 330) / 2, 150
        labels = calculator_told.labels(self.setup)
        for role, at, width, height, name in (
            ("output", x, 34.0, wide, labels["units"]),
            ("kernel", x + 150, long, wide, labels["matrix"]),
            ("input", x + 300 + long, 34.0, long, labels["inputs"]),
        ):
            self.pen.rectangle(
                (at, top, at + width, top + height), self._tint(role, 0.22), self._colour(role), 3
            )
            write(self.pen, (at + width / 2, top + height + 38), name, 28, self._colour(role))
        if bias:
            self.pen.rectangle((x + 150 + long, top, x + 160 + long, top + wide), self.theme.bias)
            self.pen.rectangle(
                (x + 300 + long, top + long, x + 334 + long, top + long + bias), self.theme.bias
            )
        write(self.pen, (x + 92, top + 60), "=", 44, self.theme.muted)

    def _write_formulas(self) -> None:
        """Write every count in a line of its own."""
        formulas = calculator.formulas(self.setup)
        for at, formula in enumerate(formulas):
            y = 610 + at * min(90, 270 / len(formulas))
            write(self.pen, (MARGIN, y), formula.title, 30, self.theme.muted, "left")
            self._line([(part.text, part.role) for part in formula.parts], MARGIN + 400, y, 42)

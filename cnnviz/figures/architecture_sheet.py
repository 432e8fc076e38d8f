"""A drawing of a network as strokes and words on a sheet for a slide, whatever they are written with.

It says what the page does: size is to scale, colour is the kind of layer, captions stand where there is room.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cnnviz.figures.animation import STILL
from cnnviz.figures.lettering import width_of
from cnnviz.figures.theme import Theme, rgb
from cnnviz.lessons.drawing import KINDS
from cnnviz.lessons.drawing_layout import Box, Drawing, Row

MARGIN, TITLE, FOOT = 50, 90, 70
LARGEST = 2.4  # of the natural size
CAPTION, LINE = 22, 27
ORDER = ("input", "stage", "conv", "dense", "pool", "merge")  # whose caption is kept where room is short
ROLE = {
    "input": "input",
    "conv": "kernel",
    "stage": "kernel",
    "pool": "positive",
    "dense": "bias",
    "merge": "output",
    "slab": "muted",
}
Point = tuple[float, float]


class Stroke(NamedTuple):
    """A line, or a filled shape if ``fill`` is a colour."""

    points: tuple[Point, ...]
    colour: str
    fill: str = ""
    width: float = 1.5


class Words(NamedTuple):
    """A line of text: its middle, the middle of its digits, and how it is written."""

    at: Point
    text: str
    size: int
    colour: str
    bold: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet, in the order in which it is drawn."""

    strokes: tuple[Stroke, ...]
    words: tuple[Words, ...]


def sheet(drawing: Drawing, title: str, theme: Theme) -> Sheet:
    """Lay a drawing out on a slide, in as many rows as make it largest."""
    wide, high = STILL[0] - 2 * MARGIN, STILL[1] - TITLE - FOOT

    def scale_of(way: tuple[Row, ...]) -> float:
        tall = sum(row.height for row in way)
        return min(wide / max(row.width for row in way), high / tall, LARGEST)

    way = max(drawing.rowings, key=scale_of)
    scale = scale_of(way)
    top = TITLE + (high - scale * sum(row.height for row in way)) / 2
    strokes: list[Stroke] = []
    words = [Words((STILL[0] / 2, 46), title, 34, theme.text, True)]
    for row in way:
        place = _Place(row, scale, ((STILL[0] - row.width * scale) / 2, top), theme)
        strokes += place.strokes(drawing)
        words += place.captions(drawing)
        top += row.height * scale
    keys, names = _legend(drawing, theme)
    return Sheet((*strokes, *keys), (*words, *names))


@dataclass(frozen=True)
class _Place:
    """One row of the drawing and where it stands on the sheet."""

    row: Row
    scale: float
    corner: Point
    theme: Theme

    def at(self, x: float, y: float) -> Point:
        """Find a point of the drawing on the sheet."""
        left, top = self.corner
        return left + (x - self.row.x) * self.scale, top + (y - self.row.y) * self.scale

    def boxes(self, drawing: Drawing) -> list[Box]:
        """List the boxes of this row."""
        return [box for box in drawing.boxes if self.row.x <= box.x < self.row.x + self.row.width]

    def strokes(self, drawing: Drawing) -> Iterator[Stroke]:
        """Draw wires, then boxes from right to left."""
        left, right = self.row.x, self.row.x + self.row.width
        for wire in drawing.wires:
            if wire.points[0][0] < right and wire.points[-1][0] > left:
                inside = tuple(self.at(min(max(x, left), right), y) for x, y in wire.points)
                yield Stroke(inside, self.theme.muted, width=2)
        for box in reversed(self.boxes(drawing)):
            yield from self._box(box)

    def _box(self, box: Box) -> Iterator[Stroke]:
        """Draw front, upper face and side."""
        x, y, width, height, lean = box.x, box.y, box.width, box.height, box.lean
        colour = getattr(self.theme, ROLE[box.part.kind])
        upper = (x, y), (x + lean, y - lean), (x + width + lean, y - lean), (x + width, y)
        side = (
            (x + width, y),
            (x + width + lean, y - lean),
            (x + width + lean, y + height - lean),
            (x + width, y + height),
        )
        front = (x, y), (x + width, y), (x + width, y + height), (x, y + height)
        for corners, share in ((upper, 0.38), (side, 0.38), (front, 0.2)):
            yield Stroke(
                tuple(self.at(*corner) for corner in corners), colour, mixed(colour, share, self.theme)
            )
        if box.part.kind == "stage" and box.part.weighted > 1:
            apart = width / box.part.weighted
            for each in range(1, box.part.weighted):
                line = self.at(x + each * apart, y), self.at(x + each * apart, y + height)
                yield Stroke(line, colour, width=1)

    def captions(self, drawing: Drawing) -> list[Words]:
        """Name the boxes where there is room, the important ones first."""
        kept: list[tuple[float, float, float, float]] = []
        words = []
        shown = [box for box in self.boxes(drawing) if box.part.kind in ORDER]
        for box in sorted(shown, key=lambda box: ORDER.index(box.part.kind)):
            texts = box.part.name.rpartition("/")[2], box.part.size
            half = max(width_of(text, CAPTION) for text in texts) / 2
            x, y = self.at(box.x + box.width / 2, box.y + box.height)
            x = min(max(x, half + 8), STILL[0] - half - 8)
            area = x - half, y, x + half, y + 2 * LINE
            if any(_touch(area, other) for other in kept):
                continue
            kept.append(area)
            words.append(Words((x, y + LINE * 0.75), texts[0], CAPTION, self.theme.text, True))
            words.append(Words((x, y + LINE * 1.75), texts[1], CAPTION, self.theme.muted))
        return words


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two areas overlap."""
    return one[0] < other[2] + 8 and other[0] < one[2] + 8 and one[1] < other[3] and other[1] < one[3]


def _legend(drawing: Drawing, theme: Theme) -> tuple[list[Stroke], list[Words]]:
    """Say which colour is which kind of layer."""
    found = {box.part.kind for box in drawing.boxes}
    names = [(kind, KINDS[kind]) for kind in KINDS if kind in found]
    widths = [width_of(name, CAPTION) + 62 for _, name in names]
    x, y = (STILL[0] - sum(widths)) / 2, STILL[1] - 36
    strokes, words = [], []
    for (kind, name), width in zip(names, widths, strict=True):
        colour = getattr(theme, ROLE[kind])
        corners = (x, y - 10), (x + 20, y - 10), (x + 20, y + 10), (x, y + 10)
        strokes.append(Stroke(corners, colour, mixed(colour, 0.26, theme)))
        words.append(Words((x + 30 + (width - 62) / 2, y), name, CAPTION, theme.muted))
        x += width
    return strokes, words


def mixed(colour: str, share: float, theme: Theme) -> str:
    """Mix a share of a colour into the background."""
    channels = share * rgb(colour) + (1 - share) * rgb(theme.background)
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)

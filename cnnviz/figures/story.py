"""The ImageNet story for a slide: error, depth and parameters, one below the other."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL, still
from cnnviz.figures.lettering import write
from cnnviz.figures.theme import SERIES, THEMES, Theme
from cnnviz.lessons.studies_story import Moment

LEFT, RIGHT, TOP, FOOT = 150, 40, 20, 90
PARTS = (0.44, 0.28, 0.28)  # of the height, for error, depth and parameters
HEAD, ROOM, FONT = 44, 36, 26


def story_png(moments: Sequence[Moment], human: float, theme: str) -> bytes:
    """Draw the chart; ``theme`` is a key of `THEMES`."""
    colours = THEMES[theme]
    picture = Image.new("RGB", STILL, colours.background)
    pen = ImageDraw.Draw(picture)
    step = (STILL[0] - LEFT - RIGHT) / len(moments)
    middles = [LEFT + (at + 0.5) * step for at in range(len(moments))]
    panels: tuple[tuple[str, list[float], list[str]], ...] = (
        ("Top-5 error, %, quoted", [one.error for one in moments], [one.shown_error for one in moments]),
        ("Layers with weights", [one.depth for one in moments], [str(one.depth) for one in moments]),
        ("Parameters", [one.parameters for one in moments], [one.shown_parameters for one in moments]),
    )
    top, tall = float(TOP), STILL[1] - TOP - FOOT
    for (title, values, texts), part, colour in zip(panels, PARTS, SERIES[theme], strict=False):
        box = (top + HEAD, top + part * tall - 12)
        write(pen, (LEFT, top + HEAD / 2), title, FONT, colours.text, "left")
        line = _height(human, max(values), box) if title is panels[0][0] else None
        _bars(pen, middles, step * 0.6, values, box, colour, colours)
        if line:
            _line(pen, human, line, colours)
        _numbers(pen, middles, (values, texts), box, line, colours)
        top += part * tall
    for x, one in zip(middles, moments, strict=True):
        write(pen, (x, STILL[1] - FOOT + 24), one.name, FONT, colours.text)
        write(pen, (x, STILL[1] - FOOT + 58), str(one.year), FONT, colours.muted)
    return still(picture)


def _bars(pen, middles, thick: float, values, box: tuple[float, float], colour: str, theme: Theme) -> None:
    """Draw a panel's bars."""
    for x, value in zip(middles, values, strict=True):
        if value:
            y = _height(value, max(values), box)
            pen.rectangle((x - thick / 2, y, x + thick / 2, box[1]), colour)
    pen.line((LEFT, box[1], STILL[0] - RIGHT, box[1]), theme.line, 2)


def _numbers(pen, middles, numbers, box: tuple[float, float], line: float | None, theme: Theme) -> None:
    """Write the number of every bar above it, or above the line where that would cross it."""
    values, texts = numbers
    for x, value, text in zip(middles, values, texts, strict=True):
        y = _height(value, max(values), box)
        if line is not None and abs(y - 16 - line) < FONT:
            y = min(y, line)
        if value:
            write(pen, (x, y - 16), text, FONT, theme.text)


def _height(value: float, most: float, box: tuple[float, float]) -> float:
    """Turn a value into a height on the picture; above the largest there is room for its number."""
    top, bottom = box
    return bottom - value / most * (bottom - top - ROOM)


def _line(pen, human: float, y: float, theme: Theme) -> None:
    """Draw the human's error as a dashed line with its name."""
    for x in range(LEFT, STILL[0] - RIGHT, 26):
        pen.line((x, y, min(x + 16, STILL[0] - RIGHT), y), theme.output, 3)
    write(pen, (LEFT - 14, y - 15), "human", FONT, theme.output, "right")
    write(pen, (LEFT - 14, y + 17), f"{human} %", FONT, theme.output, "right")

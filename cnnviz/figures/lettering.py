"""Numbers and short captions on pictures, in the font that ships inside Pillow.

That font has no minus, no multiplication sign and no floor brackets, so `STROKES` draws them as lines. To add
a sign, add its strokes there.
"""

import re
from functools import lru_cache

from PIL import ImageDraw, ImageFont

# Strokes of a sign in em, from its own left edge and from half the height of a digit, downwards.
STROKES = {
    "−": (((0.08, 0.0), (0.50, 0.0)),),
    "×": (((0.12, -0.17), (0.46, 0.17)), ((0.12, 0.17), (0.46, -0.17))),
    "∗": (((0.29, -0.2), (0.29, 0.2)), ((0.12, -0.1), (0.46, 0.1)), ((0.12, 0.1), (0.46, -0.1))),
    "→": (((0.08, 0.0), (0.52, 0.0)), ((0.36, -0.15), (0.52, 0.0)), ((0.36, 0.15), (0.52, 0.0))),
    "⌊": (((0.14, -0.46), (0.14, 0.42), (0.32, 0.42)),),
    "⌋": (((0.2, -0.46), (0.2, 0.42), (0.02, 0.42)),),
    "⌈": (((0.14, 0.42), (0.14, -0.46), (0.32, -0.46)),),
    "⌉": (((0.2, 0.42), (0.2, -0.46), (0.02, -0.46)),),
}
ADVANCE = dict.fromkeys("⌊⌋⌈⌉", 0.34)
WIDE = 0.58  # em that a drawn sign takes
_RUNS = re.compile(f"[{''.join(STROKES)}]|[^{''.join(STROKES)}]+")


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Give the embedded font at a size in pixels."""
    embedded = ImageFont.load_default(size)
    assert isinstance(
        embedded, ImageFont.FreeTypeFont
    )  # a Pillow built without FreeType has only a bitmap font
    return embedded


@lru_cache(maxsize=64)
def _rise(size: int) -> float:
    """How far the middle of a digit lies above the middle of a line."""
    _, top, _, bottom = font(size).getbbox("0", anchor="lm")
    return -(top + bottom) / 2


@lru_cache(maxsize=4096)
def width_of(text: str, size: int) -> float:
    """Measure a text in pixels."""
    return sum(
        ADVANCE.get(run, WIDE) * size if run in STROKES else font(size).getlength(run)
        for run in _RUNS.findall(text)
    )


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, colour: str, align="centre"
) -> None:
    """Write a text with the middle of its digits at a height.

    Parameters
    ----------
    draw : ImageDraw
        What to write on.
    at : (x, y)
        Where, in pixels; ``x`` is the middle of the text, or its left edge if ``align`` is "left".
    text : str
        One line.
    size : int
        Height of the font in pixels.
    colour : str
        As ``#rrggbb``.
    align : str
        "centre", "left" or "right".
    """
    x, y = at
    x -= {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width_of(text, size)
    pen = max(1, round(size * 0.065))
    for run in _RUNS.findall(text):
        if run not in STROKES:
            draw.text((x, y + _rise(size)), run, colour, font(size), anchor="lm")
            x += font(size).getlength(run)
            continue
        for stroke in STROKES[run]:
            draw.line([(x + u * size, y + v * size) for u, v in stroke], colour, pen, joint="curve")
        x += ADVANCE.get(run, WIDE) * size

"""A network to scale as a file for a slide: PNG, and SVG, which stays sharp and can be edited."""

from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL, still
from cnnviz.figures.architecture_sheet import Stroke, Words, sheet
from cnnviz.figures.lettering import write
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.drawing_layout import Drawing

SHARPER = 2  # drawn larger, then made smaller: slanting lines become smooth


def architecture_png(drawing: Drawing, title: str, theme: str) -> bytes:
    """Draw a network for a slide; ``theme`` is a key of `THEMES`."""
    drawn = sheet(drawing, title, THEMES[theme])
    large = Image.new("RGB", (STILL[0] * SHARPER, STILL[1] * SHARPER), THEMES[theme].background)
    pen = ImageDraw.Draw(large)
    for stroke in drawn.strokes:
        points = [(x * SHARPER, y * SHARPER) for x, y in stroke.points]
        if stroke.fill:
            pen.polygon(points, stroke.fill)
            points.append(points[0])
        pen.line(points, stroke.colour, round(stroke.width * SHARPER), joint="curve")
    picture = large.reduce(SHARPER)
    pen = ImageDraw.Draw(picture)
    for words in drawn.words:
        write(pen, words.at, words.text, words.size, words.colour)
    return still(picture)


def architecture_svg(drawing: Drawing, title: str, theme: str) -> bytes:
    """Write the same picture as SVG."""
    drawn, colours = sheet(drawing, title, THEMES[theme]), THEMES[theme]
    width, height = STILL
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" text-anchor="middle">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{colours.background}"/>',
        *(_stroke(stroke) for stroke in drawn.strokes),
        *(_words(words) for words in drawn.words),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _stroke(stroke: Stroke) -> str:
    """Write a line or a shape."""
    points = "L".join(f"{x:.1f} {y:.1f}" for x, y in stroke.points)
    closed, fill = ("z", stroke.fill) if stroke.fill else ("", "none")
    ink = f'stroke="{stroke.colour}" stroke-width="{stroke.width:g}" stroke-linejoin="round"'
    return f'<path d="M{points}{closed}" fill="{fill}" {ink}/>'


def _words(words: Words) -> str:
    """Write a line of text."""
    x, y = words.at
    weight = ' font-weight="600"' if words.bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" dominant-baseline="central"'
    return f'<text {place} font-size="{words.size}"{weight} fill="{words.colour}">{escape(words.text)}</text>'

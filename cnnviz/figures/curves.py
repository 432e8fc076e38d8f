"""Curves and bars as pictures for a slide: value and slope of activations, and the shares of softmax.

Lines are drawn at twice the size and made small, which smooths them.
"""

import io
import itertools
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.lettering import write
from cnnviz.figures.theme import SERIES, THEMES, Theme
from cnnviz.lessons.activations import Curve, Telling
from cnnviz.lessons.activations_explain import four, saturation_text
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activations import ActivationSetup

STILL = (1600, 900)
FINE = 2
DASHES: tuple[tuple[int, ...], ...] = ((), (22, 11), (7, 9), (30, 9, 7, 9), (15, 15), (42, 11))
PANEL_TOP, PANEL_BOTTOM = 80, 590
Place = tuple[float, float]


def round_marks(low: float, high: float, wanted: float) -> list[float]:
    """Choose round numbers between two ends, about so many of them."""
    rough = (high - low) / max(1.0, wanted)
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(part * power for part in (1, 2, 5, 10) if part * power >= rough * 0.999))
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [float(f"{mark * step:.12g}") for mark in range(first, last + 1)]


def dashed(places: Sequence[Place], pattern: tuple[int, ...]) -> list[list[Place]]:
    """Cut a line into dashes: on, off, on, off, in the units of its places."""
    if not pattern:
        return [list(places)]
    pieces, piece, at, left = [], [places[0]], 0, float(pattern[0])
    for start, end in itertools.pairwise(places):
        (x, y), length = start, float(np.hypot(end[0] - start[0], end[1] - start[1]))
        while length > left:
            x, y = x + (end[0] - x) * left / length, y + (end[1] - y) * left / length
            length -= left
            if at % 2 == 0:
                pieces.append([*piece, (x, y)])
            at += 1
            piece, left = [(x, y)], float(pattern[at % len(pattern)])
        left -= length
        piece.append(end)
    return pieces + ([piece] if at % 2 == 0 else [])


class Panel:
    """One picture of curves inside a sheet: its box, its ends, and how to draw into it."""

    def __init__(
        self, sheet: Image.Image, box: tuple[int, int, int, int], x: np.ndarray, ends: Place
    ) -> None:
        self.sheet, self.box, self.span, self.ends = sheet, box, (x[0], x[-1]), ends
        self.pen = ImageDraw.Draw(sheet)

    def place(self, x: float, y: float) -> Place:
        """Turn numbers into pixels of the fine sheet; what is far outside is kept close by."""
        left, top, right, bottom = (side * FINE for side in self.box)
        across = left + (x - self.span[0]) / (self.span[1] - self.span[0]) * (right - left)
        part = min(max((float(y) - self.ends[0]) / (self.ends[1] - self.ends[0]), -9.0), 9.0)
        up = bottom - part * (bottom - top)
        return float(across), float(min(max(up, top - 40), bottom + 40))

    @property
    def marks(self) -> tuple[list[float], list[float]]:
        """The round numbers along both axes."""
        left, top, right, bottom = self.box
        return round_marks(*self.span, (right - left) / 90), round_marks(*self.ends, (bottom - top) / 60)

    def rules(self, theme: Theme) -> None:
        """Draw a line at every round number; those through 0 are the axes."""
        left, top, right, bottom = (side * FINE for side in self.box)
        for at, marks in enumerate(self.marks):
            for mark in marks:
                across, up = self.place(mark, mark)
                line = [(across, top), (across, bottom)] if at == 0 else [(left, up), (right, up)]
                self.pen.line(line, theme.line if mark else theme.muted, 3)

    def numbers(self, theme: Theme) -> None:
        """Write the round numbers beside the axes."""
        left, bottom = self.box[0], self.box[3]
        for x in self.marks[0]:
            write(self.pen, (self.place(x, 0)[0], (bottom + 22) * FINE), four(x), 20 * FINE, theme.muted)
        for y in self.marks[1]:
            up = self.place(0, y)[1]
            write(self.pen, ((left - 12) * FINE, up), four(y), 20 * FINE, theme.muted, "right")

    def line(self, xs, ys, colour: str, at: int) -> None:
        """Draw one line with the dashes of its number."""
        places = [self.place(x, y) for x, y in zip(xs, ys, strict=True) if np.isfinite(y)]
        for piece in dashed(places, tuple(FINE * part for part in DASHES[at])) if len(places) > 1 else ():
            self.pen.line(piece, colour, 4 * FINE, joint="curve")

    def dot(self, x: float, y: float, colour: str, theme: Theme) -> None:
        """Draw the point where the function is looked at, at the edge if it is outside."""
        left, top, right, bottom = (side * FINE for side in self.box)
        across, up = self.place(x, y)
        across, up = min(max(across, left), right), min(max(up, top), bottom)
        radius = 10 * FINE
        around = (across - radius, up - radius, across + radius, up + radius)
        self.pen.ellipse(around, colour, theme.background, 2 * FINE)

    def trim(self, theme: Theme) -> None:
        """Wipe off what was drawn above and below the box."""
        left, top, right, bottom = (side * FINE for side in self.box)
        for first, last in ((top - 50, top - 1), (bottom + 1, bottom + 50)):
            self.pen.rectangle((left - 10, first, right + 10, last), theme.background)


def slope_pieces(curve: Curve, x: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Cut the slope where it jumps, each piece with its own ends."""
    jumps = sorted(curve.jumps, key=lambda jump: jump.x)
    starts = [(-np.inf, np.nan), *((jump.x, jump.after) for jump in jumps)]
    stops = [*((jump.x, jump.before) for jump in jumps), (np.inf, np.nan)]
    pieces = []
    for (low, first), (high, last) in zip(starts, stops, strict=True):
        inside = (x > low) & (x < high)
        xs = np.concatenate([[low], x[inside], [high]])
        ys = np.concatenate([[first], curve.slope[inside], [last]])
        pieces.append((xs[np.isfinite(ys)], ys[np.isfinite(ys)]))
    return pieces


def curves_png(setup: ActivationSetup, theme: str) -> bytes:
    """Draw value and slope of the chosen functions, and below them the numbers at x."""
    colours, palette, telling = SERIES[theme], THEMES[theme], Telling(setup)

    def draw(sheet: Image.Image) -> None:
        pen = ImageDraw.Draw(sheet)
        for which, left, title, role in (
            ("f", 90, "Value f(x)", palette.output),
            ("slope", 880, "Slope f'(x)", palette.gradient),
        ):
            panel = Panel(
                sheet, (left, PANEL_TOP, left + 680, PANEL_BOTTOM), telling.samples, telling.ends(which)
            )
            panel.rules(palette)
            for at, curve in enumerate(telling.curves):
                pieces = (
                    [(telling.samples, curve.f)] if which == "f" else slope_pieces(curve, telling.samples)
                )
                for xs, ys in pieces:
                    panel.line(xs, ys, colours[at], at)
            panel.trim(palette)
            panel.numbers(palette)
            for at, curve in enumerate(telling.curves):
                panel.dot(telling.x, curve.at[which != "f"], colours[at], palette)
            write(pen, (left * FINE, 40 * FINE), title, 28 * FINE, role, "left")
        _table(pen, telling, colours, palette)

    return _png(draw, palette)


def _table(pen: ImageDraw.ImageDraw, telling: Telling, colours: Sequence[str], theme: Theme) -> None:
    """Write the numbers of each function in a row."""
    columns = ((170, "left"), (760, "right"), (960, "right"), (1020, "left"))
    heads = (f"x = {four(telling.x)}", "f(x)", "f'(x)", "saturated")
    rows = [(c.name, *map(four, c.at), saturation_text(c.saturated)) for c in telling.curves]
    for line, texts in enumerate((heads, *rows)):
        y = (652 + 37 * line) * FINE
        if line:
            pattern = tuple(FINE * part for part in DASHES[line - 1])
            for piece in dashed([(90.0 * FINE, y), (150.0 * FINE, y)], pattern):
                pen.line(piece, colours[line - 1], 5 * FINE)
        for (x, align), text in zip(columns, texts, strict=True):
            write(pen, (x * FINE, y), text, 24 * FINE, theme.text if line else theme.muted, align)


def shares_png(setup: ActivationSetup, theme: str) -> bytes:
    """Draw the shares of softmax as bars with their numbers."""
    told, palette = Shares(setup), THEMES[theme]

    def draw(sheet: Image.Image) -> None:
        pen = ImageDraw.Draw(sheet)
        step = 720 / len(told.shares)
        title = f"Softmax, temperature {four(setup.temperature)}"
        write(pen, (90 * FINE, 50 * FINE), title, 30 * FINE, palette.text, "left")
        for at, (logit, share) in enumerate(zip(told.logits, told.shares, strict=True)):
            y = 110 + (at + 0.5) * step
            write(pen, (280 * FINE, y * FINE), four(logit), 30 * FINE, palette.input, "right")
            high = min(50.0, 0.6 * step)
            box = (320, y - high / 2, 320 + 1000 * share, y + high / 2)
            pen.rectangle([side * FINE for side in box], palette.output)
            write(pen, ((340 + 1000 * share) * FINE, y * FINE), four(share), 30 * FINE, palette.text, "left")

    return _png(draw, palette)


def _png(draw: Callable[[Image.Image], None], theme: Theme) -> bytes:
    """Make a sheet, let it be drawn on, and make it small."""
    sheet = Image.new("RGB", (STILL[0] * FINE, STILL[1] * FINE), theme.background)
    draw(sheet)
    file = io.BytesIO()
    sheet.reduce(FINE).save(file, "PNG")
    return file.getvalue()

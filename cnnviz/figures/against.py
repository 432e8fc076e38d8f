"""How two networks grow with the image, as a still picture: curves with the lectures' numbers, and totals."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10

from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL, still
from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.theme import THEMES, Theme
from cnnviz.lessons import against
from cnnviz.presets.against import AgainstSetup

LEFT, RIGHT, TOP, BOTTOM = 150, 1560, 170, 720
TICKS = (8, 16, 32, 64, 128, 256, 512, 1000)
BELOW = ("cnn", "full")  # curves whose marks are written below them


def growth_png(setup: AgainstSetup, theme: str) -> bytes:
    """Draw the curves and the totals, for a slide; ``theme`` is a key of `THEMES`."""
    picture = Image.new("RGB", STILL, THEMES[theme].background)
    GrowthPicture(setup, THEMES[theme], ImageDraw.Draw(picture)).draw()
    return still(picture)


@dataclass(frozen=True)
class GrowthPicture:
    """A picture in the making."""

    setup: AgainstSetup
    theme: Theme
    pen: ImageDraw.ImageDraw

    @cached_property
    def grown(self) -> dict[str, list[int]]:
        """The counts along the curves."""
        return against.grown(self.setup)

    @cached_property
    def powers(self) -> tuple[int, int]:
        """The powers of ten at both ends."""
        counts = [count for curve in against.CURVES for count in self.grown[curve.name]]
        return floor(log10(min(counts))), ceil(log10(max(counts)))

    def place(self, side: int, count: int) -> tuple[float, float]:
        """Where a count at a side stands."""
        sides, (low, high) = self.grown["side"], self.powers
        across = log10(side / sides[0]) / log10(sides[-1] / sides[0])
        up = (log10(count) - low) / (high - low)
        return LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)

    def draw(self) -> None:
        """Draw everything."""
        self._write_totals()
        self._draw_axes()
        for curve in against.CURVES:
            self._draw_curve(curve)
        for mark in against.marks(self.setup):
            self._draw_mark(mark)
        self._write_legend()

    def _write_totals(self) -> None:
        """Write both totals and their ratio."""
        now, setup = against.at_side(self.setup), self.setup
        texts = [
            ("CNN ", self.theme.text),
            (f"{now['cnn']:,}", self.theme.input),
            (", MLP ", self.theme.text),
            (f"{now['mlp']:,}", self.theme.output),
            (f": {against.ratio(setup)} times as many, for ", self.theme.text),
            (f"{setup.side} × {setup.side} × {setup.channels}", self.theme.text),
        ]
        x = (STILL[0] - sum(width_of(text, 44) for text, _ in texts)) / 2
        for text, colour in texts:
            write(self.pen, (x, 80), text, 44, colour, "left")
            x += width_of(text, 44)

    def _draw_axes(self) -> None:
        """Draw the powers of ten, the sides, and the present one."""
        low, high = self.powers
        for power in range(low, high + 1):
            y = self.place(8, 10**power)[1]
            self.pen.line((LEFT, y, RIGHT, y), self.theme.line, 1)
            if (power - low) % 2 == 0:
                write(self.pen, (LEFT - 66, y), "10", 26, self.theme.muted)
                write(self.pen, (LEFT - 48, y - 12), str(power), 19, self.theme.muted, "left")
        for side in TICKS:
            write(self.pen, (self.place(side, 10**low)[0], BOTTOM + 28), str(side), 26, self.theme.muted)
        write(self.pen, ((LEFT + RIGHT) / 2, BOTTOM + 66), "pixels along each side", 26, self.theme.muted)
        x = self.place(self.setup.side, 10**low)[0]
        self.pen.line((x, TOP, x, BOTTOM), self.theme.muted, 2)

    def _draw_curve(self, curve: against.Curve) -> None:
        """Draw one curve; where it is dashed, every other piece."""
        pairs = zip(self.grown["side"], self.grown[curve.name], strict=True)
        places = [self.place(*pair) for pair in pairs]
        colour = getattr(self.theme, curve.role)
        if not curve.dash:
            self.pen.line(places, colour, 6, joint="curve")
            return
        for at in range(0, len(places) - 1, 2):
            self.pen.line((places[at], places[at + 1]), colour, 5)

    def _draw_mark(self, mark: against.Mark) -> None:
        """Mark a number of a lecture on its curve."""
        curve = next(each for each in against.CURVES if each.name == mark.curve)
        colour, (x, y) = getattr(self.theme, curve.role), self.place(mark.side, mark.value)
        self.pen.ellipse((x - 9, y - 9, x + 9, y + 9), colour, self.theme.background, 2)
        text = f"{mark.value:,}{mark.text[mark.text.find(':') :]}" if ":" in mark.text else mark.text
        start = x - width_of(text, 28) - 18 if x > STILL[0] * 0.62 else x + 16
        y += 32 if mark.curve in BELOW else -28
        self.pen.rectangle((start - 4, y - 17, start + width_of(text, 28) + 4, y + 17), self.theme.background)
        write(self.pen, (start, y), text, 28, colour, "left")

    def _write_legend(self) -> None:
        """Name the curves below the picture."""
        now = against.at_side(self.setup)
        for at, curve in enumerate(against.CURVES):
            colour, x, y = getattr(self.theme, curve.role), LEFT + at % 2 * 720, BOTTOM + 116 + at // 2 * 44
            self.pen.line((x, y, x + 50, y), colour, 6)
            write(self.pen, (x + 66, y), f"{curve.title} {now[curve.name]:,}", 28, colour, "left")

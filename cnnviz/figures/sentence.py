"""A sentence in Kim's network for a slide: one stop as PNG, the whole run as GIF, as the page shows it."""

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.figures.animation import MOVING, STILL, animated, still
from cnnviz.figures.lettering import width_of, write
from cnnviz.figures.theme import THEMES, Theme, luminance, shades
from cnnviz.lessons.sentence import Worked, short
from cnnviz.presets.studies_sentence import CHANNELS, CLASSES, LENGTH, SentenceSetup

DARK_ENOUGH = 0.18  # luminance below which white is readable
LABEL = 0.13  # of the width, for the words
SCORE = 0.12  # and for the scores
GAP, BLOCK = 0.014, 0.035


def sentence_png(setup: SentenceSetup, step: int, theme: str) -> bytes:
    """Draw one stop; ``theme`` is a key of `THEMES`."""
    return still(SentenceBoard(Worked.of(setup), THEMES[theme], STILL).at(step))


def sentence_gif(setup: SentenceSetup, theme: str) -> bytes:
    """Draw the run from first to last stop, as an animation that starts over at its end."""
    return animated(SentenceBoard(Worked.of(setup), THEMES[theme], MOVING))


class SentenceBoard:
    """Knows where everything lies on a picture, and draws each stop."""

    def __init__(self, worked: Worked, theme: Theme, size: tuple[int, int]) -> None:
        self.worked, self.theme, self.size, self.trace = worked, theme, size, worked.stops
        width, height = size
        self.words, self.count = len(worked.setup.words), len(worked.maps)
        columns = 2 * LENGTH + self.count
        self.cell = width * (0.96 - LABEL - SCORE - GAP - BLOCK) / columns
        self.row = min(height * 0.78 / (self.words + 4.6), self.cell * 0.8)
        self.left, self.top = width * (0.02 + LABEL), height * 0.09
        self.maps_left = self.left + 2 * LENGTH * self.cell + width * (GAP + BLOCK)
        self.maximum = self.top + (self.words + 0.4) * self.row
        self.classes = self.maximum + 1.6 * self.row
        self.font = max(9, round(min(self.row * 0.5, self.cell * 0.32)))
        self.limit = max(abs(found.sums).max() for found in worked.maps)

    def at(self, index: int) -> Image.Image:
        """Draw one stop."""
        picture = Image.new("RGB", self.size, self.theme.background)
        self.pen = ImageDraw.Draw(picture)
        stop = self.trace[index]
        known = {(each.kind, each.index, each.place) for each in self.trace[: index + 1]}
        self._words(stop)
        self._maps(stop, known)
        self._classes(stop, {(kind, which) for kind, which, _ in known})
        size = self.font + 4
        while width_of(stop.told, size) > self.size[0] * 0.96 and size > 8:
            size -= 1
        place = self.size[0] / 2, (self.classes + 2 * self.row + self.size[1]) / 2
        write(self.pen, place, stop.told, size, self.theme.text)
        return picture

    def _cell(self, x: float, y: float, value: float | None, limit: float, below: str = "") -> None:
        """Draw a cell, empty if its value is not known yet."""
        colour, ink = self.theme.surface, self.theme.text
        if value is not None:
            channels = shades(np.array(value, dtype=float), limit, self.theme)
            colour = "#" + "".join(f"{channel:02x}" for channel in channels)
            ink = "#ffffff" if luminance(channels) < DARK_ENOUGH else "#000000"
        box = (x, y, x + self.cell, y + self.row)
        self.pen.rectangle(box, colour, self.theme.line)
        if value is None:
            return
        middle = x + self.cell / 2
        write(self.pen, (middle, y + self.row * (0.36 if below else 0.5)), short(value), self.font, ink)
        if below:
            write(self.pen, (middle, y + self.row * 0.78), below, max(8, round(self.font * 0.68)), ink)

    def _frame(self, x: float, y: float, columns: int, rows: int, colour: str) -> None:
        """Outline some cells."""
        thick = max(2, round(self.row * 0.09))
        self.pen.rectangle((x, y, x + columns * self.cell, y + rows * self.row), outline=colour, width=thick)

    def _words(self, stop) -> None:
        """Draw the words with their two channels, and the window on them."""
        found = self.worked.maps[stop.index]
        sliding = stop.kind in ("window", "maximum")
        for row, word in enumerate(self.worked.setup.words):
            y = self.top + row * self.row
            place = self.left - self.cell * 0.15, y + self.row / 2
            write(self.pen, place, word, self.font, self.theme.text, "right")
            inside = stop.kind == "window" and stop.place <= row < stop.place + found.width
            for channel, image in enumerate(self.worked.image):
                for number, value in enumerate(image[row]):
                    weight = found.weights[channel, row - stop.place, number] if inside else None
                    below = "" if weight is None else f"×{short(weight)}"
                    self._cell(self._channel(channel) + number * self.cell, y, value, 1, below)
        for channel, name in enumerate(CHANNELS):
            middle = self._channel(channel) + LENGTH * self.cell / 2
            write(self.pen, (middle, self.top - self.row * 0.35), name, self.font, self.theme.input)
            if sliding:
                y = self.top + stop.place * self.row
                self._frame(self._channel(channel), y, LENGTH, found.width, self.theme.kernel)

    def _channel(self, channel: int) -> float:
        """Left edge of a channel."""
        return self.left + channel * (LENGTH * self.cell + self.size[0] * GAP)

    def _maps(self, stop, known: set) -> None:
        """Draw the maps as far as they are known, and what is kept of them."""
        for at, found in enumerate(self.worked.maps):
            x = self.maps_left + at * self.cell
            place = x + self.cell / 2, self.top - self.row * 0.35
            write(self.pen, place, f"{found.width} words", round(self.font * 0.8), self.theme.kernel)
            for row, value in enumerate(found.values):
                shown = value if ("window", at, row) in known else None
                self._cell(x, self.top + row * self.row, shown, self.limit)
            kept = ("maximum", at, found.best) in known
            self._cell(x, self.maximum, found.maximum if kept else None, self.limit)
            if kept:
                self._frame(x, self.top + found.best * self.row, 1, 1, self.theme.output)
        if stop.kind in ("window", "maximum"):
            y = self.maximum if stop.kind == "maximum" else self.top + stop.place * self.row
            self._frame(self.maps_left + stop.index * self.cell, y, 1, 1, self.theme.output)
        place = self.maps_left - self.cell * 0.15, self.maximum + self.row / 2
        write(self.pen, place, "max", self.font, self.theme.output, "right")

    def _classes(self, stop, known: set) -> None:
        """Draw the weights of the classes, their scores, and at the end the probabilities."""
        for which, name in enumerate(CLASSES):
            y = self.classes + which * self.row
            place = self.maps_left - self.cell * 0.15, y + self.row / 2
            write(self.pen, place, f"× weights, {name}", self.font, self.theme.kernel, "right")
            for at, weight in enumerate(self.worked.weights[which]):
                self._cell(self.maps_left + at * self.cell, y, weight, 1)
            if ("score", which) in known:
                text = short(self.worked.scores[which])
                if stop.kind == "softmax":
                    text += f", {100 * self.worked.probabilities[which]:.0f} %"
                right = self.maps_left + (self.count + 0.15) * self.cell, y + self.row / 2
                write(self.pen, right, text, self.font, self.theme.output, "left")

"""Pictures to take along: one stop of the sliding window as PNG, the whole run as animated GIF.

Both are sized for a slide. Long runs are thinned and quickened, and `run_remark` says so.
"""

import io
from typing import Any, Protocol

import numpy as np
from PIL import Image

from cnnviz.figures.sliding import Board, Tell
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.explain import sum_parts
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import Setup

STILL = (1600, 900)
MOVING = (960, 540)
MOST_FRAMES = 100
LONGEST_RUN = 36_000  # milliseconds
SLOWEST, QUICKEST, LAST = 800, 200, 1600


def stop_png(setup: Setup, step: int, theme: str, *, tell: Tell = sum_parts) -> bytes:
    """Draw one stop.

    Parameters
    ----------
    setup : Setup
        What is shown.
    step : int
        Which stop.
    theme : str
        A key of `THEMES`.
    tell : callable
        Writes out a `Step` in parts of (text, role), for the line below the picture.
    """
    return still(Board(Trace.of(setup), THEMES[theme], STILL, tell).at(step))


def run_gif(setup: Setup, theme: str, *, tell: Tell = sum_parts) -> bytes:
    """Draw the run from first to last stop, as an animation that starts over at its end."""
    return animated(Board(Trace.of(setup), THEMES[theme], MOVING, tell))


class Drawn(Protocol):
    """What can be animated: it knows how many stops there are, and draws each."""

    trace: Any

    def at(self, index: int) -> Image.Image:
        """Draw one stop."""


def animated(board: Drawn) -> bytes:
    """Draw all stops of a board, or as many as are worth showing."""
    steps, delay = run_plan(len(board.trace))
    pictures = [board.at(step) for step in steps]
    palette = pictures[-1].quantize(256, dither=Image.Dither.NONE)
    frames = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    delays = [delay] * (len(frames) - 1) + [LAST]
    file = io.BytesIO()
    frames[0].save(
        file, "GIF", save_all=True, append_images=frames[1:], duration=delays, loop=0, optimize=True
    )
    return file.getvalue()


def still(picture: Image.Image) -> bytes:
    """Write a picture as PNG."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def run_plan(stops: int) -> tuple[list[int], int]:
    """Choose the stops to draw, and the milliseconds for each."""
    steps = [round(stop) for stop in np.linspace(0, stops - 1, min(stops, MOST_FRAMES))]
    return steps, max(QUICKEST, min(SLOWEST, LONGEST_RUN // len(steps))) // 10 * 10


def run_remark(stops: int) -> str:
    """Say how many stops the animation shows, and for how long each."""
    steps, delay = run_plan(stops)
    shown = (
        f"All {stops} stops" if len(steps) == stops else f"{len(steps)} of the {stops:,} stops, evenly chosen"
    )
    return f"{shown}, {delay / 1000:g} s each." if stops > 1 else "A single stop."

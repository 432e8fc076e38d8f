"""Paper to draw on, what a network sees of it, and rows of small pictures.

Drawing stays in the browser; what comes back is the sheet as bytes and the switches that were moved, both
hostile until reading.py has looked at them.
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons import strokes_text
from cnnviz.lessons.digits import SHEET, STEPS, Stage
from cnnviz.lessons.digits_told import Bar
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register
from cnnviz.ui.components.drawing_pad.reading import Drawing, read_drawing, read_switch

WRITING = {
    "symbols": strokes_text.SYMBOLS,
    "widths": list(strokes_text.WIDTHS),
    "outside": strokes_text.OUTSIDE,
    "places": strokes_text.PLACES,
    "middle": strokes_text.MIDDLE,
    "longest": strokes_text.LONGEST,
}

_mount = register(
    "drawing_pad",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/player.js",
    "shared/keys.js",
    "drawing_pad/pixels.js",
    "drawing_pad/strokes.js",
    "drawing_pad/pad.js",
    "drawing_pad/view.js",
    "drawing_pad/tiles.js",
    "drawing_pad/parts.js",
    "shared/parts.js",
)


def drawing_pad(
    base: np.ndarray | None,
    turn: int,
    answered: int,
    *,
    themes: Mapping[str, Any],
    key: str,
    on_drawn: Callable[[Drawing], None],
    strokes: str = "",
    unread: bool = False,
    present: bool = False,
) -> None:
    """Show paper to draw on.

    Parameters
    ----------
    base : ndarray of uint8, shape (SHEET, SHEET), optional
        What the paper shows whenever ``turn`` is another than before; afterwards it is the reader's.
    turn, answered : int
        Number of the paper, and of the last drawing that the page has seen.
    on_drawn : callable
        Called with what is drawn before the script runs again: after each stroke and now and then during it.
    strokes : str
        What is drawn at first, as text.
    unread : bool
        Whether the page does not know yet what these strokes look like, and waits to be told.
    present : bool
        Large, for a projector.
    """

    def drawn() -> None:
        if drawing := read_drawing(st.session_state[key].get("drawn"), turn):
            on_drawn(drawing)

    _mount(
        key=key,
        data={
            "part": "pad",
            "keys": True,
            "strokes": strokes,
            "unread": unread,
            "writing": WRITING,
            "base": None if base is None else _packed(base),
            "turn": turn,
            "answered": answered,
            "side": SHEET,
            "present": present,
            "themes": palettes(themes),
        },
        on_drawn_change=drawn,
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def network_view(
    stages: Sequence[Stage],
    off: Set[str],
    closed: Mapping[str, str],
    sentence: str,
    bars: Sequence[Bar],
    *,
    themes: Mapping[str, Any],
    key: str,
    on_switch: Callable[[str, bool], None],
    present: bool = False,
) -> None:
    """Show every step of preparation with its switch, and the answer; without stages, all of it is empty.

    Parameters
    ----------
    stages : sequence of Stage
        As `prepare` gives them, or none.
    off : set of str
        Steps that are left out.
    closed : mapping of str to str
        Steps that cannot be switched, and why.
    on_switch : callable
        Called with the name of a step and whether it is wanted, before the script runs again.
    present : bool
        Large letters, for a projector.
    """

    def switched() -> None:
        if switch := read_switch(st.session_state[key].get("switch")):
            on_switch(*switch)

    pictures = {stage.name: stage.image for stage in stages}
    _mount(
        key=key,
        data={
            "part": "view",
            "filled": bool(stages),
            "steps": [_told_step(name, pictures.get(name), off, closed) for name in ("sheet", *STEPS)],
            "sentence": sentence,
            "bars": [bar._asdict() for bar in bars],
            "present": present,
            "themes": palettes(themes),
        },
        on_switch_change=switched,
    )


def _told_step(
    name: str, image: np.ndarray | None, off: Collection[str], closed: Mapping[str, str]
) -> dict[str, Any]:
    """Write a step for the script."""
    drawn = {} if image is None else {"pixels": _packed(image), "size": list(image.shape)}
    if name == "sheet":
        return {
            "name": name,
            "title": "Sheet",
            "help": "As it was drawn.",
            "fixed": True,
            "on": True,
            **drawn,
        }
    step = STEPS[name]
    told = f"{step.does} Switched off: {step.without[:1].lower()}{step.without[1:]} {closed.get(name, '')}"
    return {
        "name": name,
        "title": step.title,
        "help": told.strip(),
        "on": name not in off,
        "closed": name in closed,
        **drawn,
    }


@dataclass(frozen=True, eq=False)
class Group:
    """Small pictures under one title; signed values share one scale, others are greys from 0 to ``peak``."""

    title: str
    caption: str
    tiles: Sequence[tuple[np.ndarray, str, str]]  # values, caption, what it is for those who cannot see it
    signed: bool = True
    size: str = "small"
    peak: float = 255

    @property
    def limit(self) -> float:
        """Where the scale ends: the largest size of all finite values."""
        sizes = [np.abs(values[np.isfinite(values)]).max(initial=0) for values, *_ in self.tiles]
        return float(max(sizes, default=0)) or 1.0

    def written(self) -> dict[str, Any]:
        """Write it for the script."""
        scale = 127 / self.limit if self.signed else 255 / self.peak
        return {
            "title": self.title,
            "caption": self.caption,
            "kind": "signed" if self.signed else "grey",
            "size": self.size,
            "limit": f"{self.limit:.3g}" if self.signed else "",
            "tiles": [
                {
                    "pixels": _packed(_signed_bytes(values * scale) if self.signed else values * scale),
                    "size": plain(values.shape),
                    "caption": caption,
                    "label": label,
                }
                for values, caption, label in self.tiles
            ],
        }


def show_tiles(groups: Sequence[Group], *, themes: Mapping[str, Any], key: str) -> None:
    """Show groups of small pictures below each other."""
    _mount(
        key=key,
        data={
            "part": "tiles",
            "groups": [group.written() for group in groups],
            "themes": palettes(themes),
        },
    )


def show_rates(bars: Sequence[Bar], *, themes: Mapping[str, Any], key: str) -> None:
    """Show shares as bars with their numbers."""
    _mount(
        key=key,
        data={"part": "rates", "bars": [bar._asdict() for bar in bars], "themes": palettes(themes)},
    )


def _signed_bytes(values: np.ndarray) -> np.ndarray:
    """Turn values from −127 to 127 into 1 to 255; NaN becomes 0."""
    return np.where(np.isnan(values), 0, np.clip(np.rint(np.nan_to_num(values)), -127, 127) + 128)


def _packed(values: np.ndarray) -> str:
    """Write 0 to 255 as base64, one byte each."""
    return b64encode(np.clip(np.rint(values), 0, 255).astype(np.uint8).tobytes()).decode()

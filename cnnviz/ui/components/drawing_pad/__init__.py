"""Paper to draw on, what a network sees of it, and rows of small pictures.

Drawing stays in the browser; what comes back is the sheet as bytes and the switches that were moved, both
hostile until `read_drawing` and `read_switch` have looked at them.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cnnviz.lessons.digits import SHEET, STEPS, Stage
from cnnviz.lessons.digits_told import Bar
from cnnviz.ui.components import palettes, plain, register

LONGEST = 4 * -(-SHEET * SHEET // 3)  # letters of a sheet
MOST_SERIAL = 1 << 40

_mount = register(
    "drawing_pad",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "drawing_pad/pixels.js",
    "drawing_pad/pad.js",
    "drawing_pad/view.js",
    "drawing_pad/tiles.js",
    "drawing_pad/index.js",
)


class Drawing(NamedTuple):
    """What is on the paper, or nothing; whether the pen is still down; and the number of this message."""

    sheet: np.ndarray | None
    drawing: bool
    serial: int


def drawing_pad(
    base: np.ndarray | None,
    turn: int,
    answered: int,
    *,
    themes: Mapping[str, Any],
    key: str,
    on_drawn: Callable[[Drawing], None],
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
            "base": None if base is None else _packed(base),
            "turn": turn,
            "answered": answered,
            "side": SHEET,
            "present": present,
            "themes": palettes(themes),
        },
        on_drawn_change=drawn,
    )


def read_drawing(sent: Any, turn: int) -> Drawing | None:
    """Read what is on the paper; anything that no page of ours would send is no drawing."""
    if not isinstance(sent, Mapping) or sent.get("turn") != turn or isinstance(sent.get("turn"), bool):
        return None
    serial, drawing, pixels = sent.get("serial"), sent.get("drawing"), sent.get("pixels")
    if isinstance(serial, bool) or not isinstance(serial, int) or not 0 < serial < MOST_SERIAL:
        return None
    if not isinstance(drawing, bool) or not isinstance(pixels, str) or len(pixels) not in (0, LONGEST):
        return None
    if not pixels:
        return Drawing(None, drawing, serial)
    try:
        raw = b64decode(pixels, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != SHEET * SHEET:
        return None
    return Drawing(np.frombuffer(raw, np.uint8).reshape(SHEET, SHEET), drawing, serial)


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


def read_switch(sent: Any) -> tuple[str, bool] | None:
    """Read which step was switched; anything that no page of ours would send is no switch."""
    if not isinstance(sent, Mapping) or not isinstance(sent.get("on"), bool):
        return None
    name = sent.get("step")
    return (name, sent["on"]) if isinstance(name, str) and name in STEPS else None


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

"""What the pad and the switches send back, which is hostile until it was read here."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from cnnviz.lessons.digits import SHEET, STEPS
from cnnviz.lessons.strokes_text import check_strokes

LONGEST = 4 * -(-SHEET * SHEET // 3)  # letters of a sheet
MOST_SERIAL = 1 << 40


class Drawing(NamedTuple):
    """What is on the paper, or nothing; whether the pen is still down; the number of this message.

    ``strokes`` is the drawing as text, empty if it began with a picture or is too long.
    """

    sheet: np.ndarray | None
    drawing: bool
    serial: int
    strokes: str = ""


def read_drawing(sent: Any, turn: int) -> Drawing | None:
    """Read what is on the paper; anything that no page of ours would send is no drawing."""
    if not isinstance(sent, Mapping) or sent.get("turn") != turn or isinstance(sent.get("turn"), bool):
        return None
    serial, drawing, pixels = sent.get("serial"), sent.get("drawing"), sent.get("pixels")
    if isinstance(serial, bool) or not isinstance(serial, int) or not 0 < serial < MOST_SERIAL:
        return None
    if not isinstance(drawing, bool) or not isinstance(pixels, str) or len(pixels) not in (0, LONGEST):
        return None
    strokes = sent.get("strokes", "")
    if not isinstance(strokes, str) or not (strokes == "" or _is_drawing(strokes)):
        return None
    if not pixels:
        return Drawing(None, drawing, serial)
    try:
        raw = b64decode(pixels, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != SHEET * SHEET:
        return None
    return Drawing(np.frombuffer(raw, np.uint8).reshape(SHEET, SHEET), drawing, serial, strokes)


def _is_drawing(text: str) -> bool:
    """Tell whether a text can be drawn."""
    try:
        return bool(check_strokes(text))
    except ValueError:
        return False


def read_switch(sent: Any) -> tuple[str, bool] | None:
    """Read which step was switched; anything that no page of ours would send is no switch."""
    if not isinstance(sent, Mapping) or not isinstance(sent.get("on"), bool):
        return None
    name = sent.get("step")
    return (name, sent["on"]) if isinstance(name, str) and name in STEPS else None

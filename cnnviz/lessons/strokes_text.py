"""A drawing as a short text, for links: its strokes, each with its width, where it begins and how it goes on.

Every stroke is a width, two symbols for each coordinate of its first point, and two for each move from there;
full stops part them. Places are counted in half pixels of the sheet, and may lie a little outside of it. The
pad writes and reads this; here it is checked.
"""

import re

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WIDTHS = (4, 16)  # pixels
OUTSIDE = 16  # half pixels that a place may lie left of the sheet, or above
PLACES = 256  # so many a coordinate may have
MIDDLE = 32  # the symbol of no move
LONGEST = 1500
_STROKE = re.compile(r"[A-M](?:[A-D][A-Za-z0-9_-]){2}(?:[A-Za-z0-9_-]{2})*")


def check_strokes(text: str) -> str:
    """Refuse what is no drawing.

    Parameters
    ----------
    text : str
        As a link has it.

    Returns
    -------
    str
        The same text.

    Raises
    ------
    ValueError
        With what is wrong, if it is too long or damaged.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text must have at most {LONGEST:,} characters, got {len(text):,}")
    for stroke in text.split("."):
        if not _STROKE.fullmatch(stroke) or not _stays(stroke):
            raise ValueError("text must be whole, got a damaged drawing")
    return text


def _stays(stroke: str) -> bool:
    """Tell whether a stroke never leaves the sheet too far."""
    numbers = [SYMBOLS.index(symbol) for symbol in stroke[1:]]
    x, y = 64 * numbers[0] + numbers[1], 64 * numbers[2] + numbers[3]
    for right, down in zip(numbers[4::2], numbers[5::2], strict=True):
        x, y = x + right - MIDDLE, y + down - MIDDLE
        if not (0 <= x < PLACES and 0 <= y < PLACES):
            return False
    return True

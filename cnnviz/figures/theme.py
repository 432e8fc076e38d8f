"""The colours, once: value scales, the outline of each role, and the surfaces they lie on.

Fill means value, outline means role; the two never share a channel. Every scale was chosen to stay
readable for colour-blind eyes. `.streamlit/config.toml` repeats a few of these; a test binds the two.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np


@dataclass(frozen=True)
class Theme:
    """All colours of one appearance, as ``#rrggbb``."""

    name: str
    background: str
    surface: str  # a cell without a value
    text: str
    muted: str
    line: str
    negative: str  # the three stops of the signed scale
    zero: str
    positive: str
    high: str  # the far end of the one-sided scale, which starts at `zero`
    input: str  # outlines of the roles
    kernel: str
    output: str
    bias: str
    gradient: str


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f3f4f6",
    text="#16202c",
    muted="#5b6675",
    line="#cfd5dd",
    negative="#d95f02",
    zero="#f7f7f5",
    positive="#1f6fb5",
    high="#0f4c5c",
    input="#0b7a6b",
    kernel="#7a3ff2",
    output="#b80d57",
    bias="#8a6100",
    gradient="#3d4653",
)
DARK = Theme(
    name="dark",
    background="#0f141b",
    surface="#1a212b",
    text="#eef2f6",
    muted="#a3afbd",
    line="#38424f",
    negative="#f28a2e",
    zero="#262d37",
    positive="#4ea1e8",
    high="#7fd6e0",
    input="#3fc9b4",
    kernel="#b494ff",
    output="#ff7aa8",
    bias="#e0b04a",
    gradient="#c3cbd6",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
SERIES = {  # lines that are compared, in this order; dashes tell them apart as well
    "light": ("#0072b2", "#c23b00", "#332288", "#cc6677", "#7a3ff2", "#882255"),
    "dark": ("#88ccee", "#f28a2e", "#eef2f6", "#cc79a7", "#8f7fe8", "#ddcc77"),
}


def rgb(colour: str) -> np.ndarray:
    """Turn ``#rrggbb`` into three floats from 0 to 255."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=float)


def shades(values: np.ndarray, limit: float, theme: Theme, signed: bool = True) -> np.ndarray:
    """Colour values by the theme's scale.

    Parameters
    ----------
    values : ndarray
        Any shape; NaN takes the text colour, so that it is seen.
    limit : float
        The size at which the scale ends; zero is always the neutral colour.
    signed : bool
        False for values that cannot be negative.

    Returns
    -------
    ndarray of uint8, shape ``values.shape + (3,)``
    """
    fraction = np.clip(np.nan_to_num(values / (limit or 1.0)), -1, 1)[..., None]
    end = np.where(fraction < 0, rgb(theme.negative), rgb(theme.positive if signed else theme.high))
    colours = rgb(theme.zero) + np.abs(fraction) * (end - rgb(theme.zero))
    colours[np.isnan(values)] = rgb(theme.text)
    return np.rint(colours).astype(np.uint8)


def luminance(colour: np.ndarray) -> np.ndarray:
    """Relative luminance of sRGB colours, 0 to 1 (WCAG 2.2)."""
    part = np.asarray(colour, dtype=float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@lru_cache(maxsize=4096)
def cell_colours(value: float, limit: float, theme: Theme) -> tuple[tuple[int, ...], str]:
    """Give the colour of one cell by its value, and the colour in which a number on it is readable."""
    colour = shades(np.array(value), limit, theme)
    return tuple(colour.tolist()), LIGHT.background if luminance(colour) < 0.18 else LIGHT.text

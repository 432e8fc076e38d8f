"""Built-in pictures of several channels, each a short function whose source is shown as code.

To add one, write a function of no arguments that returns whole numbers of shape (C, H, W), and a row of
`PICTURES`; links name it instead of sending its numbers.
"""

from collections.abc import Callable
from functools import cache

import numpy as np

from cnnviz.presets.planes import Planes, planes_of


def balloon():
    """Draw a red balloon in a blue sky over a green field, 32 × 32 × 3, from 0 to 255."""
    row, column = np.mgrid[:32, :32]
    disc = (row - 12) ** 2 + (column - 17) ** 2 < 64
    x = np.stack([110 + 3 * row, 165 + 2 * row, 255 - row])
    x[:, row > 24] = [[60], [140], [50]]
    x[:, (abs(column - 17) < 1) & (row > 19) & (row < 28)] = [[40], [30], [30]]
    x[:, disc] = [[225], [40], [50]]
    x[:, (row - 9) ** 2 + (column - 14) ** 2 < 6] = [[250], [170], [170]]
    return x


def grey_balloon():
    """Draw the balloon in grey, 32 × 32 × 1."""
    red, green, blue = balloon()
    return (299 * red[None] + 587 * green[None] + 114 * blue[None]) // 1000


PICTURES: dict[str, Callable] = {"balloon": balloon, "grey_balloon": grey_balloon}


@cache
def picture(name: str) -> Planes:
    """Give the numbers of a built-in picture."""
    return planes_of(PICTURES[name]())


def name_of(image: Planes) -> str:
    """Find the built-in picture with these numbers; empty if there is none."""
    return next((name for name in PICTURES if picture(name) == image), "")

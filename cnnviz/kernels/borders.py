"""What a filter reads beyond the border of an image; to add a way, add a record to `_ROWS`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NOWHERE = -1


@dataclass(frozen=True)
class Border:
    """A way to continue an image: its name, what it does, and what is read where.

    ``cells(positions, length)`` tells which cell of an axis is read at each position, which may be negative
    or beyond the axis; `NOWHERE` reads as zero.
    """

    name: str
    sentence: str
    cells: Callable[[np.ndarray, int], np.ndarray]


def _zeros(positions, length):
    return np.where((positions >= 0) & (positions < length), positions, NOWHERE)


def _edge(positions, length):
    return np.clip(positions, 0, length - 1)


def _reflect(positions, length):
    period = max(2 * (length - 1), 1)
    turned = positions % period
    return np.minimum(turned, period - turned) if length > 1 else np.zeros_like(positions)


def _wrap(positions, length):
    return positions % length


_ROWS = (
    Border("zeros", "Outside is black: every cell beyond the border counts as 0.", _zeros),
    Border("edge", "The nearest pixel of the border is repeated outwards.", _edge),
    Border("reflect", "The image is mirrored at its border; the border pixels are not repeated.", _reflect),
    Border("wrap", "The image goes on from its opposite side, like a tiled floor.", _wrap),
)
BORDERS = {border.name: border for border in _ROWS}

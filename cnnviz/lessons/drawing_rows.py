"""Where a long picture is broken into rows, like a text into lines: at cuts, and as evenly as they allow."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

MOST_ROWS = 8


def ways_to_break(left: float, right: float, cuts: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """List the ends of the rows: for one row, two rows and so on, as far as there are cuts.

    Parameters
    ----------
    left, right : float
        Ends of the picture.
    cuts : sequence of float
        Places between them where a row may end.

    Returns
    -------
    tuple of tuple of float
        One for each way; the last end of each is ``right``.
    """
    ways: list[tuple[float, ...]] = []
    for count in range(1, MOST_ROWS + 1):
        ends = _broken(left, right, cuts, count)
        if not ways or len(ends) > len(ways[-1]):
            ways.append(ends)
    return tuple(ways)


def _broken(left: float, right: float, cuts: Sequence[float], count: int) -> tuple[float, ...]:
    """End at most so many rows at cuts so that the longest is as short as can be."""
    places = sorted({right, *cuts})
    widths = sorted({end - start for start in (left, *places) for end in places if end > start})
    enough = bisect_left(widths, 1, key=lambda width: len(_ends(left, places, width)) <= count)
    return _ends(left, places, widths[enough])


def _ends(left: float, places: Sequence[float], width: float) -> tuple[float, ...]:
    """End every row as late as its width allows; what is longer than that fits in no number of rows."""
    ends: list[float] = []
    for before, place in pairwise((left, *places)):
        start = ends[-1] if ends else left
        if place - start > width:
            if before == start or place - before > width:
                return (*places, places[-1]) * (MOST_ROWS + 1)
            ends.append(before)
    return (*ends, places[-1])

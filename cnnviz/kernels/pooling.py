"""Shrink feature maps: `pool2d`, its backward pass, and `argpool2d`, which tells who won.

To describe another kind of pooling, add a record to `_ROWS` and the loop that computes it.
"""

from dataclasses import dataclass

import numpy as np

from cnnviz.kernels.arguments import alike, floats, ready, shaped
from cnnviz.kernels.pooling_loops import (
    extremes,
    means,
    to_all,
    to_winners,
    to_winners_of_squares,
    winners_of_planes,
)
from cnnviz.kernels.threads import share_out
from cnnviz.window import Window, whole, window_pair

CELLS_OF_A_PART = 1 << 16  # of the input: enough work to be worth a thread's while


@dataclass(frozen=True)
class Pooling:
    """A way to sum up a window in one number.

    Where ``sign`` is not 0 it is a contest, which the cell with the largest sign * value wins.
    """

    name: str
    latex: str
    sentence: str
    sign: int = 0


_ROWS = (
    Pooling("max", r"y_{ij} = \max_{u,v} x_{si+u,\,sj+v}", "Keeps the largest value of each window.", 1),
    Pooling("min", r"y_{ij} = \min_{u,v} x_{si+u,\,sj+v}", "Keeps the smallest value of each window.", -1),
    Pooling("mean", r"y_{ij} = \frac{1}{kl} \sum_{u,v} x_{si+u,\,sj+v}", "Takes the average of each window."),
)
POOLINGS = {pooling.name: pooling for pooling in _ROWS}


def pool2d(x, kind, window, *, stride=None, padding=0):
    r"""Sum up every window of every feature map in one number.

    .. math:: y_{ncij} = \max_{u,v} x_{n,c,\,si+u-p,\,sj+v-p}

    and likewise for the minimum and the mean. Padding never wins and never counts.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        Feature maps, float32 or float64.
    kind : str
        A name in `POOLINGS`.
    window, stride : int or (rows, columns)
        Cells of a window, and how far it moves; ``stride=None`` moves it by its own size.
    padding : int, (rows, columns) or ((top, bottom), (left, right))
        Cells around the map; fewer than the window has, so that every window meets the map.

    Returns
    -------
    y : ndarray of shape (N, C, H', W')
        H' and W' by `Window.output_size`. A window with a NaN gives NaN.

    Raises
    ------
    ValueError
        If the kind is unknown or the window does not fit.
    """
    x, pooling, rows, columns = _checked(x, kind, window, stride, padding)
    planed = ready(_planes(x))
    planes, height, width = planed.shape
    y = np.empty((planes, rows.output_size(height), columns.output_size(width)), x.dtype)
    slides = _slide(rows), _slide(columns)

    def pool(first: int, last: int) -> None:
        if pooling.sign:
            extremes(planed, x.dtype.type(pooling.sign), *slides, y, first, last)
        else:
            means(planed, *slides, y, first, last)

    _share_out(pool, planes * y.shape[1], width * rows.size)
    return y.reshape(*x.shape[:2], *y.shape[1:])


def argpool2d(x, kind, window, *, stride=None, padding=0):
    """Tell which cell won each window, as its place in the flattened map: row * W + column.

    Parameters
    ----------
    x, kind, window, stride, padding
        As given to `pool2d`; the kind is one that keeps a value of the window.

    Returns
    -------
    winners : ndarray of int64 of shape (N, C, H', W')
        Of equal values the first wins, in reading order; a NaN wins against all.

    Raises
    ------
    ValueError
        As `pool2d`, or if the kind has no winner.
    """
    x, pooling, rows, columns = _checked(x, kind, window, stride, padding)
    if not pooling.sign:
        contests = ", ".join(name for name, one in POOLINGS.items() if one.sign)
        raise ValueError(f"kind must be one of {contests}, got {kind!r}")
    winners = _winners_of(x, pooling, rows, columns)
    return winners.reshape(*x.shape[:2], *winners.shape[1:])


def pool2d_backward(x, kind, window, dy, *, stride=None, padding=0):
    """Gradient of a loss by the feature maps, from its gradient by the output of `pool2d`.

    Parameters
    ----------
    x, kind, window, stride, padding
        As given to `pool2d`.
    dy : ndarray of shape (N, C, H', W')
        Gradient by the output.

    Returns
    -------
    dx : ndarray of shape (N, C, H, W)
        The winner of a window gets its whole gradient (of equal values the first one); in a mean every
        cell gets the same share. Where windows overlap, a cell adds up what it gets.

    Raises
    ------
    ValueError
        As `pool2d`, or if ``dy`` has not the shape of its output.
    """
    x, pooling, rows, columns = _checked(x, kind, window, stride, padding)
    dy = floats("dy", dy, "N, C, H', W'")
    alike("dy", dy, "x", x)
    shaped("dy", dy, (*x.shape[:2], rows.output_size(x.shape[2]), columns.output_size(x.shape[3])))
    planed, dx = ready(_planes(dy)), np.zeros((len(_planes(x)), *x.shape[2:]), x.dtype)
    squares = pooling.sign and rows == columns == Window(2, 2)
    source = ready(_planes(x))
    winners = None if squares or not pooling.sign else _winners_of(x, pooling, rows, columns)

    def share_gradient(first: int, last: int) -> None:
        if squares:
            to_winners_of_squares(source, x.dtype.type(pooling.sign), planed, dx, first, last)
        elif winners is None:
            to_all(planed, _slide(rows), _slide(columns), dx, first, last)
        else:
            to_winners(planed, winners, dx, first, last)

    _share_out(share_gradient, len(dx), dx[0].size)
    return dx.reshape(x.shape)


def _checked(x, kind, window, stride, padding) -> tuple[np.ndarray, Pooling, Window, Window]:
    """Check what the three functions share."""
    x = floats("x", x, "N, C, H, W")
    if kind not in POOLINGS:
        raise ValueError(f"kind must be one of {', '.join(POOLINGS)}, got {kind!r}")
    for cells in window if isinstance(window, (tuple, list)) else (window,):
        whole("window", cells, 1)
    rows, columns = window_pair(window, window if stride is None else stride, padding)
    for axis, length, name in ((rows, x.shape[2], "height"), (columns, x.shape[3], "width")):
        if max(axis.padding) >= axis.size:
            raise ValueError(
                f"padding must be smaller than the window of {axis.size}, got {max(axis.padding)}"
            )
        if axis.size > axis.padded(length):
            raise ValueError(
                f"window must be at most {axis.padded(length)}, the padded {name} of x, got {axis.size}"
            )
    return x, POOLINGS[kind], rows, columns


def _planes(x: np.ndarray) -> np.ndarray:
    """Lay all feature maps of all images behind each other: a map is pooled by itself."""
    return x.reshape(-1, *x.shape[2:])


def _slide(axis: Window) -> tuple[int, int, int]:
    return axis.size, axis.stride, axis.padding[0]


def _share_out(compute, items: int, cells: int) -> None:
    """Let threads compute ranges of items, each of so many cells of input."""
    together = max(CELLS_OF_A_PART // cells, 1)
    starts = range(0, items, together)
    share_out(lambda part: compute(starts[part], min(starts[part] + together, items)), len(starts))


def _winners_of(x: np.ndarray, pooling: Pooling, rows: Window, columns: Window) -> np.ndarray:
    """Find the winners in every plane."""
    planed = ready(_planes(x))
    shape = (len(planed), rows.output_size(x.shape[2]), columns.output_size(x.shape[3]))
    winners = np.empty(shape, np.int64)

    def find(first: int, last: int) -> None:
        winners_of_planes(
            planed, x.dtype.type(pooling.sign), _slide(rows), _slide(columns), winners, first, last
        )

    _share_out(find, len(planed), planed[0].size)
    return winners

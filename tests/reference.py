"""Slow and obvious twins of the kernels; they import nothing from cnnviz, so they cannot share a mistake.

All are written from the definition: every output cell by itself, from the cells under its window.
"""

import itertools

import numpy as np


def pair(value):
    """Write one number for both axes as two."""
    return value if isinstance(value, tuple) else (value, value)


def sides(padding):
    """Write padding as ((top, bottom), (left, right))."""
    return tuple(pair(side) for side in pair(padding))


def windows(shape, size, stride, dilation):
    """List (output row, output column, rows read, columns read) of every position on a padded image."""
    places = []
    for length, cells, step, apart in zip(shape, size, pair(stride), pair(dilation), strict=True):
        starts = range(0, length - apart * (cells - 1), step)
        places.append([[start + apart * cell for cell in range(cells)] for start in starts])
    return [
        (i, j, np.ix_(rows, columns))
        for (i, rows), (j, columns) in itertools.product(enumerate(places[0]), enumerate(places[1]))
    ]


def padded(x, padding):
    """Put zeros around images."""
    return np.pad(x, ((0, 0), (0, 0), *sides(padding)))


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1, flip=False):
    """Correlate, in float64 or the type of x."""
    x, w = padded(x, padding), w[:, :, ::-1, ::-1] if flip else w
    positions = windows(x.shape[2:], w.shape[2:], stride, dilation)
    y = np.zeros((len(x), len(w), positions[-1][0] + 1, positions[-1][1] + 1), x.dtype)
    depth = w.shape[1]
    for n, o in np.ndindex(y.shape[:2]):
        first = o // (len(w) // groups) * depth
        for i, j, cells in positions:
            read = x[n][first : first + depth, *cells]
            y[n, o, i, j] = (read * w[o]).sum() + (0 if b is None else b[o])
    return y


def conv2d_backward(x, w, dy, stride=1, padding=0, dilation=1, groups=1):
    """Give every product its share of the gradient, by the product rule."""
    height, width = x.shape[2:]
    (top, _), (left, _) = sides(padding)
    x = padded(x, padding)
    dx, dw, depth = np.zeros_like(x), np.zeros_like(w), w.shape[1]
    for n, o in np.ndindex(dy.shape[:2]):
        first = o // (len(w) // groups) * depth
        for i, j, cells in windows(x.shape[2:], w.shape[2:], stride, dilation):
            dw[o] += dy[n, o, i, j] * x[n][first : first + depth, *cells]
            dx[n][first : first + depth, *cells] += dy[n, o, i, j] * w[o]
    return dx[:, :, top : top + height, left : left + width], dw, dy.sum(axis=(0, 2, 3))


def slopes(f, x, step=1e-6):
    """Differentiate a number f(x) by every entry of x, by central differences."""
    gradient = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[at] += step
        below[at] -= step
        gradient[at] = (f(above) - f(below)) / (2 * step)
    return gradient

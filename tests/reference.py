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


def grouped(x, w, groups):
    """List the channels and the filters of each group."""
    depth, filters = x.shape[1] // groups, len(w) // groups
    return [(slice(g * depth, (g + 1) * depth), slice(g * filters, (g + 1) * filters)) for g in range(groups)]


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1, flip=False):
    """Correlate, in float64 or the type of x."""
    x, w = padded(x, padding), w[:, :, ::-1, ::-1] if flip else w
    positions = windows(x.shape[2:], w.shape[2:], stride, dilation)
    y = np.zeros((len(x), len(w), positions[-1][0] + 1, positions[-1][1] + 1), x.dtype)
    for i, j, cells in positions:
        for channels, filters in grouped(x, w, groups):
            read = x[:, channels, *cells]
            y[:, filters, i, j] = (read[:, None] * w[filters]).sum(axis=(2, 3, 4))
    return y if b is None else y + b[:, None, None]


def conv2d_backward(x, w, dy, stride=1, padding=0, dilation=1, groups=1):
    """Give every product its share of the gradient, by the product rule."""
    height, width = x.shape[2:]
    (top, _), (left, _) = sides(padding)
    x = padded(x, padding)
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i, j, cells in windows(x.shape[2:], w.shape[2:], stride, dilation):
        for channels, filters in grouped(x, w, groups):
            share = dy[:, filters, i, j, None, None, None]
            dw[filters] += (share * x[:, channels, *cells][:, None]).sum(axis=0)
            dx[:, channels, *cells] += (share * w[filters]).sum(axis=1)
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


PADDED_LIKE = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}


def filter_image(image, kernel, stride=1, dilation=1, border="zeros", scale=1, offset=0):
    """Continue the image with NumPy, then add up one shifted copy for every weight, in float64."""
    reaches = [apart * (cells - 1) for apart, cells in zip(pair(dilation), kernel.shape, strict=True)]
    around = [(reach // 2, reach - reach // 2) for reach in reaches] + [(0, 0)] * (image.ndim - 2)
    x = np.pad(image.astype(np.float64), around, mode=PADDED_LIKE[border])
    (down, right), (high, wide) = pair(stride), image.shape[:2]
    y = np.full(image[::down, ::right].shape, float(offset))
    for (k, m), weight in np.ndenumerate(kernel):
        top, left = k * pair(dilation)[0], m * pair(dilation)[1]
        y += scale * float(weight) * x[top : top + high : down, left : left + wide : right]
    return y


def pooling_windows(x, window, stride, padding):
    """List (output row, output column, rows, columns) of every window, without cells in the padding."""
    around = sides(padding)
    shape = [length + sum(side) for length, side in zip(x.shape[2:], around, strict=True)]
    places = []
    for i, j, (rows, columns) in windows(shape, pair(window), stride or window, 1):
        inside = [
            [cell - before for cell in cells.ravel() if 0 <= cell - before < length]
            for cells, (before, _), length in zip((rows, columns), around, x.shape[2:], strict=True)
        ]
        places.append((i, j, *inside))
    return places


def winner(x, kind, rows, columns):
    """Return the first cell in reading order that no other cell beats; a NaN beats all."""
    best = None
    for cell in itertools.product(rows, columns):
        if np.isnan(x[cell]):
            return cell
        if best is None or (x[cell] > x[best] if kind == "max" else x[cell] < x[best]):
            best = cell
    return best


def pool2d(x, kind, window, stride=None, padding=0):
    """Sum up each window by itself."""
    places = pooling_windows(x, window, stride, padding)
    y = np.zeros((*x.shape[:2], places[-1][0] + 1, places[-1][1] + 1), x.dtype)
    for n, c in np.ndindex(x.shape[:2]):
        for i, j, rows, columns in places:
            cells = x[n, c][np.ix_(rows, columns)]
            y[n, c, i, j] = cells.mean() if kind == "mean" else x[n, c][winner(x[n, c], kind, rows, columns)]
    return y


def pool2d_backward(x, kind, window, dy, stride=None, padding=0):
    """Give the gradient of each window to its winner, or to all of its cells alike."""
    dx = np.zeros_like(x)
    for n, c in np.ndindex(x.shape[:2]):
        for i, j, rows, columns in pooling_windows(x, window, stride, padding):
            if kind == "mean":
                dx[n, c][np.ix_(rows, columns)] += dy[n, c, i, j] / (len(rows) * len(columns))
            else:
                dx[n, c][winner(x[n, c], kind, rows, columns)] += dy[n, c, i, j]
    return dx

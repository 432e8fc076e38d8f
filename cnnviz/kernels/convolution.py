"""Slide kernels over signals and images: `conv1d`, `conv2d` and their backward passes."""

import numpy as np

from cnnviz.kernels.arguments import alike, floats, ready, shaped
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.geometry import Geometry


def conv2d(x, w, b=None, *, stride=1, padding=0, dilation=1, groups=1, flip=False):
    r"""Slide every kernel over every image.

    .. math:: y_{noij} = b_o + \sum_{cuv} w_{ocuv} \, x_{n,c,\,si+du-p,\,sj+dv-p}

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        Images, float32 or float64.
    w : ndarray of shape (O, C / groups, K, L)
        Kernels, of the same type.
    b : ndarray of shape (O,), optional
        Added to every cell of a feature map.
    stride, dilation : int or (rows, columns)
        How far the kernel moves, and how far apart the cells are that it reads.
    padding : int, (rows, columns) or ((top, bottom), (left, right))
        Cells of zeros around the image.
    groups : int
        Channels and kernels are dealt into so many groups that do not see each other.
    flip : bool
        False is what networks call convolution (cross-correlation); True is the mathematician's.

    Returns
    -------
    y : ndarray of shape (N, O, H', W')
        Feature maps; H' and W' by `Window.output_size`.

    Raises
    ------
    ValueError
        If types, channels or groups of the arguments differ, or the window does not fit.

    Notes
    -----
    Cross-correlation, as in Goodfellow et al. (2016), Deep Learning, eq. 9.6.
    """
    x, w = np.asarray(x), np.asarray(w)
    shape = Geometry.of(x, w, stride, padding, dilation, groups)
    b = np.zeros(shape.maps, x.dtype) if b is None else floats("b", b, "O")
    alike("b", b, "x", x)
    shaped("b", b, (shape.maps,))
    w = w[:, :, ::-1, ::-1] if flip else w
    y = np.empty(shape.output_shape, x.dtype)
    rows, columns = shape.rows, shape.columns
    padded = np.pad(x, ((0, 0), (0, 0), rows.padding, columns.padding))
    steps = (rows.stride, columns.stride, rows.dilation, columns.dilation)
    _correlate(ready(padded), ready(w), ready(b), y, steps)
    return y


@compiled
def _correlate(x, w, b, y, steps):
    down, right, rows_apart, columns_apart = steps
    maps, depth, K, L = w.shape
    groups = x.shape[1] // depth
    for n in range(x.shape[0]):
        for o in range(maps):
            first = o // (maps // groups) * depth
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    total = b[o]
                    for c in range(depth):
                        for k in range(K):
                            for m in range(L):
                                row, column = i * down + k * rows_apart, j * right + m * columns_apart
                                total += w[o, c, k, m] * x[n, first + c, row, column]
                    y[n, o, i, j] = total


def conv1d(x, w, b=None, *, stride=1, padding=0, dilation=1, groups=1, flip=False):
    r"""Slide every kernel over every signal: `conv2d` on images of one row.

    .. math:: y_{noi} = b_o + \sum_{cu} w_{ocu} \, x_{n,c,\,si+du-p}

    Parameters
    ----------
    x : ndarray of shape (N, C, L)
        Signals, float32 or float64.
    w : ndarray of shape (O, C / groups, K)
        Kernels, of the same type.
    b : ndarray of shape (O,), optional
        Added to every sample of a feature map.
    stride, dilation, groups : int
        As for `conv2d`.
    padding : int or (before, after)
        Zeros around the signal.
    flip : bool
        True for the mathematician's convolution.

    Returns
    -------
    y : ndarray of shape (N, O, L')
        L' by `Window.output_size`.

    Raises
    ------
    ValueError
        As for `conv2d`.
    """
    x, w = floats("x", x, "N, C, L"), floats("w", w, "O, C / groups, K")
    y = conv2d(
        x[:, :, None], w[:, :, None], b, **_one_row(stride, padding, dilation), groups=groups, flip=flip
    )
    return y[:, :, 0]


def _one_row(stride, padding, dilation) -> dict:
    """Write the arguments of a signal as those of an image of one row."""
    return {"stride": (1, stride), "padding": (0, padding), "dilation": (1, dilation)}


def conv2d_backward(x, w, dy, *, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradients of a loss by the arguments of `conv2d`, from its gradient by the output.

    Parameters
    ----------
    x, w
        As given to `conv2d`.
    dy : ndarray of shape (N, O, H', W')
        Gradient by the feature maps.
    stride, padding, dilation, groups
        As given to `conv2d`.

    Returns
    -------
    dx, dw, db : ndarray
        Of the shapes of x, w and b.

    Raises
    ------
    ValueError
        As for `conv2d`, or if ``dy`` has not the shape of its output.
    """
    x, w = np.asarray(x), np.asarray(w)
    shape = Geometry.of(x, w, stride, padding, dilation, groups)
    dy = floats("dy", dy, "N, O, H', W'")
    alike("dy", dy, "x", x)
    shaped("dy", dy, shape.output_shape)
    rows, columns = shape.rows, shape.columns
    padded = ready(np.pad(x, ((0, 0), (0, 0), rows.padding, columns.padding)))
    dx, dw = np.zeros_like(padded), np.zeros(w.shape, x.dtype)
    steps = (rows.stride, columns.stride, rows.dilation, columns.dilation)
    _correlate_backward(padded, ready(w), ready(dy), dx, dw, steps)
    top, left = rows.padding[0], columns.padding[0]
    dx = np.ascontiguousarray(dx[:, :, top : top + shape.height, left : left + shape.width])
    return dx, dw, dy.sum(axis=(0, 2, 3))


@compiled
def _correlate_backward(x, w, dy, dx, dw, steps):
    down, right, rows_apart, columns_apart = steps
    maps, depth, K, L = w.shape
    groups = x.shape[1] // depth
    for n in range(x.shape[0]):
        for o in range(maps):
            first = o // (maps // groups) * depth
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    for c in range(depth):
                        for k in range(K):
                            for m in range(L):
                                row, column = i * down + k * rows_apart, j * right + m * columns_apart
                                dw[o, c, k, m] += dy[n, o, i, j] * x[n, first + c, row, column]
                                dx[n, first + c, row, column] += dy[n, o, i, j] * w[o, c, k, m]


def conv1d_backward(x, w, dy, *, stride=1, padding=0, dilation=1, groups=1):
    """Gradients of a loss by the arguments of `conv1d`: `conv2d_backward` on images of one row.

    Parameters
    ----------
    x, w
        As given to `conv1d`.
    dy : ndarray of shape (N, O, L')
        Gradient by the feature maps.
    stride, padding, dilation, groups
        As given to `conv1d`.

    Returns
    -------
    dx, dw, db : ndarray
        Of the shapes of x, w and b.

    Raises
    ------
    ValueError
        As for `conv2d_backward`.
    """
    x, w = floats("x", x, "N, C, L"), floats("w", w, "O, C / groups, K")
    dy = floats("dy", dy, "N, O, L'")
    sliding = _one_row(stride, padding, dilation)
    dx, dw, db = conv2d_backward(x[:, :, None], w[:, :, None], dy[:, :, None], **sliding, groups=groups)
    return dx[:, :, 0], dw[:, :, 0], db

"""Slide kernels over signals and images: `conv1d`, `conv2d` and their backward passes.

A few kernels on a small image, as on most pages, go through the plain loop of this file: register tiles
compute many kernels at once, and take longer to compile. All else is done by correlation.py.
"""

import numpy as np

from cnnviz.kernels.arguments import alike, floats, ready, shaped
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.convolution_backward import conv1d_backward, conv2d_backward
from cnnviz.kernels.correlation import correlate
from cnnviz.kernels.geometry import Geometry, one_row

__all__ = ["conv1d", "conv1d_backward", "conv2d", "conv2d_backward"]

FEW_KERNELS = 4
FEW_PRODUCTS = 1 << 19


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
    if b is not None:
        b = floats("b", b, "O")
        alike("b", b, "x", x)
        shaped("b", b, shape.w[:1])
    w = w[:, :, ::-1, ::-1] if flip else w
    y = np.empty(shape.y, x.dtype)
    if shape.w[0] < FEW_KERNELS and shape.products <= FEW_PRODUCTS:
        rows, columns = shape.rows, shape.columns
        padded = ready(np.pad(x, ((0, 0), (0, 0), rows.padding, columns.padding)))
        bias = np.zeros(shape.w[0], x.dtype) if b is None else ready(b)
        steps = (rows.stride, columns.stride, rows.dilation, columns.dilation)
        _correlate(padded, ready(w), bias, y, steps)
    else:
        correlate(ready(x), w, b, y, shape.sliding, shape.groups)
    return y


@compiled
def _correlate(x, w, b, y, steps):
    down, right, rows_apart, columns_apart = steps
    images, maps, height, width = y.shape
    _, depth, K, L = w.shape
    maps_in_group = maps // (x.shape[1] // depth)
    for n in range(images):
        for o in range(maps):
            first = o // maps_in_group * depth
            for i in range(height):
                for j in range(width):
                    total = b[o]
                    for c in range(depth):
                        for u in range(K):
                            for v in range(L):
                                row, column = i * down + u * rows_apart, j * right + v * columns_apart
                                total += w[o, c, u, v] * x[n, first + c, row, column]
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
        x[:, :, None], w[:, :, None], b, **one_row(stride, padding, dilation), groups=groups, flip=flip
    )
    return y[:, :, 0]

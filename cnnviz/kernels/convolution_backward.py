"""The way back through a convolution: gradients by its input, its kernels and its bias."""

import numpy as np

from cnnviz.kernels.arguments import alike, floats, ready, shaped
from cnnviz.kernels.correlation import Sliding, correlate, weight_gradients
from cnnviz.kernels.geometry import Geometry, one_row


def conv2d_backward(x, w, dy, *, stride=1, padding=0, dilation=1, groups=1, input_gradient=True):
    r"""Gradients of a loss by the arguments of `conv2d`, from its gradient by the output.

    Parameters
    ----------
    x, w
        As given to `conv2d`.
    dy : ndarray of shape (N, O, H', W')
        Gradient by the feature maps.
    stride, padding, dilation, groups
        As given to `conv2d`.
    input_gradient : bool
        False leaves the first gradient out, which the first layer of a network does not need.

    Returns
    -------
    dx, dw, db : ndarray
        Of the shapes of x, w and b; dx is None if it was left out.

    Raises
    ------
    ValueError
        As for `conv2d`, or if ``dy`` has not the shape of its output.
    """
    x, w = np.asarray(x), np.asarray(w)
    shape = Geometry.of(x, w, stride, padding, dilation, groups)
    dy = floats("dy", dy, "N, O, H', W'")
    alike("dy", dy, "x", x)
    shaped("dy", dy, shape.y)
    x, dy = ready(x), ready(dy)
    dw, db = weight_gradients(x, dy, w.shape, shape.sliding, shape.groups)
    dx = _input_gradient(w, dy, shape) if input_gradient else None
    return dx, dw, db


def _input_gradient(w, dy, shape: Geometry) -> np.ndarray:
    """Spread every gradient over the cells it came from, seen from those cells: a correlation with dy.

    Where the stride is s, every s-th cell of the input is read by the same cells of the kernel.
    """
    channels, (maps, depth, *size), groups = shape.x[1], shape.w, shape.groups
    w = w.reshape(groups, maps // groups, depth, *size).swapaxes(1, 2).reshape(channels, -1, *size)
    alike_everywhere = shape.rows.stride == shape.columns.stride == 1
    dx = (np.empty if alike_everywhere else np.zeros)(shape.x, dy.dtype)
    for rows, columns in shape.readers:
        kernel, read = w[:, :, rows.kernel, columns.kernel], dx[:, :, rows.cells, columns.cells]
        sliding = Sliding(rows.first, columns.first, 1, 1, rows.apart, columns.apart, *kernel.shape[2:])
        part = dx if alike_everywhere else np.empty(read.shape, dy.dtype)
        correlate(dy, kernel, None, part, sliding, groups)
        if part is not dx:
            read[...] = part
    return dx


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
    sliding = one_row(stride, padding, dilation)
    dx, dw, db = conv2d_backward(x[:, :, None], w[:, :, None], dy[:, :, None], **sliding, groups=groups)
    return dx[:, :, 0], dw[:, :, 0], db

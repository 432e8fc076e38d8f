"""Join every input with every output: `dense` and its backward pass.

A batch is read as one image with a row for each example, and a unit as a kernel as long as a row: so the
register tiles of convolution do this work too, and nothing more has to be compiled.
"""

import numpy as np

from cnnviz.kernels.arguments import alike, floats, shaped
from cnnviz.kernels.convolution import conv2d, conv2d_backward


def dense(x, w, b=None):
    r"""Weigh all inputs of an example for every unit.

    .. math:: y_{no} = b_o + \sum_f w_{of} \, x_{nf}

    Parameters
    ----------
    x : ndarray of shape (N, F)
        Examples, float32 or float64.
    w : ndarray of shape (O, F)
        A row of weights for each unit, of the same type.
    b : ndarray of shape (O,), optional
        Added to every output.

    Returns
    -------
    y : ndarray of shape (N, O)
        What an example gives does not depend on the others in its batch.

    Raises
    ------
    ValueError
        If types or sizes differ.
    """
    x, w = _checked(x, w)
    y = conv2d(x[None, None], w[:, None, None], b)
    return np.ascontiguousarray(y[0, :, :, 0].T)


def dense_backward(x, w, dy, *, input_gradient=True):
    """Gradients of a loss by the arguments of `dense`, from its gradient by the output.

    Parameters
    ----------
    x, w
        As given to `dense`.
    dy : ndarray of shape (N, O)
        Gradient by the output.
    input_gradient : bool
        False leaves the first gradient out, which the first layer of a network does not need.

    Returns
    -------
    dx, dw, db : ndarray
        Of the shapes of x, w and b; dx is None if it was left out.

    Raises
    ------
    ValueError
        As `dense`, or if ``dy`` has not the shape of its output.
    """
    x, w = _checked(x, w)
    dy = floats("dy", dy, "N, O")
    alike("dy", dy, "x", x)
    shaped("dy", dy, (len(x), len(w)))
    image, kernels, maps = x[None, None], w[:, None, None], dy.T[None, :, :, None]
    _, dw, db = conv2d_backward(image, kernels, maps, input_gradient=False)
    return dense(dy, w.T) if input_gradient else None, dw[:, 0, 0], db


def _checked(x, w) -> tuple[np.ndarray, np.ndarray]:
    """Check what both passes share."""
    x, w = floats("x", x, "N, F"), floats("w", w, "O, F")
    alike("w", w, "x", x)
    shaped("w", w, (len(w), x.shape[1]))
    return x, w

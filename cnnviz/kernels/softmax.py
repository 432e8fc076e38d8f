"""Softmax: from any numbers to shares that add up to 1, and how each share answers to each number."""

import numpy as np

from cnnviz.kernels.arguments import FLOATS


def exponentials(x, *, temperature: float = 1.0, axis: int = -1) -> np.ndarray:
    r"""Return what softmax divides by its sum, taken so that the largest is 1.

    .. math:: e_i = e^{(x_i - \max_j x_j) / T}
    """
    x = np.asarray(x)
    if x.dtype not in FLOATS:
        raise ValueError(f"x must be float32 or float64, got {x.dtype}")
    if x.ndim == 0 or x.size == 0:
        raise ValueError(f"x must hold at least one number along an axis, got shape {x.shape}")
    if not 0 < temperature < np.inf:
        raise ValueError(f"temperature must be a positive number, got {temperature}")
    with np.errstate(invalid="ignore", over="ignore"):  # an infinite largest number has no shares: NaN
        below = x - x.max(axis=axis, keepdims=True)
        return np.exp(below / temperature)


def softmax(x, *, temperature: float = 1.0, axis: int = -1) -> np.ndarray:
    r"""Turn numbers into shares.

    .. math:: f_i = \frac{e^{x_i / T}}{\sum_j e^{x_j / T}}

    Parameters
    ----------
    x : array_like of float32 or float64
        Logits, at least one along the axis.
    temperature : float
        T; small ones give everything to the largest, large ones give all the same.
    axis : int
        Along which the shares add up to 1.

    Returns
    -------
    ndarray
        Of the shape and type of ``x``. A NaN, or an infinite largest number, makes the shares NaN.

    Raises
    ------
    ValueError
        If ``x`` is of another type or empty, or the temperature is not positive.

    Notes
    -----
    Adding one number to all logits changes nothing, so the largest is subtracted first and no exponential
    overflows. Goodfellow et al. (2016), Deep Learning, section 4.1.
    """
    parts = exponentials(x, temperature=temperature, axis=axis)
    return parts / parts.sum(axis=axis, keepdims=True)


def softmax_jacobian(x, *, temperature: float = 1.0) -> np.ndarray:
    r"""Differentiate every share by every logit.

    .. math:: \frac{\partial f_i}{\partial x_j} = \frac{f_i\,(\delta_{ij} - f_j)}{T}

    Parameters
    ----------
    x : array_like of shape (N,)
        Logits.
    temperature : float
        T.

    Returns
    -------
    ndarray of shape (N, N)
        Row i, column j; symmetric, and every row adds up to 0.

    Raises
    ------
    ValueError
        As `softmax`, or if ``x`` has more than one axis.
    """
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError(f"x must have the axes (N), got shape {x.shape}")
    f = softmax(x, temperature=temperature)
    others = exponentials(x, temperature=temperature)
    rest = (others.sum() - others) / others.sum()  # 1 − f, exact also where f is almost 1
    jacobian = -np.outer(f, f)
    np.fill_diagonal(jacobian, f * rest)
    return jacobian / x.dtype.type(temperature)

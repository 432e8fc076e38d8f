"""What the activations compute: each value and slope in a form that neither overflows nor cancels.

Exponentials are taken of negative numbers only, so they are at most 1. Infinities give the limits. Arrays
arrive as float32 or float64; what is to be shown goes through the records of activations.py.
"""

import math

import numpy as np

from cnnviz.kernels.arguments import ready
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.threads import share_out

FAR = 1000.0  # beyond it every exponential is 0 or 1 in double precision
BAND = 1 << 16  # numbers at a time


def line(x, w, b):
    """Return wx + b, also where w is 0 and x infinite."""
    return w * x + b if w else np.full_like(x, b)


def sigmoid(x):
    """Return 1 / (1 + e^−x)."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def sigmoid_slope(x):
    """Return s (1 − s), without the cancellation of 1 − s."""
    small = np.exp(-np.abs(x))
    return small / (1 + small) ** 2


def tanh_slope(x):
    """Return 1 − tanh², which is four times the slope of a sigmoid twice as steep."""
    return 4 * sigmoid_slope(2 * x)


def elu(x, alpha):
    """Return x above 0, and α (e^x − 1) below."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, alpha):
    """Return 1 above 0, and α e^x below."""
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0)))


def silu(x):
    """Return x times its sigmoid."""
    return np.maximum(x, -FAR) * sigmoid(x)


def silu_slope(x):
    """Return s + x s (1 − s)."""
    return sigmoid(x) + np.clip(x, -FAR, FAR) * sigmoid_slope(x)


def softplus(x):
    """Return ln(1 + e^x)."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def normal(x):
    """Return the share of a normal distribution that lies below x, exact to the far left."""
    x = ready(x)
    flat, y = x.reshape(-1), np.empty(x.size, x.dtype)

    def fill(band: int) -> None:
        part = slice(band * BAND, (band + 1) * BAND)
        _fill_normal(flat[part], y[part])

    share_out(fill, -(-x.size // BAND))
    return y.reshape(x.shape)


@compiled
def _fill_normal(x, y):
    for i in range(x.size):
        y[i] = 0.5 * math.erfc(-math.sqrt(0.5) * np.float64(x[i]))


def gelu(x):
    """Return x times the share of a normal distribution below it."""
    return np.maximum(x, -FAR) * normal(x)


def gelu_slope(x):
    """Return that share plus x times the bell."""
    near = np.clip(x, -FAR, FAR)
    return normal(x) + near * np.exp(-near * near / 2) / math.sqrt(2 * math.pi)


def bent(x):
    """Return 2u, where u is what the tanh form of GELU takes the tanh of."""
    near = np.clip(x, -FAR, FAR)
    return math.sqrt(8 / math.pi) * (near + 0.044715 * near * near * near)


def gelu_tanh(x):
    """Return x σ(2u): ½ (1 + tanh u) is a sigmoid twice as steep."""
    return np.maximum(x, -FAR) * sigmoid(bent(x))


def gelu_tanh_slope(x):
    """Return its slope by the product and chain rules."""
    near = np.clip(x, -FAR, FAR)
    inner = math.sqrt(8 / math.pi) * (1 + 3 * 0.044715 * near * near)
    return sigmoid(bent(x)) + near * inner * sigmoid_slope(bent(x))


def maximum(x, w1, b1, w2, b2):
    """Return the larger of two lines."""
    return np.maximum(line(x, w1, b1), line(x, w2, b2))


def maximum_slope(x, w1, b1, w2, b2):
    """Tell which piece is ahead; far out the steeper one is, also where both are infinite."""
    near = np.clip(x, -1e30, 1e30)
    return np.where(line(near, w1, b1) >= line(near, w2, b2), w1, w2)


def crossing(w1, b1, w2, b2):
    """Return where the two lines cross, if they do."""
    return ((b2 - b1) / (w1 - w2),) if w1 != w2 else ()


def printed_elu(x, alpha):
    """Return max(α (e^x − 1), x), as a lecture prints ELU."""
    with np.errstate(over="ignore"):  # infinite is what this formula gives there
        return np.maximum(line(np.expm1(x), alpha, 0), x)


def printed_elu_slope(x, alpha):
    """Return the slope of whichever is larger."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.where(line(np.expm1(x), alpha, 0) >= x, alpha * np.exp(x), 1)


def overtaking(alpha):
    """Return where α (e^x − 1) and x meet: at 0, and once more unless they only touch; by Newton's method."""
    if alpha in (0, 1):
        return (0.0,) if alpha == 0 else ()
    x = -alpha if alpha > 1 else 2 - 2 * math.log(alpha)
    for _ in range(60):
        x -= (alpha * math.expm1(x) - x) / (alpha * math.exp(x) - 1)
    return (0.0, x)

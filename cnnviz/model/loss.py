"""How wrong a network is: losses over softmax shares, with their gradients by the logits.

To add one, add a record to `_ROWS`. All sum over the examples, so that parts of a batch add up.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnviz.kernels.arguments import floats, shaped
from cnnviz.kernels.softmax import softmax


@dataclass(frozen=True)
class Loss:
    """A measure of error: ``value`` of logits and labels for each example, and ``slope`` by the logits."""

    name: str
    value: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray, np.ndarray], np.ndarray]
    latex: str
    latex_slope: str
    remark: str

    def f(self, logits, labels) -> np.ndarray:
        """Measure every example.

        Parameters
        ----------
        logits : ndarray of shape (N, classes)
            What the last layer gives, float32 or float64.
        labels : ndarray of int of shape (N,)
            The right classes.

        Returns
        -------
        ndarray of shape (N,)
            In nats for cross-entropy.

        Raises
        ------
        ValueError
            If shapes differ, or a label is not a class.
        """
        return self.value(*_checked(logits, labels))

    def df(self, logits, labels) -> np.ndarray:
        """Give the gradient of the summed loss by every logit; arguments are those of `f`."""
        return self.slope(*_checked(logits, labels))


def _checked(logits, labels) -> tuple[np.ndarray, np.ndarray]:
    """Check what both passes share."""
    logits, labels = floats("logits", logits, "N, classes"), np.asarray(labels)
    shaped("labels", labels, logits.shape[:1])
    if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(f"labels must be whole numbers from 0 to {logits.shape[1] - 1}, got {labels!r:.80}")
    return logits, labels


def _right(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Name the entry of the right class in every row."""
    return np.arange(len(labels)), labels


def _entropy(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return ln Σ e^z − z of the right class, the largest z subtracted first."""
    with np.errstate(invalid="ignore"):
        below = logits - logits.max(axis=1, keepdims=True)
        return np.log(np.exp(below).sum(axis=1)) - below[_right(labels)]


def _errors(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return shares minus what they should be."""
    errors = softmax(logits)
    errors[_right(labels)] -= 1
    return errors


def _squares(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return half the sum of squared errors."""
    return np.square(_errors(logits, labels)).sum(axis=1) / 2


def _squares_slope(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Send the errors back through softmax."""
    shares, errors = softmax(logits), _errors(logits, labels)
    return shares * (errors - (shares * errors).sum(axis=1, keepdims=True))


_ROWS = (
    Loss(
        "Cross-entropy",
        _entropy,
        _errors,
        r"E = -\ln p_t, \quad p = \mathrm{softmax}(z)",
        r"\frac{\partial E}{\partial z_k} = p_k - t_k",
        "What the right answer costs in nats: 0 when its share is 1, and 2.3 for a guess among ten.",
    ),
    Loss(
        "Sum of squares",
        _squares,
        _squares_slope,
        r"E = \tfrac{1}{2} \sum_k (p_k - t_k)^2, \quad p = \mathrm{softmax}(z)",
        r"\frac{\partial E}{\partial z_k} = p_k \left((p_k - t_k) - \sum_j p_j (p_j - t_j)\right)",
        "Half the squared distance of the shares from the right answer; where a network is surely wrong its "
        "slope is nearly 0, so it learns slowly there.",
    ),
)
LOSSES = {loss.name: loss for loss in _ROWS}


def predictions(logits: np.ndarray) -> np.ndarray:
    """Name the class with the largest logit of each row; −1 where one is NaN, so that it counts as wrong."""
    return np.where(np.isnan(logits).any(axis=1), -1, logits.argmax(axis=1))

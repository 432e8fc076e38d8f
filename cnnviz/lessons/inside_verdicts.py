"""How well a network answers on images it never saw: an interval, a table of confusions, shifted images."""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np

from cnnviz.kernels.softmax import softmax
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Examples
from cnnviz.model.layers import Activation, Dense, Flatten
from cnnviz.model.loss import predictions
from cnnviz.model.network import Network
from cnnviz.window import whole

SURE = 1.959963984540054  # 95 % of a normal distribution lie within so many deviations
DIRECTIONS = ((-1, 0), (1, 0), (0, -1), (0, 1))


def interval(right: int, count: int) -> tuple[float, float]:
    r"""Give the 95 % interval of a share that was counted.

    .. math:: \frac{p + z^2/2n \pm z \sqrt{p(1-p)/n + z^2/4n^2}}{1 + z^2/n}

    Parameters
    ----------
    right : int
        How often it was so.
    count : int
        Out of how many.

    Returns
    -------
    least, most : float
        As fractions.

    Raises
    ------
    ValueError
        If ``right`` is not from 0 to ``count``.

    Notes
    -----
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    count = whole("count", count, 1)
    if not 0 <= whole("right", right, 0) <= count:
        raise ValueError(f"right must be from 0 to {count}, got {right}")
    share, extra = right / count, SURE**2 / count
    middle = (share + extra / 2) / (1 + extra)
    half = SURE * sqrt(share * (1 - share) / count + extra / (4 * count)) / (1 + extra)
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What a network said of examples, by their true labels."""

    logits: np.ndarray
    labels: np.ndarray

    @cached_property
    def said(self) -> np.ndarray:
        """The class it chose for each; −1 where its numbers are no numbers."""
        return predictions(self.logits)

    @cached_property
    def shares(self) -> np.ndarray:
        """The probabilities it gave."""
        return softmax(self.logits)

    @property
    def right(self) -> int:
        """How many it got right."""
        return int((self.said == self.labels).sum())

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def confusion(self) -> np.ndarray:
        """Counts, a row for each true class and a column for each that was chosen."""
        classes = self.logits.shape[1]
        counts = np.zeros((classes, classes), np.int64)
        answered = self.said >= 0
        np.add.at(counts, (self.labels[answered], self.said[answered]), 1)
        return counts

    def cell(self, true: int, said: int) -> np.ndarray:
        """Name the examples in one cell of the table, the surest first."""
        found = np.flatnonzero((self.labels == true) & (self.said == said))
        return found[np.argsort(-self.shares[found, said], kind="stable")]

    def mistakes(self, most: int) -> np.ndarray:
        """Name the wrong answers it was surest of."""
        wrong = np.flatnonzero((self.said != self.labels) & (self.said >= 0))
        sure = self.shares[wrong].max(axis=1) if len(wrong) else np.zeros(0)
        return wrong[np.argsort(-sure, kind="stable")][:most]


def judge(network: Network, examples: Examples) -> Verdicts:
    """Ask a network about examples."""
    return Verdicts(network.logits(examples.images), examples.labels)


def shifted(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Move images by whole pixels; what comes in is black, what goes out is lost."""
    moved = np.zeros_like(images)
    height, width = images.shape[-2:]
    if abs(down) < height and abs(right) < width:
        rows, columns = _overlap(height, down), _overlap(width, right)
        moved[..., rows[0], columns[0]] = images[..., rows[1], columns[1]]
    return moved


def _overlap(length: int, by: int) -> tuple[slice, slice]:
    """Name the cells that are written, and those that are read."""
    return slice(max(by, 0), length + min(by, 0)), slice(max(-by, 0), length - max(by, 0))


def shift_counts(network: Network, examples: Examples, most: int = 4) -> list[tuple[int, int]]:
    """Count right answers on images shifted by 0 to ``most`` pixels up, down, left and right.

    Returns
    -------
    list of pair of int
        For each distance: how many were right, and out of how many.
    """
    counts = []
    for distance in range(most + 1):
        directions = DIRECTIONS if distance else ((0, 0),)
        right = 0
        for down, across in directions:
            moved = shifted(examples.images, distance * down, distance * across)
            right += int((predictions(network.logits(moved)) == examples.labels).sum())
        counts.append((right, len(directions) * len(examples)))
    return counts


def equal_mlp(architecture: Architecture) -> Architecture:
    """Make a multilayer perceptron of one hidden layer with as nearly as many parameters as possible."""
    inputs = int(np.prod(architecture.input_shape))
    (classes,) = architecture.output_shape
    units = max(round((architecture.parameter_count - classes) / (inputs + classes + 1)), 1)
    layers = (Flatten(), Dense(units), Activation("ReLU"), Dense(classes))
    return Architecture(architecture.input_shape, layers)

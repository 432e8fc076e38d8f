"""Data looked at before anybody learns from it: orders of images, mean images, how often pixels occur.

Everything is counted from the stored whole numbers.
"""

from typing import NamedTuple

import numpy as np

from cnnviz.model.data import Data, Examples
from cnnviz.window import whole

PARTS = {"train": "Training", "held_out": "Held out"}
FEW_VALUES = 32  # up to so many values of a pixel each has a bar of its own
BARS = 16  # otherwise
TOGETHER = 500  # images whose pixels are counted at a time


def part_of(data: Data, name: str) -> Examples:
    """Give one of the `PARTS` of some data."""
    if name not in PARTS:
        raise ValueError(f"name must be one of {', '.join(PARTS)}, got {name!r}")
    return data.train if name == "train" else data.held_out


def places(examples: Examples, only: int | None, shuffle: int) -> np.ndarray:
    """List which images are looked at, in which order.

    Parameters
    ----------
    examples : Examples
        Where they are.
    only : int, optional
        A class; all by default.
    shuffle : int
        0 for the order they are stored in; any other number draws an order, the same each time.

    Returns
    -------
    ndarray of int
        Their places.
    """
    found = np.arange(len(examples)) if only is None else np.flatnonzero(examples.labels == only)
    return found if whole("shuffle", shuffle, 0) == 0 else np.random.default_rng(shuffle).permutation(found)


class ClassFacts(NamedTuple):
    """One class: how many images there are, their share of all, and for each pixel mean and deviation.

    A class without images has no mean: its two pictures are NaN.
    """

    images: int
    share: float
    mean: np.ndarray
    deviation: np.ndarray


def class_facts(examples: Examples, classes: int) -> list[ClassFacts]:
    """Count and average the images of every class.

    Parameters
    ----------
    examples : Examples
        With labels below ``classes``.
    classes : int
        How many there are.
    """
    facts = []
    for label in range(whole("classes", classes, 1)):
        own = examples.images[examples.labels == label]
        count = len(own)
        if count:
            mean = own.sum(axis=0, dtype=np.int64) / count
            squares = np.square(own, dtype=np.uint16).sum(axis=0, dtype=np.int64) / count
            deviation = np.sqrt(np.maximum(squares - mean**2, 0))
        else:
            mean = deviation = np.full(examples.images.shape[1:], np.nan)
        facts.append(ClassFacts(count, count / len(examples), mean, deviation))
    return facts


class Histogram(NamedTuple):
    """Shares of all pixels between neighbouring ``edges``; a pixel at an edge belongs to the right of it."""

    edges: np.ndarray
    shares: np.ndarray


def pixel_counts(examples: Examples, peak: int) -> np.ndarray:
    """Count how often each value from 0 to ``peak`` occurs, some images at a time."""
    counts = np.zeros(peak + 1, np.int64)
    for first in range(0, len(examples), TOGETHER):
        counts += np.bincount(examples.images[first : first + TOGETHER].reshape(-1), minlength=peak + 1)
    return counts


def pixel_histogram(counts: np.ndarray) -> Histogram:
    """Make bars: one for each value if there are few, else of equal width.

    Parameters
    ----------
    counts : ndarray of int
        As `pixel_counts` gives them.
    """
    peak = len(counts) - 1
    if peak < FEW_VALUES:
        return Histogram(np.arange(peak + 2) - 0.5, counts / counts.sum())
    width = -(-(peak + 1) // BARS)
    full = np.zeros(width * BARS)
    full[: len(counts)] = counts
    shares = full.reshape(BARS, width).sum(axis=1) / counts.sum()
    return Histogram(np.arange(BARS + 1) * width - 0.5, shares)


class Reach(NamedTuple):
    """Where numbers lie: the least, the mean, the deviation from it, the largest."""

    least: float
    mean: float
    deviation: float
    most: float


def pixel_reach(counts: np.ndarray) -> Reach:
    """Measure all pixels, from how often each value occurs."""
    values = np.arange(len(counts))
    mean = float(np.average(values, weights=counts))
    deviation = float(np.sqrt(np.average(np.square(values - mean), weights=counts)))
    present = np.flatnonzero(counts)
    return Reach(float(present[0]), mean, deviation, float(present[-1]))

"""Why a network reads a digit as it does: what it leans on, what it has seen, and what it needs prepared."""

from dataclasses import dataclass

import numpy as np

from cnnviz.lessons.digits import MNIST_FORM, SHEET, STEPS, Form, network_input, paper, prepare, resized
from cnnviz.model.data import Examples
from cnnviz.model.loss import predictions
from cnnviz.model.network import Network
from cnnviz.window import Window

TOGETHER = 4000  # training images that are compared at a time
SMALLEST, LARGEST = 0.4, 0.8  # side of an image on its sheet
SEED = 4


def occlusion(network: Network, image: np.ndarray, patch: int, answer: int) -> np.ndarray:
    """Cover every place in turn, and tell by how much the probability of an answer falls.

    Parameters
    ----------
    network : Network
        Which is asked.
    image : ndarray of shape (1, 1, H, W)
        What it reads.
    patch : int
        Side of the square of paper that covers a part of it.
    answer : int
        The class that is looked at.

    Returns
    -------
    ndarray of shape (H, W)
        The mean fall over all places of the patch that cover a pixel; below zero where covering helps.
    """
    height, width = image.shape[2:]
    rows, columns = Window(patch).starts(height), Window(patch).starts(width)
    places = [(row, column) for row in rows for column in columns]
    covered = np.repeat(image, len(places) + 1, axis=0)
    for part, (row, column) in zip(covered[1:], places, strict=True):
        part[0, row : row + patch, column : column + patch] = paper(image[0, 0])
    shares = network.shares(covered)[:, answer].astype(np.float64)
    total, count = np.zeros((height, width)), np.zeros((height, width))
    for (row, column), share in zip(places, shares[1:], strict=True):
        here = (slice(row, row + patch), slice(column, column + patch))
        total[here] += shares[0] - share
        count[here] += 1
    return total / count


@dataclass(frozen=True, eq=False)
class Neighbour:
    """A training image, its label, and its distance from the image that was asked about."""

    image: np.ndarray
    label: int
    distance: float
    place: int


def nearest(examples: Examples, image: np.ndarray, count: int) -> list[Neighbour]:
    """Find the images with the smallest root mean square difference, nearest first.

    Parameters
    ----------
    examples : Examples
        Where to look.
    image : ndarray of shape (1, 1, H, W)
        In the same units.
    count : int
        How many are wanted.
    """
    asked = image.reshape(-1).astype(np.float32)
    squares = np.empty(len(examples), np.float32)
    for start in range(0, len(examples), TOGETHER):
        part = slice(start, start + TOGETHER)
        gap = examples.images[part].reshape(-1, asked.size).astype(np.float32)
        gap -= asked
        squares[part] = np.einsum("np,np->n", gap, gap)
    first = np.argsort(squares, kind="stable")[:count]
    return [
        Neighbour(
            examples.images[place, 0],
            int(examples.labels[place]),
            float(np.sqrt(squares[place] / asked.size)),
            int(place),
        )
        for place in first
    ]


def sheets(examples: Examples, count: int, form: Form = MNIST_FORM) -> tuple[np.ndarray, np.ndarray]:
    """Throw held-out digits onto sheets, dark on white, each of another size and at another place.

    Parameters
    ----------
    examples : Examples
        The first ``count`` are taken.
    count : int
        At most all of them.
    form : Form
        How they are stored.

    Returns
    -------
    sheets : ndarray of uint8, shape (count, SHEET, SHEET)
        The same each time.
    labels : ndarray of int, shape (count,)
        What is on them.
    """
    random = np.random.default_rng(SEED)
    made = np.full((count, SHEET, SHEET), 255, np.uint8)
    for sheet, image in zip(made, examples.images[:count, 0], strict=True):
        side = round(SHEET * random.uniform(SMALLEST, LARGEST))
        top, left = random.integers(0, SHEET - side, 2, endpoint=True)
        large = resized(image * np.float32(255 / form.peak), side, side)
        sheet[top : top + side, left : left + side] = np.rint(255 - large)
    return made, examples.labels[:count]


@dataclass(frozen=True)
class Rates:
    """Shares of right answers with every step, and with each of them left out; of how many sheets."""

    every: float
    without: dict[str, float]
    count: int


def rates(network: Network, drawn: np.ndarray, labels: np.ndarray, form: Form = MNIST_FORM) -> Rates:
    """Measure what each step is worth to a network.

    Parameters
    ----------
    network : Network
        Which is asked.
    drawn, labels : ndarray
        As `sheets` gives them.
    form : Form
        Of the images the network reads.
    """

    def right(*off: str) -> float:
        read = [network_input(prepare(sheet, set(off), form), form) for sheet in drawn]
        return float((predictions(network.logits(np.concatenate(read))) == labels).mean())

    steps = [name for name in STEPS if name not in form.closed]
    return Rates(right(), {name: right(name) for name in steps}, len(labels))

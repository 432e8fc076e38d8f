"""Digits drawn by this program: ten shapes of straight pieces, bent, tilted and thickened at random.

Images are drawn in blocks. What a block shows follows from the seed and its number alone, so there is no end
to them and any stretch can be drawn by itself. To add a way of writing a digit, add its lines to `DIGITS`.
"""

from itertools import pairwise
from math import cos, pi, sin

import numpy as np

from cnnviz.model.data import Data, Examples
from cnnviz.model.randomness import stream
from cnnviz.window import whole

SIDE = 28
BLOCK = 100
Points = list[tuple[float, float]]


def _arc(x: float, y: float, wide: float, high: float, begin: float, end: float, pieces: int) -> Points:
    """Go around an ellipse, in turns clockwise from the right."""
    turns = [2 * pi * (begin + (end - begin) * piece / pieces) for piece in range(pieces + 1)]
    return [(x + wide * cos(turn), y + high * sin(turn)) for turn in turns]


# Each way of writing a digit is a list of lines through points (x, y), from 0 to 1 rightwards and downwards.
DIGITS: tuple[tuple[list[Points], ...], ...] = (
    ([_arc(0.5, 0.5, 0.32, 0.45, 0, 1, 14)],),
    ([[(0.5, 0.05), (0.5, 0.95)]], [[(0.3, 0.25), (0.52, 0.05), (0.52, 0.95)]]),
    (
        [[*_arc(0.47, 0.3, 0.3, 0.25, 0.5, 1.1, 8), (0.18, 0.93), (0.85, 0.93)]],
        [[*_arc(0.47, 0.3, 0.3, 0.25, 0.55, 1.12, 8), (0.3, 0.8), (0.18, 0.9), (0.3, 0.8), (0.85, 0.95)]],
    ),
    ([[*_arc(0.45, 0.28, 0.3, 0.23, 0.57, 1.25, 7), *_arc(0.45, 0.73, 0.34, 0.23, 0.75, 1.43, 7)]],),
    (
        [[(0.6, 0.05), (0.12, 0.65), (0.88, 0.65)], [(0.65, 0.35), (0.65, 0.97)]],
        [[(0.2, 0.05), (0.17, 0.5), (0.8, 0.5)], [(0.8, 0.05), (0.76, 0.97)]],
    ),
    ([[(0.8, 0.06), (0.25, 0.06), (0.2, 0.45), *_arc(0.45, 0.67, 0.33, 0.27, 0.67, 1.43, 10)]],),
    ([[(0.7, 0.04), (0.4, 0.25), (0.22, 0.55), *_arc(0.5, 0.7, 0.3, 0.25, 0.5, 1.5, 11)]],),
    (
        [[(0.13, 0.08), (0.87, 0.08), (0.4, 0.95)]],
        [[(0.13, 0.08), (0.87, 0.08), (0.4, 0.95)], [(0.32, 0.5), (0.8, 0.5)]],
    ),
    ([_arc(0.5, 0.27, 0.25, 0.22, 0.25, 1.25, 7), _arc(0.5, 0.73, 0.31, 0.24, -0.25, 0.75, 7)],),
    (
        [_arc(0.48, 0.3, 0.29, 0.25, 0, 1, 10), [(0.77, 0.3), (0.75, 0.6), (0.55, 0.96)]],
        [_arc(0.48, 0.3, 0.29, 0.25, 0, 1, 10), [(0.77, 0.25), (0.74, 0.95)]],
    ),
)  # fmt: skip


def _pieces(lines: list[Points]) -> np.ndarray:
    """Cut lines into pieces: (pieces, 2 ends, 2 coordinates), centred on 0."""
    ends = [pair for line in lines for pair in pairwise(line)]
    return np.array(ends, np.float32) - np.float32(0.5)


_WAYS = [[_pieces(lines) for lines in ways] for ways in DIGITS]
_MOST = max(len(pieces) for ways in _WAYS for pieces in ways)


def strokes(count: int, seed: int, first: int = 0) -> Examples:
    """Draw digits.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        Of this endless row of images.
    first : int
        Where in the row to begin.

    Returns
    -------
    examples : Examples
        Images of (1, 28, 28), white on black, and their digits.
    """
    count, seed, first = whole("count", count, 1), whole("seed", seed, 0), whole("first", first, 0)
    blocks = range(first // BLOCK, (first + count - 1) // BLOCK + 1)
    images, labels = zip(*(_block(seed, block) for block in blocks), strict=True)
    own = slice(first - blocks[0] * BLOCK, first - blocks[0] * BLOCK + count)
    return Examples(np.concatenate(images)[own], np.concatenate(labels)[own])


def stroke_data(train: int = 6000, held_out: int = 1000, seed: int = 0) -> Data:
    """Draw digits to learn from, and others, of another row, to be asked about."""
    names = tuple(str(digit) for digit in range(10))
    return Data("Strokes", strokes(train, 2 * seed), strokes(held_out, 2 * seed + 1), names)


def _block(seed: int, block: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the images of one block."""
    random = stream(seed, "strokes", block)
    labels = random.integers(0, 10, BLOCK)
    ways = [_WAYS[label][random.integers(len(_WAYS[label]))] for label in labels]
    pieces = np.stack([way[np.minimum(np.arange(_MOST), len(way) - 1)] for way in ways])
    ends = _placed(random, _bent(random, pieces))
    thick = random.uniform(0.8, 1.7, (BLOCK, 1, 1)).astype(np.float32)
    return _inked(ends, np.array([len(way) for way in ways]), thick), labels


def _uniform(random: np.random.Generator, least: float, most: float, *shape: int) -> np.ndarray:
    """Draw a number for each image, to go with the ends of its pieces."""
    return random.uniform(least, most, (BLOCK, 1, 1, *shape)).astype(np.float32)


def _bent(random: np.random.Generator, points: np.ndarray) -> np.ndarray:
    """Push points about by slow waves, so that what touches goes on touching."""
    waves, phases = _uniform(random, -4, 4, 2, 2), _uniform(random, 0, 2 * pi, 2)
    angles = (points[..., None, :] * waves).sum(axis=-1) + phases
    return points + _uniform(random, 0, 0.05, 1) * np.sin(angles)


def _placed(random: np.random.Generator, points: np.ndarray) -> np.ndarray:
    """Scale, slant, turn and move to pixels."""
    x, y = points[..., 0] * _uniform(random, 11, 19), points[..., 1] * _uniform(random, 16, 21)
    x = x - _uniform(random, -0.15, 0.4) * y
    turn = _uniform(random, -0.2, 0.2)
    turned = np.stack([np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y], axis=-1)
    return turned + _uniform(random, -1.5, 1.5, 2) + np.float32((SIDE - 1) / 2)


def _inked(ends: np.ndarray, counts: np.ndarray, thick: np.ndarray) -> np.ndarray:
    """Colour every pixel by its distance to the nearest piece; images of many pieces go first."""
    order, place = np.argsort(-counts, kind="stable"), np.arange(SIDE, dtype=np.float32)
    nearest = np.full((len(ends), SIDE, SIDE), np.inf, np.float32)
    for piece in range(ends.shape[1]):
        having = order[: (counts > piece).sum()]
        begin, end = ends[having, piece].transpose(1, 2, 0)[..., None, None]
        (x, y), (along, down) = begin, end - begin
        right, below = place - x, place[:, None] - y
        share = right * along + below * down
        share /= along * along + down * down + np.float32(1e-6)
        np.clip(share, 0, 1, out=share)
        gap = (right - share * along) ** 2
        gap += (below - share * down) ** 2
        np.minimum(nearest[: len(having)], gap, out=nearest[: len(having)])
    ink = (thick[order] + np.float32(0.5) - np.sqrt(nearest)).clip(0, 1)
    images = np.empty((len(ends), 1, SIDE, SIDE), np.uint8)
    images[order, 0] = np.rint(255 * ink)
    return images

"""Pooled pictures as pixels to be shown without smoothing, and maps of what a shift changed in them."""

from collections.abc import Sequence

import numpy as np

from cnnviz.figures.theme import THEMES, shades
from cnnviz.lessons.pooling_picture import Answer


def pixels(picture: np.ndarray) -> np.ndarray:
    """Turn a picture (C, H, W) of values from 0 to 255 into pixels (H, W, 3), uint8; one channel is grey."""
    shown = np.rint(np.clip(picture, 0, 255)).astype(np.uint8)
    return np.ascontiguousarray(np.moveaxis(np.broadcast_to(shown, (3, *picture.shape[1:])), 0, 2))


def change_maps(compared: Sequence[Answer], theme: str) -> list[np.ndarray]:
    """Colour how much every output cell changed, averaged over its channels, on one scale for all.

    Parameters
    ----------
    compared : sequence of Answer
        Ways to shrink the same picture.
    theme : str
        A key of `THEMES`.

    Returns
    -------
    list of ndarray of uint8, shape (H', W', 3)
    """
    changes = [answer.change.mean(axis=0) for answer in compared]
    limit = change_limit(compared)
    return [shades(change, limit, THEMES[theme], signed=False) for change in changes]


def change_limit(compared: Sequence[Answer]) -> float:
    """Tell where that scale ends: the largest change of any cell."""
    return max(float(answer.change.mean(axis=0).max()) for answer in compared)

"""Small pictures to pool: a digit drawn here, and the built-in photographs made small enough to see cells.

Each is wider than what is shown of it, so that it can be shifted without a border coming in. To add one of
`IMAGES`, add its name to `_PHOTOGRAPHS`.
"""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from cnnviz.kernels.pooling import pool2d
from cnnviz.presets.images import IMAGES

LARGEST_SHIFT = 4
DIGIT_SIDE, PHOTOGRAPH_SIDE = 24, 120  # pixels shown; windows of 2, 3, 4, 6 and 8 divide both
_PHOTOGRAPHS = (
    "Astronaut",
    "Photographer",
    "Cat",
    "Coffee",
    "Brick wall",
    "Checkerboard",
    "Lines at all angles",
)


def _digit() -> np.ndarray:
    """Draw a white 8 on black, two rings with a stroke of about two pixels."""
    row, column = np.ogrid[0.5:DIGIT_SIDE, 0.5 - LARGEST_SHIFT : DIGIT_SIDE]
    rings = [
        np.abs(np.hypot((row - top) / high, (column - DIGIT_SIDE / 2) / wide) - 1) * min(high, wide)
        for top, high, wide in ((7.4, 4.4, 3.9), (16.4, 5.0, 4.8))
    ]
    ink = np.clip(1.6 - np.min(rings, axis=0), 0, 1)
    return np.rint(255 * ink)[..., None]


def _photograph(name: str) -> np.ndarray:
    """Average blocks of pixels, and cut out the middle."""
    pixels = IMAGES[name].load()
    block = min(pixels.shape[0], pixels.shape[1]) // (PHOTOGRAPH_SIDE + LARGEST_SHIFT)
    channels = np.ascontiguousarray(np.moveaxis(pixels, 2, 0), dtype=np.float64)[None]
    small = np.rint(np.moveaxis(pool2d(channels, "mean", block)[0], 0, 2))
    top, left = (
        (small.shape[0] - PHOTOGRAPH_SIDE) // 2,
        (small.shape[1] - PHOTOGRAPH_SIDE - LARGEST_SHIFT) // 2,
    )
    return small[top : top + PHOTOGRAPH_SIDE, left : left + PHOTOGRAPH_SIDE + LARGEST_SHIFT]


SAMPLES: dict[str, Callable[[], np.ndarray]] = {
    "Digit": _digit,
    **{name: partial(_photograph, name) for name in _PHOTOGRAPHS},
}


@lru_cache(maxsize=len(SAMPLES))
def _loaded(name: str) -> np.ndarray:
    """Make a picture once; it is shared, so nobody may write to it."""
    picture = np.ascontiguousarray(np.moveaxis(SAMPLES[name](), 2, 0))
    picture.flags.writeable = False
    return picture


def sample(name: str, shift: int = 0) -> np.ndarray:
    """Give a picture with what it shows moved to the right.

    Parameters
    ----------
    name : str
        A key of `SAMPLES`.
    shift : int
        Pixels, from 0 to `LARGEST_SHIFT`.

    Returns
    -------
    ndarray of shape (C, H, H)
        float64 from 0 to 255, in whole numbers.
    """
    picture = _loaded(name)
    side = picture.shape[1]
    return picture[:, :, LARGEST_SHIFT - shift : LARGEST_SHIFT - shift + side]

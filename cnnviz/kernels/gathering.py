"""Choose images of whole numbers and scale them, in one go."""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import fetch, load, store

LINE = 64  # bytes that come from memory together; images of a batch lie far apart there


@compiled
def _gather(images, places, shift, factor, x):
    length = images.size // len(images)
    for n in range(places.size):
        start, following = places[n] * length, places[n + 1 if n + 1 < places.size else n] * length
        for i in range(0, length, LINE):
            fetch(images, following + i)
        for i in range(length):
            store(x, n * length + i, (np.float32(load(images, start + i)) - shift) * factor)


def scaled(images: np.ndarray, places: np.ndarray, shift: float, factor: float) -> np.ndarray:
    """Return ``(images[places] - shift) * factor`` in float32.

    Parameters
    ----------
    images : ndarray of uint8 of shape (N, C, H, W)
        Not writable, as those of a data set are.
    places : ndarray of int64
        Which, each from 0 to N - 1.
    shift, factor : float
        Rounded to float32 first.

    Raises
    ------
    ValueError
        If there is no such image.
    """
    if places.size and not 0 <= places.min() <= places.max() < len(images):
        raise ValueError(f"places must be from 0 to {len(images) - 1}, got {places!r:.80}")
    x = np.empty((len(places), *images.shape[1:]), np.float32)
    _gather(images, np.array(places, np.int64), np.float32(shift), np.float32(factor), x)
    return x

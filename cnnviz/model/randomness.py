"""Everything that is drawn at random, from a seed, a purpose and a place: no generator is ever carried on.

What is drawn for step 1,000 does not depend on whether steps 0 to 999 were taken in this process, so a run
can be paused, rewound and continued elsewhere.
"""

from functools import lru_cache

import numpy as np

PURPOSES = ("weights", "order", "noise", "strokes", "labels", "pictures")


def stream(seed: int, purpose: str, *place: int) -> np.random.Generator:
    """Make the generator of one place in one run.

    Parameters
    ----------
    seed : int
        Of the run, 0 or more.
    purpose : str
        One of `PURPOSES`, so that two uses never draw the same numbers.
    *place : int
        Such as a layer, an epoch or a step.

    Returns
    -------
    Generator
        Philox, seeded by all of these.
    """
    return np.random.Generator(np.random.Philox(seed=(seed, PURPOSES.index(purpose), *place)))


@lru_cache(maxsize=16)
def order(seed: int, epoch: int, count: int) -> np.ndarray:
    """Shuffle the examples of an epoch; read-only, and remembered for the next batch."""
    places = stream(seed, "order", epoch).permutation(count)
    places.flags.writeable = False
    return places

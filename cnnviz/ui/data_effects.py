"""Small networks trained beside everything else, one at a time, to show what scaling pixels does.

What comes out depends on data, rate and seed alone, so it is kept for all visitors.
"""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from cnnviz.kernels.threads import limited_to
from cnnviz.lessons.data_scalings import Effect, effect
from cnnviz.model.data import SCALINGS, Data

MOST = 96  # effects that are kept; a page shows as many as there are scalings
_worker = ThreadPoolExecutor(1, "effects")
_lock = threading.Lock()
_kept: OrderedDict["Asked", Future[Effect]] = OrderedDict()


class Asked(NamedTuple):
    """What decides an effect: the digest of the data, the scaling, the rate, the seed."""

    data: str
    scaling: str
    rate: float
    seed: int


def effects(data: Data, rate: float, seed: int) -> dict[str, Effect | None]:
    """Give what is known by now for every scaling, and let the rest be computed.

    Parameters
    ----------
    data : Data
        To learn from.
    rate : float
        The learning rate.
    seed : int
        Of first weights and order.

    Returns
    -------
    dict of str to Effect or None
        In the order of `SCALINGS`; None is under way.

    Raises
    ------
    Exception
        If a network could not be trained: that one's.
    """
    found = {name: _asked(Asked(data.digest, name, rate, seed), data) for name in SCALINGS}
    return {name: future.result() if future.done() else None for name, future in found.items()}


def _asked(key: Asked, data: Data) -> Future[Effect]:
    """Find an effect, or have it computed after those that were asked for before."""
    with _lock:
        if key not in _kept:
            _kept[key] = _worker.submit(_compute, data, key)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
        return _kept[key]


def _compute(data: Data, key: Asked) -> Effect:
    """Train on one core, so that pages find the others free; one that fails may be tried again."""
    try:
        with limited_to(1):
            return effect(data, key.scaling, key.rate, key.seed)
    except Exception:
        with _lock:
            _kept.pop(key, None)
        raise

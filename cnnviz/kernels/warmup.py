"""Compile what the pages need before anybody asks: one table of calls, run once in a thread of its own.

To have a kernel ready from the start, add a small call of it to `WARM`.
"""

import gc
import logging
import threading
from collections.abc import Callable
from functools import cache

import numpy as np

from cnnviz.kernels.convolution import conv2d

WARM: dict[str, Callable[[], object]] = {
    "conv2d, float64": lambda: conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))),
}


def warm_up() -> None:
    """Call every kernel of the table once, then keep what is there out of later garbage collections."""
    for call in WARM.values():
        call()
    gc.collect()
    gc.freeze()


def _warm_up_quietly() -> None:
    try:
        warm_up()
    except Exception:
        logging.getLogger(__name__).exception("warming up failed; kernels compile when they are first used")


@cache
def warm_up_in_background() -> threading.Thread:
    """Start warming up beside everything else, once in a process."""
    thread = threading.Thread(target=_warm_up_quietly, name="warm-up", daemon=True)
    thread.start()
    return thread

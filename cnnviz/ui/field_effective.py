"""Effective receptive fields, measured beside the page: one at a time for the whole process, and kept.

A page asks again and again; as long as nothing is known it gets None, and stays as quick as ever.
"""

import threading
import time
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

from cnnviz.model.effective import effective_field
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.field_setup import Unit, middle_unit, told_lines

KEPT = 48
WAITED_FOR = 3.0  # seconds after the last question in which somebody still waits
Asked = tuple[str, str]


class Effective(NamedTuple):
    """Strengths of all pixels, from 0 to 1, the unit they were measured for, and on how many networks."""

    strength: np.ndarray
    unit: Unit
    networks: int


_known: OrderedDict[Asked, Effective] = OrderedDict()
_wanted: dict[Asked, float] = {}  # and when somebody asked last
_lock = threading.Lock()
_working: list[threading.Thread] = []


def effective(architecture: str, layer: str) -> Effective | None:
    """Give the effective field of the middle unit of a layer if it is known; else begin to measure it."""
    asked = architecture, layer
    with _lock:
        if asked in _known:
            _known.move_to_end(asked)
            return _known[asked]
        _wanted[asked] = time.monotonic()
        if not _working:
            worker = threading.Thread(target=_work, name="effective-fields", daemon=True)
            _working.append(worker)
            worker.start()
    return None


def _work() -> None:
    """Measure what is wanted, the latest question first, until nobody waits."""
    try:
        while asked := _next():
            found = _measure(asked)
            with _lock:
                _known[asked] = found
                _wanted.pop(asked, None)
                while len(_known) > KEPT:
                    _known.popitem(last=False)
    except BaseException:  # the thread ends and is reported; the next question starts another
        with _lock:
            _working.clear()
        raise


def _next() -> Asked | None:
    """Take the latest question that somebody still waits for; without one the work is over."""
    with _lock:
        _forget_the_old()
        if _wanted:
            return max(_wanted, key=_wanted.__getitem__)
        _working.clear()
        return None


def _forget_the_old() -> None:
    """Drop what nobody asked for lately."""
    now = time.monotonic()
    for asked in [each for each, at in _wanted.items() if now - at > WAITED_FOR]:
        del _wanted[asked]


def _measure(asked: Asked) -> Effective:
    """Measure the middle unit of a layer."""
    architecture, layer = asked
    unit = middle_unit(told_lines(architecture)[layer])
    strength, networks = effective_field(ARCHITECTURES[architecture].graph, layer, unit)
    return Effective(strength, unit, networks)

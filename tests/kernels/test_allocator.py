"""Freed memory is used again: a thread that asks for the same anew gets no new pages."""

import threading
from resource import RUSAGE_SELF, getrusage

import numpy as np

from cnnviz.kernels.allocator import keep_freed_memory

ROUNDS, ARRAYS, NUMBERS = 20, 3, 1 << 19
PAGE = 4096


def test_what_was_freed_is_not_fetched_again():
    faults = []

    def work():
        for _ in range(ROUNDS):
            before = getrusage(RUSAGE_SELF).ru_minflt
            arrays = [np.ones(NUMBERS, np.float32) for _ in range(ARRAYS)]
            del arrays
            faults.append(getrusage(RUSAGE_SELF).ru_minflt - before)

    kept = keep_freed_memory()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if kept:
        assert sum(faults[2:]) < ARRAYS * NUMBERS * 4 / PAGE / 4

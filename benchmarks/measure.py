"""Measure two things side by side: turn by turn in one process, and by their medians.

A shared machine changes its speed from second to second, so only the ratio of calls that took turns means
anything. `peak` says what the machine could do at best, measured in the same way.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.threads import cores, share_out
from cnnviz.kernels.vectors import emit_multiply_add, emit_splat, lanes

_TRIM, _MAP = -1, -3  # numbers of glibc's M_TRIM_THRESHOLD and M_MMAP_THRESHOLD
TURN = 8  # calls in a row by default, after one that is not counted
PAUSE = 0.03  # seconds: idle threads of a library look for work for a while (PyTorch's 0.01) and hold a core
CHAINS = 10  # independent sums: enough to hide the latency of a multiply-add, few enough for 16 registers


def interleaved(
    calls: dict[str, Callable[[], object]], seconds: float = 1.0, turn: int = TURN
) -> dict[str, float]:
    """Call each in turn for so many seconds and return the median time of each, in seconds."""
    keep_memory()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
        call()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, call in calls.items():
            time.sleep(PAUSE)
            call()
            for _ in range(turn):
                start = time.perf_counter()
                call()
                times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}


def keep_memory() -> None:
    """Ask the allocator to keep freed memory, where it is glibc's.

    Else large outputs are new pages each time, for the one or for the other library as chance has it.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        for threshold in (_TRIM, _MAP):
            mallopt(threshold, 1 << 29)


@intrinsic
def _multiply_add(typing, number, steps):
    """Do ``CHAINS`` multiply-adds of vectors for each step, and return a number that depends on all."""

    def write(context, builder, signature, arguments):
        factor = emit_splat(builder, arguments[0], lanes(number))
        sums = [cgutils.alloca_once_value(builder, factor) for _ in range(CHAINS)]
        with cgutils.for_range(builder, arguments[1]):
            for total in sums:
                builder.store(emit_multiply_add(builder, builder.load(total), factor, factor), total)
        end = builder.load(sums[0])
        for total in sums[1:]:
            end = builder.fadd(end, builder.load(total))
        return builder.extract_element(end, ir.Constant(ir.IntType(32), 0))

    return number(number, types.intp), write


@njit(nogil=True, fastmath={"contract"})
def _spin(number, steps):
    return _multiply_add(number, steps)


def peak(threads: int, dtype=np.float32, seconds: float = 0.3) -> float:
    """Measure the floating-point operations a second of so many threads, by a loop of nothing else."""
    steps = 200_000
    operations = threads * steps * CHAINS * 2 * lanes(np.dtype(dtype))
    number = np.dtype(dtype).type(0.5)
    taken = interleaved({"peak": lambda: share_out(lambda part: _spin(number, steps), threads)}, seconds)
    return operations / taken["peak"]


def thread_counts() -> list[int]:
    """List the numbers of threads to compare with: one, and all."""
    return sorted({1, cores()})

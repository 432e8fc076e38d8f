"""One pool of threads for the whole process, with as many as it really has cores.

Kernels release the GIL, so a call is split into parts that run beside each other. The calling
thread works too, and alone if the pool is busy: nobody waits for a free thread, and a part may
share out work of its own. Results must not depend on which thread did what.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

_limit = threading.local()


@cache
def cores() -> int:
    """Count the cores this process may use: its affinity, capped by the container's CPU quota."""
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(available, _quota(Path("/sys/fs/cgroup/cpu.max"), available)))


def _quota(path: Path, otherwise: int) -> int:
    """Read the cores granted by a control group (version 2)."""
    try:
        granted, period = path.read_text().split()
        return int(granted) // int(period)
    except (OSError, ValueError):  # no control group here, or "max": no limit
        return otherwise


@contextmanager
def limited_to(threads: int) -> Iterator[None]:
    """Use at most so many threads for the calls made by this thread: for benchmarks and tests."""
    before = getattr(_limit, "threads", None)
    _limit.threads = threads
    try:
        yield
    finally:
        _limit.threads = before


def threads() -> int:
    """Count the threads a call made by this thread may use."""
    return getattr(_limit, "threads", None) or cores()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="kernel")


def share_out(work: Callable[[int], None], parts: int) -> None:
    """Call ``work(part)`` once for every part, on this thread and those of the pool.

    Parameters
    ----------
    work : callable
        Gets the number of a part, writes its result where no other part does.
    parts : int
        How many there are; more parts than threads even out uneven work.
    """
    helping = min(parts, threads()) - 1
    if helping < 1:
        for part in range(parts):
            work(part)
        return
    turns = count()

    def help_out() -> None:
        while (part := next(turns)) < parts:
            work(part)

    helpers = [_pool().submit(help_out) for _ in range(helping)]
    try:
        help_out()
    finally:
        started = [helper for helper in helpers if not helper.cancel()]
        wait(started)
    for helper in started:
        helper.result()

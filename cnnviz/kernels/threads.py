"""One pool of threads for the whole process: with the caller, as many as it really has cores.

Kernels release the GIL, so a call is split into parts that run beside each other. The calling
thread works too, and alone if the pool is busy: nobody waits for a free thread, and a part may
share out work of its own. Results must not depend on which thread did what.

A thread without work listens for a moment, as calls often follow each other closely, and then sleeps.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np

from cnnviz.kernels.listening import TURNS, listen, ring_and_listen

_core_of_thread = getattr(ctypes.PyDLL(None), "sched_getcpu", None) if sys.platform == "linux" else None
_bell = np.zeros(1, np.int64)  # rung when there are tasks
_limit = threading.local()
_starting = threading.Lock()
FEW = 7  # helpers that are told which core to keep off
_helpers: list[int] = []  # what the system calls the threads of the pool
_left_to_caller = [-1]  # the core they keep off


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


@cache
def _allowed() -> set[int]:
    """List the cores this process may use, where the system tells."""
    return os.sched_getaffinity(0) if sys.platform == "linux" else set()


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
def _tasks() -> SimpleQueue:
    """Start the pool, a thread for each core but the caller's, and return the queue they live on."""
    tasks: SimpleQueue = SimpleQueue()

    def live() -> None:
        done = np.zeros(1, np.int64)
        while True:
            heard = int(_bell[0])
            rung = ring_and_listen(done, _bell, heard, TURNS if tasks.empty() else 0)
            with suppress(Empty):
                done = tasks.get(block=not rung)()

    for number in range(max(1, cores() - 1)):
        thread = threading.Thread(target=live, name=f"kernel-{number}", daemon=True)
        thread.start()
        assert thread.native_id
        _helpers.append(thread.native_id)
    return tasks


def _this_core() -> int:
    """Return the number of the core this thread runs on, or -1 if the system does not say."""
    return _core_of_thread() if _core_of_thread else -1


def _leave_to_caller(core: int) -> None:
    """Keep the pool off a core whose thread works too: virtual machines often wake helpers there, behind it.

    A large pool is left alone: among many cores idle ones are found, and to ask for each helper takes time.
    """
    others = _allowed() - {core}
    if core in (-1, _left_to_caller[0]) or not others or len(_helpers) > FEW:
        return
    for helper in _helpers:
        with suppress(OSError):  # it may be forbidden
            os.sched_setaffinity(helper, others)
    _left_to_caller[0] = core


class _Share:
    """The parts of one call, and who is at work on them."""

    def __init__(self, work: Callable[[int], None], parts: int) -> None:
        self.work, self.parts, self.turns = work, parts, count()
        self.lock, self.bell, self.helping, self.closed = threading.Lock(), np.zeros(1, np.int64), 0, False
        self.alarm: threading.Event | None = None  # of a caller who sleeps
        self.error: BaseException | None = None

    def take_turns(self) -> None:
        """Work on parts until none is left."""
        while (part := next(self.turns)) < self.parts:
            self.work(part)

    def help_out(self) -> np.ndarray:
        """Take turns on a thread of the pool, unless the call is over; return the bell to ring then."""
        with self.lock:
            if self.closed:
                return self.bell
            self.helping += 1
        try:
            self.take_turns()
        except BaseException as error:
            self.error = error
        with self.lock:
            self.helping -= 1
            if self.alarm:
                self.alarm.set()
        return self.bell

    def wait(self) -> None:
        """Let nobody begin any more, and wait for those who did."""
        with self.lock:
            self.closed = True
        heard = 0
        while self.helping:
            if not listen(self.bell, heard, TURNS):
                self.sleep()
            heard = int(self.bell[0])

    def sleep(self) -> None:
        """Sleep until somebody who helps has left, unless all have."""
        with self.lock:
            if not self.helping:
                return
            self.alarm = threading.Event()
        self.alarm.wait()


def share_out(work: Callable[[int], None], parts: int) -> None:
    """Call ``work(part)`` once for every part, on this thread and those of the pool.

    Parameters
    ----------
    work : callable
        Gets the number of a part, writes its result where no other part does.
    parts : int
        How many there are; more parts than threads even out uneven work.
    """
    helpers = min(parts, threads()) - 1
    if helpers < 1:
        for part in range(parts):
            work(part)
        return
    with _starting:
        tasks = _tasks()
    share = _Share(work, parts)
    _leave_to_caller(_this_core())
    for _ in range(helpers):
        tasks.put(share.help_out)
    _bell[0] += 1
    try:
        share.take_turns()
    finally:
        share.wait()
    if share.error:
        raise share.error

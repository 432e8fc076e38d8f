"""Who may train at the same time: a few at once, the others in a queue, and turns that are fair.

Threads that train take turns of a few milliseconds; next comes who has had least, so a turn that grew long
is made up for. A turn uses all cores through the pool: taking turns costs nothing, and leaves the interpreter
to the pages.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

AT_ONCE = 8
TURN = 0.03  # seconds of processor time at a time: the load of others does not count
DEBT = 0.15  # more than so many seconds are not made up for: nobody stands still for long


class Shift(Protocol):
    """A piece of work that wants a lane."""

    def launch(self) -> None:
        """Begin, on a thread of its own."""

    def wanted(self) -> bool:
        """Tell whether somebody still waits for it."""


class Lanes:
    """So many shifts at once; who comes later waits, without a thread."""

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.thread_time) -> None:
        self.at_once, self._clock = at_once, clock
        self._lock = threading.Lock()
        self._running: dict[Shift, float] = {}  # with the processor time each has had
        self._waiting: deque[Shift] = deque()
        self._turns: dict[Shift, threading.Event] = {}
        self._taken = False

    def enter(self, shift: Shift) -> None:
        """Let a shift begin, now or when it is its turn."""
        with self._lock:
            self._waiting.append(shift)
        self._fill()

    def leave(self, shift: Shift) -> None:
        """Take a shift out, wherever it is, and let the next one begin."""
        with self._lock:
            self._running.pop(shift, None)
            if shift in self._waiting:
                self._waiting.remove(shift)
        self._fill()

    def ahead(self, shift: Shift) -> int | None:
        """Count those who will begin before a shift that waits; None if it does not wait."""
        self._fill()
        with self._lock:
            return self._waiting.index(shift) if shift in self._waiting else None

    def _fill(self) -> None:
        """Give free lanes to those who wait and are still wanted; a new one has had as much as the last."""
        begun: list[Callable[[], None]] = []
        with self._lock:
            self._waiting = deque(shift for shift in self._waiting if shift.wanted())
            while self._waiting and len(self._running) < self.at_once:
                shift = self._waiting.popleft()
                self._running[shift] = min(self._running.values(), default=0.0)
                begun.append(shift.launch)
        for launch in begun:
            launch()

    @contextmanager
    def turn(self, shift: Shift) -> Iterator[Callable[[], bool]]:
        """Have the processor to oneself; the function that is given tells whether there is time left."""
        bell = threading.Event()
        with self._lock:
            if self._taken:
                self._turns[shift] = bell
            else:
                self._taken = True
                bell.set()
        bell.wait()
        began = self._clock()
        try:
            yield lambda: self._clock() < began + TURN
        finally:
            with self._lock:
                if shift in self._running:
                    least = min(self._running.values())
                    self._running[shift] = min(self._running[shift] + self._clock() - began, least + DEBT)
                self._pass_on()

    def _pass_on(self) -> None:
        """Give the next turn to who has had least, or who has left and wants to end; the lock is held."""
        if self._turns:
            self._turns.pop(min(self._turns, key=lambda shift: self._running.get(shift, 0.0))).set()
        else:
            self._taken = False


LANES = Lanes()

"""Who may train at the same time: a few at once, the others in a queue, and turns that are fair.

Threads that train take turns of a few milliseconds, in the order of asking; one turn uses all cores through
the pool, so turns cost nothing, and pages find the interpreter free.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

AT_ONCE = 8


class Shift(Protocol):
    """A piece of work that wants a lane."""

    def launch(self) -> None:
        """Begin, on a thread of its own."""

    def wanted(self) -> bool:
        """Tell whether somebody still waits for it."""


class Lanes:
    """So many shifts at once; who comes later waits, without a thread."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.at_once = at_once
        self._lock = threading.Lock()
        self._running: list[Shift] = []
        self._waiting: deque[Shift] = deque()
        self._turns: deque[threading.Event] = deque()
        self._taken = False

    def enter(self, shift: Shift) -> None:
        """Let a shift begin, now or when it is its turn."""
        with self._lock:
            self._waiting.append(shift)
        self._fill()

    def leave(self, shift: Shift) -> None:
        """Take a shift out, wherever it is, and let the next one begin."""
        with self._lock:
            for place in (self._running, self._waiting):
                if shift in place:
                    place.remove(shift)
        self._fill()

    def ahead(self, shift: Shift) -> int | None:
        """Count those who will begin before a shift that waits; None if it does not wait."""
        self._fill()
        with self._lock:
            return self._waiting.index(shift) if shift in self._waiting else None

    def _fill(self) -> None:
        """Give free lanes to those who wait and are still wanted."""
        begun: list[Callable[[], None]] = []
        with self._lock:
            self._waiting = deque(shift for shift in self._waiting if shift.wanted())
            while self._waiting and len(self._running) < self.at_once:
                self._running.append(self._waiting.popleft())
                begun.append(self._running[-1].launch)
        for launch in begun:
            launch()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have the processor to oneself for a moment, in the order of asking."""
        bell = threading.Event()
        with self._lock:
            if self._taken:
                self._turns.append(bell)
            else:
                self._taken = True
                bell.set()
        bell.wait()
        try:
            yield
        finally:
            with self._lock:
                if self._turns:
                    self._turns.popleft().set()
                else:
                    self._taken = False


LANES = Lanes()

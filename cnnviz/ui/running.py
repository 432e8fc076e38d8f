"""Runs of training in the background: each owns its thread, and a page only looks and asks.

A thread lives while its run goes on, and no longer: it ends at a pause, at the end, at an error, and some
seconds after nobody looks any more. What a run gives does not depend on any of this: a step is a pure
function of the state before it.
"""

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from cnnviz.model.data import Data
from cnnviz.model.training import Recipe, State, begin, step
from cnnviz.presets.networks import Plan
from cnnviz.ui.lanes import LANES, Lanes
from cnnviz.ui.memory import sentence
from cnnviz.ui.run_view import LIVE, OVER, View
from cnnviz.ui.train_history import Curve, Moment, moment_of, moments_at

REST = 10.0  # seconds without anybody looking until a run rests
FORGET = 90.0  # until it does not go on by itself any more
log = logging.getLogger(__name__)


class Run:
    """A run: `start`, `pause`, `stop` and `rewind` ask, `look` tells.

    Statuses are those of `LIVE` and `OVER`, "ready" before the first step, "paused" by its reader, and
    "resting" as nobody looks.
    """

    def __init__(
        self,
        plan: Plan,
        data: Data,
        *,
        state: State | None = None,
        lanes: Lanes = LANES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.plan, self.recipe, self.data = plan, plan.recipe(), plan.lessons(data)
        self.steps = self.recipe.steps(len(self.data.train))
        self._lanes, self._clock, self._lock = lanes, clock, threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._state = state or begin(self.recipe, self.data)
        self.rates: tuple[tuple[int, float], ...] = ((self._state.step, self.recipe.rate),)  # from step on
        self._marks = moments_at(self.steps, self._state)
        self._curve, self._moments = Curve(), dict[int, Moment]()
        self._passing: int | None = None  # the step of a moment that is kept while the run stands there
        self._status, self._error, self._shift = "ready", "", None
        self._until, self._then = self.steps, "done"
        self._seen = self._rested = clock()
        self._pace: deque[tuple[float, int]] = deque(maxlen=30)
        if state is not None:
            self._moments[state.step] = moment_of(self.recipe, self.data, state, everything=True)
            self._status = "done" if state.step >= self.steps else "paused"

    _shift: "_Shift | None"

    def start(self, steps: int | None = None) -> None:
        """Go on, for some steps or to the end."""
        with self._lock:
            if self._status in OVER or self._status in LIVE:
                return
            self._until = self.steps if steps is None else min(self.steps, self._state.step + steps)
            self._then = "done" if self._until == self.steps else "paused"
            shift = self._begin_shift()
        self._lanes.enter(shift)

    def pause(self) -> None:
        """Stand still; a step that is being taken is given up, and taken again later."""
        self._end_shift("paused")

    def stop(self) -> None:
        """End here, and look at all held-out images."""
        with self._lock:
            if self._status in OVER:
                return
            self._until, self._then = self._state.step, "stopped"
            shift = None if self._status in LIVE else self._begin_shift()
        if shift:
            self._lanes.enter(shift)

    def rewind(self, to: int, rate: float | None = None) -> None:
        """Go back to a moment, and forget what came after it; a new rate counts from there."""
        recipe = self.recipe if rate is None else replace(self.recipe, rate=rate)
        with self._lock:
            if to not in self._moments:
                raise ValueError(f"to must be one of the {len(self._moments)} moments, got {to}")
        self._end_shift("paused")
        with self._lock:
            self._moments = {at: moment for at, moment in self._moments.items() if at <= to}
            self._curve.cut(to)
            self._state, self._error, self.recipe = self._moments[to].state, "", recipe
            before = [each for each in self.rates if each[0] < to]
            same = before and before[-1][1] == recipe.rate
            self.rates = tuple(before if same else [*before, (to, recipe.rate)])
            self._status = "paused" if to else "ready"

    def look(self) -> View:
        """Tell how it stands, and note that somebody looks."""
        with self._lock:
            self._seen, resting = self._clock(), self._status == "resting"
            forgotten = self._seen - self._rested > FORGET
            if resting and not forgotten:
                shift = self._begin_shift()
        if resting and not forgotten:
            self._lanes.enter(shift)
        self._see_where_it_stands()
        ahead = self._lanes.ahead(self._shift) if self._shift else None
        with self._lock:
            status = "waiting" if ahead is not None and self._status in LIVE else self._status
            return View(
                status,
                self._state,
                self.steps,
                tuple(self._curve.points),
                tuple(self._moments[at] for at in sorted(self._moments)),
                self._speed(),
                ahead,
                self._error,
                resting and forgotten,
            )

    def _see_where_it_stands(self) -> None:
        """Make a moment of the state a run was paused at, until it goes on."""
        with self._lock:
            recipe, state, status = self.recipe, self._state, self._status
            if status not in ("paused", "resting") or state.step in self._moments:
                return
        moment = moment_of(recipe, self.data, state)
        with self._lock:
            if self._state is state and self._status == status:
                self._moments[state.step], self._passing = moment, state.step

    def wait(self, seconds: float) -> None:
        """Wait until the run stands still, at most for some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._status not in LIVE, seconds)

    @property
    def watched(self) -> bool:
        """Tell whether somebody looked lately."""
        return self._clock() - self._seen <= REST

    def _begin_shift(self) -> "_Shift":
        """Make a thread's worth of work; the lock is held."""
        self._seen = self._clock()
        if self._passing is not None and self._passing not in self._marks:
            self._moments.pop(self._passing, None)
        self._passing = None
        self._shift, self._status = _Shift(self), "running"
        self._pace.clear()
        return self._shift

    def _end_shift(self, status: str) -> None:
        """Disown the thread that is at work, if there is one."""
        with self._changed:
            shift, self._shift = self._shift, None
            if self._status in (*LIVE, "resting"):
                self._status = status
            self._changed.notify_all()
        if shift:
            self._lanes.leave(shift)

    def _settle(self, shift: "_Shift", status: str, error: str = "") -> None:
        """Let the thread that is at work end by itself."""
        with self._changed:
            if self._shift is shift:
                self._shift, self._status, self._error = None, status, error
                self._rested = self._clock()
                self._changed.notify_all()

    def _advance(self, shift: "_Shift") -> bool:
        """Take a step, or settle; False when there is nothing left to do."""
        with self._lock:
            if self._shift is not shift:
                return False
            state, over, then = self._state, self._state.step >= self._until, self._then
            recipe, missing = self.recipe, self._state.step not in self._moments
        if over or not self.watched:
            self._halt(shift, recipe, state, then if over else "resting")
            return False
        if missing and state.step in self._marks:
            self._remember(shift, moment_of(recipe, self.data, state))
        moved, metrics = step(recipe, self.data, state)
        with self._lock:
            if self._shift is shift:
                self._state = moved
                self._curve.add(moved.step, metrics, recipe.architecture)
                self._pace.append((self._clock(), moved.step))
        return True

    def _halt(self, shift: "_Shift", recipe: Recipe, state: State, status: str) -> None:
        """Stand still; at the end, look at everything first."""
        if status in OVER:
            self._remember(shift, moment_of(recipe, self.data, state, everything=True))
        self._settle(shift, status)

    def _remember(self, shift: "_Shift", moment: Moment) -> None:
        """Keep a moment to go back to."""
        with self._lock:
            if self._shift is shift:
                self._moments[moment.step] = moment

    def _speed(self) -> float | None:
        """Count the images a second lately."""
        if len(self._pace) < 2 or self._pace[-1][0] <= self._pace[0][0]:
            return None
        (first, before), (last, after) = self._pace[0], self._pace[-1]
        return self.recipe.batch * (after - before) / (last - first)


class _Shift:
    """The work of one thread for a run, from start to standstill."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def wanted(self) -> bool:
        """Tell whether the run still waits for it, and somebody for the run; rest otherwise."""
        if self.run.watched:
            return True
        self.run._settle(self, "resting")
        return False

    def launch(self) -> None:
        """Begin."""
        threading.Thread(target=self.work, name="training", daemon=True).start()

    def work(self) -> None:
        """Take steps, a turn at a time, until there is nothing left to do."""
        run, going = self.run, True
        try:
            while going:
                with run._lanes.turn(self) as time_left:
                    while going and time_left():
                        going = run._advance(self)
        except Exception as error:
            log.error("A run ended with an error: %r\n%s", error, _frames(error))
            run._settle(self, "failed", f"This run ended with an error. {sentence(error)}")
        finally:
            run._lanes.leave(self)


def _frames(error: BaseException) -> str:
    """List where an error came through.

    Python's own formatting parses source, which must not happen beside a page that is being compiled: in
    CPython 3.11 the two disturb each other.
    """
    frames = traceback.walk_tb(error.__traceback__)
    return "\n".join(f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}" for frame, line in frames)

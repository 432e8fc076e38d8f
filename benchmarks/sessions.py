"""Eight who train at once, and one who only looks: ``python -m benchmarks.sessions``.

First eight runs against one without a server, in turns. Then the whole server: eight sessions train and look
twice a second, as browsers do, while a ninth asks another page again and again.
"""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from statistics import median, quantiles
from typing import NamedTuple

from cnnviz.kernels.allocator import keep_freed_memory
from cnnviz.model.datasets import DATASETS
from cnnviz.presets.networks import Plan
from cnnviz.ui.lanes import Lanes
from cnnviz.ui.running import Run
from tests.browser.conftest import serving
from tests.visitor import Session

SESSIONS, TURNS, SECONDS = 8, 2, 1.5
SERVED_TURNS, SERVED_SECONDS = 3, 3.0
FIRST = 40  # steps that are not counted: at first a run looks at its held-out images often
PAUSE, QUIET = 0.1, 30  # seconds between two moves of the one who looks; moves while nobody trains
TRAIN, IDLE = "train", "padding_and_stride"
RATE_AIM, FAIR_AIM, IDLE_AIM = 0.85, 0.8, 200
PLANS = {
    "digits, small CNN": Plan(epochs=200),
    "strokes, small CNN": Plan("Strokes", epochs=200),
    "strokes, LeNet-5": Plan("Strokes", "LeNet-5", epochs=200),
}


class Speed(NamedTuple):
    """Images a second of each run, and of all together in a second of this process on a processor."""

    each: list[float]
    thrift: float


def measured(steps: Callable[[], list[int]], batch: int, seconds: float) -> Speed:
    """Count what runs do in some seconds, from when each has begun."""
    end = time.monotonic() + 60
    while min(steps()) < FIRST:
        if time.monotonic() > end:
            raise RuntimeError(f"every run must have begun, got steps {steps()}")
        time.sleep(0.05)
    before, began, spent = steps(), time.perf_counter(), time.process_time()
    time.sleep(seconds)
    after, took, spent = steps(), time.perf_counter() - began, time.process_time() - spent
    images = [batch * (last - first) for first, last in zip(before, after, strict=True)]
    return Speed([count / took for count in images], sum(images) / spent)


def mean(turns: list[Speed]) -> Speed:
    """Put turns together."""
    each = [sum(speeds) / len(turns) for speeds in zip(*(turn.each for turn in turns), strict=True)]
    return Speed(each, sum(turn.thrift for turn in turns) / len(turns))


def of_runs(plan: Plan) -> tuple[Speed, Speed]:
    """Let one run train, then eight, turn by turn, without a server."""
    data, lanes = DATASETS[plan.source].load(), Lanes(SESSIONS)
    groups = [[Run(replace(plan, seed=seed), data, lanes=lanes) for seed in range(n)] for n in (1, SESSIONS)]
    turns: list[list[Speed]] = [[], []]
    for _ in range(TURNS):
        for group, found in zip(groups, turns, strict=True):
            for run in group:
                run.start()
            found.append(
                measured(lambda group=group: [run.look().state.step for run in group], plan.batch, SECONDS)
            )
            for run in group:
                run.pause()
    return mean(turns[0]), mean(turns[1])


def of_sessions(address: str, count: int, idle: list[float]) -> Speed:
    """Let sessions of a server train beside each other, and time another one that moves about."""
    plan = PLANS["digits, small CNN"]
    with ExitStack() as open_ones:
        sessions = [
            open_ones.enter_context(
                closing(Session(address, TRAIN, f"tr_epochs={plan.epochs}&tr_seed={seed}"))
            )
            for seed in range(count)
        ]
        other = open_ones.enter_context(closing(Session(address, IDLE)))
        for session in sessions:
            session.start()
        over = threading.Event()

        def move_about() -> None:
            while not over.wait(PAUSE):
                idle.append(other.ask())

        mover = threading.Thread(target=move_about, daemon=True)
        mover.start()
        try:
            return measured(lambda: [session.now() for session in sessions], plan.batch, SERVED_SECONDS)
        finally:
            over.set()
            mover.join()
            for session in sessions:
                session.ask("tr_go")


def told(name: str, one: Speed, eight: Speed, here: bool = True) -> str:
    """Write a line of a table; the processor time is known only of this process."""
    share, fair = sum(eight.each) / sum(one.each), min(eight.each) / max(eight.each)
    missed = "  not reached" if share < RATE_AIM or fair < FAIR_AIM else ""
    thrift = f"{eight.thrift / one.thrift:12.2f}" if here else f"{'':12}"
    return f"{name:26}{sum(one.each):12,.0f}{sum(eight.each):12,.0f}{share:10.2f}{thrift}{fair:12.2f}{missed}"


def waited(name: str, times: list[float]) -> str:
    """Write how long the idle page took."""
    missed = "  not reached" if median(times) > IDLE_AIM else ""
    return f"{name:26}{median(times):12.0f}{quantiles(times, n=20)[-1]:12.0f}{missed}"


def main() -> None:
    """Print the tables."""
    keep_freed_memory()
    head = f"{'images a second':26}{'one':>12}{SESSIONS:>12}{'ratio':>10}{'processor':>12}{'fairness':>12}"
    print(f"{head}   aims {RATE_AIM} and {FAIR_AIM}")
    for name, plan in PLANS.items():
        print(told(name, *of_runs(plan)), flush=True)
    quiet, one_trains, busy = list[float](), list[float](), list[float]()
    with serving("cnnviz.ui.server") as address:
        with closing(Session(address, IDLE)) as other:
            quiet.extend([other.ask() for _ in range(QUIET)][1:])
        turns = [
            (of_sessions(address, 1, one_trains), of_sessions(address, SESSIONS, busy))
            for _ in range(SERVED_TURNS)
        ]
    print(told("the server, digits", *(mean(list(each)) for each in zip(*turns, strict=True)), here=False))
    print(f"\n{'an idle page, milliseconds':26}{'median':>12}{'95 of 100':>12}   aim {IDLE_AIM}")
    for who, times in (("nobody trains", quiet), ("one trains", one_trains), ("eight train", busy)):
        print(waited(who, times))


if __name__ == "__main__":
    main()

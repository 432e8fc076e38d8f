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

from cnnviz.kernels.allocator import keep_freed_memory
from cnnviz.model.datasets import DATASETS
from cnnviz.presets.networks import Plan
from cnnviz.ui.lanes import Lanes
from cnnviz.ui.running import Run
from tests.browser.conftest import serving
from tests.visitor import Session

SESSIONS, TURNS = 8, 3
SECONDS, SERVED_SECONDS = 2.0, 6.0
PAUSE, QUIET = 0.1, 30  # seconds between two moves of the one who looks; moves while nobody trains
TRAIN, IDLE = "train", "padding_and_stride"
RATE_AIM, FAIR_AIM, IDLE_AIM = 0.85, 0.8, 200
PLANS = {
    "digits, small CNN": Plan(epochs=200),
    "strokes, small CNN": Plan("Strokes", batch=64, epochs=200),
    "strokes, LeNet-5": Plan("Strokes", "LeNet-5", batch=64, epochs=200),
}


def speeds(steps: Callable[[], list[int]], batch: int, seconds: float) -> list[float]:
    """Count the images a second of each run over some seconds, from when each has begun."""
    end = time.monotonic() + 60
    while min(steps()) < 10:
        if time.monotonic() > end:
            raise RuntimeError(f"every run must have begun, got steps {steps()}")
        time.sleep(0.05)
    before, began = steps(), time.perf_counter()
    time.sleep(seconds)
    after, took = steps(), time.perf_counter() - began
    return [batch * (last - first) / took for first, last in zip(before, after, strict=True)]


def of_runs(plan: Plan, count: int) -> list[float]:
    """Let runs train beside each other without a server."""
    data, lanes = DATASETS[plan.source].load(), Lanes(count)
    runs = [Run(replace(plan, seed=seed), data, lanes=lanes) for seed in range(count)]
    for run in runs:
        run.start()
    try:
        return speeds(lambda: [run.look().state.step for run in runs], plan.batch, SECONDS)
    finally:
        for run in runs:
            run.pause()


def of_sessions(address: str, count: int, idle: list[float]) -> list[float]:
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
            return speeds(lambda: [session.now() for session in sessions], plan.batch, SERVED_SECONDS)
        finally:
            over.set()
            mover.join()
            for session in sessions:
                session.ask("tr_go")


def told(name: str, pairs: list[tuple[list[float], list[float]]]) -> str:
    """Write a line of a table: medians over the turns."""
    one, all_of_them = (median(sum(pair[each]) for pair in pairs) for each in (0, 1))
    share = median(sum(eight) / sum(one) for one, eight in pairs)
    fair = median(min(eight) / max(eight) for _, eight in pairs)
    missed = "  not reached" if share < RATE_AIM or fair < FAIR_AIM else ""
    return f"{name:26}{one:12,.0f}{all_of_them:12,.0f}{share:10.2f}{fair:12.2f}{missed}"


def waited(name: str, times: list[float]) -> str:
    """Write how long the idle page took."""
    missed = "  not reached" if median(times) > IDLE_AIM else ""
    return f"{name:26}{median(times):12.0f}{quantiles(times, n=20)[-1]:12.0f}{missed}"


def main() -> None:
    """Print the tables."""
    keep_freed_memory()
    head = f"{'images a second':26}{'one':>12}{SESSIONS:>12}{'ratio':>10}{'fairness':>12}"
    print(f"{head}   aims {RATE_AIM} and {FAIR_AIM}")
    for name, plan in PLANS.items():
        print(told(name, [(of_runs(plan, 1), of_runs(plan, SESSIONS)) for _ in range(TURNS)]), flush=True)
    quiet, one_trains, busy = list[float](), list[float](), list[float]()
    with serving("cnnviz.ui.server") as address:
        with closing(Session(address, IDLE)) as other:
            quiet.extend([other.ask() for _ in range(QUIET)][1:])
        pairs = [
            (of_sessions(address, 1, one_trains), of_sessions(address, SESSIONS, busy)) for _ in range(TURNS)
        ]
    print(told("the server, digits", pairs))
    print(f"\n{'an idle page, milliseconds':26}{'median':>12}{'95 of 100':>12}   aim {IDLE_AIM}")
    for who, times in (("nobody trains", quiet), ("one trains", one_trains), ("eight train", busy)):
        print(waited(who, times))


if __name__ == "__main__":
    main()

"""A run in the background: what is asked of it, going back, leases and queues, and the bits of a replay."""

import threading
import time
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from cnnviz.model.datasets import DATASETS
from cnnviz.model.training import begin, step
from cnnviz.presets.networks import Plan
from cnnviz.ui import running
from cnnviz.ui.lanes import TURN, Lanes
from cnnviz.ui.running import FORGET, REST, Run
from cnnviz.ui.train_history import CHECKED, MOST_MOMENTS, MOST_POINTS, Curve, moments_at

DATA = DATASETS["Handwritten digits"].load()
PLAN = Plan(network="Softmax regression", epochs=2, batch=64)
LONG = replace(PLAN, epochs=200, batch=8)
STEPS = 46


class Clock:
    """A clock that is moved by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(clock):
    """Make runs, and see that no thread is left behind."""
    made, lanes = [], Lanes(2)

    def make_run(plan=PLAN, **options):
        made.append(Run(plan, DATA, **{"lanes": lanes, "clock": clock, **options}))
        return made[-1]

    yield make_run
    for run in made:
        run.pause()
    until(lambda: "training" not in {thread.name for thread in threading.enumerate()})


def until(true, seconds=10):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "this never came true"
        time.sleep(0.001)


def finished(run, status="done"):
    run.wait(20)
    assert run.look().status == status
    return run.look()


def replayed(plan, steps):
    """Take the same steps one after the other, here."""
    recipe, data = plan.recipe(), plan.lessons(DATA)
    state = begin(recipe, data)
    for _ in range(steps):
        state, _ = step(recipe, data, state)
    return state


def same(one, other):
    return one.step == other.step and all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("parameters", "statistics", "kept")
    )


def test_a_run_gives_the_bits_of_a_replay(make):
    run = make()
    assert run.look().status == "ready"
    run.start()
    view = finished(run)
    assert same(view.state, replayed(PLAN, STEPS))
    assert [view.moments[0].step, view.moments[-1].step] == [0, STEPS]
    assert [point.step for point in view.points] == list(range(1, STEPS + 1))
    assert view.moments[-1].accuracy > 0.9 > 0.3 > view.moments[0].accuracy
    assert not view.live


def test_steps_pauses_and_more_steps_change_nothing(make):
    run = make()
    run.start(1)
    assert same(finished(run, "paused").state, replayed(PLAN, 1))
    run.start(1)
    assert finished(run, "paused").state.step == 2
    run.start()
    until(lambda: run.look().state.step > 6)
    run.pause()
    standing = run.look().state.step
    assert run.look().status in ("paused", "done")
    run.start()
    run.start()
    assert same(finished(run).state, replayed(PLAN, STEPS))
    assert standing <= STEPS


def test_a_run_that_stands_still_has_a_moment_there_until_it_goes_on(make):
    run = make(LONG)
    run.start(1000)
    finished(run, "paused")
    for step_taken in (1001, 1002):
        run.start(1)
        view = finished(run, "paused")
        assert step_taken not in run._marks
        assert view.moments[-1].state is view.state
        assert [moment.step for moment in view.moments].count(step_taken - 1) == 0
    run.rewind(1002, rate=0.001)
    assert run.look().state is view.state
    run.start()
    until(lambda: run.look().state.step > 1100)
    assert 1002 not in [moment.step for moment in run.look().moments]
    assert {moment.step for moment in run.look().moments} <= run._marks


def test_a_stopped_run_is_over_and_has_a_moment_where_it_stands(make):
    run = make(LONG)
    run.start()
    until(lambda: run.look().state.step > 3)
    run.stop()
    view = finished(run, "stopped")
    assert view.moments[-1].state is view.state
    run.start()
    run.stop()
    assert run.look().status == "stopped"
    paused = make()
    paused.start(2)
    finished(paused, "paused")
    paused.stop()
    assert finished(paused, "stopped").moments[-1].step == 2


def test_any_moment_can_be_gone_back_to_and_continued(make):
    run = make()
    run.start()
    done = finished(run)
    moment = done.moments[len(done.moments) // 2]
    run.rewind(moment.step)
    view = run.look()
    assert (view.status, view.state) == ("paused", moment.state)
    assert view.moments[-1].step == view.points[-1].step == moment.step
    run.start()
    assert same(finished(run).state, done.state)
    run.rewind(0)
    assert run.look().status == "ready"
    with pytest.raises(ValueError, match="to must be one of the 1 moments, got 5"):
        run.rewind(5)
    run.start()
    assert same(finished(run).state, done.state)


def test_another_rate_counts_from_the_moment_on(make):
    run = make()
    run.start()
    done = finished(run)
    run.rewind(done.moments[3].step, rate=0.001)
    run.start()
    assert not same(finished(run).state, done.state)
    assert run.recipe.rate == 0.001


def test_a_run_goes_on_from_a_saved_state(make):
    run = make(state=replayed(PLAN, 5))
    assert (run.look().status, [moment.step for moment in run.look().moments]) == ("paused", [5])
    run.start()
    assert same(finished(run).state, replayed(PLAN, STEPS))


def test_a_run_nobody_watches_rests_and_goes_on_when_looked_at(make, clock):
    run = make(LONG)
    run.start()
    until(lambda: run._state.step > 3)
    clock.now += REST + 1
    run.wait(5)
    assert run._status == "resting"
    until(lambda: "training" not in {thread.name for thread in threading.enumerate()})
    standing = run._state.step
    clock.now += FORGET - 1
    assert run.look().status in ("resting", "running")
    until(lambda: run.look().state.step > standing)


def test_a_run_forgotten_for_long_waits_for_its_reader(make, clock):
    run = make(LONG)
    run.start()
    until(lambda: run._state.step > 3)
    clock.now += REST + 1
    run.wait(5)
    clock.now += FORGET + 1
    view = run.look()
    assert (view.status, view.forgotten) == ("resting", True)
    run.start()
    until(lambda: run.look().state.step > view.state.step)
    assert not run.look().forgotten


def test_a_queue_says_how_many_are_ahead_and_lets_go_of_those_who_left(make, clock):
    first, second, third, fourth, fifth = (make(LONG) for _ in range(5))
    for run in (first, second, third, fourth, fifth):
        run.start()
    assert [run.look().ahead for run in (first, second, third, fourth, fifth)] == [None, None, 0, 1, 2]
    assert third.look().status == "waiting"
    assert third.look().state.step == 0
    fourth.pause()
    assert fifth.look().ahead == 1
    clock.now += REST + 1
    for run in (first, second, fifth):
        run._seen = clock.now
    assert fifth.look().ahead == 0
    assert third._status == "resting"
    first.pause()
    until(lambda: fifth.look().state.step > 0)
    assert third.look().status == "waiting"


def test_an_error_ends_its_own_run_only(make, monkeypatch):
    def fail(*_):
        raise MemoryError("no room")

    healthy, sick = make(), make()
    with monkeypatch.context() as broken:
        broken.setattr(running, "moment_of", fail)
        sick.start()
        view = finished(sick, "failed")
    assert view.error == "This run ended with an error. No room."
    healthy.start()
    assert finished(healthy).status == "done"
    assert not view.moments


def test_eight_sessions_give_what_each_would_give_alone(make):
    plans = [replace(PLAN, epochs=1, seed=number, batch=32 + number) for number in range(8)]
    lanes = Lanes()
    runs = [make(plan, lanes=lanes) for plan in plans]
    for run in runs:
        run.start()
    assert all(run.look().ahead is None for run in runs)
    for run, plan in zip(runs, plans, strict=True):
        view = finished(run)
        assert same(view.state, replayed(plan, run.steps))


def test_turns_are_fair(make):
    """Eight equal runs at once, each step of equal length: the load of others must not count."""
    taken = Counter()
    lanes = Lanes(clock=lambda: TURN / 3 * taken[threading.get_ident()])

    def counted(*state):
        taken[threading.get_ident()] += 1
        return step(*state)

    runs = [make(replace(LONG, seed=seed), lanes=lanes) for seed in range(8)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "step", counted)
        with lanes.turn(object()):
            for run in runs:
                run.start()
            until(lambda: len(lanes._turns) == 8)
        until(lambda: min(run.look().state.step for run in runs) > 60)
        with lanes.turn(object()):
            states = [run.look().state for run in runs]
        for run in runs:
            run.pause()
        until(lambda: "training" not in {thread.name for thread in threading.enumerate()})
    steps = [state.step for state in states]
    assert min(steps) / max(steps) > 0.8
    for run, state in zip(runs, states, strict=True):
        assert same(state, replayed(run.plan, state.step))


def test_a_curve_is_bounded_and_keeps_its_mean():
    curve, architecture = Curve(), PLAN.architecture()
    recipe = PLAN.recipe()
    _, metrics = step(recipe, DATA, begin(recipe, DATA))
    total = 5 * MOST_POINTS
    for at in range(1, total + 1):
        curve.add(at, metrics._replace(loss=float(at)), architecture)
    assert len(curve.points) <= MOST_POINTS
    assert curve.points[-1].step > total - curve.each
    counted = [point for point in curve.points if point.step % curve.each == 0]
    assert np.mean([point.loss for point in counted[:100]]) == (1 + 100 * curve.each) / 2
    curve.cut(16)
    assert curve.points[-1].step <= 16


def test_moments_are_close_at_first_and_few_when_they_are_large():
    state = begin(PLAN.recipe(), DATA)
    marks = sorted(moments_at(4000, state))
    assert (marks[0], marks[-1], len(marks)) == (0, 4000, MOST_MOMENTS + 1)
    assert marks[1] < 5 < 150 < marks[-1] - marks[-2]
    large = replace(state, parameters=np.zeros(1_000_000, np.float32))
    assert len(moments_at(4000, large)) == 7
    assert len(DATA.held_out) < CHECKED

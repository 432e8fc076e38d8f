"""What a session holds: runs that are kept, their vote, what other pages may use, and files of runs."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from cnnviz.lessons.training import rates_text
from cnnviz.model import saving
from cnnviz.model.training import begin
from cnnviz.presets.networks import OWN, Plan
from cnnviz.ui import runs, train_files
from cnnviz.ui.running import Run
from cnnviz.ui.runs import LETTERS, Desk, available
from cnnviz.ui.train_data import load
from cnnviz.ui.train_files import plan_of

PLAN = Plan(network="Softmax regression", epochs=1, batch=64)
DATA = load(PLAN.source)


@pytest.fixture
def desk(monkeypatch):
    held = Desk()
    monkeypatch.setattr(runs, "desk", lambda: held)
    return held


def trained(desk, plan=PLAN):
    desk.take(Run(plan, DATA))
    desk.run.start()
    desk.run.wait(20)
    return desk.run.look()


def test_other_pages_find_nothing_before_there_is_a_run(desk):
    assert available() == {}
    desk.take(Run(PLAN, DATA))
    assert available() == {}


def test_other_pages_find_the_run_at_its_moment_and_what_was_kept(desk):
    view = trained(desk)
    desk.keep()
    desk.at = view.moments[2].step
    found = available()
    accuracy = f"{100 * view.moments[-1].accuracy:.1f} %"
    assert list(found) == [
        f"Softmax regression, trained here, step {desk.at}",
        f"A: Softmax regression, {accuracy}",
    ]
    now, kept = found.values()
    assert now.network.parameters is view.moments[2].state.parameters
    assert kept.network.parameters is view.state.parameters
    assert (now.source, now.classes) == ("Handwritten digits", DATA.classes)


def test_six_runs_are_kept_and_letters_are_used_again(desk):
    trained(desk)
    for _ in range(7):
        desk.keep()
    assert [one.letter for one in desk.kept] == list(LETTERS)
    del desk.kept[1]
    desk.keep()
    assert desk.kept[-1].letter == "B"


def test_the_vote_counts_networks_of_the_same_data(desk):
    assert desk.vote() is None
    trained(desk)
    desk.keep()
    assert desk.vote() is None
    trained(desk, replace(PLAN, seed=1))
    desk.keep()
    letters, accuracy = desk.vote()
    assert letters == ["A", "B"]
    assert accuracy > 0.85


def test_a_kept_curve_ends_at_the_moment_that_was_kept(desk):
    view = trained(desk)
    desk.at = view.moments[3].step
    desk.keep()
    kept = desk.kept[0]
    assert len(kept.curve) == 4
    assert kept.curve[-1] == (desk.at / view.steps, kept.moment.loss, kept.moment.accuracy)


def test_a_new_run_takes_the_place_of_one_that_goes_on(desk):
    first = Run(replace(PLAN, epochs=200, batch=8), DATA)
    desk.take(first)
    first.start()
    desk.take(Run(PLAN, DATA), "look here")
    assert first.look().status == "paused"
    assert (desk.remark, desk.at) == ("look here", None)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(),
        Plan(network="MLP", optimizer="Adam", rate=0.001, schedule="Cosine", shuffle=False),
        Plan(network=OWN, stack="conv 4 3 stride 1 padding 1 dilation 1\nReLU\ndense 12"),
    ],
)
def test_the_settings_of_a_saved_run_are_found_again(plan):
    recipe = plan.recipe()
    found = plan_of(saving.load(saving.save(recipe, DATA, begin(recipe, DATA))))
    assert found.recipe() == recipe
    assert (found.network, found.schedule) == (plan.network, plan.schedule)


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, wrong=0.4, seed=3),
        replace(PLAN, examples=40),
        replace(PLAN, by_class=True, shuffle=False),
    ],
)
def test_a_run_on_changed_data_is_continued_on_the_same(plan, monkeypatch):
    held, told = Desk(), []
    run = Run(plan, DATA)
    run.start(3)
    run.wait(20)
    raw = saving.save(run.recipe, run.data, run.look().state, train_files.prepared(plan))
    monkeypatch.setattr(train_files, "desk", lambda: held)
    monkeypatch.setattr(train_files.st, "session_state", {"tr_load": SimpleNamespace(getvalue=lambda: raw)})
    monkeypatch.setattr(train_files.MEMORY.__class__, "complain", lambda _, text: told.append(text))
    monkeypatch.setattr(train_files.MEMORY.__class__, "put", lambda *_: None)
    train_files._load()
    assert (told, held.run.plan) == ([""], plan)
    for each in (run, held.run):
        each.start(2)
        each.wait(20)
    assert held.run.look().state.parameters.tobytes() == run.look().state.parameters.tobytes()


def test_a_kept_run_knows_its_rates_and_from_when_they_counted(desk):
    view = trained(desk)
    first, second = view.moments[2].step, view.moments[5].step
    desk.run.rewind(second, 0.01)
    desk.run.rewind(second, 0.02)
    desk.keep()
    desk.run.rewind(first, 0.02)
    desk.run.start()
    desk.run.wait(20)
    desk.keep()
    desk.run.rewind(0)
    assert [one.rates for one in desk.kept] == [((0, 0.05),), ((0, 0.05), (first, 0.02))]
    assert desk.run.rates == ((0, 0.02),)
    assert rates_text(desk.kept[1].rates) == f"0.05, 0.02 from step {first}"


def test_a_saved_run_of_unknown_data_is_refused():
    recipe = PLAN.recipe()
    raw = saving.save(recipe, replace(DATA, name="Others"), begin(recipe, DATA))
    with pytest.raises(ValueError, match="data must be here to go on with this network"):
        plan_of(saving.load(raw))

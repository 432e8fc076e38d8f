"""The page that trains: a run from start to end, back in time, failures, kept runs, files and links."""

import json
import time
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.model import saving
from cnnviz.model.training import begin
from cnnviz.presets.networks import FAILURES, Plan
from cnnviz.ui import frame, running, train_actions, train_data, train_files
from cnnviz.ui.lanes import Lanes
from cnnviz.ui.running import Run
from cnnviz.ui.state import full_names
from tests.widgets import held

QUICK = {"network": "Softmax regression", "epochs": "1", "batch": "64"}


@pytest.fixture
def open_page():
    """Open the page with a link, and leave no run behind."""
    opened = []

    def go(link=QUICK, **more) -> AppTest:
        app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
        app.query_params.update(full_names("tr_", {**link, **more}))
        opened.append(app.switch_page("pages/train.py").run())
        return opened[-1]

    yield go
    for app in opened:
        if "training_desk" in app.session_state and app.session_state["training_desk"].run:
            app.session_state["training_desk"].run.pause()


def part(app, name):
    """Return what a part of the page was sent."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next(each for each in sent if each.get("part") == name)


def press(app, key):
    held(app.button, f"tr_{key}").click().run()
    assert not app.exception
    return app


def train(app):
    """Press the button and wait for the end."""
    press(app, "go")
    app.session_state["training_desk"].run.wait(20)
    return app.run()


def said(app):
    return " ".join(each.value for each in app.markdown)


def test_a_run_from_first_weights_to_the_end_and_back(open_page):
    app = open_page()
    assert "Ready." in said(app)
    assert "| Dense\xa010 | 10 | 10 · 64 + 10 = 650 | 640 |" in said(app)
    assert held(app.button, "tr_stop").disabled
    train(app)
    assert "Done." in said(app)
    curves = part(app, "curves")
    assert (curves["steps"], curves["now"]["step"], curves["at"]) == (23, 23, -1)
    assert curves["moments"][-1]["accuracy"] > 0.85 > 0.3 > curves["moments"][0]["accuracy"]
    answers = part(app, "answers")
    assert sum(sum(row) for row in answers["counts"]) == 355
    right = round(355 * curves["moments"][-1]["accuracy"])
    assert answers["told"].startswith(f"At step 23, {right} of the 355 held-out images are right")
    app.session_state["tr_curves"] = {"at": {"place": 1, "count": 1}}
    app.session_state["training_desk"].at = curves["moments"][1]["step"]
    app.run()
    assert part(app, "curves")["at"] == 1
    assert part(app, "answers")["told"].startswith(f"At step {curves['moments'][1]['step']}, ")
    assert held(app.get("download_button"), "tr_save").label == f"Save step {curves['moments'][1]['step']}"
    middle = curves["moments"][1]["step"]
    assert held(app.button, "tr_continue").label == f"Continue from step {middle}"
    held(app.number_input, "tr_new_rate").set_value(0.001).run()
    press(app, "continue")
    app.session_state["training_desk"].run.wait(20)
    again = part(app.run(), "curves")
    assert again["moments"][:2] == curves["moments"][:2]
    assert again["moments"][-1]["step"] == 23
    assert again["moments"][-1]["loss"] > 2 * curves["moments"][-1]["loss"]


def test_a_single_step_shows_one_more(open_page):
    app = press(open_page(), "step")
    app.session_state["training_desk"].run.wait(5)
    assert "Step 1 of 23" in said(app.run())
    assert len(part(app, "gradients")["layers"]) == 1
    assert part(app, "gradients")["layers"][0]["size"] > 0
    press(app, "reset")
    assert "Step 0 of 23" in said(app)


def test_settings_of_a_run_that_has_begun_wait_for_the_next_one(open_page):
    app = train(open_page())
    held(app.number_input, "tr_epochs").set_value(2).run()
    assert "for the next run" in app.info[0].value
    assert part(app, "curves")["steps"] == 23
    press(app, "reset")
    assert not app.info
    assert part(app, "curves")["steps"] == 46


@pytest.mark.parametrize("name", ["zeros", "few"])
def test_a_failure_starts_by_one_click_and_says_where_to_look(open_page, name):
    app = press(open_page(), f"failure_{name}")
    desk = app.session_state["training_desk"]
    assert desk.run.plan == FAILURES[name].plan
    assert desk.run.look().live or desk.run.look().status == "done"
    assert app.info[0].value == FAILURES[name].look


def test_kept_runs_are_compared_and_vote(open_page):
    app = press(train(open_page()), "keep")
    held(app.number_input, "tr_seed").set_value(1).run()
    press(app, "reset")
    press(train(app), "keep")
    assert "| Seed | 0 | 1 |" in said(app)
    assert "A, B vote by the mean of their shares: **" in said(app)
    assert [one["letter"] for one in part(app, "curves")["kept"]] == ["A", "B"]
    press(app, "forget")
    assert part(app, "curves")["kept"] == []


def test_the_network_of_a_session_is_there_for_other_pages(open_page):
    app = press(train(open_page()), "keep")
    desk = app.session_state["training_desk"]
    assert desk.kept[0].network.parameters.tobytes() == desk.run.look().state.parameters.tobytes()
    assert desk.kept[0].shares.shape == (355, 10)
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/train.py").run()
    assert "Done." in said(app)


def test_a_saved_moment_becomes_a_run_again(open_page, monkeypatch):
    plan = Plan(network="Softmax regression", rate=0.2, seed=7)
    data = train_data.load(plan.source)
    raw = saving.save(plan.recipe(), data, begin(plan.recipe(), data))
    assert train_files.plan_of(saving.load(raw)) == plan
    app = open_page()
    for given, complaint in ((raw, ""), (b"PK no", saving.NOT_OURS)):
        file = SimpleNamespace(getvalue=lambda given=given: given)
        app.session_state["tr_load"] = None
        state = {"tr_load": file, "training_desk": app.session_state["training_desk"]}
        monkeypatch.setattr(train_files.st, "session_state", state)
        monkeypatch.setattr(train_files, "desk", lambda state=state: state["training_desk"])
        told: list[str] = []
        monkeypatch.setattr(
            train_files.MEMORY.__class__, "complain", lambda _, text, told=told: told.append(text)
        )
        monkeypatch.setattr(train_files.MEMORY.__class__, "put", lambda *_: None)
        train_files._load()
        assert told == [complaint]
    assert state["training_desk"].run.plan == plan


def test_a_link_opens_its_plan_and_what_cannot_be_is_told(open_page):
    app = open_page(rate="0.5", shuffle="0")
    assert held(app.number_input, "tr_rate").value == 0.5
    assert not held(app.toggle, "tr_shuffle").value
    assert not app.warning
    app = open_page(network="LeNet-5")
    assert app.warning[0].value == "LeNet-5 does not fit on images of 8 × 8."


def test_own_layers_are_stacked_and_refused_in_a_sentence(open_page):
    app = open_page(network="Own layers", stack="conv 4 3; relu; max pool 2")
    assert "4 · 1 · 3 · 3 + 4 = 40" in said(app)
    held(app.text_area, "tr_stack").set_value("conv 4 9").run()
    assert "does not fit" in app.warning[0].value
    assert "4 · 1 · 3 · 3 + 4 = 40" in said(app)


def test_data_that_is_not_here_is_offered_and_a_missing_network_is_one_sentence(
    open_page, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path))
    fail = "MNIST cannot be fetched: none of its 2 mirrors gives the right files."

    def load(_source, _progress):
        raise train_data.FetchError(fail)

    monkeypatch.setattr(train_data.DATASETS["MNIST"].__class__, "load", load)
    monkeypatch.setattr(train_data, "_fetches", {})
    app = open_page({"source": "MNIST"})
    assert held(app.button, "tr_fetch").label == "Fetch 12 MB"
    press(app, "fetch")
    time.sleep(0.05)
    assert app.run().warning[0].value == fail


def test_an_idle_page_answers_while_eight_train(open_page):
    """The quickest of some answers: other programs on this computer slow single ones down."""
    app = open_page()

    def answering() -> float:
        times = []
        for _ in range(8):
            begun = time.perf_counter()
            app.run()
            times.append(time.perf_counter() - begun)
        return min(times)

    data = train_data.load("Handwritten digits")
    others = [Run(Plan(epochs=200, seed=seed), data) for seed in range(8)]
    for run in others:
        run.start()
    while not all(run.look().state.step for run in others):
        time.sleep(0.01)
    busy = answering()
    for run in others:
        run.pause()
    assert busy < max(0.2, 3 * answering())


def test_a_run_into_nan_is_shown_as_it_is(open_page):
    app = train(open_page(network="Own layers", stack="dense 32; dense 32", rate="100", epochs="3"))
    assert not app.exception
    assert part(app, "inside")["told"] == "NaN: the network has no answer."
    answers = part(app, "answers")
    assert [row[10] for row in answers["counts"]] == [sum(row) for row in answers["counts"]]
    assert (answers["mistakes"], answers["none"]) == ([], "Nothing was answered.")
    press(app, "keep")
    assert "| Held-out accuracy | 0.0 % |" in said(app)


def test_who_comes_later_is_told_how_many_are_ahead(open_page, monkeypatch):
    lanes = Lanes(1)
    monkeypatch.setattr(train_actions, "Run", lambda *parts, **named: Run(*parts, lanes=lanes, **named))
    others = [
        Run(Plan(epochs=200, seed=seed), train_data.load("Handwritten digits"), lanes=lanes)
        for seed in (0, 1)
    ]
    for run in others:
        run.start()
    app = press(open_page(), "go")
    assert "**Waiting**: 1 ahead of you." in said(app)
    for run in others:
        run.pause()
    app.session_state["training_desk"].run.wait(20)
    assert "Done." in said(app.run())


def test_an_error_is_told_on_its_page_only(open_page, monkeypatch):
    def fail(*_):
        raise MemoryError("no room")

    app = open_page()
    with monkeypatch.context() as broken:
        broken.setattr(running, "step", fail)
        train(app)
    assert app.error[0].value == "This run ended with an error. No room."
    assert "Failed." in said(app)
    press(app, "go")
    app.session_state["training_desk"].run.wait(20)
    assert "Done." in said(app.run())
    assert not app.error

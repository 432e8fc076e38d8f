"""Small networks beside everything else: computed once, forgotten when there are many, tried again."""

import threading

import pytest

from cnnviz.lessons.data_scalings import effect
from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.ui import data_effects
from cnnviz.ui.data_effects import effects

DATA = DATASETS["Handwritten digits"].load()


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(data_effects, "_kept", type(data_effects._kept)())


def finished():
    for future in list(data_effects._kept.values()):
        future.exception(20)


def test_what_is_under_way_is_none_and_comes_once(monkeypatch):
    calls, go = [], threading.Event()

    def slow(data, *parts):
        go.wait(20)
        calls.append(parts)
        return parts

    monkeypatch.setattr(data_effects, "effect", slow)
    assert effects(DATA, 0.05, 0) == dict.fromkeys(SCALINGS)
    go.set()
    finished()
    wanted = {name: (name, 0.05, 0) for name in SCALINGS}
    assert effects(DATA, 0.05, 0) == wanted == effects(DATA, 0.05, 0)
    assert len(calls) == len(SCALINGS)


def test_it_is_the_effect_of_the_lesson_and_only_the_last_are_kept(monkeypatch):
    monkeypatch.setattr(data_effects, "MOST", len(SCALINGS))
    effects(DATA, 0.005, 1)
    finished()
    assert effects(DATA, 0.005, 1)["0 to 1"] == effect(DATA, "0 to 1", 0.005, 1)
    monkeypatch.setattr(data_effects, "effect", lambda *_: "other")
    effects(DATA, 0.005, 2)
    assert {key.seed for key in data_effects._kept} == {2}


def test_one_that_failed_is_told_and_tried_again(monkeypatch):
    def fail(*_):
        raise MemoryError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(data_effects, "effect", fail)
        future = data_effects._asked(data_effects.Asked(DATA.digest, "0 to 1", 0.05, 0), DATA)
        assert isinstance(future.exception(20), MemoryError)
    monkeypatch.setattr(data_effects, "effect", lambda *_: "well")
    effects(DATA, 0.05, 0)
    finished()
    assert set(effects(DATA, 0.05, 0).values()) == {"well"}

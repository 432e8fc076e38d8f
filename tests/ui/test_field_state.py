"""The page on receptive fields: its state as a link, what its component sends, what is measured beside it."""

import threading
import time

import numpy as np
import pytest
from hypothesis import given

from cnnviz.presets.field_scenes import FIRST, SCENES
from cnnviz.presets.field_setup import looking
from cnnviz.ui import field_effective
from cnnviz.ui.components.receptive import Pick, read_pick
from cnnviz.ui.field_effective import effective
from cnnviz.ui.field_state import LESSON, put_together, take_apart
from cnnviz.ui.lesson_state import Shown
from tests.presets.test_field_setup import setups


def through_a_link(shown: Shown) -> tuple[Shown, str]:
    return LESSON.read_link({name: [text] for name, text in LESSON.write_link(shown).items()})


@given(setups())
def test_a_link_holds_every_setting(setup):
    assert put_together(take_apart(setup)) == setup
    again, problem = through_a_link(Shown(FIRST, setup))
    assert (again.setup, problem) == (setup, "")


@pytest.mark.parametrize("scene", SCENES)
def test_an_unchanged_scene_is_its_id_and_shows_what_is_known(scene):
    setup, expected = SCENES[scene].setup, SCENES[scene].expected
    assert through_a_link(Shown(scene, setup))[0] == Shown(scene, setup)
    assert setup.line.field.size == (expected["size"],) * 2
    assert setup.line.field.jump == (expected["jump"],) * 2


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"architecture": ["VGG-99"]}, "architecture"),
        (
            {"architecture": ["Sentence CNN"], "layer": ["fc"], "unit": ["0"]},
            "architecture must be one of those",
        ),
        ({"layer": ["CONV9"]}, "layer must be one of CNN of deck 002, got 'CONV9'"),
        ({"layer": ["x" * 100]}, "at most 60 characters"),
        ({"unit": ["16"]}, "row must be less than 16"),
        ({"unit": ["1,2,3"]}, "unit"),
        ({"unit": ["-1"]}, "unit"),
        ({"effective": ["yes"]}, "effective"),
    ],
)
def test_a_link_is_read_with_care(asked, complaint):
    shown, problem = LESSON.read_link(asked)
    assert complaint in problem
    assert shown.setup.architecture == "CNN of deck 002"


def test_a_layer_and_a_unit_can_be_picked():
    setup = looking("VGG-16", "pool5")
    assert read_pick({"turn": 1, "layer": "conv1_1", "unit": [223, 0], "count": 2}, setup, 1) == Pick(
        "conv1_1", (223, 0)
    )


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"turn": 0, "layer": "pool5", "unit": [0, 0]},
        {"turn": 1, "layer": "fc6 ReLU", "unit": [0, 0]},
        {"turn": 1, "layer": ["pool5"], "unit": [0, 0]},
        {"turn": 1, "layer": "pool5", "unit": [7, 0]},
        {"turn": 1, "layer": "pool5", "unit": [0]},
        {"turn": 1, "layer": "pool5", "unit": "00"},
        {"turn": 1, "layer": "pool5", "unit": [0.5, 0]},
        {"turn": 1, "layer": "pool5", "unit": [True, 0]},
        {"turn": 1, "layer": "pool5"},
    ],
)
def test_anything_else_is_no_pick(sent):
    assert read_pick(sent, looking("VGG-16", "pool5"), 1) is None


def test_a_field_is_measured_beside_the_page_and_kept(monkeypatch):
    going, asked = threading.Event(), []

    def measure(graph, layer, unit):
        asked.append(layer)
        assert going.wait(20)
        return np.ones(graph.input_shape[1:]), 3

    monkeypatch.setattr(field_effective, "effective_field", measure)
    monkeypatch.setattr(field_effective, "_known", type(field_effective._known)())
    assert effective("CNN of deck 002", "POOL1") is None  # and does not wait
    assert effective("CNN of deck 002", "POOL2") is None
    going.set()
    end = time.monotonic() + 20
    while effective("CNN of deck 002", "POOL2") is None or effective("CNN of deck 002", "POOL1") is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert sorted(asked) == ["POOL1", "POOL2"]
    found = effective("CNN of deck 002", "POOL1")
    assert (found.unit, found.networks, found.strength.shape) == ((8, 8), 3, (32, 32))


def test_only_the_last_ones_are_kept(monkeypatch):
    monkeypatch.setattr(field_effective, "_known", type(field_effective._known)())
    monkeypatch.setattr(field_effective, "KEPT", 1)
    monkeypatch.setattr(
        field_effective, "effective_field", lambda graph, *_: (np.ones(graph.input_shape[1:]), 2)
    )
    for layer in ("CONV1", "POOL1"):
        end = time.monotonic() + 20
        while effective("CNN of deck 002", layer) is None:
            assert time.monotonic() < end
            time.sleep(0.01)
    assert len(field_effective._known) == 1

"""The component of the page of activations: what is sent to it, and what may come back."""

import json
import math

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.ui.components.activations import read_x
from tests.each import each


@pytest.mark.parametrize("x", [0, -2, 5.5, 1000, -1000])
def test_an_x_of_this_turn_is_taken(x):
    assert read_x({"turn": 3, "x": x}, 3) == x


@each(
    "sent",
    [
        None,
        [],
        "x",
        {},
        {"turn": 2, "x": 1},
        {"turn": 3},
        {"turn": 3, "x": "1"},
        {"turn": 3, "x": True},
        {"turn": 3, "x": math.nan},
        {"turn": 3, "x": math.inf},
        {"turn": 3, "x": 1000.1},
        {"turn": 3, "x": [1]},
    ],
)
def test_anything_else_is_no_place(sent):
    assert read_x(sent, 3) is None


def page(scene: str, **parts) -> None:
    from cnnviz.figures.theme import SERIES, THEMES
    from cnnviz.lessons.activations import Telling
    from cnnviz.lessons.shares import Shares
    from cnnviz.presets.activation_scenes import SCENES
    from cnnviz.ui.components import activations

    setup = SCENES[scene].setup.having(**parts)
    common = {"key": "it", "themes": THEMES}
    if setup.view == "softmax":
        activations.shares(Shares(setup), **common)
    else:
        activations.curves(Telling(setup), series=SERIES, turn=1, on_x=print, **common)


def sent(scene: str, **parts) -> dict:
    app = AppTest.from_function(page, args=(scene,), kwargs=parts).run()
    assert not app.exception
    return json.loads(app.get("bidi_component")[0].proto.json)


def test_curves_are_sent_with_samples_points_jumps_and_flat_parts():
    data = sent("activation_deck_004")
    assert [curve["name"] for curve in data["curves"]] == ["ReLU", "Leaky ReLU", "ELU"]
    assert data["x"][0] == -data["x"][-1] == -6
    assert all(len(curve[part]) == len(data["x"]) for curve in data["curves"] for part in ("f", "slope"))
    assert data["curves"][0]["saturated"] == [0, None]
    assert data["curves"][0]["jumps"] == [{"x": 0, "before": 0, "after": 1, "there": 0}]
    assert data["curves"][1]["at"] == [pytest.approx(-0.2), pytest.approx(0.1)]
    assert data["matrix"] is None
    assert not data["fixed"]
    x = np.array(data["x"])
    np.testing.assert_allclose(data["curves"][1]["f"], np.where(x > 0, x, 0.1 * x), atol=1e-8)


def test_a_matrix_is_sent_with_its_results_and_slopes_on_one_scale():
    grids = sent("activation_leaky")["matrix"]
    assert [grid["role"] for grid in grids] == ["input", "output", "gradient"]
    assert grids[0]["limit"] == grids[1]["limit"] == 7
    assert grids[1]["values"][3] == [-0.07, 3, 1, 7]
    assert grids[2]["values"][0] == [1, 0.01, 1, 0.01]


def test_results_that_overflow_are_sent_as_text_and_leave_the_scale_finite():
    names = ("ELU, as deck 004 prints it",)
    grids = sent("activation_relu", names=names, matrix=((1e9,),))["matrix"]
    assert [grid["values"] for grid in grids] == [[[1e9]], [["Infinity"]], [["Infinity"]]]
    assert [grid["limit"] for grid in grids] == [1e9, 1e9, 1]
    assert sent("activation_relu", matrix=((0.0,),))["matrix"][0]["limit"] == 1


def test_the_neuron_holds_its_point():
    data = sent("activation_neuron")
    assert data["fixed"]
    assert data["at"] == 2


def test_softmax_is_sent_number_by_number_and_infinity_as_text():
    data = sent("activation_softmax_shift")
    assert data["logits"] == [1002, 1001, 1000.1]
    assert data["plain"] == ["Infinity"] * 3
    assert data["totals"]["shares"] == pytest.approx(1)
    assert np.shape(data["jacobian"]) == (3, 3)

"""The scenes of activations hold the lectures' numbers, computed anew and by other means."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from cnnviz.lessons.activations import Telling
from cnnviz.lessons.activations_explain import four
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activation_scenes import FIRST, SCENES
from cnnviz.presets.activations import DECK, KNOWN, ActivationSetup
from tests.each import each

MATRIX = {  # the numbers of lectures.json
    "activation_relu": [[3, 0, 3, 0], [0, 5, 3, 4], [1, 0, 0, 2], [0, 3, 1, 7]],
    "activation_leaky": [[3, -0.02, 3, -0.01], [-0.01, 5, 3, 4], [1, -0.02, -0.02, 2], [-0.07, 3, 1, 7]],
    "activation_leaky_steep": [[3, -0.2, 3, -0.1], [-0.1, 5, 3, 4], [1, -0.2, -0.2, 2], [-0.7, 3, 1, 7]],
}
BY_HAND = {  # value and slope at x, written from the definitions
    "activation_sigmoid": [(1 / 2, 1 / 4)],
    "activation_list": [
        (1 / (1 + math.e), math.e / (1 + math.e) ** 2),
        (math.tanh(-1), 1 - math.tanh(1) ** 2),
        (0, 0),
        (-0.1, 0.1),
        (0.5, -0.5),
        (1 / math.e - 1, 1 / math.e),
    ],
    "activation_maxout": [(2, -1)],
    "activation_deck_004": [(0, 0), (-0.2, 0.1), (math.exp(-2) - 1, math.exp(-2))],
    "activation_elu": [(5, 1), (0.1 * (math.exp(5) - 1), 0.1 * math.exp(5))],
    "activation_after_convolution": [(4, 1)],
    "activation_neuron": [
        (1 / (1 + math.exp(-2)), math.exp(-2) / (1 + math.exp(-2)) ** 2),
    ],
}
SOFTMAX = [name for name, scene in SCENES.items() if scene.setup.view == "softmax"]


def test_every_scene_is_checked_here():
    assert {*MATRIX, *BY_HAND, *SOFTMAX, "activation_map"} == {*SCENES}
    assert FIRST in SCENES
    assert all(scene.page == "activations" for scene in SCENES.values())
    assert all(scene.topic == "Activations" for scene in SCENES.values())


def test_the_matrix_is_the_lecture_s():
    assert DECK == ((3, -2, 3, -1), (-1, 5, 3, 4), (1, -2, -2, 2), (-7, 3, 1, 7))


@pytest.mark.parametrize("name", MATRIX)
def test_the_matrix_becomes_the_lecture_s_numbers(name):
    scene = SCENES[name]
    np.testing.assert_allclose(scene.expected["output"], MATRIX[name], atol=1e-15)
    np.testing.assert_allclose(Telling(scene.setup).outputs[0][0], MATRIX[name], atol=1e-15)


@pytest.mark.parametrize("name", BY_HAND)
def test_values_and_slopes_are_those_of_the_definitions(name):
    scene, told = SCENES[name], Telling(SCENES[name].setup)
    np.testing.assert_allclose([curve.at for curve in told.curves], BY_HAND[name], atol=1e-14)
    assert scene.expected["f"] == tuple(four(value) for value, _ in BY_HAND[name])
    assert scene.expected["slope"] == tuple(four(slope) for _, slope in BY_HAND[name])
    assert scene.expected.get("x", ("2",)) == ("2",)


@pytest.mark.parametrize("name", SOFTMAX)
def test_shares_are_those_of_scipy(name):
    scene, told = SCENES[name], Shares(SCENES[name].setup)
    setup = scene.setup
    wanted = special.softmax(np.array(setup.logits) / setup.temperature)
    np.testing.assert_allclose(told.shares, wanted, rtol=1e-12)
    assert scene.expected["shares"] == tuple(map(four, wanted))
    if "jacobian" in scene.expected:
        jacobian = np.diag(wanted) - np.outer(wanted, wanted)
        np.testing.assert_allclose(told.jacobian, jacobian, rtol=1e-12)
        assert scene.expected["jacobian"] == tuple(map(four, jacobian.ravel()))


def test_the_errata_of_the_lectures_are_told():
    told = {name: scene.erratum for name, scene in SCENES.items() if scene.erratum}
    assert "14.74" in told["activation_elu"]
    assert "runs over j" in told["activation_softmax"]
    for name in ("activation_leaky", "activation_leaky_steep", "activation_deck_004"):
        assert "0.01" in told[name]
        assert "0.1" in told[name]
    assert {deck for scene in SCENES.values() for deck in scene.decks} == {"000", "001", "002", "003", "004"}


@each(
    ("parts", "message"),
    [
        ({"view": "table"}, "view must be one of curve, matrix, neuron, photo, softmax, got 'table'"),
        ({"names": ()}, "names must be 1 to 6 different ones, got 0"),
        ({"names": ("ReLU", "ReLU")}, "names must be 1 to 6 different ones, got 2"),
        ({"names": tuple(KNOWN)[:7]}, "names must be 1 to 6 different ones, got 7"),
        ({"names": ("Step",)}, "name must be one of Sigmoid"),
        ({"x": 1001.0}, "x must be from -1000 to 1000, got 1001"),
        ({"x": math.nan}, "x must be from -1000 to 1000, got nan"),
        ({"slope": -0.1}, "slope must be from 0 to 1, got -0.1"),
        ({"alpha": 4.0}, "alpha must be from 0 to 3, got 4"),
        ({"w2": 11.0}, "w2 must be from -10 to 10, got 11"),
        ({"temperature": 0.0}, "temperature must be from 0.1 to 10, got 0"),
        ({"shift": 1e4}, "shift must be from -1000 to 1000, got 10000"),
        ({"bias": math.inf}, "bias must be at most"),
        ({"matrix": ((0.0,) * 11,)}, "matrix must be from 1 × 1 to 10 × 10, got 1 × 11"),
        ({"neuron": ((1.0,),)}, "neuron must be signals and weights, 1 to 8 of each, got 1 rows of 1"),
        ({"logits": (1.0,)}, "logits must be 2 to 8 numbers, got 1"),
        ({"picture": "Moon"}, "picture must be one of"),
        ({"filter": "Blur"}, "filter must be one of"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(parts, message):
    with pytest.raises(ValueError, match=message):
        replace(ActivationSetup(), **parts)


def test_a_setup_gives_each_function_the_settings_it_knows():
    setup = ActivationSetup(slope=0.2, alpha=0.5, w1=2.0)
    assert setup.settings("ReLU") == {}
    assert setup.settings("Leaky ReLU") == {"slope": 0.2}
    assert setup.settings("ELU") == {"alpha": 0.5}
    assert setup.settings("Maxout") == {"w1": 2.0, "b1": 0.0, "w2": 1.0, "b2": -1.5}
    assert setup.few
    assert not setup.having(names=("ReLU", "ELU", "Tanh")).few

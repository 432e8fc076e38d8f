"""Curves, jumps and flat parts are those of the functions; maps are convolved and activated."""

import numpy as np
import pytest
from scipy import special

from cnnviz.lessons.activations import (
    SATURATED,
    Telling,
    activation_map,
    count_map,
    feature_map,
    saturation,
    weighted_sum,
)
from cnnviz.presets.activations import KNOWN, ActivationSetup
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from tests.each import each
from tests.reference import filter_image

LEFT_LOGIT = float(special.logit((1 - np.sqrt(1 - 4 * SATURATED)) / 2))  # s (1 − s) = 0.01


def root(slope, low: float, high: float) -> float:
    from scipy.optimize import brentq

    return brentq(lambda x: abs(slope(x)) - SATURATED, low, high, xtol=1e-12)


def bell(x: float) -> float:
    return np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


FLAT = {
    "Sigmoid": (LEFT_LOGIT, -LEFT_LOGIT),
    "Tanh": (-np.arctanh(np.sqrt(0.99)), np.arctanh(np.sqrt(0.99))),
    "ReLU": (0, None),
    "Leaky ReLU": (None, None),
    "ELU": (np.log(0.01), None),
    "SELU": (np.log(0.01 / 1.7580993408473766), None),
    "GELU": (root(lambda x: special.ndtr(x) + x * bell(x), -4, -2), None),
    "SiLU": (
        root(lambda x: special.expit(x) + x * special.expit(x) * (1 - special.expit(x)), -9, -4),
        None,
    ),
    "Softplus": (special.logit(0.01), None),
    "Hard tanh": (-1, 1),
    "Maxout": (None, None),
}


@pytest.mark.parametrize("name", FLAT)
def test_a_function_saturates_where_its_slope_stays_below_a_hundredth(name):
    for found, wanted in zip(saturation(name), FLAT[name], strict=True):
        assert found is wanted is None or found == pytest.approx(wanted, abs=1e-6)


@each("name", KNOWN)
def test_in_the_flat_parts_the_slope_is_small_everywhere(name):
    left, right = saturation(name)
    x = np.linspace(-40, 40, 1601)
    inside = np.zeros(x.shape, bool)
    inside |= x < (-np.inf if left is None else left)
    inside |= x > (np.inf if right is None else right)
    slope = np.abs(KNOWN[name].df(x))
    assert (slope[inside] < SATURATED).all()
    assert (left is None) == (slope[0] >= SATURATED)


def test_settings_move_the_flat_parts():
    assert saturation("Leaky ReLU", (("slope", 0.0),)) == (pytest.approx(0, abs=1e-6), None)
    assert saturation("ELU", (("alpha", 0.1),))[0] == pytest.approx(np.log(0.1))
    level = (("w1", 0.0), ("b1", 1.0), ("w2", 0.0), ("b2", 0.0))
    assert saturation("Maxout", level) == (np.inf, -np.inf)


@pytest.mark.parametrize("x", [0.0, -3.3, 5.0, 77.7, 1000.0])
def test_samples_are_round_symmetric_and_reach_far_enough(x):
    samples = Telling(ActivationSetup(view="curve", x=x)).samples
    assert samples[-1] >= max(6, abs(x))
    np.testing.assert_array_equal(samples, -samples[::-1])
    assert samples[len(samples) // 2] == 0
    assert len(samples) <= 405
    np.testing.assert_allclose(np.diff(samples), samples[1] - samples[0], rtol=1e-6)


def test_samples_reach_as_far_as_the_matrix_when_it_is_shown():
    setup = ActivationSetup(matrix=((-20.0, 3.0),))
    assert Telling(setup).samples[0] == -20
    assert Telling(setup.having(view="curve")).samples[0] == -6


def test_jumps_are_where_the_slope_jumps_for_these_settings():
    jumps = {
        curve.name: curve.jumps for curve in Telling(ActivationSetup(names=("ReLU", "ELU", "Maxout"))).curves
    }
    assert [(j.x, j.before, j.after, j.there) for j in jumps["ReLU"]] == [(0, 0, 1, 0)]
    assert jumps["ELU"] == ()  # with alpha 1 it is smooth
    assert [(j.x, j.before, j.after) for j in jumps["Maxout"]] == [(1, -0.5, 1)]
    (jump,) = Telling(ActivationSetup(names=("ELU",), alpha=0.1)).curves[0].jumps
    assert (jump.before, jump.after) == (pytest.approx(0.1), 1)


def test_the_lines_of_maxout_lie_below_its_curve_and_touch_it():
    telling = Telling(ActivationSetup(view="curve", names=("Maxout",), w1=-2.0, b1=1.0, w2=0.5, b2=0.25))
    (curve,) = telling.curves
    first, second = curve.lines
    np.testing.assert_allclose(first, -2 * telling.samples + 1)
    np.testing.assert_allclose(second, 0.5 * telling.samples + 0.25)
    np.testing.assert_array_equal(curve.f, np.maximum(first, second))


@each("names", [(name,) for name in KNOWN])
@each("which", ["f", "slope"])
def test_zero_and_the_point_are_always_in_the_picture(names, which):
    for x in (-5.0, 0.0, 4.5):
        telling = Telling(ActivationSetup(view="curve", names=names, x=x))
        low, high = telling.ends(which)
        assert low < 0 < high
        assert low < telling.curves[0].at[which == "slope"] < high


@each("name", KNOWN)
def test_the_picture_stays_finite_whatever_x(name):
    telling = Telling(ActivationSetup(view="curve", names=(name,), x=1000.0))
    assert np.isfinite([*telling.ends("f"), *telling.ends("slope")]).all()


def test_the_neuron_adds_up_products_and_bias():
    setup = ActivationSetup(view="neuron", names=("Tanh",), neuron=((1.0, 2.0), (0.5, -1.0)), bias=0.25)
    assert weighted_sum(setup) == Telling(setup).x == 0.5 - 2 + 0.25
    assert Telling(setup).curves[0].at[0] == pytest.approx(np.tanh(-1.25))


@each("name", FILTERS)
def test_a_feature_map_is_the_filtered_brightness_from_0_to_1(name):
    image = IMAGES["X and O"].load()[40:90, 30:100]
    grey = np.asarray(image, float) @ [0.299, 0.587, 0.114]
    wanted = filter_image(grey, FILTERS[name].kernel(), border="reflect", scale=1 / 255)
    features = feature_map(image, name)
    assert features.dtype == np.float32
    np.testing.assert_allclose(features, wanted, atol=0.02)  # brightness is rounded before


def test_an_activation_map_is_the_first_function_of_the_feature_map():
    features = np.array([[-2, -0.5], [0, 3]], np.float32)
    setup = ActivationSetup(view="photo", names=("Leaky ReLU", "ReLU"), slope=0.1)
    activated = activation_map(features, setup)
    np.testing.assert_allclose(activated, [[-0.2, -0.05], [0, 3]], rtol=1e-6)
    counts = count_map(features, activated, setup)
    assert (counts.negative, counts.saturated) == (0.5, 0)
    assert counts.before == (-2, 3)
    assert counts.after == (pytest.approx(-0.2), 3)
    dead = setup.having(names=("ReLU",))
    assert count_map(features, activation_map(features, dead), dead).saturated == 0.75

"""Signals and smoothing kernels are what their names say, and the same ones each time."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d

from cnnviz.presets.signals import KERNELS, SAMPLES, SIGNALS
from tests.each import each

MADE = [name for name, kernel in KERNELS.items() if kernel.weigh]


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_is_a_thousand_numbers_that_its_seed_decides(name):
    signal = SIGNALS[name]
    samples = signal.samples(3)
    assert samples.shape == (SAMPLES,)
    assert samples.dtype == np.float64
    assert np.isfinite(samples).all()
    assert (samples == signal.samples(3)).all()
    assert (samples != signal.samples(4)).any()
    assert signal.remark.endswith(".")


def test_what_lies_below_the_noise_is_as_described():
    trend, step, sine, pulses = (
        np.mean([signal.samples(seed) for seed in range(60)], axis=0) for signal in SIGNALS.values()
    )
    assert trend[-100:].mean() > trend[:100].mean() + 3
    assert step[:500].max() < 2 < step[500:].min()
    np.testing.assert_allclose(sine[:800], sine[200:], atol=0.7)
    np.testing.assert_allclose(pulses[:875], pulses[125:], atol=0.1)
    assert (pulses > 1.5).sum() == 8 * (pulses[:125] > 1.5).sum() > 0


@each("name", MADE)
@each("more", [0, 1, 2, 9, 50])
def test_weights_are_as_many_as_the_window_is_wide(name, more):
    kernel = KERNELS[name]
    width = kernel.least + more
    weights = kernel.weigh(width)
    assert weights.shape == (width,)
    assert weights.sum() == pytest.approx(0 if name == "difference" else 1, abs=1e-12)
    np.testing.assert_allclose(weights, -weights[::-1] if name == "difference" else weights[::-1], atol=1e-15)


def test_the_gaussian_is_scipys_with_three_deviations_on_each_side():
    impulse = np.eye(31)[15]
    np.testing.assert_allclose(
        KERNELS["gaussian"].weigh(31), gaussian_filter1d(impulse, 31 / 6, mode="constant", radius=15)
    )


def test_a_difference_compares_the_halves_of_its_window():
    np.testing.assert_allclose(KERNELS["difference"].weigh(2), [-1, 1])
    np.testing.assert_allclose(KERNELS["difference"].weigh(5), [-0.5, -0.5, 0, 0.5, 0.5])

"""Signals of a thousand samples, made by code from a seed, and the kernels that smooth them: one table each.

To add a signal, write a function of the time axis and a random generator and a row of `SIGNALS`; a kernel is
a function of its width and a row of `KERNELS`. Menus, links, code lines and tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

SAMPLES = 1000
WIDEST = 200
LARGEST_SEED = 999


def noisy_trend(t, rng):
    """Rise slowly, with a wave on it and noise."""
    return 3 + 0.004 * t + 1.5 * np.sin(2 * np.pi * t / 700) + rng.normal(0, 0.7, len(t))


def noisy_step(t, rng):
    """Jump from 1 to 4 in the middle."""
    return np.where(t < len(t) / 2, 1.0, 4.0) + rng.normal(0, 0.5, len(t))


def noisy_sine(t, rng):
    """Swing five times between −2 and 2."""
    return 2 * np.sin(2 * np.pi * t / 200) + rng.normal(0, 0.7, len(t))


def pulse_train(t, rng):
    """Beat eight times, each beat five bumps like the waves P, Q, R, S and T of a heart."""
    beat = t % 125 / 125
    heights, places, widths = (
        (0.2, -0.2, 2.0, -0.5, 0.5),
        (0.25, 0.36, 0.4, 0.44, 0.65),
        (0.03, 0.01, 0.012, 0.012, 0.05),
    )
    bumps = zip(heights, places, widths, strict=True)
    clean = sum(height * np.exp(-0.5 * ((beat - place) / width) ** 2) for height, place, width in bumps)
    return clean + rng.normal(0, 0.05, len(t))


@dataclass(frozen=True)
class Signal:
    """A signal to be smoothed: its name, how it is made, and what to see in it."""

    title: str
    make: Callable
    remark: str

    def samples(self, seed: int) -> np.ndarray:
        """Make the samples; the same ones for the same seed."""
        return self.make(np.arange(SAMPLES), np.random.default_rng(seed))


SIGNALS = {
    "trend": Signal(
        "Noisy trend", noisy_trend, "Noise hides a slow rise: the wider the mean, the clearer the trend."
    ),
    "step": Signal(
        "Noisy step",
        noisy_step,
        "A mean turns the jump into a ramp as wide as the window; a difference finds it.",
    ),
    "sine": Signal(
        "Sine with noise", noisy_sine, "One swing lasts 200 samples: a mean of that width wipes the sine out."
    ),
    "pulses": Signal(
        "Pulse train, like an ECG",
        pulse_train,
        "The tall peaks are narrow: smoothing flattens them long before it flattens the round waves.",
    ),
}


def mean(width):
    """Give every sample in the window the same weight."""
    return np.full(width, 1 / width)


def gaussian(width):
    """Weigh the middle most; the window ends three standard deviations from it."""
    weights = np.exp(-0.5 * ((np.arange(width) - (width - 1) / 2) / (width / 6)) ** 2)
    return weights / weights.sum()


def difference(width):
    """Take the mean of the first half from that of the second half."""
    weights, half = np.zeros(width), width // 2
    weights[:half], weights[-half:] = -1 / half, 1 / half
    return weights


@dataclass(frozen=True)
class Smoother:
    """A kernel of any width: its name, its weights, what it does, and where its width begins."""

    title: str
    weigh: Callable | None  # None where the weights are typed
    remark: str
    least: int = 1


KERNELS = {
    "mean": Smoother("Mean", mean, "Moving average: every sample in the window counts the same."),
    "gaussian": Smoother(
        "Gaussian",
        gaussian,
        "Weighted average: the middle counts most, so peaks keep their place and shape better.",
    ),
    "difference": Smoother(
        "Difference",
        difference,
        "Mean of the second half minus mean of the first: large where the signal rises.",
        2,
    ),
    "custom": Smoother("Typed", None, "Your own weights, used as they are typed."),
}

"""Convolution in one dimension in words: the dot product of a stop, the size, and what smoothing does.

The stops are those of a `Trace` of one row; `Smoothed` is a long signal with the output of the compiled loop.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cnnviz.kernels.convolution import conv1d
from cnnviz.lessons.explain import brief, counted, output_size_latex
from cnnviz.lessons.steps import Step
from cnnviz.lessons.weights import weight_sum
from cnnviz.presets.matrices import Setup
from cnnviz.presets.series import Smoothing
from cnnviz.presets.signals import SAMPLES, SIGNALS
from cnnviz.window import Window

SYMBOLS = (
    "o output size, i input size, p₀ and p₁ padding before and after, k kernel size, d dilation, s stride; "
    "the lectures write W for i, P for the padding of one side, K and S for k and s."
)

Parts = list[tuple[str, str]]


def dot_parts(step: Step) -> list[Parts]:
    """Write out a stop as a dot product, piece by piece, each as (text, role) so that it can be coloured."""
    values, weights = (
        [brief(number) for number in numbers.ravel()] for numbers in (step.operands, step.weights)
    )
    vectors = [*_vector(values, "input", " · "), *_vector(weights, "kernel", " = ")]
    terms: list[Parts] = [
        [
            (" + " if index else "", ""),
            (_bracketed(value), "input"),
            ("·", ""),
            (_bracketed(weight), "kernel"),
        ]
        for index, (value, weight) in enumerate(zip(values, weights, strict=True))
    ]
    bias: list[Parts] = [[(" + ", "")], [(_bracketed(brief(step.bias)), "bias")]] if step.bias else [[]]
    return [*vectors, *terms, *bias, [(" = ", ""), (brief(step.value), "output")]]


def dot_line(step: Step) -> str:
    """Write out a stop: ``(1, 0, 2) · (−1, 2, 1) = 1·(−1) + 0·2 + 2·1 = 1``."""
    return "".join(text for part in dot_parts(step) for text, _ in part)


def _vector(numbers: list[str], role: str, after: str) -> list[Parts]:
    """Write numbers in brackets, each a piece of its own."""
    opening, between = ["(", *[""] * (len(numbers) - 1)], [*[", "] * (len(numbers) - 1), f"){after}"]
    return [
        [(left, ""), (text, role), (right, "")]
        for left, text, right in zip(opening, numbers, between, strict=True)
    ]


def _bracketed(number: str) -> str:
    """Put a negative number in brackets, so that it can be a factor."""
    return f"({number})" if number.startswith("−") else number


def lecture_size(setup: Setup) -> str:
    """Write the lectures' formula for the length, without a floor: ``(8 + 2·1 − 3) / 2 + 1 = 4.5``."""
    window, length = setup.windows[1], setup.input_shape[1]
    before, after = window.padding
    padding = f"2·{before}" if before == after else f"{before} + {after}"
    exact = window.output_size(length) + window.left_over(length) / window.stride
    return f"({length} + {padding} − {window.extent}) / {window.stride} + 1 = {exact:.6g}"


def size_badge(setup: Setup) -> str:
    """Say in a few words that the stride does not divide; empty if it does."""
    if setup.windows[1].left_over(setup.input_shape[1]) == 0:
        return ""
    return f"rounded down from {lecture_size(setup).rpartition(' = ')[2]}"


def size_remark(setup: Setup) -> str:
    """Say what becomes of the lectures' "must be an integer" for these numbers."""
    window, length = setup.windows[1], setup.input_shape[1]
    left, size = window.left_over(length), window.output_size(length)
    if left == 0:
        given = replace(setup.slide, rounding="floor").windows(setup.input_shape, setup.kernel_shape)[1]
        added = window.padding[1] - given.padding[1]
        if added:
            return f"Rounded up: {counted(added, 'zero')} more at the end, so that nothing is left over."
        return f"The stride divides: {lecture_size(setup)}, and the last window ends with the series."
    zeros = min(left, window.padding[1])
    missed = [counted(left - zeros, "value")] * (left > zeros) + [
        counted(zeros, "zero") + " of padding"
    ] * bool(zeros)
    return (
        f"The lectures ask for an integer, but {lecture_size(setup)}. PyTorch and Keras take "
        f"the floor, {size}: {' and '.join(missed)} at the end {'is' if left == 1 else 'are'} never read."
    )


@dataclass(frozen=True, eq=False)
class Smoothed:
    """A signal and what a kernel makes of it.

    Parameters
    ----------
    signal, weights : ndarray
        Float64.
    window : Window
        How the kernel slides over the signal.
    """

    signal: np.ndarray
    weights: np.ndarray
    window: Window

    @classmethod
    def of(cls, smoothing: Smoothing) -> "Smoothed":
        """Make the signal of a page and its kernel."""
        return cls(SIGNALS[smoothing.signal].samples(smoothing.seed), smoothing.weights, smoothing.window)

    @cached_property
    def output(self) -> np.ndarray:
        """One number a stop, as the compiled loop computes it."""
        return conv1d(self.signal[None, None], self.weights[None, None], padding=self.window.padding)[0, 0]

    @cached_property
    def centres(self) -> np.ndarray:
        """Where the middle of the window is at each stop; half a sample for an even width."""
        return np.array(self.window.starts(len(self.signal))) + (self.window.extent - 1) / 2

    def stop_at(self, place: int) -> int:
        """Find the stop whose window is centred nearest to a sample; the first of two."""
        return int(np.abs(self.centres - place).argmin())


def length_line(smoothed: Smoothed, colours: Mapping[str, str]) -> str:
    """Write the length of the output and its formula with the numbers filled in, as text with LaTeX."""
    length = len(smoothed.signal)
    formula = output_size_latex(smoothed.window, length, colours)
    return f"{smoothed.window.output_size(length):,} outputs from {length:,} samples: $o = {formula}$"


def noise_left(weights: np.ndarray) -> float:
    """Say how much of independent noise is left: the square root of the sum of squared weights."""
    return float(np.sqrt(np.sum(weights**2)))


def ends_remark(smoothing: Smoothing) -> str:
    """Say what the padding does at the ends of the signal, with this page's numbers."""
    window = smoothing.window
    size, (before, after) = window.output_size(SAMPLES), window.padding
    if smoothing.padding == "valid":
        lost = SAMPLES - size
        if lost == 0:
            return "A window of one sample loses nothing: as many outputs as samples."
        return (
            f"Valid keeps the window inside the signal, which costs {counted(lost, 'output')}: "
            f"the curve begins {lost / 2:g} samples after the signal and ends as far before its end."
        )
    if before == after == 0:
        return "A window of one sample needs no zeros."
    zeros = counted(before, "zero")
    zeros += " on each side" if before == after else f" before and {after} after"
    count = "as many outputs as samples" if smoothing.padding == "same" else f"all {size:,} overlaps"
    names = "Same" if smoothing.padding == "same" else "Full"
    return f"{names} adds {zeros} and gives {count}. {_pull(smoothing)}"


def _pull(smoothing: Smoothing) -> str:
    """Say what the zeros do to the outputs that read them."""
    if weight_sum(smoothing.weights) == 0:
        return "Where the window reads zeros, the end of the signal looks like a jump."
    return "Where the window reads zeros they count too, so both ends of the curve are drawn towards 0."


def noise_remark(smoothing: Smoothing) -> str:
    """Say what the weights do to brightness, so to speak, and to noise."""
    weights = smoothing.weights
    left = f"noise that is new in every sample shrinks to {noise_left(weights):.0%} of its size"
    if weight_sum(weights) == 1:
        return f"The {counted(len(weights), 'weight')} add up to 1, so the level stays; {left}."
    return f"The {counted(len(weights), 'weight')} add up to {brief(weight_sum(weights))}; {left}."

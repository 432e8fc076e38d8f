"""Activations in words and formulas with this page's numbers in them.

Numbers have at most four decimals. To tell a new function, add a row to `_WRITTEN`.
"""

from collections.abc import Callable

import numpy as np

from cnnviz.kernels.activations import ALPHA, SCALE
from cnnviz.lessons.activations import Ends, MapCounts, Telling, weighted_sum
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activations import KNOWN, ActivationSetup

MINUS = "−"
WHY = {  # terms of the glossary in braces
    "curve": "Without an {activation function} in between, any number of layers make one straight line "
    "together. The slope decides how much of a {gradient} passes back: shaded is where the function is in "
    "{saturation}, and less than a hundredth of it passes.",
    "matrix": "An {activation function} takes every number of a {feature map} by itself and changes no size. "
    "On the way back each {gradient} is multiplied by the slope at its number.",
    "neuron": "A {neuron} adds up its signals times their {weights|weight} and a {bias}, and passes the sum "
    "through its {activation function}. A large sum either way leaves a {sigmoid} where it is flat, and the "
    "neuron learns slowly: the {vanishing gradient}.",
    "photo": "A {feature map} is what the {convolution} gives; the {activation map} is what the activation "
    "makes of it, and what the next {layer} sees. Pixels go from 0 to 1 here, as networks like them.",
    "softmax": "{Softmax|softmax} turns {logits|logit} into shares that are positive and add up to 1. Only "
    "differences count, so a number added to all of them changes nothing. The {Jacobian} holds the slope of "
    "every share by every logit; with two classes softmax is a {sigmoid}.",
}
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def four(value: float) -> str:
    """Write a number with four decimals at most; tiny and huge ones by powers of ten."""
    value = float(value) + 0.0
    if not np.isfinite(value):
        return {"nan": "NaN", "inf": "∞", "-inf": f"{MINUS}∞"}[str(value)]
    if value and not 5e-5 <= abs(value) < 1e6:
        digits, power = f"{value:.2e}".split("e")
        text = f"{float(digits):g}·10{str(int(power)).translate(_RAISED)}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def _n(value: float) -> str:
    """Write a number in a formula."""
    number, _, power = four(value).partition("·10")
    text = number.replace(MINUS, "-").replace("∞", r"\infty")
    return rf"{text} \cdot 10^{{{power.translate(_LOWERED)}}}" if power else text


def _p(value: float) -> str:
    """Write a number in a formula, in brackets if it is negative."""
    text = _n(value)
    return f"({text})" if text.startswith("-") else text


def _plus(value: float) -> str:
    """Write a number that is added."""
    return f"- {_n(-value)}" if value < 0 else f"+ {_n(value)}"


def _elu(x: float, alpha: float) -> str:
    return _n(x) if x > 0 else rf"{_n(alpha)} \cdot (e^{{{_n(x)}}} - 1)"


def _selu(x: float) -> str:
    right = _p(x) if x > 0 else rf"{_n(ALPHA)} \cdot (e^{{{_n(x)}}} - 1)"
    return rf"{_n(SCALE)} \cdot {right}"


def _maxout(x: float, w1: float, b1: float, w2: float, b2: float) -> str:
    first = rf"{_n(w1)} \cdot {_p(x)} {_plus(b1)}"
    second = rf"{_n(w2)} \cdot {_p(x)} {_plus(b2)}"
    return rf"\max({first},\; {second}) = \max({_n(w1 * x + b1)},\; {_n(w2 * x + b2)})"


_WRITTEN: dict[str, Callable[..., str]] = {
    "Sigmoid": lambda x: rf"\frac{{1}}{{1 + e^{{{_n(-x)}}}}}",
    "Tanh": lambda x: rf"\frac{{e^{{{_n(x)}}} - e^{{{_n(-x)}}}}}{{e^{{{_n(x)}}} + e^{{{_n(-x)}}}}}",
    "ReLU": lambda x: rf"\max(0,\; {_n(x)})",
    "Leaky ReLU": lambda x, slope: _n(x) if x > 0 else rf"{_n(slope)} \cdot {_p(x)}",
    "ELU": _elu,
    "SELU": _selu,
    "GELU": lambda x: rf"{_p(x)} \cdot \Phi({_n(x)})",
    "SiLU": lambda x: rf"\frac{{{_n(x)}}}{{1 + e^{{{_n(-x)}}}}}",
    "Softplus": lambda x: rf"\ln(1 + e^{{{_n(x)}}})",
    "Hard tanh": lambda x: rf"\max(-1,\; \min(1,\; {_n(x)}))",
    "Maxout": _maxout,
    "GELU, tanh form": lambda x: (
        rf"\frac{{{_n(x)}}}{{2}}\left(1 + \tanh({_n(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))})\right)"
    ),
    "ELU, as deck 004 prints it": lambda x, alpha: rf"\max({_n(alpha)} \cdot (e^{{{_n(x)}}} - 1),\; {_n(x)})",
}

_PIECES = {  # of functions in two pieces: right of 0, then left
    "Leaky ReLU": ("x", r"\epsilon x"),
    "ELU": ("x", r"\alpha\,(e^{x} - 1)"),
    "SELU": (r"\lambda x", r"\lambda \alpha\,(e^{x} - 1)"),
}


def worked(telling: Telling, at: int = 0) -> str:
    """Write one function with its numbers, as LaTeX: symbols, numbers, result, and the slope there."""
    curve, setup = telling.curves[at], telling.setup
    symbols = KNOWN[curve.name].latex
    if curve.name in _PIECES:
        symbols = f"f(x) = {_PIECES[curve.name][telling.x <= 0]}"
    written = _WRITTEN[curve.name](telling.x, **setup.settings(curve.name))
    value, slope = (_n(number) for number in curve.at)
    result = "" if written == value else rf" = {written}"
    return rf"{symbols}{result} = \mathbf{{{value}}} \qquad f'({_n(telling.x)}) = \mathbf{{{slope}}}"


def neuron_sum(setup: ActivationSetup) -> str:
    """Write the neuron's sum with its numbers, as LaTeX."""
    signals, weights = setup.neuron
    terms = " + ".join(rf"{_n(s)} \cdot {_p(w)}" for s, w in zip(signals, weights, strict=True))
    return rf"x = \sum_i s_i w_i + w_0 = {terms} {_plus(setup.bias)} = \mathbf{{{_n(weighted_sum(setup))}}}"


def softmax_line(shares: Shares) -> str:
    """Write the first share with its numbers, as LaTeX: exponentials, their sum, the result."""
    parts = shares.plain if shares.writes_plain else shares.safe
    shift = 0.0 if shares.writes_plain else shares.logits.max()
    temperature = shares.setup.temperature
    over, sign = ("", "") if temperature == 1 else (f"/{_n(temperature)}", "/T")
    powers = [rf"e^{{{_n(logit)}{over}}}" for logit in shares.logits - shift]
    lines = [
        rf"\frac{{e^{{a_1{sign}}}}}{{\sum_j e^{{a_j{sign}}}}}",
        rf"\frac{{{powers[0]}}}{{{' + '.join(powers)}}}",
        rf"\frac{{{_n(parts[0])}}}{{{' + '.join(map(_n, parts))}}}",
        rf"\frac{{{_n(parts[0])}}}{{{_n(parts.sum())}}}",
        rf"\mathbf{{{_n(shares.shares[0])}}}",
    ]
    return f"f_1 = {' = '.join(lines)}"


def saturation_text(ends: Ends) -> str:
    """Say where a function saturates: "below −4.58, above 4.58"."""
    left, right = ends
    if left is not None and right is not None and left > right:
        return "everywhere"
    parts = ["" if left is None else f"below {_two(left)}", "" if right is None else f"above {_two(right)}"]
    return ", ".join(filter(None, parts)) or "nowhere"


def _two(value: float) -> str:
    """Write a place on the axis."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)


def map_sentence(counts: MapCounts, name: str) -> str:
    """Say what an activation did to a feature map."""
    before, after = (f"{four(low)} to {four(high)}" for low, high in (counts.before, counts.after))
    return (
        f"The feature map goes from {before}; {100 * counts.negative:.0f} % of it is below 0. "
        f"{name} makes that {after}, and saturates on {100 * counts.saturated:.0f} % of the pixels."
    )

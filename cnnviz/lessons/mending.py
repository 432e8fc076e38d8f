"""What to do where a stack stops fitting: one sentence, and changes that were tried and found to fit.

To suggest another change, add a function that yields `Remedy` for the layer and its input to `_WAYS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd, isqrt
from typing import Any

from cnnviz.lessons.drawing import size_text
from cnnviz.lessons.explain import counted
from cnnviz.model.layer import Layer, Shape
from cnnviz.model.layers import Flatten
from cnnviz.model.published_layers import GlobalMeanPool
from cnnviz.presets.stack import Stack
from cnnviz.presets.stack_text import write_value

PROBED = 10_000  # cells along an axis that every window fits on
AXES = {
    1: "one vector of numbers",
    2: "signals (channels and length)",
    3: "maps (channels, height and width)",
}


@dataclass(frozen=True)
class Remedy:
    """A change that makes a layer fit: what to say in a sentence, what on a button, and what it gives."""

    advice: str
    label: str
    stack: Stack


@dataclass(frozen=True)
class Trouble:
    """Why a layer does not fit, and what would help."""

    at: int
    problem: str
    remedies: tuple[Remedy, ...]

    @property
    def sentence(self) -> str:
        """Say both: ``Kernel 7 does not fit on 5 × 5: use padding 1 or a kernel of at most 5.``."""
        *others, last = (remedy.advice for remedy in self.remedies)
        return f"{self.problem}: {', '.join(others)}{' or ' if others else ''}{last}."


def trouble(stack: Stack) -> Trouble | None:
    """Look at the first layer of a stack that does not fit."""
    at = stack.broken
    if at is None:
        return None
    layer, shape = stack.layers[at], stack.shapes[-1]
    axes = wanted_axes(layer)
    if axes and len(shape) not in axes:
        problem = f"{layer.title} reads {AXES[axes[0]]}, got {_told(shape)}"
        return Trouble(at, problem, tuple(_reshaped(stack, at, axes)))
    remedies = tuple(_slid(stack, at)) or tuple(_grouped(stack, at)) or (_taken_out(stack, at),)
    return Trouble(at, _problem(stack, layer, shape), remedies)


def _told(shape: Shape) -> str:
    """Name what a layer is given."""
    return f"{shape[0]:,} numbers" if len(shape) == 1 else size_text(shape)


def _problem(stack: Stack, layer: Layer, shape: Shape) -> str:
    """Say what is wrong, with the numbers."""
    if not _windows_fit(layer, shape):
        window = layer.windows_on(shape) or ()
        sides = [side for each in window for side in each.padding]
        padded = (
            f" with padding {write_value('padding', sides[0])}" if any(sides) and len(set(sides)) == 1 else ""
        )
        size = write_value("size", tuple(each.size for each in window))
        spread = f" spread by {window[0].dilation}" if window[0].dilation > 1 else ""
        place = " × ".join(f"{length:,}" for length in shape[1:])
        return f"{_word(layer).capitalize()} {size}{spread} does not fit on {place}{padded}"
    groups = getattr(layer, "groups", 1)
    if shape[0] % groups:
        return f"{groups} groups do not divide {shape[0]:,} channels"
    return stack.problem[:1].upper() + stack.problem[1:]


def _word(layer: Layer) -> str:
    """Call its window a kernel if it has weights."""
    return "kernel" if hasattr(layer, "filters") or hasattr(layer, "table") else "window"


def wanted_axes(layer: Layer) -> tuple[int, ...]:
    """Tell of how many axes its input may be, by trying inputs that are large enough."""
    channels = getattr(layer, "groups", 1) * PROBED
    fitting = []
    for axes in AXES:
        try:
            layer.output_shape((channels, PROBED, PROBED)[:axes])
        except ValueError:
            continue
        fitting.append(axes)
    return tuple(fitting)


def _windows_fit(layer: Layer, shape: Shape) -> bool:
    """Tell whether its window reaches beyond no axis."""
    windows = layer.windows_on(shape) or ()
    lengths = shape[1:] if len(windows) == len(shape) - 1 else ()
    return all(each.extent <= each.padded(length) for each, length in zip(windows, lengths, strict=False))


def _reshaped(stack: Stack, at: int, axes: tuple[int, ...]) -> Iterator[Remedy]:
    """Put a layer before it that changes the axes, or move it to where they still are."""
    if axes == (1,):
        yield from _fitting(stack, at, "put Flatten before it", stack.adding(at, Flatten()))
        yield from _fitting(
            stack, at, "put global mean pooling before it", stack.adding(at, GlobalMeanPool())
        )
        return
    flattened = next((place for place, shape in enumerate(stack.shapes[1:]) if len(shape) not in axes), None)
    if flattened is not None and len(stack.shapes[flattened]) in axes:
        advice = f"move it before {stack.names[flattened]}"
        yield from _fitting(stack, flattened, advice, stack.moving(at, flattened), further=False)
    yield _taken_out(stack, at)


def _slid(stack: Stack, at: int) -> Iterator[Remedy]:
    """Pad just enough, spread less, or shrink the window."""
    layer, shape = stack.layers[at], stack.shapes[-1]
    if _windows_fit(layer, shape):
        return
    windows = layer.windows_on(shape) or ()
    short = max(each.extent - length for each, length in zip(windows, shape[1:], strict=True))
    padding, word = -(-short // 2), _word(layer)
    yield from _with(stack, at, f"use padding {padding}", f"Padding {padding}", padding=padding)
    if windows[0].dilation > 1:
        yield from _with(stack, at, "dilation 1", "Dilation 1", dilation=1)
    reach = ((each, each.padded(length)) for each, length in zip(windows, shape[1:], strict=True))
    size = min((padded - 1) // each.dilation + 1 for each, padded in reach)
    yield from _with(stack, at, f"a {word} of at most {size}", f"{word.capitalize()} {size}", size=size)


def _grouped(stack: Stack, at: int) -> Iterator[Remedy]:
    """Use the largest number of groups that divides both."""
    layer, channels = stack.layers[at], stack.shapes[-1][0]
    groups, filters = getattr(layer, "groups", 1), getattr(layer, "filters", 1)
    common = gcd(channels, filters)
    if channels % groups == 0:
        return
    best = max(each for each in divisors(common) if each < groups)
    yield from _with(
        stack, at, f"use {counted(best, 'group')}", counted(best, "group").capitalize(), groups=best
    )


def divisors(number: int) -> list[int]:
    """List what divides a number."""
    small = [each for each in range(1, isqrt(number) + 1) if number % each == 0]
    return [*small, *(number // each for each in small)]


def _taken_out(stack: Stack, at: int) -> Remedy:
    """Do without the layer."""
    return Remedy("take it out", "Take it out", stack.without(at))


def _with(stack: Stack, at: int, advice: str, label: str, **settings: Any) -> Iterator[Remedy]:
    """Try other settings of the layer."""
    try:
        layer = replace(stack.layers[at], **settings)
    except (TypeError, ValueError):
        return
    yield from _fitting(stack, at, advice, stack.having(at, layer), label=label)


def _fitting(
    stack: Stack, at: int, advice: str, mended: Stack, further: bool = True, label: str = ""
) -> Iterator[Remedy]:
    """Suggest a change only if the layers up to this place fit then."""
    extra = len(mended.layers) - len(stack.layers)
    if mended.broken is None or mended.broken > at + (extra if further else 0):
        yield Remedy(advice, label or advice.capitalize(), mended)

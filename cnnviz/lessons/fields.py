"""A receptive field in words and numbers: how it grew, what it covers, and how much of it counts.

Everything reads a `Line`, whose `Field` the windows of the layers made. To tell it in another way, add a
function of the line.
"""

from typing import NamedTuple

import numpy as np

from cnnviz.model.counting import Line
from cnnviz.model.merges import Merge
from cnnviz.window import Window

MINUS = "−"
SHARE = 0.9  # of all strength, which the inner square holds


class Growth(NamedTuple):
    """How a field became what it is: three equations with their numbers, or a sentence."""

    size: str
    jump: str
    start: str
    sentence: str = ""


def both(values: tuple[int, ...]) -> str:
    """Write what rows and columns share once, else rows × columns."""
    texts = [str(value).replace("-", MINUS) for value in values]
    return texts[0] if len(set(texts)) == 1 else " × ".join(texts)


def growth(line: Line) -> Growth:
    """Fill in r = r₀ + (k − 1)·j₀, j = s·j₀ and a = a₀ − p·j₀ for a layer."""
    before, after, layer = line.field_before, line.field, line.node.layer
    if isinstance(layer, Merge):
        told = "Branches meet here: the field is the smallest that holds theirs."
        return Growth(f"r = {both(after.size)}", f"j = {both(after.jump)}", f"a = {both(after.start)}", told)
    windows = layer.windows_on(line.input_shapes[0])
    told = ""
    if not windows:
        windows = tuple(Window(count) for count in before.positions)
        told = "Each unit reads all units of the layer before it, as a window as large as its maps."
    axes = list(zip(windows, before.windows, after.windows, strict=True))
    return Growth(
        _once("r", [_size(*axis) for axis in axes]),
        _once("j", [f"{w.stride}·{old.stride} = {new.stride}" for w, old, new in axes]),
        _once("a", [_start(*axis) for axis in axes]),
        told,
    )


def _once(symbol: str, told: list[str]) -> str:
    """Write an equation once if rows and columns agree."""
    return f"{symbol} = {', '.join(dict.fromkeys(told))}".replace("-", MINUS)


def _size(window: Window, before: Window, after: Window) -> str:
    spread = f"{window.dilation}·" if window.dilation > 1 else ""
    return f"{before.size} + {spread}({window.size} − 1)·{before.stride} = {after.size}"


def _start(window: Window, before: Window, after: Window) -> str:
    return f"{-before.padding[0]} − {window.padding[0]}·{before.stride} = {-after.padding[0]}"


def coverage(line: Line) -> str:
    """Say how much of the input a unit can see."""
    sizes, lengths = line.field.size, line.field.lengths
    if all(size >= length for size, length in zip(sizes, lengths, strict=True)):
        return "the whole input"
    area = np.prod([min(size, length) / length for size, length in zip(sizes, lengths, strict=True)])
    return f"{100 * area:.2g} % of the input"


def inner_side(strength: np.ndarray, line: Line, unit: tuple[int, ...]) -> int:
    """Find the smallest square around the middle of a field that holds 90 % of all strength; its side."""
    centre = [(cells.start + cells.stop - 1) / 2 for cells in line.field.span(unit)]
    away = np.maximum(*(np.abs(axis - c) for axis, c in zip(np.indices(strength.shape), centre, strict=True)))
    order = np.argsort(away, axis=None)
    held = np.cumsum(strength.ravel()[order])
    last = away.ravel()[order][min(np.searchsorted(held, SHARE * held[-1]), held.size - 1)]
    return int(2 * last) + 1


def effective_sentence(strength: np.ndarray, line: Line, unit: tuple[int, ...], networks: int) -> str:
    """Say how much smaller the effective field is."""
    if not strength.any():
        return f"No gradient reached the picture in {networks} random networks: their ReLU units were silent."
    side = inner_side(strength, line, unit)
    sizes = [min(size, length) for size, length in zip(line.field.size, line.field.lengths, strict=True)]
    share = min(1.0, side * side / np.prod(sizes))
    return (
        f"Measured on {networks} random networks: 90 % of what moves the middle unit lies in "
        f"{side} × {side} pixels, {100 * share:.0f} % of what it can see."
    )

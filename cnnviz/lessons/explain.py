"""Formulas and sentences with this page's numbers in them.

Everything here reads a `Window` or a `Step` and returns text; nothing is computed twice. Numbers are
written as in the picture: integers plain, reals with two decimals, a true minus sign, never −0.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np

from cnnviz.lessons.steps import Step
from cnnviz.presets.matrices import Setup
from cnnviz.window import Window

MINUS = "−"
AXES = ("row", "column")
SYMBOLS = (
    "o output size, i input size, p₀ and p₁ padding before and after, k kernel size, d dilation, s stride; "
    "once for rows and once for columns."
)


def brief(value: float) -> str:
    """Write a number for a cell or a sum; huge ones by powers of ten."""
    if not np.isfinite(value):
        return {"nan": "NaN", "inf": "∞", "-inf": f"{MINUS}∞"}[str(float(value))]
    with localcontext(rounding=ROUND_HALF_UP):  # as on paper, and as the picture does
        if abs(value) >= 1e6:
            text = f"{Decimal(float(value)):.1e}".replace("e+", "e")
        else:
            text = str(int(value)) if value == int(value) else f"{Decimal(float(value)):.2f}"
    return text.replace("-", MINUS) if re.search(r"[1-9]", text) else text.removeprefix("-")


def counted(number: int, name: str) -> str:
    """Write '1 row' and '2 rows'."""
    return f"{number:,} {name}" + ("" if number == 1 else "s")


def sum_parts(step: Step) -> list[list[tuple[str, str]]]:
    """Write out a stop term by term, each as (text, role) so that it can be coloured."""
    pairs = zip(step.operands.ravel(), step.weights.ravel(), strict=True)
    terms = [
        [(brief(value), "input"), ("×", ""), (brief(weight), "kernel"), (" + ", "")]
        for value, weight in pairs
    ]
    return [*terms, [(brief(step.bias), "bias")], [(" = ", ""), (brief(step.value), "output")]]


def sum_line(step: Step) -> str:
    """Write out a stop: ``1×−1 + 0×2 + 2×1 + 0 = 1``."""
    return "".join(text for term in sum_parts(step) for text, _ in term)


def output_size(window: Window, length: int) -> str:
    """Write the output size in numbers, as text: ``⌊(6 + 1 + 1 − 3) / 1⌋ + 1 = 6``."""
    return f"⌊({_numerator(window, length)}) / {window.stride}⌋ + 1 = {window.output_size(length)}".replace(
        "-", MINUS
    ).replace("*", "·")


def output_size_latex(window: Window, length: int, colours: Mapping[str, str] | None = None) -> str:
    """Write the output size in numbers, as LaTeX on one line.

    Parameters
    ----------
    window : Window
        How the kernel slides along the axis.
    length : int
        Cells of the axis.
    colours : mapping, optional
        Colours (``#rrggbb``) of "input", "kernel" and "output", for the numbers that belong to them.
    """
    size = window.output_size(length)
    numerator = _numerator(window, length, colours).replace("*", r" \cdot ")
    result = _coloured(rf"\mathbf{{{size}}}", "output", colours)
    return rf"\lfloor ({numerator})\,/\,{window.stride} \rfloor + 1 = {result}"


def _numerator(window: Window, length: int, colours: Mapping[str, str] | None = None) -> str:
    """Fill in ``i + p0 + p1 - d(k - 1) - 1``; without dilation that is ``i + p0 + p1 - k``."""
    before, after = window.padding
    cells, size = _coloured(str(length), "input", colours), _coloured(str(window.size), "kernel", colours)
    if window.dilation == 1:
        return f"{cells} + {before} + {after} - {size}"
    return f"{cells} + {before} + {after} - {window.dilation}*({size} - 1) - 1"


def _coloured(latex: str, role: str, colours: Mapping[str, str] | None) -> str:
    """Give a number of a formula the colour of its role."""
    return rf"\textcolor{{{colours[role]}}}{{{latex}}}" if colours else latex


def output_size_lines(
    windows: tuple[Window, Window], shape: tuple[int, int], colours: Mapping[str, str] | None = None
) -> list[str]:
    """Write the size formula as LaTeX: one line if rows and columns agree, else one for each."""
    rows, columns = (output_size_latex(*axis, colours) for axis in zip(windows, shape, strict=True))
    if rows == columns:
        return [f"{_coloured('o', 'output', colours)} = {rows}"]
    return [rf"o_\text{{{name}s}} = {line}" for name, line in zip(AXES, (rows, columns), strict=True)]


def left_over(
    windows: tuple[Window, Window], shape: tuple[int, int], rounding: str, *, subject: str = "kernel"
) -> str:
    """Say what the kernel (or the subject) never reaches, and what frameworks do; empty if strides divide."""
    axes = [(AXES[axis], window, shape[axis]) for axis, window in enumerate(windows)]
    open_axes = [axis for axis in axes if axis[1].left_over(axis[2])]
    if not open_axes:
        return ""
    parts = [f"{counted(window.left_over(n), name)} {_where(window, n)}" for name, window, n in open_axes]
    missed = f"The {subject} never reaches {' and '.join(parts)}."
    if rounding != "whole":
        return f"{missed} PyTorch and Keras round down in the same way and drop what is left over."
    name, window, length = open_axes[0]
    exact = window.output_size(length) + window.left_over(length) / window.stride
    sizes = f"({window.padded(length)} − {window.extent}) / {window.stride} + 1 = {exact:.4g}"
    return (
        f"The lecture asks for a whole number; along the {name}s {sizes} is not one. "
        f"PyTorch and Keras round down, as shown here. {missed}"
    )


def _where(window: Window, length: int) -> str:
    """Say whether what is left over is padding, input, or both."""
    missed, padding = window.left_over(length), window.padding[1]
    if missed <= padding:
        return "of padding at the end"
    return "at the end" if padding == 0 else "at the end, padding included"


def rounded_up(setup: Setup) -> str:
    """Say how much padding was added so that nothing is left over; empty if none was."""
    floor = replace(setup.slide, rounding="floor").windows(setup.input_shape, setup.kernel_shape)
    added = [up.padding[1] - down.padding[1] for up, down in zip(setup.windows, floor, strict=True)]
    parts = [counted(count, name) for count, name in zip(added, AXES, strict=True) if count]
    if not parts:
        return ""
    return f"Rounded up: zeros for {' and '.join(parts)} are added at the end. PyTorch and Keras round down."


def remainder(setup: Setup) -> str:
    """Say what becomes of rows and columns that the stride does not divide; empty if it does."""
    return rounded_up(setup) or left_over(setup.windows, setup.input_shape, setup.slide.rounding)


def remainder_in_short(setup: Setup) -> str:
    """Say the same in a few words, to stand beside the formula."""
    if rounded_up(setup):
        return "rounded up"
    missed = [window.left_over(n) for window, n in zip(setup.windows, setup.input_shape, strict=True)]
    parts = [counted(count, name) for count, name in zip(missed, AXES, strict=True) if count]
    if parts and setup.slide.rounding == "whole":
        return "not a whole number"
    return f"{' and '.join(parts)} left over" if parts else ""


def parameters(kernel: tuple[int, int]) -> str:
    """Count what is learned: weights and one bias."""
    weights = kernel[0] * kernel[1]
    return f"weights {weights} + bias 1 = {weights + 1}"


def products(kernel: tuple[int, int], output: tuple[int, int]) -> str:
    """Count the multiplications: stops times weights."""
    stops, weights = output[0] * output[1], kernel[0] * kernel[1]
    return f"{counted(stops, 'stop')} × {weights} = {counted(stops * weights, 'product')}"

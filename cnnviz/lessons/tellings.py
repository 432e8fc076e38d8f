"""Every count of a layer told as its formula: once with symbols, once with its numbers.

The numbers come from the layer's own table of parameters and its windows, so a formula that is told wrongly
does not add up to the line that was counted. The formulas of a layer are in layer_formulas.py.
"""

from dataclasses import dataclass
from typing import Any

from cnnviz.lessons.explain import output_size_lines
from cnnviz.lessons.layer_formulas import Formula, formulas_of, number
from cnnviz.model.counting import OPERATIONS, Line
from cnnviz.window import Window

TELLS = ("output", "parameters", "operations", "receptive field")


@dataclass(frozen=True)
class Telling:
    """One count of a layer: the formula, the same with its numbers and the result, and the result.

    ``value`` is a shape, a count, or a `Field`; ``filled`` has one line for each axis where they differ,
    and is empty for the field on a flat input, which has no axes.
    """

    what: str
    latex: str
    filled: str
    value: Any


def tellings(line: Line) -> tuple[Telling, ...]:
    """Tell all counts of a line.

    Parameters
    ----------
    line : Line
        Of a table made by `cnnviz.model.counting.lines`, under its rules.

    Returns
    -------
    tuple of Telling
        In the order of `TELLS`.
    """
    formulas = formulas_of(line.node.layer, line)
    return (
        _output(line, formulas.output),
        _count("parameters", "P", formulas.parameters, line.parameters),
        _count("operations", line.rules.operations, _doubled(formulas.operations, line), line.operations),
        _field(line),
    )


def _count(what: str, symbol: str, formula: Formula, value: int) -> Telling:
    latex, numbers = formula
    name = symbol if len(symbol) == 1 else rf"\text{{{symbol}}}"
    result = "" if numbers == number(value) else f" = {number(value)}"
    return Telling(what, f"{name} = {latex}", f"{name} = {numbers}{result}", value)


def _doubled(formula: Formula, line: Line) -> Formula:
    """Count two FLOPs for each MAC."""
    if OPERATIONS[line.rules.operations] == 1 or formula[0] == "0":
        return formula
    return tuple(rf"2 \cdot {part}" for part in formula)  # type: ignore[return-value]


def _output(line: Line, formula: Formula) -> Telling:
    """Tell the output shape: by windows, or by the layer's own formula."""
    windows, shape = line.node.layer.windows_on(line.input_shapes[0]), line.input_shapes[0]
    if formula[0]:
        latex, filled = f"o = {formula[0]}", f"o = {formula[1]}"
    elif not windows or all(window == Window(1) for window in windows):
        shown = r" \times ".join(map(number, shape))
        latex, filled = "o = i", f"o = {shown}"
    else:
        pairs = tuple(zip(windows, shape[1:], strict=True))
        both = pairs if len(pairs) == 2 else pairs * 2
        latex = Window.LATEX
        filled = r" \\ ".join(output_size_lines((both[0][0], both[1][0]), (both[0][1], both[1][1])))
    return Telling("output", latex, filled, line.output_shape)


def _field(line: Line) -> Telling:
    """Tell how the receptive field grew: r = r₀ + d(k − 1) j₀, j = s j₀."""
    before, after = line.field_before, line.field
    latex = r"r = r_0 + d\,(k-1)\,j_0, \quad j = s\,j_0, \quad a = a_0 - p_0\,j_0"
    if len(line.input_shapes) > 1:
        latex = r"r = \max_b r_b \quad \text{where the branches are aligned}"
    windows = line.node.layer.windows_on(line.input_shapes[0])
    if windows is None:
        windows = tuple(Window(count) for count in before.positions)
        latex = r"r = r_0 + (n-1)\,j_0 \quad \text{for all } n \text{ units}"
    axes = range(len(after.size))
    if len(line.input_shapes) > 1 or not windows:
        told = [f"r = {after.size[axis]}" for axis in axes]
    else:
        told = [_grown(windows[axis], before.windows[axis], after.windows[axis]) for axis in axes]
    return Telling("receptive field", latex, r" \\ ".join(dict.fromkeys(told)), after)


def _grown(window: Window, before: Window, after: Window) -> str:
    """Fill in one axis."""
    spread = rf"{window.dilation} \cdot " if window.dilation > 1 else ""
    size = rf"r = {before.size} + {spread}({window.size} - 1) \cdot {before.stride} = {after.size}"
    jump = rf"j = {window.stride} \cdot {before.stride} = {after.stride}"
    first = -before.padding[0]
    start = rf"a = {first} - {window.padding[0]} \cdot {before.stride} = {-after.padding[0]}"
    return rf"{size}, \quad {jump}, \quad {start}"

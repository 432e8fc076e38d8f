"""How each layer is counted, in LaTeX: with symbols, and with the numbers of a line of its table.

Shapes come from the layer's own definition. To tell another layer, register a function of it.
"""

from dataclasses import dataclass
from functools import singledispatch

from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.counting import Line
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Dense, Flatten
from cnnviz.model.merges import Concatenate
from cnnviz.model.old_layers import PartialConv2d, RadialBasis, Subsample
from cnnviz.model.published_layers import GlobalMeanPool, PositionBias
from cnnviz.model.sequence_layers import Conv1d
from cnnviz.model.sliding_layers import Conv2d

Formula = tuple[str, str]  # with symbols, and with numbers but without the result
SYMBOLS = (
    "C channels, H and W height and width of the input; K filters, k height and l width of a kernel, "
    "g groups; H' and W' height and width of the output; N inputs and M units of a dense layer."
)


@dataclass(frozen=True)
class Formulas:
    """How a layer is counted; an empty output is told by its window, or keeps the shape."""

    output: Formula = ("", "")
    parameters: Formula = ("0", "0")
    operations: Formula = ("0", "0")


def number(value: int) -> str:
    """Write a count in LaTeX, its digits in groups of three."""
    return f"{value:,}".replace(",", r"\,")


def times(*factors: int) -> str:
    """Write a product in LaTeX."""
    return r" \cdot ".join(map(number, factors))


@singledispatch
def formulas_of(layer: Layer, line: Line) -> Formulas:  # noqa: ARG001
    """Find the formulas of a layer; by default it keeps the shape and learns nothing."""
    return Formulas()


@formulas_of.register(Conv2d)
@formulas_of.register(Conv1d)
def _(layer: Conv2d | Conv1d, line: Line) -> Formulas:
    channels = line.input_shapes[0][0]
    filters, _, *cells = layer.parameter_shapes(line.input_shapes[0])["weights"]
    kernel, area = (r"k \cdot l", r"H' \cdot W'") if len(cells) == 2 else ("k", "L'")
    depth = "C", number(channels)
    if layer.groups > 1:
        depth = r"\tfrac{C}{g}", rf"\tfrac{{{channels}}}{{{layer.groups}}}"
    one = rf"{kernel} \cdot {depth[0]}", rf"{times(*cells)} \cdot {depth[1]}"
    counted = tuple(f"({part} + 1)" if line.rules.biases and line.biases else part for part in one)
    return Formulas(
        parameters=(rf"{counted[0]} \cdot K", rf"{counted[1]} \cdot {number(filters)}"),
        operations=(
            rf"{one[0]} \cdot K \cdot {area}",
            rf"{one[1]} \cdot {times(filters, *line.output_shape[1:])}",
        ),
    )


@formulas_of.register
def _(layer: PartialConv2d, line: Line) -> Formulas:
    kernels, *cells = layer.parameter_shapes(line.input_shapes[0])["weights"]
    weights = r"k \cdot l \cdot n", times(*cells, kernels)
    biases = (" + K", f" + {number(line.biases)}") if line.rules.biases else ("", "")
    return Formulas(
        parameters=(weights[0] + biases[0], weights[1] + biases[1]),
        operations=(
            rf"{weights[0]} \cdot H' \cdot W'",
            rf"{weights[1]} \cdot {times(*line.output_shape[1:])}",
        ),
    )


@formulas_of.register
def _(layer: Dense, line: Line) -> Formulas:
    units, inputs = layer.parameter_shapes(line.input_shapes[0])["weights"]
    weights = r"N \cdot M", times(inputs, units)
    parameters = (r"(N + 1) \cdot M", rf"({number(inputs)} + 1) \cdot {number(units)}")
    return Formulas(("M", number(units)), parameters if line.rules.biases else weights, weights)


@formulas_of.register
def _(layer: RadialBasis, line: Line) -> Formulas:
    units, inputs = layer.statistics_shapes(line.input_shapes[0])["codes"]
    return Formulas(("M", number(units)), operations=(r"N \cdot M", times(inputs, units)))


@formulas_of.register
def _(layer: Subsample, line: Line) -> Formulas:
    channels = line.output_shape[0]
    parameters = (r"2 \cdot C", times(2, channels)) if line.rules.biases else ("C", number(channels))
    del layer
    return Formulas(parameters=parameters, operations=(r"C \cdot H' \cdot W'", times(*line.output_shape)))


@formulas_of.register
def _(layer: BatchNorm, line: Line) -> Formulas:
    shape = line.output_shape
    del layer
    parameters = (r"2 \cdot C", times(2, shape[0]))
    if not line.rules.normalisation:
        return Formulas(parameters=parameters)
    work = r"C \cdot H \cdot W" if len(shape) == 3 else "N", times(*shape)
    return Formulas(parameters=parameters, operations=work)


@formulas_of.register
def _(layer: PositionBias, line: Line) -> Formulas:
    del layer
    counted = (r"C \cdot H \cdot W", times(*line.output_shape))
    return Formulas(parameters=counted if line.rules.biases else ("0", "0"))


@formulas_of.register
def _(layer: Flatten, line: Line) -> Formulas:
    del layer
    size = line.output_shape[0]
    symbols = r" \cdot ".join(("C", "H", "W")[: len(line.input_shapes[0])])
    return Formulas((symbols, f"{times(*line.input_shapes[0])} = {number(size)}"))


@formulas_of.register
def _(layer: GlobalMeanPool, line: Line) -> Formulas:
    del layer
    return Formulas(("C", number(line.output_shape[0])))


@formulas_of.register
def _(layer: Concatenate, line: Line) -> Formulas:
    del layer
    channels = [shape[0] for shape in line.input_shapes]
    symbols = " + ".join(f"C_{place}" for place in range(1, len(channels) + 1))
    return Formulas((symbols, f"{' + '.join(map(number, channels))} = {number(sum(channels))}"))

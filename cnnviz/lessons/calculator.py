"""A layer counted in front of the reader: its formulas with symbols, numbers and results, and what they mean.

The numbers come from the layer itself, the same one that trains. To tell another count, write a function that
returns a `Formula` and put it into `formulas`.
"""

from dataclasses import dataclass, replace
from math import prod

from cnnviz.lessons import sizes
from cnnviz.lessons.explain import counted
from cnnviz.lessons.sizes import Part
from cnnviz.model.counting import Line, Rules, lines
from cnnviz.model.graph import Graph
from cnnviz.presets.calculator import POOLS, Axis, LayerSetup

TIMES, EQUALS = Part(" · "), Part(" = ")


@dataclass(frozen=True)
class Formula:
    """One count: what it is called, the symbol of its result, its terms, the result, and a remark."""

    name: str
    title: str
    symbol: str
    parts: tuple[Part, ...]
    value: int
    remark: str = ""


def formulas(setup: LayerSetup) -> list[Formula]:
    """Write all counts of a layer: what it gives, what it learns, what it multiplies."""
    return [*output_formulas(setup), parameter_formula(setup), operation_formula(setup)]


def output_formulas(setup: LayerSetup) -> list[Formula]:
    """Write the output size: once if both axes agree, once for each if not; without a window, what stays."""
    axes = setup.axes
    if not axes:
        return [_flattened(setup) if setup.kind == "dense" else _kept(setup)]
    if len(axes) == 2 and replace(axes[0], name="") == replace(axes[1], name=""):
        return [_along(axes[0], "Output height and width", "o", "size", "")]
    if len(axes) == 1:
        return [_along(axes[0], "Output length", "o", "size", "-width")]
    rows, columns = axes
    return [
        _along(rows, "Output height", "o₁", "height", "-height"),
        _along(columns, "Output width", "o₂", "width", "-width"),
    ]


def _along(axis: Axis, title: str, symbol: str, name: str, suffix: str) -> Formula:
    """Write the output size along an axis; roles get the name of the axis where it matters."""
    parts = tuple(
        replace(part, role=f"{part.role}{suffix}") if part.role else part for part in sizes.formula(axis)
    )
    return Formula(name, title, symbol, parts, axis.size)


def _flattened(setup: LayerSetup) -> Formula:
    """Write how many numbers a dense layer reads."""
    count = prod(setup.shape)
    result = (Part(f"{count:,}", "i", "input"),)
    if count == setup.shape[0]:
        return Formula("inputs", "Inputs", "i", result, count, "A vector, as a dense layer gives it.")
    remark = "All maps are written one behind the other; where a number lay is lost."
    parts = (*_numbers(setup.shape), EQUALS, *result)
    return Formula("inputs", "Inputs, flattened", "i", parts, count, remark)


def _kept(setup: LayerSetup) -> Formula:
    """Write that the shape stays."""
    shape = (Part(shape_text(setup.shape), "as the input", "output"),)
    return Formula("kept", "Output shape", "o", shape, prod(setup.output_shape))


def counted_line(setup: LayerSetup) -> Line:
    """Count the layer by the rules of the page, as in the table of a whole network."""
    graph = Graph.chain(setup.input_shape, (setup.layer,))
    return lines(graph, Rules(setup.biases, setup.operations, normalisation=True))[0]


def parameter_formula(setup: LayerSetup) -> Formula:
    """Write how many parameters there are."""
    line = counted_line(setup)
    count = line.parameters
    result = Part(f"{count:,}", "", "parameters")
    if setup.kind in POOLS:
        remark = "Nothing is learned: a window that compares or averages has no weights."
        return Formula("parameters", "Parameters", "", (result,), count, remark)
    if setup.kind == "norm":
        parts: tuple[Part, ...] = (
            Part("2"),
            TIMES,
            Part(f"{setup.shape[0]:,}", "c", "input-channels"),
            EQUALS,
            result,
        )
        remark = "A scale and a shift for each channel; its mean and variance are gathered, not trained."
        return Formula("parameters", "Parameters", "", parts, count, remark)
    read = _read_by_one(setup)
    units = Part(f"{setup.units:,}", "n", "units")
    if not setup.biases:
        remark = f"Weights only; {_biases(line)} left out."
        return Formula("parameters", "Parameters", "", (*read, TIMES, units, EQUALS, result), count, remark)
    one = Part("1", "b", "bias")
    parts = (Part("("), *read, Part(" + "), one, Part(")"), TIMES, units, EQUALS, result)
    remark = f"{counted(line.weights, 'weight')} and {_biases(line)}."
    return Formula("parameters", "Parameters", "", parts, count, remark)


def _biases(line: Line) -> str:
    """Write '1 bias' and '2 biases'."""
    return "1 bias" if line.biases == 1 else f"{line.biases:,} biases"


def _read_by_one(setup: LayerSetup) -> tuple[Part, ...]:
    """Write how many weights one filter or one unit has."""
    if setup.kind == "dense":
        return (Part(f"{prod(setup.shape):,}", "i", "input"),)
    (rows, columns), channels = setup.size, Part(f"{setup.shape[0]:,}", "c", "input-channels")
    down, across = ("k", "k") if rows == columns or setup.kind == "conv1d" else ("k₁", "k₂")
    read: tuple[Part, ...] = (Part(str(columns), across, "kernel-width"), TIMES, channels)
    if setup.kind == "conv2d":
        read = (Part(f"{rows}", down, "kernel-height"), TIMES, *read)
    if setup.groups > 1:
        groups = Part(f"{setup.groups:,}", "g", "groups")
        read = (*read[:-1], Part("("), channels, Part(" / "), groups, Part(")"))
    return read


def operation_formula(setup: LayerSetup) -> Formula:
    """Write how much is multiplied and added for one example."""
    count = counted_line(setup).operations
    result = Part(f"{count:,}", "", "operations")
    title = "Multiply-accumulates" if setup.operations == "MAC" else "Floating-point operations"
    twice = (Part("2"), TIMES) if setup.operations == "FLOP" else ()
    parts: tuple[Part, ...] = ()
    if setup.kind in POOLS:
        outputs, seen = prod(setup.output_shape), prod(setup.size)
        remark = (
            f"No product with weights; each of {counted(outputs, 'output')} looks at up to {seen:,} cells."
        )
        return Formula("operations", title, "", (result,), count, remark)
    if setup.kind == "norm":
        parts = _numbers(setup.shape)
        remark = "Each number is multiplied once by the scale of its channel."
    elif setup.kind == "dense":
        parts = (*_read_by_one(setup), TIMES, Part(f"{setup.units:,}", "n", "units"))
        remark = "Every weight is used once: each output reads every input."
    else:
        shape, symbols = setup.output_shape, ("o", "o") if len(output_formulas(setup)) == 1 else ("o₁", "o₂")
        along = [Part(f"{shape[2]:,}", symbols[1], "output-width")]
        if setup.kind == "conv2d":
            along = [Part(f"{shape[1]:,}", symbols[0], "output-height"), TIMES, *along]
        parts = (_weights(setup), TIMES, *along)
        remark = f"Every weight is used at each of {counted(prod(shape[1:]), 'position')}."
    return Formula("operations", title, "", (*twice, *parts, EQUALS, result), count, remark)


def _weights(setup: LayerSetup) -> Part:
    """Write the weights as one number."""
    return Part(f"{counted_line(setup).weights:,}", "weights", "parameters")


def _numbers(shape: tuple[int, ...]) -> tuple[Part, ...]:
    """Multiply the channels, height and width of the input."""
    channels, height, width = shape
    first = Part(f"{channels:,}", "c", "input-channels")
    return (
        first,
        TIMES,
        Part(f"{height:,}", "h", "input-height"),
        TIMES,
        Part(f"{width:,}", "w", "input-width"),
    )


def shape_text(shape: tuple[int, ...]) -> str:
    """Write a shape as people say it: height × width × channels, the one row of a signal left out."""
    if len(shape) == 1:
        return f"{shape[0]:,}"
    along = shape[2:] if shape[1] == 1 else shape[1:]
    return " × ".join(f"{length:,}" for length in (*along, shape[0]))

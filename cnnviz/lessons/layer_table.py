"""The table of a network: a line for every layer, and the totals, as text to be read.

All numbers are counted by `counting`; to add a column, add a `Head` and what stands below it.
"""

from dataclasses import dataclass

from cnnviz.lessons.drawing import size_text
from cnnviz.model.counting import Line, Rules, lines, totals
from cnnviz.model.graph import Graph
from cnnviz.window import Window


@dataclass(frozen=True)
class Head:
    """What stands above a column; a ``minor`` one is left out where there is little room.

    ``shows`` is the name under which a scene finds the numbers of the column.
    """

    text: str
    help: str
    minor: bool = False
    shows: str = ""


@dataclass(frozen=True)
class TableRow:
    """A line about the node ``name``."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table whose lines belong to the boxes of a drawing."""

    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    total: tuple[str, ...] = ()


def heads(rules: Rules) -> tuple[Head, ...]:
    """Name the columns."""
    biases = "with" if rules.biases else "without"
    return (
        Head("Layer", "Its name and what it is."),
        Head("Output", "Height, width and number of the maps it gives."),
        Head(
            "Formula", "The output height from the input: i input, p padding, k kernel, s stride.", minor=True
        ),
        Head("Parameters", f"Numbers that are learned, {biases} biases."),
        Head(f"{rules.operations}s", "Products with weights for one example.", minor=True),
        Head("Sees", "Receptive field: pixels of the input that one output depends on.", minor=True),
    )


def layer_table(graph: Graph, rules: Rules = Rules()) -> Table:  # noqa: B008
    """Write the table of a graph."""
    counted = lines(graph, rules)
    total = totals(counted)
    summed = ("Total", "", "", f"{total.parameters:,}", f"{total.operations:,}", "")
    return Table(heads(rules), tuple(TableRow(line.node.name, cells(line)) for line in counted), summed)


def cells(line: Line) -> tuple[str, ...]:
    """Write one line."""
    return (
        f"{line.node.name}: {line.node.layer.title}",
        size_text(line.output_shape),
        formula(line),
        f"{line.parameters:,}" if line.weights + line.biases + line.others else "",
        f"{line.operations:,}" if line.operations else "",
        field_text(line),
    )


def formula(line: Line) -> str:
    """Write the output height with its numbers where a window slides: ``⌊(227 − 11) / 4⌋ + 1 = 55``."""
    windows = line.node.layer.windows_on(line.input_shapes[0])
    if not windows or len(line.input_shapes) > 1 or windows[0] == Window(1):
        return ""
    window, length = windows[0], line.input_shapes[0][1]
    before, after = window.padding
    padding = "" if not before + after else f" + 2·{before}" if before == after else f" + {before} + {after}"
    return f"⌊({length}{padding} − {window.extent}) / {window.stride}⌋ + 1 = {window.output_size(length)}"


def field_text(line: Line) -> str:
    """Write the receptive field; nothing if the input has no places."""
    return " × ".join(f"{size:,}" for size in line.field.size)

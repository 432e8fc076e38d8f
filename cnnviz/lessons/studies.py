"""A counted network told as its paper tells it: the table line by line, and where parameters and work are.

A row joins a layer with what only shapes its numbers (activation, batch normalisation, dropout, flattening),
as lectures do. Everything is added up from `counting.lines`; nothing is counted here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cnnviz.lessons.drawing import size_text
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.counting import Line, Rules, Total, lines, totals
from cnnviz.model.graph import Graph
from cnnviz.model.layer import Shape
from cnnviz.model.layers import Activation, Dropout, Flatten

FOLLOWERS = (Activation, BatchNorm, Dropout, Flatten)


@dataclass(frozen=True)
class Row:
    """One row of a table: a layer with its followers, or a stage of many.

    ``field`` is the receptive field of the output along rows and columns, empty where there is none.
    """

    name: str
    what: str
    output: Shape
    weights: int
    biases: int  # and scales and shifts: all that is trained and multiplies no input
    parameters: int
    operations: int
    activations: int
    field: tuple[int, ...]
    learns: bool = False

    @property
    def shown_output(self) -> str:
        """Its output as text: ``55 × 55 × 96``, maps last, as papers write it."""
        return size_text(self.output)


def rows(graph: Graph, rules: Rules) -> tuple[Row, ...]:
    """Tell every layer of a graph in a row."""
    groups: list[list[Line]] = []
    ends: dict[str, int] = {}  # node -> the group that ends with it
    for line in lines(graph, rules):
        before = ends.get(line.node.inputs[0])
        if isinstance(line.node.layer, FOLLOWERS) and before is not None:
            groups[before].append(line)
            ends[line.node.name] = before
        else:
            ends[line.node.name] = len(groups)
            groups.append([line])
    return tuple(_row(group) for group in groups)


def _row(group: list[Line]) -> Row:
    """Add up a layer and its followers."""
    head = group[0]
    follow = [line.node.layer for line in group[1:] if not isinstance(line.node.layer, Flatten)]
    what = ", ".join([_titled(head), *(_short(layer) for layer in follow)])
    return Row(
        name=head.node.name,
        what=what,
        output=head.output_shape,
        weights=sum(line.weights for line in group),
        biases=sum(line.biases + line.others for line in group),
        parameters=sum(line.parameters for line in group),
        operations=sum(line.operations for line in group),
        activations=head.activations,
        field=head.field.size if head.field.lengths else (),
        learns=any(line.weights for line in group),
    )


def _titled(line: Line) -> str:
    """Name a layer with its stride, padding and groups where they say something."""
    layer = line.node.layer
    parts = [layer.title]
    stride, padding = getattr(layer, "stride", None), getattr(layer, "padding", 0)
    pool = isinstance(getattr(layer, "kind", None), str)
    if isinstance(stride, tuple) and (set(stride) != {1} or pool):
        parts.append(f"stride {_same(stride)}")
    elif isinstance(stride, int) and stride != 1:
        parts.append(f"stride {stride}")
    if _any(padding):
        parts.append(f"padding {_sides(padding)}")
    groups = getattr(layer, "groups", 1)
    if groups > 1:
        parts.append(f"{groups} groups")
    return ", ".join(parts)


def _same(pair: tuple) -> str:
    """Write a pair as one number where both are the same."""
    return str(pair[0]) if len(set(pair)) == 1 else " × ".join(map(str, pair))


def _flat(padding) -> list[int]:
    return [side for part in padding for side in _flat(part)] if isinstance(padding, tuple) else [padding]


def _any(padding) -> bool:
    return any(_flat(padding))


def _sides(padding) -> str:
    """Write a padding as one number where all sides are the same, else as rows × columns."""
    sides = _flat(padding)
    if len(set(sides)) == 1:
        return str(sides[0])
    return f"{sides[0]} × {sides[-1]}"


def _short(layer) -> str:
    """Name a follower."""
    return {"BatchNorm": "batch norm", "Dropout": f"dropout {getattr(layer, 'share', 0):g}"}.get(
        type(layer).__name__, layer.title
    )


def folded(table: tuple[Row, ...], runs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Row, ...]:
    """Add up the rows of each stage; ``runs`` are stages and the nodes of each."""
    home = {name: stage for stage, names in runs for name in names}
    groups: list[list[Row]] = []
    for row in table:
        stage = home.get(row.name)
        if stage and groups and home.get(groups[-1][0].name) == stage:
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(
        _added(group, home[group[0].name]) if group[0].name in home else group[0] for group in groups
    )


def _added(group: list[Row], stage: str) -> Row:
    """Make one row of a stage."""
    last, count = group[-1], sum(row.learns for row in group)
    added = {
        name: sum(getattr(row, name) for row in group)
        for name in ("weights", "biases", "parameters", "operations")
    }
    added["activations"] = sum(row.activations for row in group if row.learns)
    what = group[0].what if len(group) == 1 else f"{counted_layers(count)} with weights"
    return Row(stage, what, last.output, **added, field=last.field, learns=count > 0)


def counted_layers(count: int) -> str:
    """Write '1 layer' and '2 layers'."""
    return f"{count} layer" + ("" if count == 1 else "s")


@dataclass(frozen=True)
class Counted:
    """A network counted under some rules."""

    rows: tuple[Row, ...]
    total: Total
    depth: int
    neurons: tuple[int, ...]

    @property
    def seen(self) -> tuple[int, ...]:
        """The receptive field of the last maps."""
        fields = [row.field for row in self.rows if row.field and len(row.output) > 1]
        return fields[-1] if fields else ()


@lru_cache(maxsize=64)
def counted(graph: Graph, rules: Rules) -> Counted:
    """Count a network; depth is the most layers with weights on one way through it."""
    table = lines(graph, rules)
    told = rows(graph, rules)
    neurons = tuple(row.activations for row in told if row.learns)
    return Counted(told, totals(table), depth(table), neurons)


def depth(table: Iterable[Line]) -> int:
    """Count the layers with weights on the longest way from input to output."""
    deep: dict[str, int] = {}
    last = 0
    for line in table:
        last = max(deep.get(name, 0) for name in line.node.inputs) + bool(line.weights)
        deep[line.node.name] = last
    return last

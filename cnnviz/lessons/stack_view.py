"""A stack that is being built as it is shown: parts of a drawing, and a line for each layer.

Layers after one that does not fit wait: they are drawn and listed, but nothing is known about them.
"""

import re
from dataclasses import dataclass

from cnnviz.lessons.drawing import INPUT, Part, parts_of
from cnnviz.lessons.layer_table import Head, cells, heads
from cnnviz.lessons.mending import Trouble, trouble
from cnnviz.model.counting import Rules, lines, totals
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Activation
from cnnviz.presets.stack import Stack
from cnnviz.presets.stack_kinds import Setting, settings_of

FITS, BROKEN, WAITS = "fits", "broken", "waits"


@dataclass(frozen=True)
class EditRow:
    """One layer: its name, what it is, what can be edited, its counts, and whether it fits."""

    name: str
    title: str
    settings: tuple[Setting, ...]
    cells: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class StackView:
    """Everything there is to show of a stack."""

    parts: tuple[Part, ...]
    heads: tuple[Head, ...]
    rows: tuple[EditRow, ...]
    total: tuple[str, ...]
    trouble: Trouble | None


def stack_view(stack: Stack, rules: Rules, chosen: str = "") -> StackView:
    """Look at a stack; the layer called ``chosen`` shows its rare settings too."""
    graph = stack.graph
    counted = lines(graph, rules) if graph else ()
    rows = []
    for place, (name, layer) in enumerate(zip(stack.names, stack.layers, strict=True)):
        told = cells(counted[place])[1:] if place < len(counted) else ("",) * (len(heads(rules)) - 1)
        state = FITS if place < len(counted) else BROKEN if place == len(counted) else WAITS
        rows.append(EditRow(name, kind_text(layer, name), settings_of(layer, name == chosen), told, state))
    total = totals(counted) if counted else None
    summed = (
        "",
        "",
        f"{total.parameters:,}" if total else "0",
        f"{total.operations:,}" if total else "0",
        "",
    )
    return StackView(_parts(stack), heads(rules), tuple(rows), summed, trouble(stack))


def kind_text(layer: Layer, name: str) -> str:
    """Say what a layer is where neither its name nor its settings do."""
    if isinstance(layer, Activation):
        return ""
    words = re.sub(r"[^A-Za-z ]", "", layer.title.partition("@")[0]).strip()
    return "" if words.lower() == name.rstrip("0123456789") else words


def _parts(stack: Stack) -> tuple[Part, ...]:
    """List what is drawn: what fits to scale, the rest as boxes of unknown size."""
    start = Part(INPUT, "Input", "input", (), stack.input_shape, (INPUT,))
    parts = list(parts_of(stack.graph)) if stack.graph else [start]
    for name, layer in list(zip(stack.names, stack.layers, strict=True))[len(parts) - 1 :]:
        parts.append(Part(name, layer.title, "slab", (parts[-1].name,), None, (name,)))
    return tuple(parts)

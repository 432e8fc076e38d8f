"""A network as a drawing that is clicked into, and the parts of the page that looks inside one.

Maps are packed as single-precision numbers. Looking about stays in the browser; what is chosen comes back and
is hostile until `read_choice` has looked at it.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.playing import read_index

SCRIPTS = (
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/grid.js",
    "shared/keys.js",
    "network/paint.js",
    "network/columns.js",
    "network/lens.js",
    "network/wires.js",
    "network/drawing.js",
    "network/sums.js",
    "network/answer.js",
    "network/pair.js",
    "network/filters.js",
    "network/verdicts.js",
    "network/lines.js",
    "network/parts.js",
    "shared/parts.js",
)

mount = register("network", *SCRIPTS)


@dataclass(frozen=True)
class Column:
    """One layer in the drawing.

    ``kind`` is "maps", "strip" of many numbers, "units" with a number each, or "shares". ``reads`` names, for
    every map, the first and the end of those it is made of in the column before; None if of all.
    """

    title: str
    size: str
    kind: str
    values: np.ndarray
    ends: tuple[float, ...]
    names: tuple[str, ...]
    reads: tuple[range, ...] | None = None
    fields: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None

    @property
    def choices(self) -> int:
        """How many things can be chosen in it."""
        return len(self.values) if self.kind == "strip" else len(self.names)


@dataclass(frozen=True)
class Choice:
    """What was clicked: a column, a map or unit in it, and a pixel; column 0 is the way up."""

    layer: int = 0
    map: int = 0
    cell: tuple[int, int] | None = None


def packed(values: np.ndarray) -> str:
    """Write numbers as text: four bytes each, the first one the smallest."""
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def network(
    columns: Sequence[Column],
    chosen: Choice,
    *,
    legend: str,
    hints: tuple[str, str, str],
    narrow: bool = False,
    themes: Mapping[str, Any],
    key: str,
    on_choose: Callable[[Choice], None],
) -> None:
    """Draw a network, the image first.

    Parameters
    ----------
    columns : sequence of Column
        From the image to the answer.
    chosen : Choice
        What is open.
    legend : str
        What the colours mean.
    hints : tuple of str
        What to do with nothing open, with a map open, and with a unit open.
    narrow : bool
        Only the image, the open map and the way up: room is needed for a player beside it.
    on_choose : callable
        Called before the script runs again, with what was clicked.
    """

    def clicked() -> None:
        choice = read_choice(st.session_state[key].get("choose"), columns)
        if choice is not None:
            on_choose(choice)

    mount(
        key=key,
        data={
            "part": "network",
            "layers": [_drawn(column) for column in columns],
            "chosen": _chosen(chosen),
            "legend": legend,
            "hints": list(hints),
            "narrow": narrow,
            "present": frame.presenting(),
            "themes": palettes(themes),
        },
        on_choose_change=clicked,
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def _drawn(column: Column) -> dict[str, Any]:
    """Give what the script needs to draw one layer."""
    return {
        "title": column.title,
        "size": column.size,
        "kind": column.kind,
        "shape": list(column.values.shape),
        "values": packed(column.values),
        "ends": [float(end) for end in column.ends],
        "names": list(column.names),
        "reads": None if column.reads is None else [[read.start, read.stop] for read in column.reads],
        "fields": None
        if column.fields is None
        else [[list(span) for span in axis] for axis in column.fields],
    }


def _chosen(choice: Choice) -> dict[str, int] | None:
    """Write what is open as the script writes it."""
    if not choice.layer:
        return None
    place = {} if choice.cell is None else dict(zip(("row", "column"), choice.cell, strict=True))
    return {"layer": choice.layer, "map": choice.map, **place}


def read_choice(sent: Any, columns: Sequence[Column]) -> Choice | None:
    """Read what was clicked; anything that no page of ours would send is nothing."""
    layer = read_index(sent.get("layer"), len(columns)) if isinstance(sent, Mapping) else None
    if not layer:
        return None if layer is None else Choice()
    column = columns[layer]
    number = read_index(sent.get("map"), column.choices)
    if number is None:
        return None
    if "row" not in sent:
        return Choice(layer, number)
    if column.kind != "maps":
        return None
    row, place = (
        read_index(sent.get(name), length)
        for name, length in zip(("row", "column"), column.values.shape[1:], strict=True)
    )
    return None if row is None or place is None else Choice(layer, number, (row, place))

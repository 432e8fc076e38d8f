"""A network drawn to scale, with its table: what is pointed at in one lights in the other.

All places come from the page; the script draws and links them. What comes back is the name of a layer, or of
a folded stage, and is hostile until `read_name` has looked at it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cnnviz.lessons.drawing import KINDS
from cnnviz.lessons.drawing_layout import Box, Drawing
from cnnviz.lessons.layer_table import Table
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register

SCRIPTS = (
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "architecture/boxes.js",
    "architecture/drawing.js",
    "architecture/table.js",
    "architecture/linked.js",
)
HINT = "Point at a layer, or choose one."
LEGEND = "Height and depth: size of the maps; thickness: how many; on a root scale."

_mount = register("architecture", *SCRIPTS, "architecture/index.js")


def architecture(
    drawing: Drawing | None,
    table: Table | None = None,
    *,
    chosen: str = "",
    label: str = "Network",
    tall: bool = False,
    themes: Mapping[str, Any],
    present: bool = False,
    keys: bool = False,
    key: str,
    on_choose: Callable[[str], None],
) -> None:
    """Show a drawing, a table, or both, joined.

    Parameters
    ----------
    drawing : Drawing or None
        As `lay_out` made it: ``lay_out(shown_parts(graph))``.
    table : Table or None
        As `layer_table` made it; its lines are named like the layers of the drawing.
    chosen : str
        The layer or stage that is lit.
    label : str
        What is shown, for those who cannot see it.
    tall : bool
        Show all lines of the table, not a part that scrolls.
    keys : bool
        Let P turn the presenter view on and off.
    on_choose : callable
        Called before the script runs again, with the name of the layer or stage that was clicked; with an
        empty one if what was chosen is let go.
    """
    names = known_names(drawing, table)

    def clicked() -> None:
        name = read_name(st.session_state[key].get("choose"), names)
        if name is not None:
            on_choose(name)

    _mount(
        key=key,
        data={
            "drawing": drawing and drawn(drawing),
            "table": table and written(table),
            "chosen": chosen,
            "label": label,
            "hint": HINT,
            "tall": tall,
            "present": present,
            "keys": keys,
            "themes": palettes(themes),
        },
        on_choose_change=clicked,
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def known_names(drawing: Drawing | None, table: Table | None) -> set[str]:
    """Name everything that can be clicked."""
    boxes = {box.part.name for box in drawing.boxes} if drawing else set()
    return boxes | ({row.name for row in table.rows} if table else set())


def read_name(sent: Any, names: set[str]) -> str | None:
    """Read what was clicked; anything that no page of ours would send is nothing."""
    return sent if isinstance(sent, str) and (not sent or sent in names) else None


def drawn(drawing: Drawing) -> dict[str, Any]:
    """Give what the script needs to draw."""
    kinds = {box.part.kind for box in drawing.boxes}
    return {
        "boxes": [_box(box) for box in drawing.boxes],
        "wires": [[list(map(_short, point)) for point in wire.points] for wire in drawing.wires],
        "rowings": [
            [[_short(edge) for edge in (row.x, row.y, row.width, row.height)] for row in way]
            for way in drawing.rowings
        ],
        "legend": {kind: name for kind, name in KINDS.items() if kind in kinds},
        "scale": LEGEND,
    }


def _box(box: Box) -> dict[str, Any]:
    """Give a box and what it says."""
    part = box.part
    place = [_short(length) for length in (box.x, box.y, box.width, box.height, box.lean)]
    return {
        "name": part.name,
        "title": part.title,
        "size": part.size,
        "kind": part.kind,
        "known": part.shape is not None,
        "members": list(part.members),
        "slices": part.weighted if part.kind == "stage" else 1,
        "place": place,
    }


def _short(length: float) -> Any:
    """Round a length to what a screen can show."""
    return plain(round(length, 1))


def written(table: Table) -> dict[str, Any]:
    """Give a table as lists."""
    return {
        "heads": [[head.text, head.help, head.minor, head.shows] for head in table.heads],
        "rows": [[row.name, *row.cells] for row in table.rows],
        "total": list(table.total),
    }

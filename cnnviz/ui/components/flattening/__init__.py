"""Flattening and a dense layer, stop by stop: maps become a vector, outputs are rows of weights times it.

Everything is computed before it is sent. What comes back, an edit, is hostile until `read_edit` saw it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.flattening import Flattening
from cnnviz.ui import frame
from cnnviz.ui.components import plain, playing, register
from cnnviz.ui.components.playing import read_index, read_value

_mount = register(
    "flattening",
    *playing.SCRIPTS,
    "sliding_window/sum_line.js",
    "sliding_window/style.css",
    "flattening/lesson.js",
    playing.LAST,
)


@dataclass(frozen=True)
class CellEdit:
    """A number typed into a cell of the maps or of the weights."""

    grid: str
    channel: int
    row: int
    column: int
    value: float


def flattening(
    shown: Flattening,
    *,
    key: str,
    themes: Mapping[str, Any],
    on_edit: Callable[[CellEdit], None],
    step: int = 0,
    scene: str = "",
    present: bool = False,
) -> int:
    """Show a run that can be played, hovered and edited; give the stop where it rests.

    Parameters
    ----------
    shown : Flattening
        Maps, weights and outputs.
    on_edit : callable
        Called with an edit before the script runs again.
    step, scene : int, str
        Where to start; the run goes there when either of the two is another than in the last run.
    present : bool
        Large numbers, for a projector, and nothing to edit.
    """
    start = playing.begin_turn(key, step, scene, len(shown))

    def edited() -> None:
        if edit := read_edit(st.session_state[key].get("edit"), shown):
            on_edit(edit)

    setup = shown.setup
    mounted = _mount(
        key=key,
        data={
            "maps": [plain(rows) for rows in setup.maps],
            "vector": plain(shown.vector),
            "places": [list(place) for place in shown.places],
            "weights": plain(setup.weights),
            "output": plain(shown.output),
            "limits": {
                "input": _largest(shown.vector),
                "weights": _largest(setup.weights),
                "output": _largest(shown.output),
            },
            **playing.settings(start, themes, hide_result=False, editable=not present, present=present),
        },
        on_at_change=playing.ignore,
        on_edit_change=edited,
        on_present_change=frame.asked_by(key),
    )
    return playing.end_turn(key, mounted, start, len(shown))


def _largest(numbers: Any) -> Any:
    """Find where a scale ends."""
    return plain(np.abs(numbers).max())


def read_edit(sent: Any, shown: Flattening) -> CellEdit | None:
    """Read an edit; anything that no page of ours would send is none."""
    if not isinstance(sent, Mapping) or sent.get("grid") not in ("maps", "weights"):
        return None
    setup = shown.setup
    of_maps = sent["grid"] == "maps"
    rows = setup.maps[0] if of_maps else setup.weights
    channel = read_index(sent.get("channel"), len(setup.maps) if of_maps else 1)
    row, column = read_index(sent.get("row"), len(rows)), read_index(sent.get("column"), len(rows[0]))
    value = read_value(sent.get("value"))
    if channel is None or row is None or column is None or value is None:
        return None
    return CellEdit(sent["grid"], channel, row, column, value)

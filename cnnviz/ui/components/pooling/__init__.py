"""The pooling window: plays a `PoolingTrace` stop by stop, shows who won, and says what was typed or pasted.

Outputs and winners are computed before they are sent; the script only looks up which cell meets which window.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.presets.matrix_text import LONGEST_TEXT
from cnnviz.ui import frame
from cnnviz.ui.components import plain, playing, register
from cnnviz.ui.components.playing import read_index, read_value
from cnnviz.ui.components.sliding_window import BlockEdit, CellEdit, Edit

_mount = register(
    "pooling",
    *playing.SCRIPTS,
    "sliding_window/geometry.js",
    "sliding_window/layout.js",
    "sliding_window/style.css",
    "pooling/line.js",
    "pooling/links.js",
    "pooling/lesson.js",
    playing.LAST,
)


def pooling_window(
    trace: PoolingTrace,
    *,
    key: str,
    themes: Mapping[str, Any],
    on_edit: Callable[[Edit], None],
    step: int = 0,
    scene: str = "",
    present: bool = False,
    editable: bool = True,
) -> int:
    """Show a pooling that can be played, hovered and edited; give the stop where it rests.

    Parameters
    ----------
    trace : PoolingTrace
        What is shown.
    key : str
        Name of this component on the page.
    themes : mapping
        The light and the dark `Theme`, by name.
    on_edit : callable
        Called with an edit before the script runs again, so that one run shows its effect.
    step, scene : int, str
        Where to start. The window goes there when either of the two is another than in the last run;
        handing back the step that was given moves nothing.
    present : bool
        Large numbers, for a projector, and nothing to edit.
    editable : bool
        Whether cells can be typed and blocks pasted.
    """
    start = playing.begin_turn(key, step, scene, len(trace))
    editable = editable and not present

    def edited() -> None:
        if edit := read_edit(st.session_state[key].get("edit"), trace):
            on_edit(edit)

    mounted = _mount(
        key=key,
        data={
            **_pictured(trace),
            **playing.settings(start, themes, hide_result=False, editable=editable, present=present),
        },
        on_at_change=playing.ignore,
        on_edit_change=edited,
        on_present_change=frame.asked_by(key),
    )
    return playing.end_turn(key, mounted, start, len(trace))


def _pictured(trace: PoolingTrace) -> dict[str, Any]:
    """Everything the script needs to draw every stop."""
    return {
        "input": plain(trace.image),
        "output": plain(trace.output),
        "winners": None if trace.winners is None else plain(trace.winners),
        "kind": trace.kind,
        "size": [trace.rows.size, trace.columns.size],
        "limit": plain(trace.colour_end),
        **{
            name: {"stride": axis.stride, "dilation": axis.dilation, "padding": list(axis.padding)}
            for name, axis in (("rows", trace.rows), ("columns", trace.columns))
        },
    }


def read_edit(sent: Any, trace: PoolingTrace) -> Edit | None:
    """Read an edit of the input; anything that no page of ours would send is no edit."""
    if not isinstance(sent, Mapping) or sent.get("grid") != "input":
        return None
    text = sent.get("text")
    if isinstance(text, str):
        return BlockEdit("input", text) if 0 < len(text) <= LONGEST_TEXT else None
    height, width = trace.image.shape
    row, column = read_index(sent.get("row"), height), read_index(sent.get("column"), width)
    value = read_value(sent.get("value"))
    if row is None or column is None or value is None:
        return None
    return CellEdit("input", row, column, value)

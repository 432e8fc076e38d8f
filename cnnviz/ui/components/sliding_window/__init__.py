"""The sliding window: plays a `Trace` stop by stop, and says what was done to it.

The whole run is sent once; playing, hovering and scrubbing stay in the browser. What comes back is hostile
until `_moment` and `read_edit` have looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_text import LONGEST_TEXT
from cnnviz.ui import frame
from cnnviz.ui.components import plain, playing, register
from cnnviz.ui.components.playing import read_index, read_step, read_value

__all__ = ["BlockEdit", "CellEdit", "Edit", "Moment", "read_edit", "read_step", "sliding_window"]

GRIDS = ("input", "kernel")
LINES = ("sum", "dot")

_mount = register(
    "sliding_window",
    *playing.SCRIPTS,
    "sliding_window/geometry.js",
    "sliding_window/layout.js",
    "sliding_window/sum_line.js",
    "sliding_window/dot_line.js",
    "sliding_window/links.js",
    "sliding_window/lesson.js",
    playing.LAST,
)


@dataclass(frozen=True)
class CellEdit:
    """One cell typed anew; for the kernel, where it is in the kernel as written down."""

    grid: str
    row: int
    column: int
    value: float


@dataclass(frozen=True)
class BlockEdit:
    """Text pasted over a whole grid, not yet read."""

    grid: str
    text: str


Edit = CellEdit | BlockEdit


@dataclass(frozen=True)
class Moment:
    """What the reader did: the stop where the window rests, and an edit if one was just made."""

    step: int
    edit: Edit | None


def sliding_window(
    trace: Trace,
    *,
    key: str,
    themes: Mapping[str, Any],
    step: int = 0,
    scene: str = "",
    hide_result: bool = False,
    editable: bool = True,
    present: bool = False,
    line: str = "sum",
    lines: int = 0,
    on_edit: Callable[[Edit], None] | None = None,
) -> Moment:
    """Show a convolution of one channel that can be played, hovered and edited.

    Parameters
    ----------
    trace : Trace
        What is shown; one channel.
    key : str
        Name of this component on the page.
    themes : mapping
        The light and the dark `Theme`, by name.
    step, scene : int, str
        Where to start. The window goes there when either of the two is another than in the last run;
        handing back the step of the last `Moment` moves nothing.
    hide_result : bool
        Start with results hidden until the reader steps.
    editable : bool
        Whether cells can be typed and blocks pasted.
    present : bool
        Large numbers, for a projector.
    line : str
        How a stop is told below the picture: "sum", term by term, or "dot", as the dot product of a series.
    lines : int
        How many lines of products are seen at once where the window is low; the rest scrolls. 0 is all.
    on_edit : callable, optional
        Called with an edit before the script runs again, so that one run shows its effect. Without it
        the edit is in the `Moment`.

    Raises
    ------
    ValueError
        If the trace has more than one channel, or the line is unknown.
    """
    if len(trace.image) != 1:
        raise ValueError(f"trace must have one channel, got {len(trace.image)}")
    if line not in LINES:
        raise ValueError(f"line must be one of {', '.join(LINES)}, got {line!r}")
    start = playing.begin_turn(key, step, scene, len(trace))

    def edited() -> None:
        edit = read_edit(st.session_state[key].get("edit"), trace)
        if on_edit and edit:
            on_edit(edit)

    mounted = _mount(
        key=key,
        data={
            **_pictured(trace),
            "line": line,
            "lines": int(lines),
            **playing.settings(start, themes, hide_result=hide_result, editable=editable, present=present),
        },
        on_at_change=playing.ignore,
        on_edit_change=edited,
        on_present_change=frame.asked_by(key),
    )
    edit = None if on_edit else read_edit(mounted.get("edit"), trace)
    rest = playing.end_turn(key, mounted, start, len(trace))
    return Moment(rest, edit)


def _pictured(trace: Trace) -> dict[str, Any]:
    """Everything the script needs to draw every stop; it derives the rest."""
    return {
        "input": plain(trace.image[0]),
        "kernel": plain(trace.placed[0]),
        "output": plain(trace.output),
        "bias": plain(trace.bias),
        "turned": bool(trace.flip),
        "limits": {name: plain(end) for name, end in trace.colour_ends.items()},
        **{
            name: {"stride": axis.stride, "dilation": axis.dilation, "padding": list(axis.padding)}
            for name, axis in (("rows", trace.rows), ("columns", trace.columns))
        },
    }


def read_edit(sent: Any, trace: Trace) -> Edit | None:
    """Read an edit; anything that no page of ours would send is no edit."""
    if not isinstance(sent, Mapping) or sent.get("grid") not in GRIDS:
        return None
    grid, text = sent["grid"], sent.get("text")
    if isinstance(text, str):
        return BlockEdit(grid, text) if 0 < len(text) <= LONGEST_TEXT else None
    height, width = (trace.image if grid == "input" else trace.kernel).shape[1:]
    row, column = read_index(sent.get("row"), height), read_index(sent.get("column"), width)
    value = read_value(sent.get("value"))
    if row is None or column is None or value is None:
        return None
    if grid == "kernel" and trace.flip:
        row, column = height - 1 - row, width - 1 - column
    return CellEdit(grid, row, column, value)

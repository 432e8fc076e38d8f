"""The sliding window: plays a `Trace` stop by stop, and says what was done to it.

The whole run is sent once; playing, hovering and scrubbing stay in the browser. What comes back is hostile
until `_moment` and `read_edit` have looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_text import LARGEST_NUMBER, LONGEST_TEXT
from cnnviz.ui.components import palettes, plain, register

GRIDS = ("input", "kernel")

_mount = register(
    "sliding_window",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/grid.js",
    "shared/run.js",
    "shared/player.js",
    "shared/keys.js",
    "shared/editor.js",
    "sliding_window/geometry.js",
    "sliding_window/layout.js",
    "sliding_window/sum_line.js",
    "sliding_window/links.js",
    "sliding_window/lesson.js",
    "sliding_window/index.js",
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
    on_edit : callable, optional
        Called with an edit before the script runs again, so that one run shows its effect. Without it
        the edit is in the `Moment`.

    Raises
    ------
    ValueError
        If the trace has more than one channel.
    """
    if len(trace.image) != 1:
        raise ValueError(f"trace must have one channel, got {len(trace.image)}")
    start = _start(key, step, scene, len(trace))

    def edited() -> None:
        edit = read_edit(st.session_state[key].get("edit"), trace)
        if on_edit and edit:
            on_edit(edit)

    mounted = _mount(
        key=key,
        data={
            **_pictured(trace),
            "start": start,
            "hide": bool(hide_result),
            "editable": bool(editable),
            "largest": plain(LARGEST_NUMBER),
            "longest": LONGEST_TEXT,
            "present": bool(present),
            "themes": palettes(themes),
        },
        on_at_change=_ignore,
        on_edit_change=edited,
    )
    edit = None if on_edit else read_edit(mounted.get("edit"), trace)
    rest = read_step(mounted.get("at"), start, len(trace))
    st.session_state[f"{key}_start"]["rest"] = rest
    return Moment(rest, edit)


def _ignore() -> None:
    """Let Streamlit keep a state without doing anything about it."""


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


def _start(key: str, step: int, scene: str, stops: int) -> dict[str, int]:
    """Count a new turn when the page wants the window elsewhere; what the reader did is no such wish."""
    memory = f"{key}_start"
    step = min(max(step, 0), stops - 1)
    before = st.session_state.get(memory)
    if before is None:
        turn = 0
    else:
        at = read_step(st.session_state.get(key, {}).get("at"), before, stops)
        turn = before["turn"] + (scene != before["scene"] or step not in (before["step"], before["rest"], at))
    st.session_state[memory] = {"turn": turn, "step": step, "scene": scene, "rest": step}
    return {"turn": turn, "step": step}


def read_step(sent: Any, start: Mapping[str, Any], stops: int) -> int:
    """Read where the window rests; anything else than a stop of this turn is the start."""
    if isinstance(sent, Mapping) and sent.get("turn") == start["turn"]:
        step = _index(sent.get("step"), stops)
        if step is not None:
            return step
    return start["step"]


def read_edit(sent: Any, trace: Trace) -> Edit | None:
    """Read an edit; anything that no page of ours would send is no edit."""
    if not isinstance(sent, Mapping) or sent.get("grid") not in GRIDS:
        return None
    grid, text = sent["grid"], sent.get("text")
    if isinstance(text, str):
        return BlockEdit(grid, text) if 0 < len(text) <= LONGEST_TEXT else None
    height, width = (trace.image if grid == "input" else trace.kernel).shape[1:]
    row, column, value = _index(sent.get("row"), height), _index(sent.get("column"), width), sent.get("value")
    if row is None or column is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not abs(value) <= LARGEST_NUMBER:
        return None
    if grid == "kernel" and trace.flip:
        row, column = height - 1 - row, width - 1 - column
    return CellEdit(grid, row, column, float(value) + 0.0)


def _index(value: Any, length: int) -> int | None:
    """Return a whole number from 0 to below ``length``, or None."""
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1
    return int(value) if whole and 0 <= value < length else None

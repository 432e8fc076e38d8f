"""Channels flowing through a filter into one map: plays a `Flow` stop by stop, and says what was done to it.

The whole run is sent once; playing, hovering and scrubbing stay in the browser. Maps of filters that are not
shown are sent as one byte a cell, for their thumbnails.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.channels import Flow, Part
from cnnviz.presets.matrix_text import LONGEST_TEXT
from cnnviz.ui import frame
from cnnviz.ui.components import plain, playing, register
from cnnviz.ui.components.playing import read_index, read_value

GRIDS = ("input", "kernel")

_mount = register(
    "channels",
    *playing.SCRIPTS,
    "channels/geometry.js",
    "channels/sums.js",
    "channels/layout.js",
    "channels/rows.js",
    "channels/filters.js",
    "channels/links.js",
    "channels/captions.js",
    "channels/lesson.js",
    playing.LAST,
)


@dataclass(frozen=True)
class PlaneEdit:
    """A plane of the input or of the filter shown: one cell typed anew, or a block pasted and not yet read.

    ``channel`` counts the channels of the input, or the slices of the filter.
    """

    grid: str
    channel: int
    plane: int
    cell: tuple[int, int] = (0, 0)
    value: float = 0.0
    text: str = ""


def channels(
    flow: Flow,
    *,
    key: str,
    themes: Mapping[str, Any],
    size: str,
    count: Sequence[Part],
    count_remark: str,
    step: int = 0,
    scene: str = "",
    hide_result: bool = False,
    present: bool = False,
    on_edit: Callable[[PlaneEdit], None],
    on_filter: Callable[[int], None],
) -> int:
    """Show how the channels of an input become a map, and give the stop where the run rests.

    Parameters
    ----------
    flow : Flow
        What is shown.
    key : str
        Name of this component on the page.
    themes : mapping
        The light and the dark `Theme`, by name.
    size, count, count_remark : str, parts, str
        Sizes of input and output, how the parameters are counted, and what they are.
    step, scene : int, str
        Where to start; see `playing.begin_turn`.
    hide_result : bool
        Start with results hidden until the reader steps.
    present : bool
        Large numbers, for a projector.
    on_edit, on_filter : callable
        Called before the script runs again, with what was typed or with the filter that was chosen.
    """
    stops = len(flow.trace)
    start = playing.begin_turn(key, step, scene, stops)

    def edited() -> None:
        edit = read_edit(st.session_state[key].get("edit"), flow)
        if edit:
            on_edit(edit)

    def chosen() -> None:
        number = read_index(st.session_state[key].get("filter"), len(flow.maps))
        if number is not None:
            on_filter(number)

    mounted = _mount(
        key=key,
        data={
            **pictured(flow),
            "size": size,
            "count": [list(part) for part in count],
            "countRemark": count_remark,
            **playing.settings(start, themes, hide_result=hide_result, editable=True, present=present),
        },
        on_at_change=playing.ignore,
        on_edit_change=edited,
        on_filter_change=chosen,
        on_present_change=frame.asked_by(key),
    )
    return playing.end_turn(key, mounted, start, stops)


def pictured(flow: Flow) -> dict[str, Any]:
    """Give everything the script needs to draw every stop."""
    trace = flow.trace
    return {
        "inputs": plain(flow.volume),
        "kernels": plain(trace.kernel),
        "partials": plain(trace.partials),
        "sums": plain(trace.output),
        "output": plain(flow.output),
        "bias": plain(trace.bias),
        "relu": flow.relu,
        "names": list(flow.names),
        "reads": [[read.start, read.stop] for read in flow.reads],
        "shown": flow.shown,
        "axes": [
            {"stride": axis.stride, "dilation": axis.dilation, "padding": list(axis.padding)}
            for axis in trace.windows
        ],
        "limits": {name: plain(end) for name, end in flow.colour_ends.items()},
        "maps": [_thumbnail(each) for each in flow.maps] if len(flow.maps) > 1 else [],
    }


def _thumbnail(planes: np.ndarray) -> str:
    """Write the first plane of a map as one signed byte a cell, its largest value as 127."""
    end = float(np.abs(planes).max()) or 1.0
    return base64.b64encode(np.rint(planes[0] * (127 / end)).astype(np.int8).tobytes()).decode()


def read_edit(sent: Any, flow: Flow) -> PlaneEdit | None:
    """Read an edit; anything that no page of ours would send is no edit."""
    if not isinstance(sent, Mapping) or sent.get("grid") not in GRIDS:
        return None
    grid, text = sent["grid"], sent.get("text")
    shape = (flow.volume if grid == "input" else flow.trace.kernel).shape
    channel, plane, row, column = (
        read_index(sent.get(name), length)
        for name, length in zip(("channel", "plane", "row", "column"), shape, strict=True)
    )
    if channel is None or plane is None:
        return None
    if isinstance(text, str):
        return PlaneEdit(grid, channel, plane, text=text) if 0 < len(text) <= LONGEST_TEXT else None
    value = read_value(sent.get("value"))
    if row is None or column is None or value is None:
        return None
    return PlaneEdit(grid, channel, plane, (row, column), value)

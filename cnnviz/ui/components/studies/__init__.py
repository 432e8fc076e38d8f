"""What case studies are told with: tables of layers, bars, the ImageNet chart, tables of quoted results.

One component with several parts. The page sends finished texts and numbers; the scripts only lay them out.
What comes back, the network that was pressed in the chart, is hostile until `read_pick` has looked at it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from cnnviz.lessons.studies_depth import Signal
from cnnviz.lessons.studies_story import Moment
from cnnviz.lessons.studies_tables import Sheet
from cnnviz.lessons.studies_told import Bar
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register

_component = register(
    "studies",
    "shared/dom.js",
    "shared/numbers.js",
    "shared/colours.js",
    "shared/keys.js",
    "shared/ticks.js",
    "shared/fitted.js",
    "studies/table.js",
    "studies/bars.js",
    "studies/story.js",
    "studies/signals.js",
    "studies/parts.js",
    "shared/parts.js",
)


def _mount(
    key: str, themes: Mapping[str, Any], present: bool | None, data: Mapping[str, Any], **callbacks: Callable
) -> None:
    """Show a part; where it is in both views, P asks for the other one."""
    view = {"keys": False} if present is None else {"keys": True, "present": present}
    sent = {**data, **view, "themes": palettes(themes)}
    _component(key=key, data=sent, on_present_change=frame.asked_by(key), **callbacks)
    frame.follow_wish()


def table(sheet: Sheet, *, key: str, themes: Mapping[str, Any], present: bool | None = None) -> None:
    """Show a table; rows that belong together unfold when their first one is pressed."""
    _mount(key, themes, present, {"part": "table", **asdict(sheet)})


def bars(
    found: Sequence[Bar],
    names: tuple[str, str],
    *,
    key: str,
    themes: Mapping[str, Any],
    series: Mapping[str, Any],
    present: bool | None = None,
) -> None:
    """Show two bars for each layer, back to back: its part of the parameters and of the work."""
    _mount(
        key,
        themes,
        present,
        data={
            "part": "bars",
            "names": list(names),
            "bars": [
                [bar.name, bar.parameters, bar.operations, plain(bar.of_parameters), plain(bar.of_operations)]
                for bar in found
            ],
            "series": {name: list(colours) for name, colours in series.items()},
        },
    )


def story(
    moments: Sequence[Moment],
    human: float,
    *,
    key: str,
    themes: Mapping[str, Any],
    series: Mapping[str, Any],
    present: bool,
    on_pick: Callable[[int], object],
) -> None:
    """Show errors, depths and parameters over the years; a press on a network asks for its study."""

    def picked() -> None:
        place = read_pick(st.session_state[key].get("pick"), moments)
        if place is not None:
            on_pick(place)

    _mount(
        key,
        themes,
        present,
        data={
            "part": "story",
            "moments": [asdict(moment) for moment in moments],
            "human": human,
            "series": {name: list(colours) for name, colours in series.items()},
        },
        on_pick_change=picked,
    )


def read_pick(sent: Any, moments: Sequence[Moment]) -> int | None:
    """Read which network was pressed; one that has no study is none."""
    if isinstance(sent, bool) or not isinstance(sent, int) or not 0 <= sent < len(moments):
        return None
    return sent if moments[sent].study else None


def signals(
    found: Sequence[Signal], limit: float, *, key: str, themes: Mapping[str, Any], present: bool
) -> None:
    """Show short signals as rows of cells, one below the other."""
    rows = [[signal.name, signal.told, plain(signal.values), signal.role] for signal in found]
    _mount(key, themes, present, {"part": "signals", "rows": rows, "limit": plain(limit)})

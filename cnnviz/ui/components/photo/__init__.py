"""The parts of the photo page that move: the wipe between before and after, the probed pixel, the histogram.

Pictures arrive as data URLs and numbers as plain lists. Wiping and hovering stay in the browser; only the
place of the probe comes back, and is hostile until `read_place` has looked at it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.explain import brief
from cnnviz.lessons.photo import Filtering, Probe
from cnnviz.ui.components import palettes, plain, register

Place = tuple[float, float]  # of the height and of the width, from 0 to below 1

_mount = register(
    "photo",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "photo/wipe.js",
    "photo/probe.js",
    "photo/histogram.js",
    "photo/parts.js",
    "shared/parts.js",
)


def wipe(
    before: str,
    after: str,
    *,
    names: tuple[str, str],
    picture: str,
    source: tuple[int, int],
    size: tuple[int, int],
    legend: tuple[str, float, float],
    caption: str,
    at: Place,
    turn: int,
    themes: Mapping[str, Any],
    appearance: str,
    key: str,
    on_probe: Callable[[Place], None],
) -> None:
    """Show two pictures under one divider; a click or the arrow keys choose a pixel of the second.

    Parameters
    ----------
    before, after : str
        Addresses of the pictures.
    source, size : tuple of int
        Rows and columns of the picture before and of the result, whatever the size they are sent in.
    legend : tuple of str and two floats
        The kind of scale, and the values at its ends.
    at, turn : Place, int
        Where the probe is put whenever ``turn`` is another than before; afterwards the reader moves it.
    appearance : str
        Name of the theme the pictures are coloured in; when the page takes another, the script runs again.
    on_probe : callable
        Called with the place of the probe before the script runs again.
    """

    def moved() -> None:
        place = read_place(st.session_state[key].get("at"), turn)
        if place:
            on_probe(place)

    _mount(
        key=key,
        data={
            "part": "wipe",
            "before": before,
            "after": after,
            "names": list(names),
            "picture": picture,
            "source": list(source),
            "size": list(size),
            "legend": {"kind": legend[0], "ends": [plain(end) for end in legend[1:]]},
            "caption": caption,
            "at": list(at),
            "turn": turn,
            "themes": palettes(themes),
            "appearance": appearance,
        },
        on_at_change=moved,
        on_appearance_change=_run_again,
    )


def _run_again() -> None:
    """Let the script run; Streamlit then knows the page's appearance."""


def read_place(sent: Any, turn: int) -> Place | None:
    """Read where the probe was put; anything that no page of ours would send is no place."""
    if not isinstance(sent, Mapping) or sent.get("turn") != turn:
        return None
    place = sent.get("place")
    if not isinstance(place, list) or len(place) != 2:
        return None
    if not all(
        isinstance(part, (int, float)) and not isinstance(part, bool) and 0 <= part < 1 for part in place
    ):
        return None
    return float(place[0]), float(place[1])


def probed_pixel(
    probe: Probe, filtering: Filtering, source: tuple[int, int], *, themes: Mapping[str, Any], key: str
) -> None:
    """Show how one pixel of the result came about, number by number."""
    joint = filtering.colours.is_map
    first = probe.steps[0]
    stacked = [
        (name, values, sums)
        for name, values, sums in (
            zip(("Red", "Green", "Blue"), first.operands, first.channel_sums, strict=True)
            if joint
            else zip(probe.names, (s.operands[0] for s in probe.steps), probe.values, strict=True)
        )
    ]
    _mount(
        key=key,
        data={
            "part": "probe",
            "row": probe.row,
            "column": probe.column,
            "rows": list(probe.rows),
            "columns": list(probe.columns),
            "source": list(source),
            "place": reading_sentence(probe),
            "planes": [
                {"name": name, "values": plain(values), "value": plain(total)}
                for name, values, total in stacked
            ],
            "weights": plain(first.weights[0]),
            "bias": plain(first.bias),
            "joint": joint,
            "value": plain(first.value),
            "saved": saved_sentence(probe.values),
            "themes": palettes(themes),
        },
    )


def reading_sentence(probe: Probe) -> str:
    """Say which cells of the source the kernel lies on, the first one being 1."""
    return f"reads {_span('row', probe.rows)}, {_span('column', probe.columns)}, counted from 1"


def _span(name: str, cells: Sequence[int]) -> str:
    """Write the first and the last of some cells, and how far they are apart."""
    first, last = brief(cells[0] + 1), brief(cells[-1] + 1)
    if len(cells) == 1:
        return f"{name} {first}"
    apart = cells[1] - cells[0]
    return f"{name}s {first} to {last}" + (f" in steps of {apart}" if apart > 1 else "")


def saved_sentence(values: Sequence[float]) -> str:
    """Say what 8 bits keep of a pixel."""
    kept = [int(np.clip(np.rint(value), 0, 255)) for value in values]
    clamped = any(value < -0.5 or value > 255.5 for value in values)
    why = " (clamped to 0 to 255)." if clamped else "."
    return f"Saved in 8 bits: {', '.join(map(str, kept))}{why}"


def histogram(
    before: Sequence[int],
    after: Sequence[int],
    low: float,
    high: float,
    *,
    sampled: bool,
    themes: Mapping[str, Any],
    key: str,
) -> None:
    """Show how often values occur before and after, in equal bins from ``low`` to ``high``."""
    counted = " Counted on a sample." if sampled else ""
    caption = f"Grey: before. Line: after. Heights are square roots; the band is what 8 bits hold.{counted}"
    _mount(
        key=key,
        data={
            "part": "histogram",
            "before": plain(before),
            "after": plain(after),
            "low": plain(low),
            "high": plain(high),
            "caption": caption,
            "themes": palettes(themes),
        },
    )

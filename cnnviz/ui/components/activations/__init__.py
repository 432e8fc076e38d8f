"""The parts of the page of activations that move: curves with a point on them, softmax, and two maps.

Everything is computed here in Python and sent once; pointing and dragging stay in the browser. Only the
chosen x comes back, and is hostile until `read_x` has looked at it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.activations import Curve, Telling
from cnnviz.lessons.activations_explain import saturation_text
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activations import LARGEST_X
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register

FAR = 1e6  # numbers beyond are sent as they are
DIGITS = 8  # after the point, of the numbers of a curve; four of them are shown

_component = register(
    "activations",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/grid.js",
    "shared/pointing.js",
    "shared/keys.js",
    "shared/ticks.js",
    "activations/plot.js",
    "activations/curves.js",
    "activations/shares.js",
    "activations/maps.js",
    "activations/parts.js",
    "shared/parts.js",
)


def _mount(*, key: str, data: dict[str, Any], themes: Mapping[str, Any], **callbacks: Callable) -> None:
    """Show a part; P turns the presenter view on or off, and pictures ask for the colours of the page."""
    sent = {**data, "present": frame.presenting(), "keys": True, "themes": palettes(themes)}
    again = {"on_present_change": frame.asked_by(key), "on_appearance_change": _run_again}
    _component(key=key, data=sent, **again, **callbacks)
    frame.follow_wish()


def _run_again() -> None:
    """Let the script run; Streamlit then knows the page's appearance."""


def curves(
    telling: Telling,
    *,
    key: str,
    themes: Mapping[str, Any],
    series: Mapping[str, tuple[str, ...]],
    turn: int,
    on_x: Callable[[float], None],
) -> None:
    """Show values and slopes of some functions, and a matrix they are applied to.

    Parameters
    ----------
    telling : Telling
        The functions, where they are looked at, and the matrix if its view is "matrix".
    series : mapping
        Colours of the curves, by the name of the appearance.
    turn : int
        How often the page started from scratch.
    on_x : callable
        Called with an x that was chosen in the picture, before the script runs again.
    """
    setup = telling.setup

    def moved() -> None:
        x = read_x(st.session_state[key].get("at"), turn)
        if x is not None:
            on_x(x)

    applied = telling.outputs if setup.view == "matrix" else ()
    _mount(
        key=key,
        themes=themes,
        data={
            "part": "curves",
            "x": plain(telling.samples),
            "at": plain(telling.x),
            "curves": [
                {**_pictured(curve), "cells": [plain(values) for values in applied[at]] if applied else []}
                for at, curve in enumerate(telling.curves)
            ],
            "ends": {which: list(telling.ends(which)) for which in ("f", "slope")},
            "matrix": _grids(telling) if applied else None,
            "fixed": setup.view == "neuron",
            "turn": turn,
            "series": {name: list(colours) for name, colours in series.items()},
        },
        on_at_change=moved,
    )


def _pictured(curve: Curve) -> dict[str, Any]:
    """Everything the script needs to draw one function."""
    return {
        "name": curve.name,
        "f": _rounded(curve.f),
        "slope": _rounded(curve.slope),
        "jumps": [{name: plain(value) for name, value in vars(jump).items()} for jump in curve.jumps],
        "saturated": [None if end is None else float(np.clip(end, -1e9, 1e9)) for end in curve.saturated],
        "told": saturation_text(curve.saturated),
        "at": plain(curve.at),
        "lines": [_rounded(line) for line in curve.lines],
    }


def _rounded(values: np.ndarray) -> list:
    """Shorten the numbers of a curve."""
    near = np.clip(values, -FAR, FAR)
    return plain(np.where(values == near, np.round(near, DIGITS), values))


def _grids(telling: Telling) -> list[dict[str, Any]]:
    """Put the matrix and its results on one scale; of a single function also show the slopes."""
    values = [output for output, _ in telling.outputs]
    limit = _largest(telling.matrix, *values)
    grids = [("input", "Input", telling.matrix, limit)]
    grids += [("output", name, y, limit) for name, y in zip(telling.setup.names, values, strict=True)]
    if len(values) == 1:
        slopes = telling.outputs[0][1]
        grids.append(("gradient", "Slope", slopes, _largest(slopes)))
    return [
        {"role": role, "title": title, "values": plain(array), "limit": plain(end)}
        for role, title, array, end in grids
    ]


def _largest(*arrays: np.ndarray) -> float:
    """Find the largest size among the finite numbers, or 1 if there is none."""
    sizes = np.abs(np.concatenate([array.ravel() for array in arrays]))
    return float(sizes[np.isfinite(sizes)].max(initial=0)) or 1.0


def read_x(sent: Any, turn: int) -> float | None:
    """Read where x was put; anything that no page of ours would send is no place."""
    if not isinstance(sent, Mapping) or sent.get("turn") != turn:
        return None
    x = sent.get("x")
    if isinstance(x, bool) or not isinstance(x, (int, float)) or not abs(x) <= LARGEST_X:
        return None
    return round(float(x), 9) + 0.0


def shares(told: Shares, *, key: str, themes: Mapping[str, Any]) -> None:
    """Show softmax number by number, its shares as bars, and its Jacobian."""
    setup = told.setup
    _mount(
        key=key,
        themes=themes,
        data={
            "part": "shares",
            "powers": ["aᵢ", "aᵢ − max"] if setup.temperature == 1 else ["aᵢ/T", "(aᵢ − max)/T"],
            "logits": plain(told.logits),
            "plain": plain(told.plain),
            "safe": plain(told.safe),
            "shares": plain(told.shares),
            "totals": {name: plain(getattr(told, name).sum()) for name in ("plain", "safe", "shares")},
            "jacobian": plain(told.jacobian),
            "temperature": plain(setup.temperature),
            "caption": "Point at an entry to see how it is made. Rows add up to 0.",
        },
    )


def maps(
    urls: tuple[str, str, str],
    titles: tuple[str, str, str],
    *,
    limit: float,
    caption: str,
    key: str,
    themes: Mapping[str, Any],
    appearance: str,
) -> None:
    """Show a photo, its feature map and its activation map; both maps on one signed scale.

    Parameters
    ----------
    urls, titles : tuple of str
        Of the photo, of the feature map and of the activation map.
    limit : float
        The value at which the colours of both maps end.
    appearance : str
        Name of the theme the maps are coloured in; when the page takes another, the script runs again.
    """
    _mount(
        key=key,
        themes=themes,
        data={
            "part": "maps",
            "pictures": [{"url": url, "title": title} for url, title in zip(urls, titles, strict=True)],
            "limit": plain(limit),
            "caption": caption,
            "appearance": appearance,
        },
    )

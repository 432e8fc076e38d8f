"""A long signal and its smoothed curve, with the window that can be dragged along; light enough for a slider.

All numbers are sent once; dragging stays in the browser. Only the sample where the window was left comes
back, and is hostile until it was read.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.series import Smoothed
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register
from cnnviz.ui.components.playing import LAST, read_index

DIGITS = 6  # after the point; two of them are shown

_mount = register(
    "signal",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/ticks.js",
    "signal/signal.js",
    LAST,
)


def smoothed_signal(
    smoothed: Smoothed, *, key: str, themes: Mapping[str, Any], place: int, on_place: Callable[[int], None]
) -> None:
    """Show a signal, the output, and the window with its weights at one stop.

    Parameters
    ----------
    smoothed : Smoothed
        Signal, weights and output.
    key : str
        Name of this component on the page.
    themes : mapping
        The light and the dark `Theme`, by name.
    place : int
        The sample that the window is centred on, where it can be.
    on_place : callable
        Called with a sample to which the window was dragged, before the script runs again.
    """

    def moved() -> None:
        sample = read_index(st.session_state[key].get("place"), len(smoothed.signal))
        if sample is not None:
            on_place(sample)

    numbers = {"signal": smoothed.signal, "output": smoothed.output, "weights": smoothed.weights}
    _mount(
        key=key,
        data={
            **{name: plain(np.round(values, DIGITS)) for name, values in numbers.items()},
            "padding": list(smoothed.window.padding),
            "place": place,
            "present": frame.presenting(),
            "themes": palettes(themes),
        },
        on_place_change=moved,
    )

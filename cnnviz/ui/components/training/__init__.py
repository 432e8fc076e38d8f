"""The parts of the page that trains: curves with a timeline, one image in the network, gradients, answers.

Everything is computed in Python and sent anew, twice a second while a run goes on, so each part is light.
Only a moment and an image that were chosen come back, and are hostile until they were read.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.playing import read_index

_component = register(
    "training",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/ticks.js",
    "shared/keys.js",
    "training/curves.js",
    "training/inside.js",
    "training/gradients.js",
    "training/answers.js",
    "training/parts.js",
    "shared/parts.js",
)


def show(part: str, data: Mapping[str, Any], *, themes: Mapping[str, Any], key: str, **callbacks) -> None:
    """Show a part.

    Parameters
    ----------
    part : str
        "curves", "inside", "gradients" or "answers".
    data : mapping
        What the part needs; numbers have gone through `plain`.
    themes : mapping
        The light and the dark `Theme`, by name.
    key : str
        Name of this component on the page.
    **callbacks
        ``on_at_change`` and the like, as Streamlit takes them.
    """
    sent = {**data, "part": part, "present": frame.presenting(), "themes": palettes(themes)}
    sent["keys"] = part == "curves"  # one of the parts listens for all of them
    sent["appearance"] = st.context.theme.type or "light"
    wish = frame.asked_by(key)
    _component(key=key, data=sent, on_appearance_change=_run_again, on_present_change=wish, **callbacks)
    frame.follow_wish()


def _run_again() -> None:
    """Let the script run; Streamlit then knows the page's appearance."""


def chosen(key: str, name: str, count: int, take: Callable[[int | None], None]) -> Callable[[], None]:
    """Make a callback that takes a chosen place out of ``count``; −1 is none."""

    def changed() -> None:
        told = st.session_state[key].get(name)
        place = told.get("place") if isinstance(told, dict) else None
        if type(place) is int and place == -1:
            take(None)
        elif read_index(place, count) is not None:
            take(place)

    return changed

"""Widgets that follow a value kept elsewhere, whatever a browser still believes they show."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

STARTS = "links_followed"  # how often any page has followed a link
RENEWED = "widgets_renewed"  # how often each widget was replaced; one entry, since Streamlit often lists all


def followed(key: str, value: object) -> str:
    """Give the key of a widget that shows a value; the widget takes the value as its own first one, too.

    A browser does not take over a value for a widget that is folded away in a popover, and would ask for
    the old one again. So where the page shows another value than the widget holds, the widget is a new one.
    The value is never put into the session: the widget would be set back to it in the midst of being moved,
    and steps of somebody who holds an arrow key would be lost.
    """
    counts = st.session_state.setdefault(RENEWED, {})
    if key not in counts:
        counts[key] = 0
    elif st.session_state.get(_current(key, counts)) != value:
        counts[key] += 1
    return _current(key, counts)


def _current(key: str, counts: Mapping[str, int]) -> str:
    """Give the key of the widget that is on the page by now."""
    return f"{key}_{counts[key]}" if counts[key] else key


def asker(key: str, change: Callable[[Any], object]) -> Callable[[], None]:
    """Make a callback that asks for what a widget holds; an emptied or a replaced one asks for nothing.

    Neither does one of a page that has followed a link since: what it held was meant for the page before.
    """
    start = st.session_state.get(STARTS)

    def ask() -> None:
        chosen = st.session_state[key]
        if chosen is not None and start == st.session_state.get(STARTS) and _is_shown(key):
            change(chosen)

    return ask


def start_over() -> None:
    """Let no widget ask that is on the page by now: all of it is about to be shown anew."""
    st.session_state[STARTS] = st.session_state.get(STARTS, 0) + 1


def _is_shown(key: str) -> bool:
    """Tell whether a widget was not replaced: a browser may still send what the one before it held."""
    counts, (base, _, number) = st.session_state.get(RENEWED, {}), key.rpartition("_")
    if key in counts or base not in counts:
        return not counts.get(key)
    return str(counts[base]) == number

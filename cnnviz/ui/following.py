"""Widgets that follow a value kept elsewhere, whatever a browser still believes they show."""

from collections.abc import Callable
from typing import Any

import streamlit as st

STARTS = "links_followed"  # how often any page has followed a link


def followed(key: str, value: object) -> str:
    """Give the key of a widget that shows a value; the widget takes the value as its own first one, too.

    A browser does not take over a value for a widget that is folded away in a popover, and would ask for
    the old one again. So where the page shows another value than the widget holds, the widget is a new one.
    The value is never put into the session: the widget would be set back to it in the midst of being moved,
    and steps of somebody who holds an arrow key would be lost.
    """
    counted = f"{key}_renewed"
    count = st.session_state.get(counted)
    current = f"{key}_{count}" if count else key
    if count is None:
        st.session_state[counted] = 0
    elif st.session_state.get(current) != value:
        count += 1
        st.session_state[counted], current = count, f"{key}_{count}"
    return current


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
    memory, (base, _, number) = st.session_state, key.rpartition("_")
    if f"{key}_renewed" in memory or f"{base}_renewed" not in memory:
        return not memory.get(f"{key}_renewed")
    return str(memory[f"{base}_renewed"]) == number

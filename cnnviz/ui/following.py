"""Widgets that follow a value kept elsewhere, whatever a browser still believes they show."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def follow(key: str, value: object) -> str:
    """Let a widget show a value, and give the key it has to have.

    A browser does not take over a value for a widget that is folded away in a popover, and would ask for
    the old one again. So where the page shows another value than the widget holds, the widget is a new one.
    """
    counted = f"{key}_renewed"
    count = st.session_state.get(counted)
    current = f"{key}_{count}" if count else key
    if count is None:
        st.session_state[counted] = 0
    elif st.session_state.get(current) != value:
        count += 1
        st.session_state[counted], current = count, f"{key}_{count}"
    st.session_state[current] = value
    return current


def asker(key: str, change: Callable[[Any], object]) -> Callable[[], None]:
    """Make a callback that asks for what a widget holds; an emptied or a replaced one asks for nothing."""

    def ask() -> None:
        chosen = st.session_state[key]
        if chosen is not None and _is_shown(key):
            change(chosen)

    return ask


def _is_shown(key: str) -> bool:
    """Tell whether a widget was not replaced: a browser may still send what the one before it held."""
    memory, (base, _, number) = st.session_state, key.rpartition("_")
    if f"{key}_renewed" in memory or f"{base}_renewed" not in memory:
        return not memory.get(f"{key}_renewed")
    return str(memory[f"{base}_renewed"]) == number

"""What the components with a player share: their scripts, where a run starts and rests, the presenter view.

A component joins `SCRIPTS`, its own scripts and `LAST`, asks `begin_turn` where to start, and hands what came
back to `end_turn`. What comes back is hostile until it was read here.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cnnviz.presets.matrix_text import LARGEST_NUMBER, LONGEST_TEXT
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain

SCRIPTS = tuple(
    f"shared/{name}.js"
    for name in (
        "numbers",
        "dom",
        "colours",
        "grid",
        "run",
        "player",
        "keys",
        "editor",
        "pointing",
        "played",
    )
)
LAST = "shared/index.js"


def settings(
    start: Mapping[str, Any], themes: Mapping[str, Any], *, hide_result: bool, editable: bool, present: bool
) -> dict[str, Any]:
    """Tell a script what does not depend on the numbers it shows."""
    return {
        "start": dict(start),
        "hide": bool(hide_result),
        "editable": bool(editable),
        "largest": plain(LARGEST_NUMBER),
        "longest": LONGEST_TEXT,
        "present": bool(present),
        "themes": palettes(themes),
    }


def begin_turn(key: str, step: int, scene: str, stops: int) -> dict[str, Any]:
    """Count a new turn when the page wants the window elsewhere; what the reader did is no such wish.

    In the same turn the start is where the reader is by now, as far as we were told: a picture that was
    taken away and comes back starts there.
    """
    memory = f"{key}_start"
    step = min(max(step, 0), stops - 1)
    before = st.session_state.get(memory)
    sent = st.session_state.get(key, {}).get("at")
    if before is None:
        turn = 0
    else:
        at = read_step(sent, before, stops)
        turn = before["turn"] + (scene != before["scene"] or step not in (before["step"], before["rest"], at))
    rest = read_step(sent, {"turn": turn, "step": step}, stops)
    st.session_state[memory] = {"turn": turn, "step": step, "scene": scene, "rest": rest}
    return {"key": key, "turn": turn, "step": rest}


def end_turn(key: str, mounted: Mapping[str, Any], start: Mapping[str, Any], stops: int) -> int:
    """Follow a key that asked for another view, and give the stop where the run rests."""
    frame.follow_wish()
    rest = read_step(mounted.get("at"), start, stops)
    st.session_state[f"{key}_start"]["rest"] = rest
    return rest


def read_step(sent: Any, start: Mapping[str, Any], stops: int) -> int:
    """Read where the window rests; anything else than a stop of this turn is the start."""
    if isinstance(sent, Mapping) and sent.get("turn") == start["turn"]:
        step = read_index(sent.get("step"), stops)
        if step is not None:
            return step
    return start["step"]


def read_index(value: Any, length: int) -> int | None:
    """Return a whole number from 0 to below ``length``, or None."""
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1
    return int(value) if whole and 0 <= value < length else None


def read_value(value: Any) -> float | None:
    """Return a finite number that is not too large, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST_NUMBER:
        return None
    return float(value) + 0.0


def ignore() -> None:
    """Let Streamlit keep a state without doing anything about it."""

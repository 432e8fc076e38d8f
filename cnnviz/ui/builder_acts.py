"""What readers do to a stack, as the component tells it: add, move, double, take out, set, mend, undo.

A browser numbers its acts and sends those again that were not answered, so none is lost and none done twice.
What comes is hostile until it was read. To let readers do something else, add a function to `_ACTS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from cnnviz.lessons.mending import trouble
from cnnviz.presets.stack import Stack
from cnnviz.presets.stack_kinds import KINDS, edited
from cnnviz.ui.builder_state import MEMORY, PREFIX, Built, edit, undo
from cnnviz.ui.components.playing import read_index
from cnnviz.ui.memory import sentence

MOST_ACTS = 50
LONGEST_TEXT = 400
DONE, REFUSED = f"{PREFIX}done", f"{PREFIX}refused"
Act = Mapping[str, Any]


def done() -> int:
    """Tell the number of the last act that was answered."""
    return st.session_state.get(DONE, 0)


def refused() -> tuple[str, str]:
    """Name of the layer whose setting was refused last, and why; empty if none was."""
    return st.session_state.get(REFUSED, ("", ""))


def take(sent: Any) -> None:
    """Do what was not done yet, in order."""
    for act in sent[:MOST_ACTS] if isinstance(sent, list) else ():
        number = act.get("n") if isinstance(act, Mapping) else None
        if type(number) is int and done() < number <= done() + MOST_ACTS:
            st.session_state[DONE] = number
            st.session_state[REFUSED] = ("", "")
            do = _ACTS.get(act["do"]) if isinstance(act.get("do"), str) else None
            if do:
                do(act)


def _on_layer(alter: Callable[[Stack, int, Act], tuple[Stack, int]]) -> Callable[[Act], None]:
    """Make an act that changes the stack at a layer, and then holds a layer, counted from 1."""

    def do(act: Act) -> None:
        def changed(built: Built) -> Built:
            stack = built.editing
            at = read_index(act.get("at"), len(stack.layers)) if stack else None
            if stack is None or at is None:
                return built
            return built.with_stack(*alter(stack, at, act))

        edit(changed)

    return do


def _add(act: Act) -> None:
    kind = KINDS.get(act["kind"]) if isinstance(act.get("kind"), str) else None

    def changed(built: Built) -> Built:
        stack = built.editing
        at = read_index(act.get("at"), len(stack.layers) + 1) if stack else None
        if stack is None or kind is None or at is None:
            return built
        return built.with_stack(stack.adding(at, kind.first), at + 1)

    edit(changed)


def _move(stack: Stack, at: int, act: Act) -> tuple[Stack, int]:
    to = read_index(act.get("to"), len(stack.layers))
    return (stack, at + 1) if to is None else (stack.moving(at, to), to + 1)


def _set(act: Act) -> None:
    """Change a setting, or keep the sentence that says why not at its layer."""
    stack = MEMORY.now().editing
    at = read_index(act.get("at"), len(stack.layers)) if stack else None
    name, text = act.get("name"), act.get("text")
    if stack is None or at is None or not isinstance(name, str) or not isinstance(text, str):
        return
    try:
        layer = edited(stack.layers[at], name, text[:LONGEST_TEXT])
    except ValueError as problem:
        st.session_state[REFUSED] = (stack.names[at], sentence(problem))
        return
    edit(lambda built: built.with_stack(stack.having(at, layer)))


def _mend(act: Act) -> None:
    stack = MEMORY.now().editing
    found = trouble(stack) if stack else None
    which = read_index(act.get("which"), len(found.remedies)) if found else None
    if found and which is not None:
        edit(lambda built: built.with_stack(found.remedies[which].stack))


def _choose(act: Act) -> None:
    name = act.get("name")
    names = MEMORY.now().names
    if isinstance(name, str) and (not name or name in names):
        layer = names.index(name) + 1 if name else 0
        MEMORY.change(lambda built: replace(built, layer=layer))


_ACTS: dict[str, Callable[[Act], None]] = {
    "add": _add,
    "move": _on_layer(_move),
    "double": _on_layer(lambda stack, at, act: (stack.adding(at + 1, stack.layers[at]), at + 2)),  # noqa: ARG005
    "remove": _on_layer(lambda stack, at, act: (stack.without(at), min(at + 1, len(stack.layers) - 1))),  # noqa: ARG005
    "set": _set,
    "mend": _mend,
    "choose": _choose,
    "undo": lambda act: undo(),  # noqa: ARG005
}

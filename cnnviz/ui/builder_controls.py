"""The controls of the network builder: where to start, the input, and what is counted."""

from dataclasses import replace

import streamlit as st

from cnnviz.lessons.drawing import size_text
from cnnviz.model.counting import OPERATIONS, Rules
from cnnviz.model.graph import Graph
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack import Stack, chain_parts, stack_of
from cnnviz.ui import controls
from cnnviz.ui.builder_state import BYTES, MEMORY, PREFIX, Built, edit, past, read_input, undo
from cnnviz.ui.following import asker, followed
from cnnviz.ui.memory import sentence


def choose_start(built: Built) -> None:
    """Offer the architectures, and the way back to the one chosen."""
    controls.choose(
        "Start from",
        built.start,
        {name: name for name in ARCHITECTURES},
        _start,
        key=f"{PREFIX}start",
        help="Takes the place of what is built here; Undo brings it back.",
        width=270,
        label_visibility="collapsed",
    )
    st.button(
        "Reset",
        key=f"{PREFIX}reset",
        on_click=_start,
        args=(built.start,),
        disabled=built.stack is None,
        help="Back to the architecture as it was published." if built.stack else "Nothing is changed yet.",
    )


def _start(name: str) -> None:
    edit(lambda built: Built(name, rules=built.rules))


def choose_input(stack: Stack) -> None:
    """Offer the shape of the input as text, written as everywhere: the channels last."""
    text = size_text(stack.input_shape).replace(",", "")
    key = followed(f"{PREFIX}input", text)
    st.text_input(
        "Input",
        text,
        key=key,
        max_chars=40,
        help="Height × width × channels, length × channels, or how many numbers: all sizes follow.",
        on_change=asker(key, _take_input),
        label_visibility="collapsed",
        width=150,
    )


def _take_input(text: str) -> None:
    """Read an input shape such as 32 x 32 x 3."""
    own = MEMORY.now().editing
    if own:
        edit(lambda built: built.with_stack(Stack(read_input(text), own.layers)))


def choose_rules(built: Built) -> None:
    """Offer what is counted, and how."""
    rules = built.rules
    _switch("Count biases", "biases", rules, "Off: weights, scales and shifts only, as some lectures count.")
    _switch(
        "Count the work of batch norm",
        "normalisation",
        rules,
        "Off, as in the literature: a trained network folds it into the layer before.",
    )
    controls.choose_segment(
        "Operations",
        rules.operations,
        {name: f"{name}s" for name in OPERATIONS},
        lambda name: _rule(operations=name),
        key=f"{PREFIX}operations",
        help="A MAC is a multiplication with its addition: two FLOPs.",
    )
    controls.choose_segment(
        "Numbers",
        str(rules.number_bytes),
        BYTES,
        lambda name: _rule(number_bytes=int(name)),
        key=f"{PREFIX}bytes",
        help="Size of a number in memory: halves or quarters the memory.",
    )


def _switch(label: str, name: str, rules: Rules, said: str) -> None:
    """Offer to count something or not."""
    key, on = followed(f"{PREFIX}{name}", getattr(rules, name)), getattr(rules, name)
    st.toggle(label, on, key=key, help=said, on_change=asker(key, lambda chosen: _rule(**{name: chosen})))


def _rule(**change: object) -> None:
    MEMORY.change(lambda built: replace(built, rules=replace(built.rules, **change)))  # type: ignore[arg-type]


def choose_part(built: Built) -> None:
    """Offer the chains inside a network with branches."""
    graph = ARCHITECTURES[built.start].graph
    parts = chain_parts(graph)
    st.info(_why_not(graph), icon=":material/lock:")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        if parts:
            key = followed(f"{PREFIX}part", "")
            st.selectbox(
                "Edit a part of it",
                ["", *parts],
                format_func=lambda name: name or "Choose a chain",
                key=key,
                help="Takes these layers, and their input, into the builder; Undo brings the whole back.",
                on_change=asker(key, _take_part),
                width=420,
            )
        st.button(
            "Undo",
            key=f"{PREFIX}undo",
            on_click=undo,
            disabled=not past(),
            help="Back to the network before."
            if past()
            else "Nothing was changed since the page was opened.",
        )


def _why_not(graph: Graph) -> str:
    """Say why a network is shown and counted, but not edited."""
    try:
        stack_of(graph)
    except ValueError as problem:
        return f"Shown and counted as a whole, not edited. {sentence(problem)}"
    return ""


def _take_part(name: str) -> None:
    def changed(built: Built) -> Built:
        parts = chain_parts(ARCHITECTURES[built.start].graph)
        return replace(built, stack=parts[name], layer=0, opened=()) if name in parts else built

    edit(changed)

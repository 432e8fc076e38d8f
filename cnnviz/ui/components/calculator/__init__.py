"""One layer drawn to scale with its formulas, and the list of settings that give a wanted size.

All numbers and places come from the page; the script only draws and links them. What comes back, the answer
that was clicked, is hostile until `read_pick` has looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from math import prod
from typing import Any

import streamlit as st

from cnnviz.lessons import calculator, calculator_told
from cnnviz.lessons.calculator_search import Answer, answered, answers, question
from cnnviz.lessons.explain import counted
from cnnviz.presets.calculator import Axis, LayerSetup
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.playing import read_index
from cnnviz.window import Window

_mount = register(
    "calculator",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "calculator/volume.js",
    "calculator/drawing.js",
    "calculator/matrix.js",
    "calculator/formulas.js",
    "calculator/layer.js",
    "calculator/answers.js",
    "calculator/parts.js",
    "shared/parts.js",
)


def layer(setup: LayerSetup, *, themes: Mapping[str, Any], key: str) -> None:
    """Show a layer to scale above its formulas; a term and what it stands for light each other."""
    dense = setup.kind == "dense"
    _mount(
        key=key,
        data={
            "part": "layer",
            "present": frame.presenting(),
            "themes": palettes(themes),
            "inputs": prod(setup.shape) if dense else 0,
            "bias": setup.biases,
            "input": list(setup.shape),
            "output": list(setup.output_shape),
            "kernel": list(calculator_told.kernel_shape(setup) or ()) or None,
            "count": 2 if setup.kind == "norm" else setup.units,
            **_places(setup),
            "labels": calculator_told.labels(setup),
            "captions": calculator_told.captions(setup),
            "formulas": [asdict(formula) for formula in calculator.formulas(setup)],
            "terms": calculator_told.terms(setup),
            "parts": calculator_told.parts(setup),
        },
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def _places(setup: LayerSetup) -> dict[str, Any]:
    """Tell where windows start, in cells of the input, and what they never reach."""
    if not setup.axes:
        nowhere: dict[str, Any] = {"starts": [[], []], "extent": [1, 1], "padding": [[0, 0], [0, 0]]}
        return nowhere | {"left": [0, 0], "padded": list(setup.shape), "names": ["", ""]}
    axes = setup.axes
    one_row = Axis("", 1, Window(1), "floor")
    rows, columns = axes if len(axes) == 2 else (one_row, axes[0])
    both = (rows, columns)
    return {
        "starts": [list(axis.window.starts(axis.length)) for axis in both],
        "extent": [axis.window.extent for axis in both],
        "padding": [list(axis.window.padding) for axis in both],
        "left": [axis.window.left_over(axis.length) for axis in both],
        "padded": [setup.shape[0], *(axis.window.padded(axis.length) for axis in both)],
        "names": ["rows", "columns"] if len(axes) == 2 else ["", "cells"],
    }


def show_answers(
    setup: LayerSetup, *, themes: Mapping[str, Any], key: str, on_pick: Callable[[Answer], None]
) -> None:
    """List the settings that give the wanted size; a click asks for one of them."""
    found = answers(setup)

    def picked() -> None:
        if answer := read_pick(st.session_state[key].get("pick"), found):
            on_pick(answer)

    _mount(
        key=key,
        data={
            "part": "answers",
            "question": question(setup),
            "told": answered(setup, found),
            "answers": [
                {"text": answer.text, "note": _note(answer), "exact": answer.exact, "keeps": answer.keeps}
                for answer in found
            ],
            "themes": palettes(themes),
        },
        on_pick_change=picked,
    )


def _note(answer: Answer) -> str:
    """Say whether the stride divides."""
    return "divides" if answer.exact else f"{counted(answer.left_over, 'cell')} left over"


def read_pick(sent: Any, found: list[Answer]) -> Answer | None:
    """Find the answer that was clicked; anything that is not in the list is none."""
    if not isinstance(sent, Mapping):
        return None
    at = read_index(sent.get("at"), len(found))
    return found[at] if at is not None and found[at].text == sent.get("text") else None

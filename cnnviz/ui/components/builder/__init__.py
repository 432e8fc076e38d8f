"""The network builder: the drawing to scale, and a table whose lines are edited in place.

What readers do comes back as a list of acts, which is hostile until `builder_acts` has read it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cnnviz.lessons.drawing_layout import lay_out
from cnnviz.lessons.stack_view import BROKEN, EditRow, StackView
from cnnviz.presets.stack_kinds import KINDS
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.architecture import HINT, SCRIPTS, drawn

_mount = register(
    "builder",
    *SCRIPTS,
    "builder/fields.js",
    "builder/line.js",
    "builder/drag.js",
    "builder/bar.js",
    "builder/table.js",
    "builder/builder.js",
    "builder/index.js",
    "architecture/style.css",
)


def builder(
    view: StackView,
    *,
    chosen: str,
    refused: tuple[str, str],
    undo: str,
    done: int,
    themes: Mapping[str, Any],
    present: bool,
    key: str,
    on_acts: Callable[[Any], None],
) -> None:
    """Show a stack to be edited.

    Parameters
    ----------
    view : StackView
        What there is to show.
    chosen : str
        Name of the chosen layer.
    refused : tuple of str
        Name of a layer and why its new setting was refused.
    undo : str
        Why nothing can be undone; empty if something can.
    done : int
        Number of the last act that was answered.
    on_acts : callable
        Called before the script runs again, with what readers did.
    """
    _mount(
        key=key,
        data={
            "drawing": drawn(lay_out(view.parts)),
            "table": {
                "heads": [[head.text, head.help, head.minor] for head in view.heads],
                "rows": [_row(row, view, refused) for row in view.rows],
                "total": list(view.total),
                "kinds": [[name, kind.label, kind.help] for name, kind in KINDS.items()],
                "undo": undo,
            },
            "chosen": chosen,
            "label": "The network, layer by layer",
            "hint": f"{view.rows[view.trouble.at].name} does not fit. {view.trouble.sentence}"
            if view.trouble
            else HINT,
            "done": done,
            "present": present,
            "keys": True,
            "themes": palettes(themes),
        },
        on_acts_change=lambda: on_acts(st.session_state[key].get("acts")),
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def _row(row: EditRow, view: StackView, refused: tuple[str, str]) -> dict[str, Any]:
    """Give one line, with what is wrong with it and what would help."""
    broken = view.trouble if row.state == BROKEN else None
    return {
        "name": row.name,
        "title": row.title,
        "cells": list(row.cells),
        "state": row.state,
        "settings": [
            [each.name, each.label, each.help, each.text, list(each.choices)] for each in row.settings
        ],
        "problem": broken.sentence if broken else "",
        "remedies": [remedy.label for remedy in broken.remedies] if broken else [],
        "refused": refused[1] if refused[0] == row.name else "",
    }

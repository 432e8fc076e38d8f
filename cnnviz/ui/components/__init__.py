"""Pieces of the page that move: one folder each, with its scripts and style, and what they share.

A component is text files joined at import and registered once; there is no build step. To add one, make a
folder, call `register` in its ``__init__.py``, and send numbers through `plain` only: JSON knows neither
NumPy's numbers nor NaN.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.ui.keys import KEYS

HERE = Path(__file__).parent


def register(name: str, *scripts: str) -> Callable:
    """Join scripts and styles into a component, and return the function that mounts it.

    Parameters
    ----------
    name : str
        The component's folder; its ``style.css`` follows the shared one.
    *scripts : str
        Paths below this folder, in the order in which they build on each other; styles of other components
        may be among them.
    """
    keys = json.dumps([asdict(key) for key in KEYS], ensure_ascii=False)
    styles = [path for path in scripts if path.endswith(".css")]
    script = [f"const KEYS = {keys};", *(_text(path) for path in scripts if path not in styles)]
    style = [_text(path) for path in ("shared.css", *styles, f"{name}/style.css")]
    component = st.components.v2.component(f"cnnviz_{name}", js="\n".join(script), css="\n".join(style))

    def mount(*, data: Mapping[str, Any], **others: Any) -> Any:
        """Show it; a list goes as a tuple, which Streamlit does not search for signs of a table of data."""
        sent = {part: tuple(value) if isinstance(value, list) else value for part, value in data.items()}
        return component(data=sent, **others)

    return mount


def _text(path: str) -> str:
    """Read a file of this folder."""
    return (HERE / path).read_text(encoding="utf-8")


def plain(numbers) -> Any:
    """Turn a number or an array into what JSON can hold, nested as it was.

    Whole numbers become integers and −0 becomes 0, which keeps the text short; NaN and the infinities
    become the strings that JavaScript's ``Number`` reads.
    """
    return _plain(np.asarray(numbers).tolist())


def _plain(value):
    """Turn Python numbers, or lists of them, into plain ones."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value == int(value) else value


def palettes(themes: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Turn the themes into what a script can read: by name, then by role."""
    return {name: vars(theme) for name, theme in themes.items()}

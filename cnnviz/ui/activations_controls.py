"""The controls of the page of activations: functions and their settings, numbers, the photo, softmax."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from cnnviz.kernels.activation import Setting
from cnnviz.presets.activations import (
    FEWEST_LOGITS,
    KNOWN,
    LARGEST_SHIFT,
    LARGEST_X,
    MOST_CURVES,
    MOST_INPUTS,
    MOST_LOGITS,
    MOST_SIDE,
    TEMPERATURES,
    VIEWS,
    ActivationSetup,
)
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.ui import controls, lesson
from cnnviz.ui.activations_state import LESSON, read_row

PREFIX = LESSON.prefix
SIDE = 330  # pixels of the longer side of a photo: few enough to be sent without loss
NUMBERED = {"w1", "b1", "w2", "b2"}  # settings that are typed rather than slid


def set_part(name: str) -> Callable[[Any], None]:
    """Make the function that asks for another value of one part of the setup."""
    return lambda value: LESSON.change(lambda setup: setup.having(**{name: value}))


def choose_view(setup: ActivationSetup) -> None:
    """Offer what the functions are shown with."""
    controls.choose_segment(
        "Show",
        setup.view,
        VIEWS,
        set_part("view"),
        key=f"{PREFIX}view",
        help="The functions alone, with a matrix, at the sum of a neuron or on a photo; or softmax.",
        label_visibility="collapsed",
    )


def choose_all(setup: ActivationSetup) -> None:
    """Offer everything that belongs to the view."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if setup.view == "softmax":
            choose_softmax(setup)
            return
        choose_functions(setup)
        if setup.few:
            choose_settings(setup)
        if setup.view == "photo":
            choose_photo(setup)
        elif setup.view == "neuron":
            choose_neuron(setup)
        else:
            choose_x(setup)
        if setup.view == "matrix":
            with st.popover("Edit as text"):
                edit_matrix(setup)
    if not setup.few:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            choose_settings(setup)


def choose_functions(setup: ActivationSetup) -> None:
    """Offer the functions to compare, or the one that is applied to the photo."""
    if setup.view == "photo":
        names = {name: name for name in KNOWN}
        controls.choose(
            "Function",
            setup.names[0],
            names,
            lambda name: set_part("names")((name,)),
            key=f"{PREFIX}function",
            help="Turns the feature map into another activation map.",
            width=190,
        )
        return
    key = controls.followed(f"{PREFIX}names", list(setup.names))
    st.multiselect(
        "Functions",
        list(KNOWN),
        list(setup.names),
        key=key,
        max_selections=MOST_CURVES,
        help=f"Draws each in a colour of its own; at most {MOST_CURVES}, so that they can be told apart.",
        on_change=controls.asker(key, lambda names: set_part("names")(tuple(names))),
        width="stretch",
    )


def choose_settings(setup: ActivationSetup) -> None:
    """Offer the settings of the functions that are shown."""
    shown = setup.names[:1] if setup.view == "photo" else setup.names
    offered = {setting.name: setting for name in shown for setting in KNOWN[name].settings}
    for setting in offered.values():
        _choose_setting(setting, getattr(setup, setting.name))


def _choose_setting(setting: Setting, value: float) -> None:
    """Offer one setting."""
    key = controls.followed(f"{PREFIX}{setting.name}", float(value))
    options: dict[str, Any] = {
        "key": key,
        "value": float(value),
        "help": setting.help,
        "step": float(setting.step),
        "on_change": controls.asker(key, set_part(setting.name)),
    }
    ends = float(setting.least), float(setting.most)
    if setting.name in NUMBERED:
        st.number_input(setting.label, *ends, format="%g", width=controls.NARROW, **options)
    else:
        st.slider(setting.label, *ends, width=170, **options)


def choose_x(setup: ActivationSetup) -> None:
    """Offer the place where the functions are looked at."""
    controls.choose_number(
        "x",
        setup.x,
        set_part("x"),
        key=f"{PREFIX}x",
        help=f"Moves the point, up to {LARGEST_X:g} either way; so does dragging it in the picture.",
        width=controls.NARROW,
    )


def choose_neuron(setup: ActivationSetup) -> None:
    """Offer signals, weights and bias of the neuron."""
    lesson.edit_text(
        LESSON,
        "Signals, then weights",
        write_matrix(setup.neuron),
        lambda text: _put(neuron=read_matrix(text, 2, MOST_INPUTS)),
        key="neuron",
        help=f"The first line holds up to {MOST_INPUTS} signals, the second a weight for each; "
        "their products add up to x.",
        height=82,
    )
    controls.choose_number(
        "Bias w₀",
        setup.bias,
        set_part("bias"),
        key=f"{PREFIX}bias",
        help="Added to the sum: it moves x and nothing else.",
        width=controls.NARROW,
    )


def edit_matrix(setup: ActivationSetup) -> None:
    """Offer the matrix as text."""
    lesson.edit_text(
        LESSON,
        "Matrix",
        write_matrix(setup.matrix),
        lambda text: _put(matrix=read_matrix(text, MOST_SIDE, MOST_SIDE)),
        key="matrix",
        help=f"Up to {MOST_SIDE} × {MOST_SIDE} numbers; the functions are applied to each by itself.",
    )
    st.caption("Rows end with a new line or `;`. A block copied from a spreadsheet works too.")


def _put(**parts) -> None:
    """Put parts into the setup; what cannot be is left to the caller to tell."""
    replace(LESSON.now().setup, **parts)
    LESSON.change(lambda setup: replace(setup, **parts))


def choose_photo(setup: ActivationSetup) -> None:
    """Offer a picture and the filter that makes its feature map."""
    for part, table, told in (
        ("picture", IMAGES, "Takes the feature map from another picture."),
        ("filter", FILTERS, "Convolves with another kernel: another feature map."),
    ):
        names = {name: name for name in table}
        value = getattr(setup, part)
        controls.choose(
            part.capitalize(), value, names, set_part(part), key=f"{PREFIX}{part}", help=told, width=190
        )


@st.cache_resource(max_entries=16, show_spinner=False)
def photo(name: str) -> np.ndarray:
    """Load one of our pictures, small enough to be sent without loss."""
    image = Image.fromarray(IMAGES[name].load())
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    pixels = np.array(image)
    pixels.flags.writeable = False
    return pixels


def choose_softmax(setup: ActivationSetup) -> None:
    """Offer logits, a temperature and a common shift."""
    lesson.edit_text(
        LESSON,
        "Logits",
        write_matrix((setup.logits,)),
        lambda text: _put(logits=read_row(text)),
        key="logits",
        help=f"{FEWEST_LOGITS} to {MOST_LOGITS} numbers; the larger one of them is, the larger its share.",
        height=68,
    )
    controls.choose_on_scale(
        "Temperature",
        float(setup.temperature),
        TEMPERATURES,
        set_part("temperature"),
        step=0.1,
        key=f"{PREFIX}temperature",
        help="Divides all logits: higher evens the shares out, lower gives more to the largest.",
        width=220,
    )
    controls.choose_number(
        "Shift",
        setup.shift,
        set_part("shift"),
        key=f"{PREFIX}shift",
        help=f"Adds one number, up to {LARGEST_SHIFT:g} in size, to all logits: no share moves.",
        width=controls.NARROW,
    )

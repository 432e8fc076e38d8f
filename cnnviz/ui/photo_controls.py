"""The row of controls above the photo: the filter with its settings, colour, and how the kernel moves."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from cnnviz.kernels.borders import BORDERS
from cnnviz.presets.colour import TREATMENTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.matrix_text import LONGEST_TEXT, read_matrix, write_matrix
from cnnviz.presets.settings import Range
from cnnviz.ui.components.photo import Place
from cnnviz.ui.controls import choose, choose_number, choose_on_scale, choose_text, choose_whole
from cnnviz.ui.memory import sentence
from cnnviz.ui.photo_state import (
    CUSTOM,
    LARGEST_KERNEL,
    LARGEST_STEP,
    MEMORY,
    PREFIX,
    VIEWS,
    Shown,
    write_link,
)
from cnnviz.ui.state import link

UNREAD = f"{PREFIX}unread"  # a kernel that could not be read, and the one that stands in its place
CONVENTIONS = {False: "Cross-correlation, as in networks", True: "Convolution: the kernel is turned by 180°"}


def _set(name: str) -> Callable[[object], None]:
    """Make the function that changes one part of what is shown."""
    return lambda value: MEMORY.change(lambda shown: replace(shown, **{name: value}))  # type: ignore[arg-type]


def choose_filter(shown: Shown) -> None:
    """Offer the table of filters, and a kernel of one's own."""
    names = {name: name for name in (*FILTERS, CUSTOM)}
    choose(
        "Filter",
        shown.filter,
        names,
        lambda name: MEMORY.change(lambda now: now.with_filter(name)),
        key=f"{PREFIX}filter",
        help="Slides another kernel over the picture.",
        width=190,
    )
    for setting in FILTERS[shown.filter].settings if shown.filter != CUSTOM else ():
        choose_setting(shown, setting)


def choose_setting(shown: Shown, setting) -> None:
    """Offer one setting of a filter."""
    value = shown.setting(setting.name, setting.default)
    key = f"{PREFIX}{shown.filter}_{setting.name}"

    def take(chosen: float | str) -> None:
        MEMORY.change(lambda now: now.with_setting(setting.name, chosen))

    if isinstance(setting, Range):
        kind = _kind(setting)
        choose_on_scale(
            setting.label,
            kind(value),
            (kind(setting.least), kind(setting.most)),
            take,
            key=key,
            help=setting.help,
            step=kind(setting.step),
            width=155,
        )
    else:
        names = {option: option for option in setting.options}
        choose(setting.label, str(value), names, take, key=key, help=setting.help, width=110)


def _kind(setting: Range) -> type:
    """Tell whether a scale has whole numbers only."""
    return int if all(float(end).is_integer() for end in (setting.step, setting.least)) else float


def choose_colour(shown: Shown) -> None:
    """Offer the ways to treat colour."""
    remarks = "\n".join(f"- **{record.name}**: {record.remark}" for record in TREATMENTS.values())
    names = {name: name for name in TREATMENTS}
    choose("Colour", shown.colour, names, _set("colour"), key=f"{PREFIX}colour", width=155, help=remarks)


def choose_movement(shown: Shown) -> None:
    """Offer how the kernel moves, what lies beyond the border, and what is done to the sums."""
    left, right = st.columns(2)
    with left:
        choose_whole(
            "Stride",
            shown.stride,
            (1, LARGEST_STEP),
            _set("stride"),
            key=f"{PREFIX}stride",
            help="Pixels from one stop to the next: more gives a smaller picture.",
        )
        choose_number("Scale", shown.scale, _set("scale"), key=f"{PREFIX}scale", help="Multiplies every sum.")
    with right:
        choose_whole(
            "Dilation",
            shown.dilation,
            (1, LARGEST_STEP),
            _set("dilation"),
            key=f"{PREFIX}dilation",
            help="Distance between the pixels the kernel reads: more widens its view.",
        )
        choose_number(
            "Offset",
            shown.offset,
            _set("offset"),
            key=f"{PREFIX}offset",
            help="Added to every sum; 128 makes signed values visible in 8 bits.",
        )
    borders = {name: name.capitalize() for name in BORDERS}
    choose(
        "Beyond the border",
        shown.border,
        borders,
        _set("border"),
        key=f"{PREFIX}border",
        help="What the kernel reads where there is no picture.",
    )
    st.caption(BORDERS[shown.border].sentence)
    conventions = {str(flip): label for flip, label in CONVENTIONS.items()}
    choose(
        "Convention",
        str(shown.flip),
        conventions,
        lambda name: _set("flip")(name == str(True)),
        key=f"{PREFIX}flip",
        help="Convolution turns the kernel by 180 degrees before it slides.",
    )


def choose_view(shown: Shown) -> None:
    """Offer what is shown large."""
    choose(
        "Show",
        shown.view,
        VIEWS,
        _set("view"),
        key=f"{PREFIX}view",
        width=205,
        help="Shows the sums as colours, or what an image file would keep of them.",
    )


def edit_kernel(shown: Shown) -> None:
    """Let the reader write a kernel; what cannot be read is named, and the last good kernel stays."""
    unread, replaced = st.session_state.get(UNREAD, ("", None))
    choose_text(
        f"Weights, up to {LARGEST_KERNEL} × {LARGEST_KERNEL}",
        unread if replaced == shown.kernel else write_matrix(shown.kernel),
        _take_kernel,
        key=f"{PREFIX}kernel",
        height=125,
        max_chars=min(LONGEST_TEXT, 4000),
        help="Rows on lines of their own or parted by ; and numbers parted by spaces. 1/9 is a number too.",
    )


def _take_kernel(text: str) -> None:
    """Read a kernel, or keep the text and say what is wrong with it."""
    st.session_state.pop(UNREAD, None)
    try:
        kernel = read_matrix(text, LARGEST_KERNEL, LARGEST_KERNEL)
    except ValueError as problem:
        st.session_state[UNREAD] = text, MEMORY.now().kernel
        MEMORY.complain(sentence(problem))
    else:
        _set("kernel")(kernel)


def share(shown: Shown) -> None:
    """Show the link to what is shown, ready to be copied."""
    st.code(link(PREFIX, write_link(shown)), language=None, wrap_lines=True)
    st.caption(
        "The link carries the filter and all settings, as the address bar does; your own photo stays here."
    )


def probe(place: Place) -> None:
    """Look at another pixel."""
    _set("at")(place)

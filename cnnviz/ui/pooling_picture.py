"""The second part of the page of pooling: a picture, what shrinks it, how far it is moved, its pixels."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from cnnviz.kernels.pooling import POOLINGS
from cnnviz.presets.pooling import BLOCKS, Shrinking
from cnnviz.presets.pooling_pictures import LARGEST_SHIFT, SAMPLES
from cnnviz.ui import controls
from cnnviz.ui.pooling_state import LESSON

PREFIX = LESSON.prefix
STYLE = (  # pixels stay squares; on a phone two pictures share a row
    f"<style>.st-key-{PREFIX}pictures img {{ image-rendering: pixelated; width: 100% }}"
    f"@media (max-width: 640px) {{ .st-key-{PREFIX}pictures [data-testid=stColumn]"
    " { min-width: 0; flex: 0 0 calc(50% - 0.5rem) } }</style>"
)


def _common() -> tuple[Shrinking, bool]:
    """Give what both parts depend on: the picture's settings, and whether the scene is changed."""
    shown = LESSON.now()
    return shown.setup.shrinking, shown.changed


def begin_parts() -> None:
    """Note, in a run of the whole page, what both parts are about to show."""
    st.session_state[f"{PREFIX}common"] = _common()


def keep_in_step() -> None:
    """Run the whole page if one part changed what the other shows, too."""
    if st.session_state[f"{PREFIX}common"] != _common():
        st.rerun()


def choose_picture(shrinking: Shrinking) -> None:
    """Offer the pictures, the kinds of pooling, the windows, and the shift."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PREFIX}picture_folded"):
        _choose_sample(shrinking)
        _choose_shift(shrinking)


def _choose_sample(shrinking: Shrinking) -> None:
    """Offer a picture and what shrinks it."""
    controls.choose(
        "Picture",
        shrinking.picture,
        {name: name for name in SAMPLES},
        _set("picture"),
        key=f"{PREFIX}sample",
        help="A digit of 24 × 24 pixels, or a photograph of 120 × 120.",
        width=190,
    )
    controls.choose_segment(
        "Pooling of the picture",
        shrinking.kind,
        {kind: kind.capitalize() for kind in POOLINGS},
        _set("kind"),
        key=f"{PREFIX}by",
        help="Max keeps what is bright, min what is dark, mean blurs.",
    )
    controls.choose_segment(
        "Window and stride",
        str(shrinking.window),
        {str(block): f"{block} × {block}" for block in BLOCKS},
        lambda block: _set("window")(int(block)),
        key=f"{PREFIX}block",
        help="Larger windows leave fewer numbers, and hide more of a shift.",
    )


def _choose_shift(shrinking: Shrinking) -> None:
    """Offer how far the picture is moved."""
    controls.choose_on_scale(
        "Shift, pixels to the right",
        shrinking.shift,
        (0, LARGEST_SHIFT),
        _set("shift"),
        key=f"{PREFIX}shift",
        help="Moves what the picture shows before it is pooled; the maps show which outputs that changes.",
        width=220,
    )


def _set(field: str) -> Callable[[object], None]:
    """Make the function that asks for another value of a field."""

    def ask(value) -> None:
        LESSON.change(lambda setup: replace(setup, shrinking=replace(setup.shrinking, **{field: value})))

    return ask


def show_pictures(shown: Iterable[tuple[str, str]], widths: list[int]) -> None:
    """Show small pictures, given as data addresses, unsmoothed, each with what is to be said below it.

    As files of the server they would be gone when the next pictures replace them before they were fetched.
    """
    st.html(STYLE)
    with st.container(key=f"{PREFIX}pictures"):
        for column, (address, caption) in zip(st.columns(widths, gap="small"), shown, strict=True):
            with column:
                st.image(address, width="stretch")
                st.caption(caption)

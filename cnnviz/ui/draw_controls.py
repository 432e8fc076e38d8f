"""What can be chosen on the page of drawn digits: the network, a photograph, an example, the patch."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from cnnviz.lessons.digits import MNIST_FORM, SHEET, sheet_of
from cnnviz.lessons.digits_why import sheets
from cnnviz.model.data import Examples
from cnnviz.model.strokes import strokes
from cnnviz.ui import controls, frame
from cnnviz.ui.draw import Reader
from cnnviz.ui.draw_state import MEMORY, PATCHES, PREFIX, paper, write_link
from cnnviz.ui.memory import quoted, sentence
from cnnviz.ui.state import link
from cnnviz.ui.uploads import ACCEPTED, SUFFIXES, UploadError, read_reduced

CHOOSING = f"{PREFIX}choosing"  # whether the popover with the photograph is open
PHOTO_SIDE = 8 * SHEET  # pixels: enough for a digit that fills an eighth of its photograph
EXAMPLES = "examples_shown"


def choose_network(found: Mapping[str, Reader], now: str) -> None:
    """Offer the networks that read digits."""
    controls.choose(
        "Network",
        now,
        {name: name for name in found},
        lambda name: MEMORY.change(lambda shown: replace(shown, network=name)),
        key=f"{PREFIX}network",
        help="Asks another network about the same drawing; those trained in this session are listed, too.",
        width=240,
    )


def choose_photo() -> None:
    """Offer a photograph of a digit, from a file or the camera."""
    with st.popover("Photo", icon=":material/photo_camera:", key=CHOOSING, on_change="rerun"):
        st.file_uploader(
            "A photo of one digit",
            SUFFIXES,
            key=f"{PREFIX}upload",
            on_change=lambda: _take(f"{PREFIX}upload"),
            help=f"One digit with paper all around it. {ACCEPTED}, up to 16 MB and 24 megapixels.",
        )
        if st.toggle("Use the camera", key=f"{PREFIX}camera_on", help="Asks your browser for the camera."):
            st.camera_input("Camera", key=f"{PREFIX}camera", on_change=lambda: _take(f"{PREFIX}camera"))
        st.caption(
            "Your photo stays in this server's memory, is never stored, and is gone with your session."
        )


def _take(key: str) -> None:
    """Lay a photograph on the pad; one that cannot be read changes nothing but the sentence on the page."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[CHOOSING] = False
    try:
        paper().put(sheet_of(read_reduced(file.getvalue(), PHOTO_SIDE)[0]))
    except UploadError as refusal:
        paper().complaint = str(refusal)
    except ValueError as problem:
        paper().complaint = sentence(problem)


def offer_example() -> None:
    """Offer a digit to begin with, another one each time."""
    st.button(
        "Example",
        key=f"{PREFIX}example",
        on_click=_lay_example,
        help="Lays a digit on the paper, drawn by this program; each click another one.",
    )


def _lay_example() -> None:
    """Lay the next example on the pad."""
    place = st.session_state.get(f"{PREFIX}{EXAMPLES}", 0)
    st.session_state[f"{PREFIX}{EXAMPLES}"] = place + 1
    paper().put(example(place))


def example(place: int) -> np.ndarray:
    """Draw a sheet with one of our strokes on it."""
    drawn = strokes(1, 2, place)
    return sheets(Examples(drawn.images, drawn.labels), 1, MNIST_FORM)[0][0]


def share() -> None:
    """Show the link to the settings."""
    with st.popover("Share"):
        st.code(link(PREFIX, write_link(MEMORY.now())), language=None, wrap_lines=True)
        st.caption(shared_text())


def shared_text() -> str:
    """Say what a link carries."""
    carried = "The link carries the network and the switches"
    if MEMORY.now().drawing or paper().now is None:
        return f"{carried}, and your strokes."
    return f"{carried}, not this drawing: it began with a picture, or has more strokes than fit."


def present() -> None:
    """Offer the presenter view."""
    if st.button(
        "Present", key=f"{PREFIX}present", help="Large letters for a projector, without the controls."
    ):
        frame.present(True)
        st.rerun()


def complain() -> None:
    """Say what was refused last."""
    for refused in filter(None, (MEMORY.complaint(), paper().complaint)):
        st.warning(quoted(refused), icon=":material/error:")


def choose_patch() -> None:
    """Offer the sizes of the patch that covers a part of the drawing."""
    controls.choose_segment(
        "Patch",
        str(MEMORY.now().patch),
        {str(size): f"{size} × {size}" for size in PATCHES},
        lambda size: MEMORY.change(lambda shown: replace(shown, patch=int(size))),
        key=f"{PREFIX}patch",
        help="Pixels that are covered at once: a large patch hides strokes, a small one rarely matters.",
    )

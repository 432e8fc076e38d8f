"""The controls of the page: which network, which image, and how far the colours reach."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from cnnviz.lessons.inside import SCALES
from cnnviz.model.data import Data
from cnnviz.ui import controls, frame
from cnnviz.ui.inside_networks import Entry, entries
from cnnviz.ui.inside_state import MEMORY, PREFIX, Look
from cnnviz.ui.state import link


def choose_network(entry: Entry) -> None:
    """Offer all networks there are now."""
    known = entries()
    controls.choose(
        "Network",
        entry.name,
        {name: name for name in known},
        lambda name: MEMORY.change(lambda old: Look(name, old.image, old.drawn, old.scale)),
        key=f"{PREFIX}network_menu",
        help=f"Another network answers the same image. {entry.remark} Those of this session are listed too.",
        width=250,
    )


def choose_image(look: Look, entry: Entry, data: Data) -> None:
    """Offer the held-out images by number, and the next one of a class."""
    labels = data.held_out.labels
    controls.choose_whole(
        "Image",
        look.image + 1,
        (1, len(labels)),
        lambda number: _show(number - 1),
        key=f"{PREFIX}image",
        help=f"Another of the {len(labels):,} held-out images of {entry.shown} goes through the network.",
        width=135,
    )
    controls.choose(
        "True class",
        entry.classes[labels[look.image]],
        {name: name for name in entry.classes},
        lambda name: _show(next_of(labels, entry.classes.index(name), look.image)),
        key=f"{PREFIX}class",
        help="The class of this image. Another one goes on to the next image of that class.",
        width=120,
    )


def choose_drawing(look: Look) -> None:
    """Offer what was drawn in this session."""
    key = controls.followed(f"{PREFIX}drawn", look.drawn)
    st.toggle(
        "Your drawing",
        look.drawn,
        key=key,
        on_change=lambda: MEMORY.change(lambda old: replace(old, drawn=st.session_state[key])),
        help="Sends what you drew in Draw a digit through the network; off, a held-out image again.",
    )


def next_of(labels: np.ndarray, wanted: int, after: int) -> int:
    """Find the next image of a class, from the beginning again at the end; the same one if there is none."""
    found = np.flatnonzero(np.roll(labels, -after - 1) == wanted)
    return (after + 1 + int(found[0])) % len(labels) if len(found) else after


def _show(number: int) -> None:
    """Show another image, as far down as before."""
    MEMORY.change(lambda old: replace(old, image=number, drawn=False))


def open_map(layer: int) -> Callable[[int], None]:
    """Make the function that opens a map of a layer."""
    return lambda number: MEMORY.change(lambda old: replace(old, layer=layer, map=number, pixel=()))


def choose_scale(look: Look) -> None:
    """Offer where the colours end."""
    controls.choose_segment(
        "Colours",
        look.scale,
        {"unit": "Map", "layer": "Layer", "network": "Network"},
        lambda name: MEMORY.change(lambda old: replace(old, scale=name)),
        key=f"{PREFIX}scale",
        help="Where the colours end: at the largest value of each map, which shows weak ones, of each layer, "
        f"or of all. Now: {SCALES[look.scale].lower()}.",
    )


def share(look: Look) -> None:
    """Show the link to what is open."""
    with st.popover("Share"):
        st.code(link(PREFIX, MEMORY.write(look)), language=None, wrap_lines=True)
        st.caption("The link opens the same network, image, map and pixel.")


def present() -> None:
    """Offer the presenter view."""
    if st.button(
        "Present",
        key=f"{PREFIX}present",
        help="Large numbers for a projector, without controls. P does the same.",
    ):
        frame.present(True)
        st.rerun()

"""The controls of the page on receptive fields: architecture, picture, and what counts of a field."""

from collections.abc import Callable
from hashlib import blake2b

import numpy as np
import streamlit as st

from cnnviz.presets.field_setup import FieldSetup, offered
from cnnviz.presets.images import IMAGES
from cnnviz.ui import controls
from cnnviz.ui.components.receptive import Pick
from cnnviz.ui.field_state import LESSON
from cnnviz.ui.following import asker, followed
from cnnviz.ui.photo import OWN_KEY
from cnnviz.ui.photo_state import OWN
from cnnviz.ui.uploads import ACCEPTED, SUFFIXES, UploadError, read_reduced

PREFIX = LESSON.prefix
USING_OWN = f"{PREFIX}using_own"  # the own photo lies over the picture of the setup; links do not carry it
SIDE = 512  # pixels of an own photo that are kept: more than any network here reads


def choose_architecture(setup: FieldSetup) -> None:
    """Offer all networks that read pictures or a board."""
    controls.choose(
        "Architecture",
        setup.architecture,
        {name: name for name in offered()},
        lambda name: LESSON.change(lambda shown: shown.with_architecture(name)),
        key=f"{PREFIX}architecture",
        help="Looks into another network, at the last layer whose field still fits on the picture.",
        width=200,
        label_visibility="collapsed",
    )


def choose_effective(setup: FieldSetup) -> None:
    """Offer to measure what counts of the field."""
    key = followed(f"{PREFIX}effective", setup.effective)
    st.toggle(
        "What counts",
        setup.effective,
        key=key,
        on_change=asker(key, lambda on: LESSON.change(lambda shown: shown.having(effective=on))),
        help="Colours each pixel by how strongly it moves the unit, in the mean over random networks of this "
        "shape with at most 16 maps a layer.",
    )


def choose_picture(setup: FieldSetup) -> None:
    """Offer the built-in pictures and an own photo, which Filters on your photo shares."""
    closed = "Closed: this network reads a board of 19 × 19 points, not a picture."
    own = {OWN: "Your photo"} if OWN_KEY in st.session_state else {}
    controls.choose(
        "Picture",
        OWN if _uses_own() else setup.picture,
        {**own, **{name: name for name in IMAGES}},
        _show,
        key=f"{PREFIX}picture",
        help=closed if setup.on_board else "Lays the field on another picture; the numbers stay.",
        disabled=setup.on_board,
    )
    if setup.on_board:
        st.caption(closed)
        return
    st.file_uploader(
        "Your own photo",
        SUFFIXES,
        key=f"{PREFIX}upload",
        on_change=_take,
        help=f"{ACCEPTED}, up to 16 MB and 24 megapixels",
    )
    st.caption("Its middle is cut out and made as small as the network reads it; it stays in this session.")


def _uses_own() -> bool:
    """Tell whether the own photo is shown."""
    return st.session_state.get(USING_OWN, False) and OWN_KEY in st.session_state


def _show(name: str) -> None:
    """Show another picture."""
    st.session_state[USING_OWN] = name == OWN
    if name != OWN:
        LESSON.change(lambda setup: setup.having(picture=name))


def _take() -> None:
    """Look at what was uploaded; what cannot be read changes nothing but the sentence on the page."""
    file = st.session_state.get(f"{PREFIX}upload")
    if file is None:
        return
    raw = file.getvalue()
    digest = blake2b(raw, digest_size=16).hexdigest()
    try:
        _decoded(digest, raw)
    except UploadError as refusal:
        LESSON.memory.complain(str(refusal))
        return
    st.session_state[OWN_KEY] = (raw, digest)
    st.session_state[USING_OWN] = True
    LESSON.memory.complain("")


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _decoded(digest: str, _raw: bytes) -> np.ndarray:
    """Decode an own photo; kept for this session only."""
    del digest
    return read_reduced(_raw, SIDE)[0]


def picture_of(setup: FieldSetup, draw: Callable[[np.ndarray, tuple[int, ...]], str]) -> str:
    """Draw the chosen picture as the network reads it; a board needs none."""
    if setup.on_board:
        return ""
    shape = setup.graph.input_shape
    if _uses_own():
        raw, digest = st.session_state[OWN_KEY]
        return draw(_decoded(digest, raw), shape)
    return _built_in(setup.picture, shape, draw)


@st.cache_data(max_entries=32, show_spinner=False)
def _built_in(name: str, shape: tuple[int, ...], _draw: Callable[[np.ndarray, tuple[int, ...]], str]) -> str:
    """Draw a picture of ours, once for all visitors."""
    return _draw(IMAGES[name].load(), shape)


def take_pick(pick: Pick) -> None:
    """Note the layer and the unit that the reader chose."""
    LESSON.change(lambda setup: setup.having(layer=pick.layer, unit=pick.unit))

"""The photo that is worked on: where it comes from, at which size, and how large ones take turns.

An own photo lives in the session and nowhere else. It is decoded to a working size that fits the screen; the
full size only on request, one job at a time for the whole process, so that memory stays bounded.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from PIL import Image

from cnnviz.presets.images import IMAGES
from cnnviz.ui.controls import choose
from cnnviz.ui.following import followed
from cnnviz.ui.photo_state import MEMORY, OWN, PREFIX, Shown
from cnnviz.ui.uploads import ACCEPTED, SUFFIXES, UploadError, read_reduced

WORKING_SIDE = 1200  # pixels of the longer side, unless the full resolution is asked for
OWN_KEY = f"{PREFIX}own"
CHOOSING = f"{PREFIX}choosing"  # whether the popover with the pictures is open
Made = TypeVar("Made")
Reporter = Callable[[float], None]  # takes the fraction done

_large_job = threading.BoundedSemaphore(1)


@dataclass(frozen=True, eq=False)
class Photo:
    """A decoded picture: (H, W, 3) uint8, read-only; ``original`` is its own height and width."""

    name: str
    digest: str
    image: np.ndarray
    original: tuple[int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns as worked on."""
        return self.image.shape[0], self.image.shape[1]

    @property
    def reduced(self) -> bool:
        """Tell whether it is worked on at less than its own size."""
        return self.size != self.original


def present(shown: Shown) -> Photo:
    """Return the picture that is shown, at the size it is worked on."""
    side = None if shown.full else WORKING_SIDE
    if shown.picture != OWN:
        image, original = _built_in(shown.picture, side)
        return Photo(shown.picture, f"{shown.picture} {side}", image, original)
    raw, digest = st.session_state[OWN_KEY]
    try:
        image, original = _decoded(digest, side, raw)
    except UploadError as refusal:  # a damaged JPEG may be readable at a reduced size only
        MEMORY.put(replace(shown, full=False))
        MEMORY.complain(str(refusal))
        st.rerun()
    return Photo("your photo", f"{digest} {side}", image, original)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _decoded(digest: str, side: int | None, _raw: bytes) -> tuple[np.ndarray, tuple[int, int]]:
    """Decode an own photo; kept for this session only."""
    del digest  # by which it is kept
    image, original = read_reduced(_raw, side)
    image.flags.writeable = False
    return image, original


@st.cache_resource(max_entries=16, show_spinner=False)
def _built_in(name: str, side: int | None) -> tuple[np.ndarray, tuple[int, int]]:
    """Load a picture of ours."""
    image = IMAGES[name].load()
    original = image.shape[:2]
    if side and max(original) > side:
        smaller = Image.fromarray(image)
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        image = np.array(smaller)
    image.flags.writeable = False
    return image, original


def choose_picture(shown: Shown) -> None:
    """Offer the built-in pictures, an upload and the camera."""
    names = [*IMAGES] if OWN_KEY not in st.session_state else [OWN, *IMAGES]
    labels = {name: "Your photo" if name == OWN else name for name in names}
    choose(
        "Picture",
        shown.picture,
        labels,
        show_picture,
        key=f"{PREFIX}picture",
        help="Filters another picture.",
    )
    if shown.picture != OWN:
        picture = IMAGES[shown.picture]
        st.caption(f"{picture.notice} Source: {picture.source}, {picture.licence}.")
    st.file_uploader(
        "Your own photo",
        SUFFIXES,
        key=f"{PREFIX}upload",
        on_change=lambda: _take(f"{PREFIX}upload"),
        help=f"{ACCEPTED}, up to 16 MB and 24 megapixels",
    )
    if st.toggle("Use the camera", key=f"{PREFIX}camera_on", help="Asks your browser for the camera."):
        st.camera_input("Camera", key=f"{PREFIX}camera", on_change=lambda: _take(f"{PREFIX}camera"))
    st.caption("Your photo stays in this server's memory, is never stored, and is gone with your session.")


def show_picture(name: str) -> None:
    """Show another picture, at its working size."""
    MEMORY.put(replace(MEMORY.now(), picture=name, full=False))
    MEMORY.complain("")
    st.session_state[CHOOSING] = False


def _take(key: str) -> None:
    """Look at what was uploaded; a file that cannot be read changes nothing but the sentence on the page."""
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[CHOOSING] = False
    raw = file.getvalue()
    digest = blake2b(raw, digest_size=16).hexdigest()
    try:
        _decoded(digest, WORKING_SIDE, raw)
    except UploadError as refusal:
        MEMORY.complain(str(refusal))
        return
    st.session_state[OWN_KEY] = (raw, digest)
    show_picture(OWN)


def size_sentence(photo: Photo) -> str:
    """Say at which size the photo is worked on."""
    (height, width), (whole_height, whole_width) = photo.size, photo.original
    if photo.reduced:
        return f"Worked on at {width} × {height} of {whole_width} × {whole_height}"
    return f"Worked on in full, {width} × {height}"


def choose_resolution(shown: Shown, photo: Photo) -> None:
    """Offer the full resolution where there is more than is worked on."""
    if not photo.reduced and not shown.full:
        return
    key = followed(f"{PREFIX}full", shown.full)
    st.toggle(
        "Full resolution",
        shown.full,
        key=key,
        help="Every pixel of the original, up to 24 megapixels. Switch it off to stop.",
        on_change=lambda: MEMORY.change(lambda now: replace(now, full=st.session_state[key])),
    )


def kept(name: str, key: Hashable, make: Callable[[Reporter | None], Made], large: bool = False) -> Made:
    """Return what was made last under a name if it was for the same key, else make it anew.

    A large job waits for its turn and gets a function to report progress with.
    """
    last: tuple[Hashable, Any] = st.session_state.get(f"{PREFIX}{name}", (None, None))
    if last[0] != key:
        if large:
            with one_large_job() as report:
                last = (key, make(report))
        else:
            last = (key, make(None))
        st.session_state[f"{PREFIX}{name}"] = last
    return last[1]


@contextmanager
def one_large_job() -> Iterator[Reporter]:
    """Wait for a turn at full resolution, and show progress; any change on the page stops the job."""
    note = st.empty()
    while not _large_job.acquire(timeout=0.2):
        note.info(
            "Another photo is being filtered at full resolution; yours is next.", icon=":material/hourglass:"
        )
    try:
        yield _reporter(note)
    finally:
        _large_job.release()
    note.empty()


def _reporter(place: Any) -> Reporter:
    """Make a function that shows progress, at most ten times a second."""
    last = time.monotonic() - 1

    def report(done: float) -> None:
        nonlocal last
        if time.monotonic() - last > 0.1:
            last = time.monotonic()
            place.progress(min(done, 1.0), f"Filtering at full resolution: {100 * min(done, 1.0):.0f} %")

    return report


def offer_png(photo: Photo, shown: Shown, make: Callable[[], bytes]) -> None:
    """Offer the result as a file; it is made when somebody asks for it."""

    def made() -> bytes:
        if not shown.full:
            return make()
        with _large_job:
            return make()

    st.download_button(
        "Save",
        made,
        f"{shown.filter.lower().replace(' ', '-').replace(',', '')}.png",
        "image/png",
        key=f"{PREFIX}save",
        icon=":material/download:",
        on_click="ignore",
        help=f"A PNG of the result from {photo.size[1]} × {photo.size[0]} pixels. It holds 8 bits: what is "
        "below 0 or above 255 is lost, as the histogram shows.",
    )

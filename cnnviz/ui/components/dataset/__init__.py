"""Data to look at: a gallery, one image as numbers, the classes, how often pixels occur, losses side by side.

Pictures come as strips, one image beside the other; what is chosen comes back and is hostile until
`read_index` has looked at it.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register
from cnnviz.ui.components.playing import read_index

_mount = register(
    "dataset",
    "shared/numbers.js",
    "shared/dom.js",
    "shared/colours.js",
    "shared/grid.js",
    "shared/keys.js",
    "shared/ticks.js",
    "shared/fitted.js",
    "dataset/strip.js",
    "dataset/gallery.js",
    "dataset/numbers.js",
    "dataset/classes.js",
    "dataset/pixels.js",
    "dataset/losses.js",
    "dataset/parts.js",
    "shared/parts.js",
)


class Shelf(NamedTuple):
    """Images side by side: their places in the data, what stands below them, and all of them as a strip.

    A page of a gallery knows how many images come before its ``first``, their ``total``, and its ``page``.
    """

    places: Sequence[int]
    labels: Sequence[str]
    strip: str
    first: int = 0
    total: int = 0
    page: int = 0
    pages: int = 0


class Numbers(NamedTuple):
    """One image: as stored, and as the first layer reads it; ``formula`` has an x in place of a pixel."""

    title: str
    stored: np.ndarray  # (H, W)
    read: np.ndarray
    ends: tuple[float, float]  # the least and the largest number there can be
    formula: str


class Bar(NamedTuple):
    """A class: how many images it has, and what share of all that is."""

    name: str
    images: int
    share: float


class Spread(NamedTuple):
    """Shares of pixels between edges, with mean and deviation of them all."""

    title: str
    edges: np.ndarray
    shares: np.ndarray
    mean: float
    deviation: float


class Losses(NamedTuple):
    """The losses of a run, or none yet, with what is told below them."""

    title: str
    losses: Sequence[float]
    told: str


def _send(key: str, part: str, themes: Mapping[str, Any], data: Mapping[str, Any], **callbacks) -> None:
    """Mount a part with what all of them need; P is heard by whichever has the focus."""
    shared = {"part": part, "present": frame.presenting(), "keys": True, "themes": palettes(themes)}
    _mount(key=key, data={**data, **shared}, on_present_change=frame.asked_by(key), **callbacks)
    frame.follow_wish()


def _chosen(key: str, name: str, count: int, take: Callable[[int], None]) -> Callable[[], None]:
    """Make a callback that takes a place out of ``count`` that was clicked."""

    def changed() -> None:
        place = read_index(st.session_state[key].get(name), count)
        if place is not None:
            take(place)

    return changed


def gallery(
    shelf: Shelf,
    chosen: int,
    *,
    themes: Mapping[str, Any],
    key: str,
    on_image: Callable[[int], None],
    on_page: Callable[[int], None] | None = None,
    name: str = "Gallery",
    hint: str = "",
) -> None:
    """Show images; one that is clicked is handed on by its place in the data, and so is another page.

    Parameters
    ----------
    shelf : Shelf
        The images; without pages nothing is turned.
    chosen : int
        Place of the image that stands large, or −1.
    on_image, on_page : callable
        Called before the script runs again, with a place of ``shelf.places`` or the number of a page.
    name, hint : str
        What it is, for those who do not see it, and a line below.
    """
    told = {"places": plain(shelf.places), "chosen": chosen, "name": name, "hint": hint}
    callbacks = {
        "on_image_change": _chosen(key, "image", len(shelf.places), lambda at: on_image(shelf.places[at]))
    }
    if on_page:
        callbacks["on_page_change"] = _chosen(key, "page", shelf.pages, on_page)
    _send(key, "gallery", themes, {**shelf._asdict(), **told}, **callbacks)


def numbers(image: Numbers, *, themes: Mapping[str, Any], key: str) -> None:
    """Show an image large, every pixel as a number where there is room to read it."""
    read = np.ascontiguousarray(image.read, "<f4")
    data = {
        "title": image.title,
        "shape": list(image.stored.shape),
        "stored": b64encode(np.ascontiguousarray(image.stored, np.uint8).tobytes()).decode(),
        "read": b64encode(read.tobytes()).decode(),
        "ends": plain(image.ends),
        "formula": image.formula,
    }
    _send(key, "numbers", themes, data)


def classes(
    bars: Sequence[Bar],
    means: str,
    deviations: str,
    chosen: int | None,
    *,
    themes: Mapping[str, Any],
    key: str,
    on_class: Callable[[int], None],
) -> None:
    """Show how many images each class has, with their mean and their deviation as strips of pictures."""
    data = {
        "bars": [[bar.name, plain(bar.images), plain(bar.share)] for bar in bars],
        "means": means,
        "deviations": deviations,
        "chosen": chosen,
    }
    _send(key, "classes", themes, data, on_class_change=_chosen(key, "class", len(bars), on_class))


def pixels(spreads: Sequence[Spread], *, themes: Mapping[str, Any], key: str) -> None:
    """Show how often pixels occur, before and after scaling, each with its own axis."""
    told = [
        {
            "title": each.title,
            "edges": plain(each.edges),
            "shares": plain(each.shares),
            "mean": plain(each.mean),
            "deviation": plain(each.deviation),
        }
        for each in spreads
    ]
    _send(key, "pixels", themes, {"spreads": told})


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], chosen: int, *, themes: Mapping[str, Any], key: str
) -> None:
    """Show rows of text, one of them marked; on a phone the second column is left out."""
    told = {"heads": list(heads), "rows": [list(row) for row in rows], "chosen": chosen}
    _send(key, "table", themes, told)


def losses(runs: Sequence[Losses], *, guess: float, top: float, themes: Mapping[str, Any], key: str) -> None:
    """Show the losses of some runs side by side on one scale up to ``top``, with that of a guess."""
    told = [{"title": run.title, "losses": plain(run.losses), "told": run.told} for run in runs]
    _send(key, "losses", themes, {"runs": told, "guess": plain(guess), "top": plain(top)})

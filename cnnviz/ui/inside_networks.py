"""The networks one can look into: those that come trained, a small one, those of the session."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import streamlit as st

from cnnviz.lessons.digits import FORMS, has_ink, network_input, prepare
from cnnviz.lessons.inside import Inside
from cnnviz.lessons.inside_small import SMALL, quick_recipe, rival, trained
from cnnviz.lessons.inside_verdicts import Verdicts, judge, shift_counts
from cnnviz.model.data import Data
from cnnviz.model.datasets import DATASETS, NUMBERS
from cnnviz.model.layers import Conv2d
from cnnviz.model.network import Network
from cnnviz.presets.trained import TRAINED
from cnnviz.ui import runs
from cnnviz.ui.draw_state import paper
from cnnviz.ui.train_data import load, readable

DIGITS, STROKES = "Handwritten digits", "Strokes"
ON_START = "Small CNN, 8 × 8 digits"
MOST_SHIFTED = 2000  # held-out images; each is moved 16 times


@dataclass(frozen=True)
class Entry:
    """A network by name: what it learned from, and what its images are taken from."""

    name: str
    remark: str
    learned: str
    classes: tuple[str, ...]
    load: Callable[[], Network]

    @property
    def shown(self) -> str:
        """The source of its images: its own, or strokes of the same size where that was never fetched."""
        return self.learned if readable(self.learned) else STROKES

    @property
    def substitute(self) -> bool:
        """Tell whether its images are others than it learned from."""
        return self.shown != self.learned


def entries() -> dict[str, Entry]:
    """List all networks there are now, by name."""
    found = [
        Entry(each.name, each.remark, each.data, DATASETS[each.data].classes, each.network)
        for each in TRAINED.values()
    ]
    found.append(
        Entry(
            ON_START,
            "Trained on start, small enough to show every number.",
            DIGITS,
            DATASETS[DIGITS].classes,
            small,
        )
    )
    for name, own in runs.available().items():
        if readable(own.source):
            remark = "Trained in this session."
            found.append(Entry(name, remark, own.source, own.classes, _giver(own.network)))
    return {entry.name: entry for entry in found}


def _giver(network: Network) -> Callable[[], Network]:
    """Make the function that gives a network."""
    return lambda: network


FIRST = next(iter(TRAINED), ON_START)


def data_of(source: str) -> Data:
    """Give data that all pages and visitors share."""
    return load(source)


@st.cache_resource(max_entries=1, show_spinner="Training a small network on 8 × 8 digits")
def small() -> Network:
    """Train the small network once for all visitors."""
    data = data_of(DIGITS)
    return trained(quick_recipe(SMALL, len(data.train)), data)


def drawing(entry: Entry) -> np.ndarray | None:
    """Give what was drawn in this session as an image for a network; None if it cannot read it."""
    sheet, form = paper().rested, FORMS.get(DATASETS[entry.learned].input_shape[1])
    if sheet is None or form is None or entry.classes != NUMBERS or not has_ink(sheet):
        return None
    return network_input(prepare(sheet, form=form), form)[0]


def inside(entry: Entry, number: int, drawn: np.ndarray | None = None) -> Inside:
    """Send a held-out image through a network, or what was drawn."""
    return Inside(entry.load(), data_of(entry.shown).held_out.images[number] if drawn is None else drawn)


def digest(network: Network) -> str:
    """Name a network by its numbers, for caches."""
    parts = (repr(network.architecture), repr(network.scaling))
    hashed = hashlib.sha256("".join(parts).encode())
    for vector in (network.parameters, network.statistics):
        hashed.update(np.ascontiguousarray(vector).tobytes())
    return hashed.hexdigest()[:16]


def verdicts(entry: Entry) -> Verdicts:
    """Ask a network about all held-out images, once for all visitors."""
    network = entry.load()
    return _verdicts(digest(network), entry.shown, network)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner="Asking about the held-out images")
def _verdicts(name: str, source: str, _network: Network) -> Verdicts:
    del name
    return judge(_network, data_of(source).held_out)


class Contender(NamedTuple):
    """A network that was asked about shifted images: right answers and images for each distance."""

    name: str
    parameters: int
    counts: list[tuple[int, int]]


def contenders(entry: Entry) -> tuple[Contender, ...]:
    """Compare a network with convolutions to a perceptron that learned from the same data.

    Where there is nothing to compare with, the network stands alone.
    """
    own = entry.load()
    slides = any(isinstance(layer, Conv2d) for layer in own.architecture.layers)
    shipped = {each.name: each for each in TRAINED.values() if each.data == entry.learned}
    other = shipped.get("MLP" if slides else "CNN")
    told = [Contender(entry.name, own.architecture.parameter_count, _shifts(digest(own), entry.shown, own))]
    if other or slides:
        rival = other.network() if other else _rival(digest(own), entry.learned, own)
        name = "MLP" if slides else "CNN"
        counts = _shifts(digest(rival), entry.shown, rival)
        told.append(Contender(name, rival.architecture.parameter_count, counts))
    return tuple(told if slides else reversed(told))


@st.cache_resource(max_entries=32, ttl=3600, show_spinner="Asking about shifted images")
def _shifts(name: str, source: str, _network: Network) -> list[tuple[int, int]]:
    del name
    return shift_counts(_network, data_of(source).held_out[:MOST_SHIFTED])


@st.cache_resource(max_entries=8, ttl=3600, show_spinner="Training a perceptron of as many parameters")
def _rival(name: str, learned: str, _network: Network) -> Network:
    del name
    return rival(_network.architecture, data_of(learned))

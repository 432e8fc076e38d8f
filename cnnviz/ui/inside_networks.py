"""The networks one can look into: those that come trained, a small one, those of the session."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from cnnviz.lessons.inside import Inside
from cnnviz.lessons.inside_small import SMALL, quick_recipe, rival, trained
from cnnviz.lessons.inside_verdicts import Verdicts, judge, shift_counts
from cnnviz.model.data import Data
from cnnviz.model.datasets import DATASETS
from cnnviz.model.network import Network
from cnnviz.presets.trained import TRAINED
from cnnviz.ui import runs

DIGITS, STROKES = "Handwritten digits", "Strokes"
ON_START = "Small CNN, 8 × 8 digits"


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
        return self.learned if DATASETS[self.learned].here else STROKES

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
        if DATASETS[own.source].here:
            remark = "Trained in this session."
            found.append(Entry(name, remark, own.source, own.classes, _giver(own.network)))
    return {entry.name: entry for entry in found}


def _giver(network: Network) -> Callable[[], Network]:
    """Make the function that gives a network."""
    return lambda: network


FIRST = next(iter(TRAINED), ON_START)


@st.cache_resource(max_entries=3, show_spinner=False)
def data_of(source: str) -> Data:
    """Read data once for all visitors."""
    return DATASETS[source].load()


@st.cache_resource(max_entries=1, show_spinner="Training a small network on 8 × 8 digits")
def small() -> Network:
    """Train the small network once for all visitors."""
    data = data_of(DIGITS)
    return trained(quick_recipe(SMALL, len(data.train)), data)


def inside(entry: Entry, number: int) -> Inside:
    """Send a held-out image through a network."""
    return Inside(entry.load(), data_of(entry.shown).held_out.images[number])


def digest(network: Network) -> str:
    """Name a network by its numbers, for caches."""
    import hashlib

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


@dataclass(frozen=True, eq=False)
class Rivals:
    """A network and a multilayer perceptron of as many parameters, asked about shifted images."""

    parameters: tuple[int, int]
    counts: tuple[list[tuple[int, int]], list[tuple[int, int]]]
    learned: str


def rivals(entry: Entry) -> Rivals:
    """Compare a network with a perceptron that learned from the same data; once for all visitors."""
    network = entry.load()
    return _rivals(digest(network), entry.learned, entry.shown, network)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner="Asking both networks about shifted images")
def _rivals(name: str, learned: str, source: str, _network: Network) -> Rivals:
    del name
    held_out = data_of(source).held_out
    shipped = next((each for each in TRAINED.values() if each.name == "MLP" and each.data == learned), None)
    other = shipped.network() if shipped else rival(_network.architecture, data_of(learned))
    counts = shift_counts(_network, held_out), shift_counts(other, held_out)
    return Rivals(
        (_network.architecture.parameter_count, other.architecture.parameter_count), counts, learned
    )

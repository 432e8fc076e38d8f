"""The networks that can be asked about a drawing, and what they and their training images say to it."""

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import streamlit as st

from cnnviz.kernels.softmax import softmax
from cnnviz.lessons import digits_why
from cnnviz.lessons.digits import FORMS, Form, Stage, has_ink, network_input, prepare
from cnnviz.model.data import Examples
from cnnviz.model.datasets import DATASETS, NUMBERS
from cnnviz.model.network import Network
from cnnviz.model.strokes import strokes
from cnnviz.presets.trained import TRAINED
from cnnviz.ui import runs
from cnnviz.ui.draw_state import FIRST, MEMORY, PREFIX
from cnnviz.ui.train_data import load, readable

SHEETS = 500  # that accuracies are counted on
NEIGHBOURS = 8
BUILT_IN = ("Strokes", "Handwritten digits")
STEP_MARK = ", step "  # in the name of a run that goes on


@dataclass(frozen=True, eq=False)
class Reader:
    """A network that reads digits: where it learned, what is known of it, and the form of its images."""

    name: str
    network: Network
    source: str
    about: str

    @property
    def form(self) -> Form:
        """How its images are stored."""
        return FORMS[self.network.architecture.input_shape[-1]]

    @property
    def digest(self) -> str:
        """Name these very weights."""
        vectors = (self.network.parameters, self.network.statistics)
        return blake2b(b"".join(part.tobytes() for part in vectors), digest_size=16).hexdigest()


def readers() -> dict[str, Reader]:
    """List what can be asked: the trained networks of ours, and those of this session that read digits."""
    found = {name: _shipped(name) for name in TRAINED}
    for name, run in runs.available().items():
        channels, *sides = run.network.architecture.input_shape
        reads = channels == 1 and len(set(sides)) == 1 and len(sides) == 2 and sides[0] in FORMS
        if reads and run.classes == NUMBERS:
            found[name] = Reader(name, run.network, run.source, f"Trained in this session on {run.source}.")
    return found


@st.cache_resource(max_entries=len(TRAINED), show_spinner=False)
def _shipped(name: str) -> Reader:
    """Load a network of ours."""
    trained = TRAINED[name]
    about = (
        f"{trained.remark} {trained.architecture.parameter_count:,} parameters, trained on {trained.data}, "
        f"{100 * trained.accuracy:.2f} % of its test set right."
    )
    return Reader(name, trained.network(), trained.data, about)


def chosen(found: dict[str, Reader]) -> Reader:
    """Give the reader that is shown; a run that went on is the same one, and one that is gone is told."""
    name = MEMORY.now().network
    begins = name.partition(STEP_MARK)[0]
    same = [each for each in found if STEP_MARK in each and each.partition(STEP_MARK)[0] == begins]
    if name not in found and not same:
        MEMORY.note(replace(MEMORY.now(), network=FIRST))
        MEMORY.complain(f"The network {name} is no longer there; {FIRST} is asked instead.")
    return found.get(name) or found[same[0] if same else FIRST]


@dataclass(frozen=True, eq=False)
class Reading:
    """A sheet as a network reads it: every step, what goes in, what every layer gives, the probabilities."""

    stages: list[Stage]
    image: np.ndarray
    outputs: list[np.ndarray]
    shares: np.ndarray

    @property
    def answer(self) -> int:
        """The class with the largest probability."""
        return int(self.shares.argmax())


def read(reader: Reader, sheet: np.ndarray | None, off: frozenset[str]) -> Reading | None:
    """Prepare a sheet and ask a network about it, if there is anything on it."""
    if sheet is None or not has_ink(sheet):
        return None
    stages = prepare(sheet, off, reader.form)
    image = network_input(stages, reader.form)
    outputs = reader.network.outputs(image)
    return Reading(stages, image, outputs, softmax(outputs[-1])[0])


def occlusion(reader: Reader, reading: Reading, patch: int) -> np.ndarray:
    """Cover every place in turn; the last map is kept for the session."""
    key = (reader.digest, reading.image.tobytes(), patch)
    last = st.session_state.get(f"{PREFIX}occlusion", (None, None))
    if last[0] != key:
        last = (key, digits_why.occlusion(reader.network, reading.image, patch, reading.answer))
        st.session_state[f"{PREFIX}occlusion"] = last
    return last[1]


def sight(reader: Reader) -> str:
    """Name the images to compare with: those the network learned from, or ours if they are not here."""
    if readable(reader.source):
        return reader.source
    return next(name for name in BUILT_IN if DATASETS[name].input_shape[-1] == reader.form.side)


@st.cache_resource(max_entries=3, show_spinner="Reading training images")
def seen(name: str) -> Examples:
    """Load the training images of a source that is here."""
    return load(name).train


def neighbours(reader: Reader, reading: Reading) -> list[digits_why.Neighbour]:
    """Find the nearest training images; the last ones are kept for the session."""
    key = (sight(reader), reading.image.tobytes())
    last = st.session_state.get(f"{PREFIX}neighbours", (None, None))
    if last[0] != key:
        last = (key, digits_why.nearest(seen(key[0]), reading.image, NEIGHBOURS))
        st.session_state[f"{PREFIX}neighbours"] = last
    return last[1]


def rates(reader: Reader) -> tuple[digits_why.Rates, str]:
    """Measure what each step is worth to a network, and name the digits it was asked about."""
    source = sight(reader)
    return _rates(reader.digest, source, reader), source


@st.cache_data(max_entries=32, show_spinner="Reading 500 held-out digits with each step left out")
def _rates(digest: str, source: str, _reader: Reader) -> digits_why.Rates:
    """Measure once for the same weights."""
    del digest
    drawn, labels = _sheets(source, _reader.form)
    return digits_why.rates(_reader.network, drawn, labels, _reader.form)


@st.cache_resource(max_entries=3, show_spinner=False)
def _sheets(source: str, form: Form) -> tuple[np.ndarray, np.ndarray]:
    """Throw held-out digits onto sheets."""
    examples = strokes(SHEETS, 1) if source == "Strokes" else load(source).held_out
    return digits_why.sheets(examples, min(SHEETS, len(examples)), form)

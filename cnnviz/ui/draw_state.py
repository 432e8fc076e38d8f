"""What the page of drawn digits shows: the network that is asked, the steps left out, the covering patch.

`paper` holds the drawing; a link carries it as strokes, unless it began with a picture or is too long.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from cnnviz.lessons.digits import STEPS
from cnnviz.lessons.strokes_text import check_strokes
from cnnviz.presets.trained import TRAINED
from cnnviz.ui.components.drawing_pad import Drawing
from cnnviz.ui.frame import came_from_another_page
from cnnviz.ui.memory import Memory, sentence
from cnnviz.ui.state import Field, one_of, read_fields, whole_number, write_fields

PREFIX = "dr_"
PATCHES = (3, 5, 7)
FIRST = next(iter(TRAINED))


@dataclass(frozen=True)
class Shown:
    """Everything a reader can choose; ``network`` is of `TRAINED`, or one that this session has trained."""

    network: str = FIRST
    off: frozenset[str] = frozenset()
    patch: int = 5
    drawing: str = ""  # see `strokes_text`

    def __post_init__(self) -> None:
        """Refuse other patches and steps."""
        if self.patch not in PATCHES:
            raise ValueError(f"patch must be one of {', '.join(map(str, PATCHES))}, got {self.patch}")
        if not self.off <= STEPS.keys():
            raise ValueError(
                f"off must be some of {', '.join(STEPS)}, got {', '.join(sorted(self.off))[:40]!r}"
            )

    def switched(self, step: str, on: bool) -> "Shown":
        """Take a step, or leave it out."""
        return replace(self, off=self.off - {step} if on else self.off | {step})


def _read_steps(text: str) -> frozenset[str]:
    """Read names with commas between them."""
    return frozenset(text[:100].split(","))


TABLE = {
    "network": one_of(TRAINED),
    "off": Field(_read_steps, lambda off: ",".join(name for name in STEPS if name in off)),
    "patch": Field(whole_number, str),
    "drawing": Field(check_strokes, str),
}


def read_link(asked: Mapping[str, list[str]]) -> tuple[Shown, str]:
    """Read a link; what cannot be used is left out, with one sentence about it."""
    values, problems = read_fields(TABLE, asked)
    shown = Shown()
    for name, value in values.items():
        try:
            shown = replace(shown, **{name: value})
        except ValueError as problem:
            problems.append(str(problem))
    return shown, sentence(f"a part of the link was left out: {problems[0]}") if problems else ""


def write_link(shown: Shown) -> dict[str, str]:
    """Write what differs from the page as it opens; a network of this session is not in a link."""
    linked = shown if shown.network in TRAINED else replace(shown, network=FIRST)
    return write_fields(TABLE, vars(linked), vars(Shown()))


MEMORY = Memory(PREFIX, read_link, write_link)


@dataclass
class Paper:
    """The sheet of this session: what the pad began with, what is on it now, and when the pen last rested.

    ``begun`` and ``strokes`` are the same as text: what the pad began with, and what is on it.
    """

    base: np.ndarray | None = None
    now: np.ndarray | None = None
    rested: np.ndarray | None = None
    turn: int = 1
    answered: int = 0
    complaint: str = ""
    begun: str = ""
    strokes: str = ""

    def put(self, sheet: np.ndarray | None) -> None:
        """Lay another sheet on the pad."""
        self.base = self.now = self.rested = sheet
        self.begun = self.strokes = self.complaint = ""
        self.turn += 1

    def draw(self, strokes: str) -> None:
        """Let the pad draw strokes on a new sheet; it then tells what they look like."""
        self.put(None)
        self.begun = self.strokes = strokes

    def lay_again(self) -> None:
        """Let a new pad begin with what is on the sheet."""
        self.base, self.begun = (None, self.strokes) if self.strokes else (self.now, "")
        self.turn += 1

    @property
    def unread(self) -> bool:
        """Tell whether there are strokes that nobody has seen yet."""
        return bool(self.begun) and self.now is None and self.strokes == self.begun

    def take(self, drawing: Drawing) -> None:
        """See what was drawn; what explains a reading waits until the pen rests."""
        self.now, self.answered, self.complaint = drawing.sheet, drawing.serial, ""
        self.strokes = drawing.strokes
        if not drawing.drawing:
            self.rested = drawing.sheet


def paper() -> Paper:
    """Give this session's sheet."""
    return st.session_state.setdefault(f"{PREFIX}paper", Paper())


def arrive() -> None:
    """Start a run of the whole page: draw what a link asks for, or what was drawn before another page."""
    before = MEMORY.turn()
    MEMORY.arrive()
    asked = MEMORY.now().drawing
    if asked and MEMORY.turn() != before and asked != paper().strokes:
        paper().draw(asked)
    elif came_from_another_page() and paper().now is not None:
        paper().lay_again()


def note_drawing() -> None:
    """Let the link follow what is on the paper, whenever the pen rests."""
    if paper().now is paper().rested:
        MEMORY.note(replace(MEMORY.now(), drawing=paper().strokes))

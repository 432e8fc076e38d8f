"""What the network builder shows, its link, and the way back.

A network that was not changed is the name of an architecture; a changed one is its input and its layers as
text. To put another setting into links, add a row to `TABLE`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import streamlit as st

from cnnviz.lessons.drawing import foldable
from cnnviz.model.counting import OPERATIONS, Rules
from cnnviz.model.graph import Graph
from cnnviz.model.layer import Shape
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack import Stack, stack_of
from cnnviz.presets.stack_text import LONGEST, read_stack, write_stack
from cnnviz.ui.fields import SWITCH, WHOLE
from cnnviz.ui.memory import Memory
from cnnviz.ui.state import Field, one_of, pack, read_fields, unpack, whole_number, write_fields

PREFIX = "nb_"
FIRST = "CNN of deck 002"
BYTES = {"4": "32 bits", "2": "16 bits", "1": "8 bits"}
MOST_PAST = 50
NOTHING = "-"  # a stack without layers


@dataclass(frozen=True)
class Built:
    """An architecture as published, or a stack of one's own that began as one.

    ``layer`` counts from 1, 0 is none; ``opened`` are the stages that are not folded.
    """

    start: str = FIRST
    stack: Stack | None = None
    layer: int = 0
    opened: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)

    @property
    def editing(self) -> Stack | None:
        """The stack that can be edited; None for a network with branches."""
        return self.stack or base(self.start)

    @property
    def graph(self) -> Graph | None:
        """The network as far as it fits; None if nothing does."""
        return self.editing.graph if self.editing else ARCHITECTURES[self.start].graph

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all layers, as they are shown."""
        if self.editing:
            return self.editing.names
        return tuple(node.name for node in ARCHITECTURES[self.start].graph.nodes)

    @property
    def chosen(self) -> str:
        """Name of the chosen layer; empty if none is."""
        return self.names[self.layer - 1] if 0 < self.layer <= len(self.names) else ""

    @property
    def title(self) -> str:
        """Call it by where it began."""
        return f"{self.start}, changed" if self.stack else self.start

    def with_stack(self, stack: Stack, layer: int | None = None) -> "Built":
        """Take another stack; one that is as published is not kept."""
        place = self.layer if layer is None else layer
        kept = None if stack == base(self.start) else stack
        return replace(self, stack=kept, layer=min(place, len(stack.layers)))


@lru_cache(maxsize=64)
def base(start: str) -> Stack | None:
    """Give the layers of an architecture if it is a chain that can be edited."""
    try:
        return stack_of(ARCHITECTURES[start].graph)
    except ValueError:
        return None


def _read_shape(text: str) -> Shape:
    """Read the numbers of an input."""
    shape = tuple(whole_number(part) for part in text[:40].split(","))
    return Stack(shape, ()).input_shape


def read_input(text: str) -> Shape:
    """Read an input as it is written on the page, the channels last: 32 × 32 × 3."""
    parts = re.split(r"[x×*,]", text.lower().replace(" ", ""))
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d{1,6}", part) for part in parts):
        raise ValueError(f"input must be written like 32 × 32 × 3, 100 × 4 or 784, got {text[:40]!r}")
    *axes, channels = map(int, parts)
    return Stack((channels, *axes), ()).input_shape


def _read_stack(text: str) -> tuple:
    """Read layers."""
    plain = unpack(text, LONGEST)
    return () if plain == NOTHING else read_stack(plain)


def _read_opened(text: str) -> tuple[str, ...]:
    """Read names of stages; whether there are such is asked later."""
    return tuple(part[:60] for part in text[:600].split(",") if part)


TABLE = {
    "start": one_of(ARCHITECTURES),
    "input": Field(_read_shape, lambda shape: ",".join(map(str, shape))),
    "layers": Field(_read_stack, lambda layers: pack(write_stack(layers) or NOTHING)),
    "layer": WHOLE,
    "open": Field(_read_opened, ",".join),
    "biases": SWITCH,
    "operations": one_of(OPERATIONS),
    "bytes": one_of(BYTES),
    "normalisation": SWITCH,
}


def _apart(built: Built) -> dict:
    """Take a state apart, by the names of `TABLE`."""
    return {
        "start": built.start,
        "input": built.stack and built.stack.input_shape,
        "layers": built.stack and built.stack.layers,
        "layer": built.layer,
        "open": built.opened,
        "biases": built.rules.biases,
        "operations": built.rules.operations,
        "bytes": str(built.rules.number_bytes),
        "normalisation": built.rules.normalisation,
    }


def read_link(asked: Mapping[str, list[str]]) -> tuple[Built, str]:
    """Read a link; what cannot be used is left out, with one sentence about it."""
    values, problems = read_fields(TABLE, asked)
    built = Built(values.get("start", FIRST))
    rules = Rules(
        values.get("biases", True),
        values.get("operations", "MAC"),
        int(values.get("bytes", 4)),
        values.get("normalisation", False),
    )
    own = base(built.start) or base(FIRST)
    try:
        if {"input", "layers"} & set(values):
            shape, layers = values.get("input", own.input_shape), values.get("layers", own.layers)  # type: ignore[union-attr]
            built = built.with_stack(Stack(shape, layers))
    except ValueError as problem:
        problems.append(str(problem))
    layer = values.get("layer", 0)
    if layer > len(built.names):
        problems.append(f"layer must be at most {len(built.names)}, got {layer}")
        layer = 0
    known = [] if built.stack else [stage for stage, _ in foldable(ARCHITECTURES[built.start].graph)]
    opened = tuple(stage for stage in values.get("open", ()) if stage in known)
    told = f"A part of the link was left out: {problems[0]}." if problems else ""
    return replace(built, rules=rules, layer=layer, opened=opened), told


def write_link(built: Built) -> dict[str, str]:
    """Write what differs from the first state."""
    return write_fields(TABLE, _apart(built), _apart(Built()))


MEMORY: Memory[Built] = Memory(PREFIX, read_link, write_link)


def edit(alter: Callable[[Built], Built]) -> None:
    """Change the network, and remember it as it was before."""
    before = MEMORY.now()
    MEMORY.change(alter)
    now = MEMORY.now()
    if (before.start, before.stack) != (now.start, now.stack):
        _keep([*past(), before][-MOST_PAST:])


def undo() -> None:
    """Go back to what was before the last change."""
    if past():
        *kept, last = past()
        MEMORY.note(replace(last, rules=MEMORY.now().rules))
        MEMORY.complain("")
        _keep(kept)


def past() -> list[Built]:
    """Give what was there before, since the page was opened by its link."""
    turn, kept = st.session_state.get(f"{PREFIX}past", (None, []))
    return kept if turn == MEMORY.turn() else []


def _keep(kept: list[Built]) -> None:
    st.session_state[f"{PREFIX}past"] = (MEMORY.turn(), kept)

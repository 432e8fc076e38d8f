"""The runs of a session: the one at work, those kept to be compared, and what other pages may use."""

from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from cnnviz.model.network import Network
from cnnviz.model.training import Recipe, network_of
from cnnviz.presets.networks import Plan
from cnnviz.ui.running import Run
from cnnviz.ui.train_history import Moment, Point

LETTERS = "ABCDEF"


@dataclass(frozen=True, eq=False)
class Kept:
    """A network put aside to be compared: its run's settings and curve, and its moment."""

    letter: str
    plan: Plan
    recipe: Recipe
    network: Network
    points: tuple[Point, ...]
    moment: Moment
    classes: tuple[str, ...]


@dataclass
class Desk:
    """What a session holds: the run, the step that is looked at (None: now), and what was kept."""

    run: Run | None = None
    at: int | None = None
    kept: list[Kept] = field(default_factory=list)


class Trained(NamedTuple):
    """A network of this session: the source of its data by name in `DATASETS`, and its classes."""

    network: Network
    source: str
    classes: tuple[str, ...]


def desk() -> Desk:
    """Give what this session holds."""
    return st.session_state.setdefault("training_desk", Desk())


def available() -> dict[str, Trained]:
    """Give the networks this session has trained, by names to choose from; empty if there are none."""
    held, found = desk(), dict[str, Trained]()
    if held.run:
        view = held.run.look()
        state = next((moment.state for moment in view.moments if moment.step == held.at), view.state)
        if state.step:
            network = network_of(held.run.recipe, held.run.data, state)
            name = f"{held.run.plan.network}, trained here, step {state.step}"
            found[name] = Trained(network, held.run.plan.source, held.run.data.classes)
    for kept in held.kept:
        name = f"{kept.letter}: {kept.plan.network}, {100 * kept.moment.accuracy:.1f} %"
        found[name] = Trained(kept.network, kept.plan.source, kept.classes)
    return found

"""The runs of a session: the one at work, those kept to be compared, and what other pages may use."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import streamlit as st

from cnnviz.lessons.training import vote
from cnnviz.model.data import Data
from cnnviz.model.network import Network
from cnnviz.model.training import Recipe, network_of
from cnnviz.presets.networks import Plan
from cnnviz.ui.reloads import found_again
from cnnviz.ui.running import Run
from cnnviz.ui.train_history import Moment, moment_of

LETTERS = "ABCDEF"
DESK = "training_desk"


@dataclass(frozen=True, eq=False)
class Kept:
    """A network put aside: its settings, held-out curve (epoch, loss, accuracy), moment, and its shares.

    ``rates`` lists the learning rates with the step from which each counted.
    """

    letter: str
    plan: Plan
    rates: tuple[tuple[int, float], ...]
    recipe: Recipe
    network: Network
    data: Data
    curve: tuple[tuple[float, float, float], ...]
    moment: Moment
    shares: np.ndarray


@dataclass
class Desk:
    """What a session holds: the run, the step that is looked at (None: now), an image, and what was kept."""

    run: Run | None = None
    at: int | None = None
    image: int = 0
    remark: str = ""
    kept: list[Kept] = field(default_factory=list)

    def take(self, run: Run, remark: str = "") -> None:
        """Put another run on the desk; the one before stands still."""
        if self.run:
            self.run.pause()
        self.run, self.at, self.image, self.remark = run, None, 0, remark

    def choose(self, place: int | None) -> None:
        """Look at another held-out image; None is the first."""
        self.image = place or 0

    def keep(self) -> None:
        """Put the network aside as it is at the moment that is looked at."""
        run = self.run
        if run is None or len(self.kept) == len(LETTERS):
            return
        view, recipe, data = run.look(), run.recipe, run.data
        state = next((moment.state for moment in view.moments if moment.step == self.at), view.state)
        network, moment = network_of(recipe, data, state), moment_of(recipe, data, state, everything=True)
        past = [*(one for one in view.moments if one.step < moment.step), moment]
        epoch = recipe.epochs / view.steps
        self.kept.append(
            Kept(
                self.free_letter(),
                run.plan,
                tuple(each for each in run.rates if each[0] < moment.step) or run.rates[:1],
                recipe,
                network,
                data,
                tuple((one.step * epoch, one.loss, one.accuracy) for one in past),
                moment,
                network.shares(data.held_out.images),
            )
        )

    def free_letter(self) -> str:
        """Name the first letter that is not in use."""
        used = {one.letter for one in self.kept}
        return next(letter for letter in LETTERS if letter not in used)

    def vote(self) -> tuple[list[str], float] | None:
        """Let the kept networks that know the same data vote; None if there are not two."""
        if not self.kept:
            return None
        source = self.kept[0].plan.source
        voters = [one for one in self.kept if one.plan.source == source]
        if len(voters) < 2:
            return None
        labels = voters[0].data.held_out.labels
        return [one.letter for one in voters], vote([one.shares for one in voters], labels)


class Trained(NamedTuple):
    """A network of this session: the source of its data by name in `DATASETS`, and its classes."""

    network: Network
    source: str
    classes: tuple[str, ...]


def desk() -> Desk:
    """Give what this session holds; after a reload, what the one before did."""
    if DESK not in st.session_state:
        st.session_state[DESK] = found_again(Desk)
    return st.session_state[DESK]


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
        found[name] = Trained(kept.network, kept.plan.source, kept.data.classes)
    return found

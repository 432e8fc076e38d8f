"""What scaling the pixels does: its formula with numbers, where they lie then, and how a network learns."""

from math import log
from typing import NamedTuple

import numpy as np

from cnnviz.lessons.data_statistics import Reach
from cnnviz.lessons.explain import MINUS, brief
from cnnviz.model.data import SCALINGS, Data, Scaling
from cnnviz.model.loss import LOSSES
from cnnviz.model.optimizers import SGD
from cnnviz.model.recipe import Recipe
from cnnviz.model.training import begin, network_of, step
from cnnviz.presets.networks import NETWORKS

NETWORK, LOSS = "Small CNN", "Cross-entropy"
STEPS, BATCH, LAST = 60, 32, 10
MOST_ASKED = 500  # held-out images
HEADS = ("Pixels", "Formula", "From", "To", "Mean", "Deviation")
LARGE = 100.0  # losses from here on are written without decimals
RATES = (0.0005, 0.005, 0.05, 0.5)
FIRST_RATE, MOST_SEED = 0.05, 9


def formula(scaling: Scaling, pixel: str = "x") -> str:
    """Write what becomes of a pixel: ``(x − 4.88) / 6.02``."""
    moved = f"({pixel} {MINUS} {brief(scaling.shift)})" if scaling.shift else pixel
    return moved if scaling.factor == 1 else f"{moved} / {brief(1 / scaling.factor)}"


def scaled_reach(reach: Reach, scaling: Scaling) -> Reach:
    """Tell where numbers lie once they are scaled."""
    least, mean, most = (
        (at - scaling.shift) * scaling.factor for at in (reach.least, reach.mean, reach.most)
    )
    return Reach(least, mean, reach.deviation * scaling.factor, most)


def reach_rows(data: Data, reach: Reach) -> list[list[str]]:
    """Write for every scaling what the first layer reads: a row with a text for each of the `HEADS`.

    Parameters
    ----------
    data : Data
        Whose scalings are meant.
    reach : Reach
        Of its training pixels.
    """
    rows = []
    for name in SCALINGS:
        scaling = data.scaling(name)
        least, mean, deviation, most = scaled_reach(reach, scaling)
        numbers = (brief(round(value, 6) + 0.0) for value in (least, most, mean, deviation))
        rows.append([name, formula(scaling), *numbers])
    return rows


class Effect(NamedTuple):
    """How a network learned from pixels scaled in one way.

    ``losses`` are those of the batches, ``first`` is the length of the gradient of the first layer that
    learns, at the first step, ``right`` the share of right answers to ``asked`` held-out images at the end.
    """

    name: str
    losses: tuple[float, ...]
    first: float
    right: float
    asked: int

    @property
    def last(self) -> float:
        """The mean loss of the last batches."""
        return float(np.mean(self.losses[-LAST:]))

    @property
    def worst(self) -> float:
        """The largest loss of all."""
        return max(self.losses)


def steps_of(data: Data) -> int:
    """Count the steps of each run: full batches of one epoch, so that all losses compare."""
    return min(STEPS, len(data.train) // BATCH)


def effect(data: Data, scaling: str, rate: float, seed: int) -> Effect:
    """Train a small network for a few steps; weights and batches depend on the seed alone.

    Parameters
    ----------
    data : Data
        To learn from.
    scaling : str
        A key of `SCALINGS`.
    rate : float
        The learning rate.
    seed : int
        Of first weights and order.

    Returns
    -------
    Effect
        The same each time.
    """
    architecture = NETWORKS[NETWORK].on(data.input_shape, len(data.classes))
    recipe = Recipe(architecture, SGD(), rate, loss=LOSS, batch=BATCH, epochs=1, seed=seed, scaling=scaling)
    state, losses, first = begin(recipe, data), [], 0.0
    for number in range(steps_of(data)):
        state, metrics = step(recipe, data, state)
        losses.append(metrics.loss)
        first = first if number else next(size for size in architecture.sizes(metrics.gradient) if size)
    asked = data.held_out[:MOST_ASKED]
    score = network_of(recipe, data, state).score(asked, LOSSES[LOSS])
    return Effect(scaling, tuple(losses), first, score.accuracy, len(asked))


def effect_text(effect: Effect) -> str:
    """Say what the curve of a run shows."""
    start = "In the first step the gradient of the first layer is"
    return (
        f"{start} {_rounded(effect.first)} long. The loss is at most {_rounded(effect.worst)}, and "
        f"{_rounded(effect.last)} at the end; {100 * effect.right:.0f} % of {effect.asked} held-out images "
        "are read right."
    )


def _rounded(value: float) -> str:
    """Write a loss: two decimals, none where it is large."""
    return brief(value) if not value >= LARGE else f"{value:,.0f}"


def guess(classes: int) -> float:
    """Give the loss of a guess that prefers no class."""
    return log(classes)

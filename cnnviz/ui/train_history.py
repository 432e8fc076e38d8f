"""What is remembered of a run: its curve, which never grows beyond bounds, and moments to go back to."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.softmax import softmax
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data
from cnnviz.model.loss import LOSSES, predictions
from cnnviz.model.training import Metrics, Recipe, State, network_of

MOST_POINTS = 400
MOST_MOMENTS = 40
MOST_BYTES = 24 << 20  # in all moments of a run
CHECKED = 2000  # held-out images asked about at a moment; at the end all are


class Point(NamedTuple):
    """The mean over a few batches, up to a step; gradient sizes are those of the last one."""

    step: int
    loss: float
    accuracy: float
    sizes: tuple[float | None, ...]


class Curve:
    """Points at even steps; when there are too many, neighbours are joined."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self.each = 1  # steps to a point
        self._open: list[Metrics] = []

    def add(self, step: int, metrics: Metrics, architecture: Architecture) -> None:
        """Add the step that led to ``step``."""
        self._open.append(metrics)
        if step % self.each:
            return
        losses, accuracies = zip(*((each.loss, each.accuracy) for each in self._open), strict=True)
        sizes = architecture.sizes(metrics.gradient)
        self.points.append(Point(step, float(np.mean(losses)), float(np.mean(accuracies)), sizes))
        self._open.clear()
        if len(self.points) >= MOST_POINTS and step % (2 * self.each) == 0:
            self._join()

    def _join(self) -> None:
        """Halve the number of points."""
        self.each *= 2
        joined: dict[int, list[Point]] = {}
        for point in self.points:
            joined.setdefault(-(-point.step // self.each), []).append(point)
        self.points = [
            Point(
                parts[-1].step,
                float(np.mean([part.loss for part in parts])),
                float(np.mean([part.accuracy for part in parts])),
                parts[-1].sizes,
            )
            for parts in joined.values()
        ]

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        self.points = [point for point in self.points if point.step <= step]
        self._open.clear()


@dataclass(frozen=True, eq=False)
class Moment:
    """A state, and what it answers to held-out images: the classes, and the share it gives them."""

    state: State
    loss: float
    accuracy: float
    answers: np.ndarray
    shares: np.ndarray

    @property
    def step(self) -> int:
        """Count the steps before it."""
        return self.state.step


def moment_of(recipe: Recipe, data: Data, state: State, everything: bool = False) -> Moment:
    """Ask a state about held-out images: the first `CHECKED`, or all."""
    asked = data.held_out if everything or len(data.held_out) <= CHECKED else data.held_out[:CHECKED]
    score = network_of(recipe, data, state).score(asked, LOSSES[recipe.loss])
    answers = predictions(score.logits)
    with np.errstate(all="ignore"):
        shares = softmax(score.logits)[np.arange(len(answers)), answers]
    return Moment(state, score.loss, score.accuracy, answers.astype(np.int16), shares)


def moments_at(steps: int, state: State) -> frozenset[int]:
    """Choose the steps to remember: close together at first, and as many as memory allows."""
    size = state.parameters.nbytes + state.statistics.nbytes + state.kept.nbytes
    count = max(4, min(MOST_MOMENTS, MOST_BYTES // max(size, 1)))
    return frozenset(round(steps * (at / count) ** 2) for at in range(count + 1))

"""A network: an architecture with its numbers, asked for answers."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.arguments import shaped
from cnnviz.kernels.softmax import softmax
from cnnviz.kernels.threads import limited_to, share_out
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Examples, Scaling
from cnnviz.model.layer import Arrays, Given
from cnnviz.model.loss import Loss, predictions
from cnnviz.model.passes import forward

TOGETHER = 32  # images that one thread takes at a time


class Score(NamedTuple):
    """How well a network answers: mean loss, share of right answers, and its logits."""

    loss: float
    accuracy: float
    logits: np.ndarray


@dataclass(frozen=True, eq=False)
class Network:
    """An architecture, how its images are scaled, and the vectors of parameters and statistics."""

    architecture: Architecture
    scaling: Scaling
    parameters: np.ndarray
    statistics: np.ndarray

    def __post_init__(self) -> None:
        """Check that the vectors fit."""
        shaped("parameters", self.parameters, (self.architecture.parameter_count,))
        shaped("statistics", self.statistics, (self.architecture.statistics_count,))

    @property
    def layers(self) -> tuple[Arrays, ...]:
        """Show the parameters of every layer."""
        return self.architecture.split(self.parameters)

    def outputs(self, images: np.ndarray) -> list[np.ndarray]:
        """Give the scaled input and the output of every layer.

        Parameters
        ----------
        images : ndarray of shape (N, C, H, W)
            Pixels as in the data the network learned from; drawn ones may be fractions.

        Returns
        -------
        list of ndarray
            One more than there are layers.

        Raises
        ------
        ValueError
            If the images have another shape than the input.
        """
        parts = self.architecture.split_statistics(self.statistics)
        with np.errstate(all="ignore"):
            x = self.scaling(np.asarray(images)).astype(self.parameters.dtype, copy=False)
            return forward(self.architecture, self.parameters, x, [Given(statistics=part) for part in parts])

    def logits(self, images: np.ndarray) -> np.ndarray:
        """Give the last output only, for any number of images, on all threads."""
        logits = np.empty((len(images), *self.architecture.output_shape), self.parameters.dtype)

        def answer(part: int) -> None:
            places = slice(part * TOGETHER, (part + 1) * TOGETHER)
            with limited_to(1):
                logits[places] = self.outputs(images[places])[-1]

        share_out(answer, -(-len(images) // TOGETHER))
        return logits

    def shares(self, images: np.ndarray) -> np.ndarray:
        """Give the probability of every class."""
        return softmax(self.logits(images))

    def score(self, examples: Examples, loss: Loss) -> Score:
        """Ask about examples whose answers are known."""
        logits = self.logits(examples.images)
        with np.errstate(all="ignore"):
            lost = float(loss.f(logits, examples.labels).mean(dtype=np.float64))
        return Score(lost, float((predictions(logits) == examples.labels).mean()), logits)

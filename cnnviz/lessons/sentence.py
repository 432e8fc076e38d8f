"""Kim's network on one sentence: every window over the words, every maximum, every score, as a run of stops.

`Worked.of` computes everything with the same kernels that train; `Worked.stops` only tells it. A filter reads
whole words, so its kernel is as wide as a word vector and its map is a column: a non-square convolution.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.kernels.convolution import conv2d
from cnnviz.kernels.dense import dense
from cnnviz.kernels.softmax import softmax
from cnnviz.lessons.explain import brief
from cnnviz.presets.studies_sentence import (
    CHANNELS,
    CLASSES,
    WIDTHS,
    SentenceSetup,
    class_weights,
    kernels,
    vectors,
)


@dataclass(frozen=True)
class Map:
    """One filter and what it finds: sums before ReLU, the map after it, and where the maximum is."""

    width: int
    weights: np.ndarray  # (channels, width, length)
    bias: float
    partial: np.ndarray  # (channels, places): what each channel adds
    sums: np.ndarray  # (places,)
    values: np.ndarray  # after ReLU

    @property
    def best(self) -> int:
        """The first place of the maximum."""
        return int(self.values.argmax())

    @property
    def maximum(self) -> float:
        """What is kept of the map."""
        return float(self.values[self.best])


@dataclass(frozen=True)
class Stop:
    """One moment: a window of a filter, its maximum, a class score, or the probabilities."""

    kind: str  # "window", "maximum", "score" or "softmax"
    index: int  # the filter or the class
    place: int  # the window's first word
    told: str


@dataclass(frozen=True, eq=False)
class Worked:
    """Everything the network computes for a sentence."""

    setup: SentenceSetup
    image: np.ndarray  # (channels, words, length)
    maps: tuple[Map, ...]
    weights: np.ndarray  # (classes, features)
    biases: np.ndarray
    scores: np.ndarray
    probabilities: np.ndarray

    @classmethod
    def of(cls, setup: SentenceSetup) -> "Worked":
        """Compute it."""
        image = vectors(setup)
        maps = tuple(found for width in WIDTHS for found in _maps(image, *kernels(setup, width)))
        weights, biases = class_weights(setup)
        features = np.array([[found.maximum for found in maps]])
        scores = _tidy(dense(features, weights, biases)[0])
        return cls(setup, image, maps, weights, biases, scores, softmax(scores))

    @property
    def features(self) -> np.ndarray:
        """The maxima, one behind the other."""
        return np.array([found.maximum for found in self.maps])

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The whole run: filter by filter, then the maxima, the scores, the probabilities."""
        windows = [
            Stop("window", index, place, self._told_window(found, place))
            for index, found in enumerate(self.maps)
            for place in range(len(found.values))
        ]
        maxima = [
            Stop("maximum", i, found.best, self._told_maximum(found)) for i, found in enumerate(self.maps)
        ]
        scores = [Stop("score", index, 0, self._told_score(index)) for index in range(len(CLASSES))]
        return (*windows, *maxima, *scores, Stop("softmax", 0, 0, self._told_softmax()))

    def phrase(self, found: Map, place: int) -> str:
        """Write the words under a window."""
        return " ".join(self.setup.words[place : place + found.width])

    def _told_window(self, found: Map, place: int) -> str:
        parts = " + ".join(
            f"{name} {_signed(part)}" for name, part in zip(CHANNELS, found.partial[:, place], strict=True)
        )
        total = f"{parts} + bias {_signed(found.bias)} = {short(found.sums[place])}"
        return f"“{self.phrase(found, place)}”: {total}, after ReLU {short(found.values[place])}"

    def _told_maximum(self, found: Map) -> str:
        values = ", ".join(short(value) for value in found.values)
        return f"max({values}) = {short(found.maximum)}, from “{self.phrase(found, found.best)}”"

    def _told_score(self, index: int) -> str:
        pairs = zip(self.features, self.weights[index], strict=True)
        terms = " + ".join(f"{short(value)}·{_signed(weight)}" for value, weight in pairs)
        return f"{CLASSES[index].capitalize()}: {terms} = {short(self.scores[index])}"

    def _told_softmax(self) -> str:
        above = " and ".join(
            f"{100 * share:.0f} % {name}" for share, name in zip(self.probabilities, CLASSES, strict=True)
        )
        scores = " and ".join(short(score) for score in self.scores)
        return f"Softmax turns {scores} into {above}"


def _maps(image: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> list[Map]:
    """Slide the filters of one width down the words."""
    width = weights.shape[2]
    sums = _tidy(conv2d(image[None], weights, biases)[0, :, :, 0])
    values = ACTIVATIONS["ReLU"].f(sums)
    alone = [conv2d(image[None, c : c + 1], weights[:, c : c + 1])[0, :, :, 0] for c in range(len(image))]
    partial = [_tidy(part) for part in alone]
    return [
        Map(width, weights[f], float(biases[f]), np.array([part[f] for part in partial]), sums[f], values[f])
        for f in range(len(weights))
    ]


def _tidy(values: np.ndarray) -> np.ndarray:
    """Take away the noise of binary fractions: all numbers here are whole hundredths."""
    return np.round(values, 9) + 0.0


def short(value: float) -> str:
    """Write a number of at most two decimals as briefly as it can be."""
    text = brief(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(value: float) -> str:
    """Write a number that follows a sign: a negative one in brackets."""
    return f"({short(value)})" if value < 0 else short(value)

"""What a network learns from: images of whole numbers with their classes, and how they are scaled.

To add a way of scaling, add a record to `_ROWS`. Sources of data are listed in datasets.py.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cnnviz.model.layer import number, set_fields
from cnnviz.model.randomness import stream
from cnnviz.window import whole

TOGETHER = 500  # images whose pixels are counted at a time


@dataclass(frozen=True)
class Scaling:
    """Turns pixels into what the first layer reads: (pixel − shift) · factor."""

    shift: float = 0.0
    factor: float = 1.0

    def __post_init__(self) -> None:
        """Check."""
        set_fields(
            self, shift=number("shift", self.shift, -1e6, 1e6), factor=number("factor", self.factor, 0, 1e6)
        )

    def __call__(self, images: np.ndarray) -> np.ndarray:
        """Scale images, to float32."""
        x = images.astype(np.float32)
        x -= np.float32(self.shift)
        x *= np.float32(self.factor)
        return x


@dataclass(frozen=True, eq=False)
class Examples:
    """Images of shape (N, C, H, W), of whole numbers from 0 to 255, and the number of the class of each."""

    images: np.ndarray
    labels: np.ndarray

    def __post_init__(self) -> None:
        """Check, once, so that nobody has to while training."""
        images, labels = np.ascontiguousarray(self.images), np.ascontiguousarray(self.labels, np.int64)
        if images.dtype != np.uint8 or images.ndim != 4 or not images.size:
            raise ValueError(
                f"images must be uint8 with the axes (N, C, H, W), got {images.dtype} {images.shape}"
            )
        if labels.shape != (len(images),):
            raise ValueError(f"labels must be one for each of the {len(images)} images, got {labels.shape}")
        images.flags.writeable = labels.flags.writeable = False
        set_fields(self, images=images, labels=labels)

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, places) -> "Examples":
        """Choose some."""
        return Examples(self.images[places].copy(), self.labels[places].copy())


@dataclass(frozen=True, eq=False)
class Data:
    """Examples to learn from, others to be asked about, the names of the classes and the whitest pixel."""

    name: str
    train: Examples
    held_out: Examples
    classes: tuple[str, ...]
    peak: int = 255

    def __post_init__(self) -> None:
        """Check that every label has a name."""
        for part in (self.train, self.held_out):
            if part.labels.min() < 0 or part.labels.max() >= len(self.classes):
                raise ValueError(f"labels must be from 0 to {len(self.classes) - 1}")

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Channels, height and width of an image."""
        return self.train.images.shape[1:]

    @cached_property
    def digest(self) -> str:
        """Name these very examples, so that a run is continued on the same."""
        hashed = hashlib.sha256()
        for part in (self.train, self.held_out):
            hashed.update(repr(part.images.shape).encode())
            hashed.update(part.images.data)
            hashed.update(part.labels.data)
        return hashed.hexdigest()[:16]

    def scaling(self, name: str) -> Scaling:
        """Tell how to scale these images in one of the `SCALINGS`; measured once."""
        return self._scalings[name]

    @cached_property
    def _scalings(self) -> dict[str, Scaling]:
        return {name: way.of(self) for name, way in SCALINGS.items()}

    def counts(self, part: Examples) -> list[int]:
        """Count the examples of each class."""
        return np.bincount(part.labels, minlength=len(self.classes)).tolist()

    def fewer(self, count: int) -> "Data":
        """Keep the first ``count`` training examples only, to see a network learn them by heart."""
        if whole("count", count, 1) > len(self.train):
            raise ValueError(f"count must be at most {len(self.train)}, got {count}")
        return replace(self, train=self.train[:count])

    def in_order_of_class(self) -> "Data":
        """Put all training examples of the first class first, and so on: what shuffling is for."""
        return replace(self, train=self.train[np.argsort(self.train.labels, kind="stable")])

    def with_label_noise(self, share: float, seed: int) -> "Data":
        """Give a ``share`` of the training examples any other label."""
        share = number("share", share, 0, 1)
        random = stream(whole("seed", seed, 0), "labels")
        wrong = random.random(len(self.train)) < share
        moved = random.integers(1, len(self.classes), len(self.train))
        labels = np.where(wrong, (self.train.labels + moved) % len(self.classes), self.train.labels)
        return replace(self, train=Examples(self.train.images, labels))


@dataclass(frozen=True)
class ScalingChoice:
    """A way to scale: its name, its formula, what it does, and how it is measured."""

    name: str
    formula: str
    remark: str
    of: Callable[[Data], Scaling]


def _standardised(data: Data) -> Scaling:
    """Measure mean and deviation of the training pixels, from how often each value occurs."""
    images, some = data.train.images, range(0, len(data.train), TOGETHER)
    counts = sum(np.bincount(images[first : first + TOGETHER].reshape(-1), minlength=256) for first in some)
    values = np.arange(256)
    mean = float(np.average(values, weights=counts))
    deviation = float(np.sqrt(np.average(np.square(values - mean), weights=counts)))
    return Scaling(mean, 1 / deviation if deviation else 1.0)


_ROWS = (
    ScalingChoice(
        "Standardised",
        "(x − mean) / deviation",
        "Mean 0 and deviation 1 over all pixels: gradients begin balanced.",
        _standardised,
    ),
    ScalingChoice(
        "0 to 1", "x / largest", "Black is 0 and white is 1.", lambda data: Scaling(0.0, 1 / data.peak)
    ),
    ScalingChoice(
        "As they are",
        "x",
        "Pixels as stored, up to 255: the first steps are far too large.",
        lambda _: Scaling(),
    ),
)
SCALINGS = {way.name: way for way in _ROWS}

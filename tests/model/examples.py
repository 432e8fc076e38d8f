"""What the tests of networks share: small architectures, small data, and a few steps of a run."""

import numpy as np

from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data, Examples
from cnnviz.model.layers import (
    Activation,
    BatchNorm,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
    MeanPool,
)
from cnnviz.model.recipe import Recipe
from cnnviz.model.training import State, begin, step

EVERYTHING = Architecture(
    (2, 8, 7),
    (
        Conv2d(4, 3, padding=1, groups=2),
        Activation("ReLU"),
        MaxPool(2),
        Dropout(0.25),
        Conv2d(6, (2, 1), stride=(1, 2), dilation=2, padding=((0, 1), (1, 0))),
        BatchNorm(),
        Activation("Tanh"),
        MeanPool(2, stride=1, padding=1),
        Flatten(),
        Dense(5),
        Activation("ELU", (("alpha", 0.5),)),
        BatchNorm(),
        Dense(3),
    ),
)
DROPPING = Architecture(
    (2, 8, 7), (Conv2d(3, 3), Activation("ReLU"), Dropout(0.3), Flatten(), Dense(8), Dropout(), Dense(3))
)
PLAIN = Architecture((2, 8, 7), (Conv2d(3, 3), Activation("ReLU"), MaxPool(2), Flatten(), Dense(3)))
DIGITS_CNN = Architecture(
    (1, 8, 8),
    (
        Conv2d(8, 3, padding=1),
        Activation("ReLU"),
        Conv2d(16, 3, padding=1),
        Activation("ReLU"),
        MaxPool(2),
        Flatten(),
        Dense(10),
    ),
)
LENET = Architecture(
    (1, 28, 28),
    (
        Conv2d(8, 5, padding=2),
        Activation("ReLU"),
        MaxPool(2),
        Conv2d(16, 5, padding=2),
        Activation("ReLU"),
        MaxPool(2),
        Flatten(),
        Dense(10),
    ),
)


def small_data(count=150, classes=3, shape=(2, 8, 7)) -> Data:
    """Make images whose class is the row that shines."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 120, (count + 30, *shape)), rng.integers(0, classes, count + 30)
    images[np.arange(len(labels)), :, labels * 2] += 100
    images = images.astype(np.uint8)
    parts = (Examples(images[part], labels[part]) for part in (slice(count), slice(count, None)))
    return Data("Small", *parts, tuple("abcdefghij"[:classes]))


def run(recipe: Recipe, data: Data, steps: int, state: State | None = None) -> State:
    """Take some steps."""
    state = state or begin(recipe, data)
    for _ in range(steps):
        state, _ = step(recipe, data, state)
    return state

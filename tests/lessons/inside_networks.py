"""Small networks with drawn weights, to look inside of in tests."""

import numpy as np

from cnnviz.lessons.inside import Inside
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Scaling
from cnnviz.model.layers import Activation, Conv2d, Dense, Dropout, Flatten, MaxPool
from cnnviz.model.network import Network

DEEP = Architecture(
    (1, 9, 8),
    (
        Conv2d(4, 3, padding=1),
        Activation("ReLU"),
        MaxPool(2),
        Conv2d(6, (2, 3), stride=(1, 2), padding=((0, 1), (2, 0)), groups=2),
        Activation("Tanh"),
        Flatten(),
        Dropout(0.5),
        Dense(5),
    ),
)


def drawn(architecture: Architecture = DEEP, seed: int = 1) -> Inside:
    """Draw weights and an image."""
    random = np.random.default_rng(seed)
    parameters = random.normal(size=architecture.parameter_count)
    network = Network(architecture, Scaling(100, 0.01), parameters, np.zeros(architecture.statistics_count))
    return Inside(network, random.integers(0, 256, architecture.input_shape).astype(np.uint8))

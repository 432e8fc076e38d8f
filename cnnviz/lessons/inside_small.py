"""Small networks trained while the reader waits: one to look inside, others to compare with."""

from cnnviz.lessons.inside_verdicts import equal_mlp
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.network import Network
from cnnviz.model.optimizers import Adam
from cnnviz.model.training import Recipe, begin, network_of, step

MOST_STEPS = 600  # what is trained while somebody waits

SMALL = Architecture(
    (1, 8, 8),
    (
        Conv2d(4, 3, padding=1),
        Activation("ReLU"),
        MaxPool(2),
        Conv2d(8, 3, padding=1),
        Activation("ReLU"),
        MaxPool(2),
        Flatten(),
        Dense(10),
    ),
)


def quick_recipe(architecture: Architecture, count: int) -> Recipe:
    """Write down a training of a few hundred steps on ``count`` examples."""
    batch = 32
    epochs = -(-MOST_STEPS * batch // count)
    return Recipe(architecture, Adam(), 0.005, batch=batch, epochs=epochs)


def trained(recipe: Recipe, data: Data) -> Network:
    """Take the steps of a recipe, at most `MOST_STEPS`, and give the network.

    Parameters
    ----------
    recipe : Recipe
        How to train.
    data : Data
        What to learn from.

    Returns
    -------
    Network
        The same each time.
    """
    state = begin(recipe, data)
    for _ in range(min(recipe.steps(len(data.train)), MOST_STEPS)):
        state, _ = step(recipe, data, state)
    return network_of(recipe, data, state)


def rival(architecture: Architecture, data: Data) -> Network:
    """Train a multilayer perceptron of as many parameters on the same data."""
    mlp = equal_mlp(architecture)
    return trained(quick_recipe(mlp, len(data.train)), data)

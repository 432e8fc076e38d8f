"""Networks that come trained, so that a digit can be read before anybody has trained anything.

To add one, add a record to `_ROWS`, run `python -m cnnviz.presets.make_trained`, and write the accuracy it
prints into the record: a test compares the two.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cnnviz.model.architecture import Architecture
from cnnviz.model.layers import Activation, Conv2d, Dense, Dropout, Flatten, MaxPool
from cnnviz.model.network import Network
from cnnviz.model.optimizers import Momentum
from cnnviz.model.saving import Saved, load
from cnnviz.model.schedules import Cosine
from cnnviz.model.training import Recipe

NETWORKS = Path(__file__).parents[2] / "assets" / "networks"

_CNN = Architecture(
    (1, 28, 28),
    (
        Conv2d(8, 5, padding=2),
        Activation("ReLU"),
        MaxPool(2),
        Conv2d(16, 5, padding=2),
        Activation("ReLU"),
        MaxPool(2),
        Flatten(),
        Dropout(0.3),
        Dense(32),
        Activation("ReLU"),
        Dense(10),
    ),
)
_MLP = Architecture((1, 28, 28), (Flatten(), Dense(36), Activation("ReLU"), Dense(10)))


@dataclass(frozen=True)
class Trained:
    """A trained network: its file, how it was trained, on what, and its share of right answers held out."""

    name: str
    remark: str
    file: str
    recipe: Recipe
    accuracy: float
    data: str = "MNIST"

    @property
    def path(self) -> Path:
        """Where it is."""
        return NETWORKS / self.file

    @property
    def architecture(self) -> Architecture:
        """Its layers."""
        return self.recipe.architecture

    @cached_property
    def saved(self) -> Saved:
        """What stands in its file; read once."""
        return load(self.path.read_bytes())

    def network(self) -> Network:
        """Give the network."""
        return self.saved.network()


_ROWS = (
    Trained(
        "CNN",
        "Two convolutions look for strokes anywhere, two dense layers weigh what was found where.",
        "cnn.npz",
        Recipe(_CNN, Momentum(weight_decay=1e-4), 0.05, Cosine(), epochs=14),
        0.9916,
    ),
    Trained(
        "MLP",
        "Dense layers only, with about as many parameters: each weight belongs to one pixel.",
        "mlp.npz",
        Recipe(_MLP, Momentum(weight_decay=1e-4), 0.05, Cosine(), epochs=14),
        0.9694,
    ),
)
TRAINED = {trained.name: trained for trained in _ROWS}

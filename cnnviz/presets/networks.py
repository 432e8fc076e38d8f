"""Networks that can be trained, the settings of a run as one frozen record, and failures worth seeing.

To add a network or a failure, add a record to its rows: menus, pages and tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data, Examples
from cnnviz.model.datasets import DATASETS
from cnnviz.model.layer import Layer, Shape, number
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool, MeanPool
from cnnviz.model.optimizers import OPTIMIZERS
from cnnviz.model.schedules import SCHEDULES
from cnnviz.model.training import Recipe
from cnnviz.presets.layer_text import FIRST_STACK, read_layers
from cnnviz.window import whole

OWN = "Own layers"
SMALL = 16  # pixels: smaller images get the smaller kernels
MOST_EPOCHS, MOST_SEED = 200, 9999
MOST_WARM_UP = 10.0  # epochs
LEAST_RATE, MOST_RATE = 1e-5, 100.0
LEAST_EXAMPLES = 10
MOST_WRONG = 0.9
MOST_WORK = 1_000_000_000  # multiplications in a step, so that nobody waits long for a turn


@dataclass(frozen=True)
class Blueprint:
    """A network for images of any shape it fits: ``layers`` come before the classes."""

    name: str
    remark: str
    layers: Callable[[Shape], tuple[Layer, ...]]

    def on(self, shape: Shape, classes: int) -> Architecture:
        """Build it for images of a shape, with a unit for each class at the end."""
        layers = self.layers(shape)
        if not layers or len(Architecture(shape, layers).output_shape) != 1:
            layers = (*layers, Flatten())
        return Architecture(shape, (*layers, Dense(classes)))


def _small_cnn(shape: Shape) -> tuple[Layer, ...]:
    """Choose kernels by the size of the images; the smallest are pooled once."""
    small = shape[1] < SMALL
    size, padding = (3, 1) if small else (5, 2)
    between = () if small else (MaxPool(2),)
    first, second = (Conv2d(filters, size, padding=padding) for filters in (8, 16))
    return first, Activation("ReLU"), *between, second, Activation("ReLU"), MaxPool(2)


def _lenet(shape: Shape) -> tuple[Layer, ...]:
    """LeCun et al. (1998), with means for its trained averages; 28 by 28 is padded to its 32 by 32."""
    del shape
    squash = Activation("Tanh")
    convolutions = Conv2d(6, 5, padding=2), squash, MeanPool(2), Conv2d(16, 5), squash, MeanPool(2)
    return *convolutions, Flatten(), Dense(120), squash, Dense(84), squash


def _deep_sigmoid(shape: Shape) -> tuple[Layer, ...]:
    """Six layers that each squash what they are given."""
    del shape
    return Flatten(), *(layer for _ in range(6) for layer in (Dense(32), Activation("Sigmoid")))


_ROWS = (
    Blueprint(
        "Softmax regression", "One layer: a template for each class, laid over the image.", lambda _: ()
    ),
    Blueprint(
        "MLP",
        "One hidden layer of 64 units; it does not know which pixels are neighbours.",
        lambda _: (Flatten(), Dense(64), Activation("ReLU")),
    ),
    Blueprint("Small CNN", "Two convolutions of 8 and 16 filters with ReLU and pooling.", _small_cnn),
    Blueprint("LeNet-5", "The network of LeCun et al. (1998) for 28 by 28 pixels, with tanh.", _lenet),
    Blueprint("Deep sigmoid net", "Six hidden layers with sigmoid: the first hardly learn.", _deep_sigmoid),
)  # fmt: skip
NETWORKS = {blueprint.name: blueprint for blueprint in _ROWS}


def fitting(shape: Shape) -> list[str]:
    """Name the networks that can be built for images of a shape."""
    fits = []
    for name, blueprint in NETWORKS.items():
        try:
            blueprint.on(shape, 2)
        except ValueError:
            continue
        fits.append(name)
    return fits


@dataclass(frozen=True)
class Plan:
    """Everything the reader chooses about a run; ``examples`` 0 means all, ``wrong`` labels are a share.

    The rate rises over ``warm_up`` epochs and then falls evenly: at 0.05 from the first step, or in batches
    of 32, momentum stumbles on images of 28 by 28.
    """

    source: str = "Handwritten digits"
    network: str = "Small CNN"
    stack: str = FIRST_STACK
    optimizer: str = "Momentum"
    rate: float = 0.05
    schedule: str = "Linear"
    batch: int = 64
    epochs: int = 20
    seed: int = 0
    initialisation: str = "He"
    scaling: str = "Standardised"
    loss: str = "Cross-entropy"
    shuffle: bool = True
    by_class: bool = False
    examples: int = 0
    wrong: float = 0.0
    warm_up: float = 0.2

    def __post_init__(self) -> None:
        """Check what the recipe does not."""
        for name, table in (
            ("source", DATASETS),
            ("network", {**NETWORKS, OWN: OWN}),
            ("optimizer", OPTIMIZERS),
            ("schedule", SCHEDULES),
        ):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        if not LEAST_RATE <= number("rate", self.rate, 0, 1e6) <= MOST_RATE:
            raise ValueError(f"rate must be from {LEAST_RATE:g} to {MOST_RATE:g}, got {self.rate:g}")
        for name, most in (("epochs", MOST_EPOCHS), ("seed", MOST_SEED), ("examples", self.count)):
            if whole(name, getattr(self, name), 0) > most:
                raise ValueError(f"{name} must be at most {most}, got {getattr(self, name)}")
        if number("warm_up", self.warm_up, 0, 1e6) > MOST_WARM_UP:
            raise ValueError(f"warm_up must be at most {MOST_WARM_UP:g} epochs, got {self.warm_up:g}")
        if 0 < self.examples < LEAST_EXAMPLES:
            raise ValueError(f"examples must be 0 or at least {LEAST_EXAMPLES}, got {self.examples}")
        if number("wrong", self.wrong, 0, 1) > MOST_WRONG:
            raise ValueError(f"wrong must be at most {MOST_WRONG}, got {self.wrong:g}")
        most = MOST_WORK // max(1, self.recipe().architecture.macs)
        if self.batch > most:
            raise ValueError(f"batch must be at most {most} for a network of this size, got {self.batch}")

    @property
    def count(self) -> int:
        """Count the training examples there are."""
        return DATASETS[self.source].counts[0]

    def architecture(self) -> Architecture:
        """Build the network for the images of the source."""
        source = DATASETS[self.source]
        blueprint = NETWORKS.get(self.network) or Blueprint(OWN, "", lambda _: read_layers(self.stack))
        try:
            return blueprint.on(source.input_shape, len(source.classes))
        except ValueError as problem:
            if self.network == OWN:
                raise
            height, width = source.input_shape[1:]
            raise ValueError(f"{self.network} does not fit on images of {height} × {width}") from problem

    def recipe(self) -> Recipe:
        """Write down how to train."""
        return Recipe(
            self.architecture(),
            OPTIMIZERS[self.optimizer](),
            self.rate,
            SCHEDULES[self.schedule](warm_up=self.warm_up),
            self.loss,
            self.batch,
            self.epochs,
            self.seed,
            self.initialisation,
            self.scaling,
            self.shuffle,
        )

    def lessons(self, data: Data) -> Data:
        """Prepare the data of the source as asked: fewer, with wrong labels, sorted by class."""
        if self.examples:
            data = data.fewer(self.examples)
        if self.wrong:
            data = data.with_label_noise(self.wrong, self.seed)
        if self.by_class:
            order = np.argsort(data.train.labels, kind="stable")
            data = replace(data, train=Examples(data.train.images[order], data.train.labels[order]))
        return data


@dataclass(frozen=True)
class Failure:
    """A run that goes wrong: why, and where on the page to look."""

    title: str
    look: str
    plan: Plan


_PLAIN = Plan(schedule="Constant", warm_up=0.0, batch=32)  # what is seen is due to the failure alone
FAILURES: dict[str, Failure] = {
    "rate": Failure(
        "Rate too high",
        "The loss leaps up, then stays at that of a guess: the units of ReLU have died, and no gradient "
        "passes them. Look at the gradient sizes, then divide the rate by 100.",
        replace(_PLAIN, rate=2.0, epochs=5),
    ),
    "order": Failure(
        "No shuffling",
        "The digits come sorted, so each batch shows one class: accuracy in the batch is high, held-out "
        "accuracy stays low. Look at the columns of the confusion matrix: it answers what it saw last.",
        replace(_PLAIN, shuffle=False, by_class=True, optimizer="SGD", epochs=5),
    ),
    "zeros": Failure(
        "All weights zero",
        "All filters stay alike and get no gradient, so only the last bias learns. Look at the filters, and "
        "at the gradient sizes of all layers but the last.",
        replace(_PLAIN, initialisation="Zeros", epochs=5),
    ),
    "sigmoid": Failure(
        "Deep sigmoid net",
        "Each sigmoid makes the gradient smaller, so the first layers hardly move. Compare the gradient "
        "sizes from the last layer to the first, then try the MLP.",
        replace(_PLAIN, network="Deep sigmoid net", optimizer="SGD", rate=0.1, epochs=10),
    ),
    "labels": Failure(
        "Wrong labels",
        "Four labels in ten are wrong. The network first learns what is right, then the wrong labels by "
        "heart: training accuracy rises, held-out accuracy falls. Move the timeline to its best moment.",
        replace(_PLAIN, wrong=0.4, epochs=60, batch=64),
    ),
    "few": Failure(
        "Tiny data",
        "Only 40 images, soon known by heart: the training loss goes to 0. Held-out accuracy stays far "
        "below; the gap between the two curves is overfitting.",
        replace(_PLAIN, examples=40, batch=20, epochs=100),
    ),
}

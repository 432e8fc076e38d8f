"""A recipe: everything that decides a run beside its data, checked when it is made."""

from dataclasses import dataclass

import numpy as np

from cnnviz.model.architecture import Architecture
from cnnviz.model.data import SCALINGS
from cnnviz.model.initialisation import INITIALISATIONS
from cnnviz.model.layer import number, set_fields
from cnnviz.model.loss import LOSSES
from cnnviz.model.optimizers import Momentum, Optimizer
from cnnviz.model.randomness import order
from cnnviz.model.records import one_of
from cnnviz.model.schedules import Constant, Schedule
from cnnviz.window import whole

MOST_IN_A_BATCH = 1024
MOST_EPOCHS = 1000
_MOMENTUM, _CONSTANT = Momentum(), Constant()


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a run beside its data; names are those of the tables."""

    architecture: Architecture
    optimizer: Optimizer = _MOMENTUM
    rate: float = 0.02
    schedule: Schedule = _CONSTANT
    loss: str = "Cross-entropy"
    batch: int = 64
    epochs: int = 5
    seed: int = 0
    initialisation: str = "He"
    scaling: str = "Standardised"
    shuffle: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be trained, each by name."""
        one_of("architecture", self.architecture, (Architecture,))
        one_of("optimizer", self.optimizer, (Optimizer,))
        one_of("schedule", self.schedule, (Schedule,))
        one_of("shuffle", self.shuffle, (bool,))
        set_fields(self, rate=number("rate", self.rate, 0, 1e6))
        for name, most in (("batch", MOST_IN_A_BATCH), ("epochs", MOST_EPOCHS)):
            if whole(name, getattr(self, name), 1) > most:
                raise ValueError(f"{name} must be at most {most}, got {getattr(self, name)}")
        if whole("seed", self.seed, 0) >= 1 << 32:
            raise ValueError(f"seed must be below {1 << 32}, got {self.seed}")
        for name, table in (
            ("loss", LOSSES),
            ("initialisation", INITIALISATIONS),
            ("scaling", SCALINGS),
        ):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        if len(self.architecture.output_shape) != 1:
            raise ValueError(f"architecture must end flat, got shape {self.architecture.output_shape}")
        self.architecture.check_size()

    def steps_of_an_epoch(self, count: int) -> int:
        """Count the batches of ``count`` examples; the last one may be smaller."""
        return -(-count // self.batch)

    def steps(self, count: int) -> int:
        """Count the steps of the whole run."""
        return self.epochs * self.steps_of_an_epoch(count)

    def rate_at(self, step: int, count: int) -> float:
        """Tell the learning rate of a step; a warm-up ends one step early rather than begin with 0."""
        epoch = step / self.steps_of_an_epoch(count)
        rising = (step + 1) / self.steps_of_an_epoch(count) if self.schedule.warm_up > epoch else epoch
        return self.rate * self.schedule.factor(rising, self.epochs)

    def examples_of(self, step: int, count: int) -> np.ndarray:
        """Name the examples of the batch of a step."""
        epoch, batch = divmod(step, self.steps_of_an_epoch(count))
        places = slice(batch * self.batch, min((batch + 1) * self.batch, count))
        return order(self.seed, epoch, count)[places] if self.shuffle else np.arange(count)[places]

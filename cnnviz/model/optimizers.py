"""How gradients move the parameters: one frozen record a rule, and `OPTIMIZERS` to find them by name.

A rule is a pure function of vectors: parameters, their gradient and the vectors it keeps go in, new ones
come out. To add one, write its class and put it in `OPTIMIZERS`. Formulas are those of PyTorch.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnnviz.kernels.vector_loops import roll
from cnnviz.model.layer import number, set_fields


@dataclass(frozen=True)
class SGD:
    """Goes down the gradient."""

    SLOTS: ClassVar[int] = 0  # vectors that are kept from step to step
    RATE: ClassVar[float] = 0.1  # a learning rate to begin with
    LATEX: ClassVar[str] = r"\theta \leftarrow \theta - \eta g"
    REMARK: ClassVar[str] = "Stochastic gradient descent: straight down the slope of this batch."

    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        """Check."""
        set_fields(self, weight_decay=number("weight_decay", self.weight_decay, 0, 1))

    def start(self, parameters: np.ndarray) -> np.ndarray:
        """Make what is kept before the first step: zeros, a row for each vector."""
        return np.zeros((self.SLOTS, parameters.size), parameters.dtype)

    def move(
        self, parameters: np.ndarray, gradient: np.ndarray, kept: np.ndarray, rate: float, step: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take a step.

        Parameters
        ----------
        parameters, gradient : ndarray of shape (P,)
            As they are.
        kept : ndarray of shape (SLOTS, P)
            From `start`, or from the step before.
        rate : float
            Learning rate of this step.
        step : int
            How many steps were taken before.

        Returns
        -------
        parameters, kept : ndarray
            New ones; the given are left alone.
        """
        decayed = gradient + self.weight_decay * parameters if self.weight_decay else gradient
        way, kept = self._way(decayed, kept, step)
        move = rate * way
        return np.subtract(parameters, move, out=move), kept

    def _way(self, gradient: np.ndarray, kept: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:  # noqa: ARG002
        """Choose where to go, before the rate."""
        return gradient, kept


@dataclass(frozen=True)
class Momentum(SGD):
    """Goes on in the direction of the steps before."""

    SLOTS: ClassVar[int] = 1
    RATE: ClassVar[float] = 0.02
    LATEX: ClassVar[str] = r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta v"
    REMARK: ClassVar[str] = "A ball that rolls: what many batches agree on adds up, the rest cancels."

    AHEAD: ClassVar[bool] = False

    momentum: float = 0.9

    def __post_init__(self) -> None:
        """Check."""
        super().__post_init__()
        set_fields(self, momentum=number("momentum", self.momentum, 0, 1))

    def move(self, parameters, gradient, kept, rate, step):
        """Take a step: in single precision in one go."""
        vectors = parameters, gradient, kept[0]
        if any(vector.dtype != np.float32 for vector in vectors):
            return super().move(parameters, gradient, kept, rate, step)
        vectors = tuple(one if one.flags.carray else one.copy() for one in vectors)
        decay, momentum, speed = (np.float32(one) for one in (self.weight_decay, self.momentum, rate))
        moved, faster = np.empty_like(parameters), np.empty_like(kept)
        roll(*vectors, decay, momentum, self.AHEAD, speed, moved, faster[0])
        return moved, faster

    def _way(self, gradient, kept, step):  # noqa: ARG002
        """Add the gradient to the speed."""
        speed = self.momentum * kept[0]
        speed += gradient
        return speed, speed[None]


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Looks ahead to where the momentum leads. Sutskever et al. (2013)."""

    LATEX: ClassVar[str] = r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta (g + \mu v)"
    REMARK: ClassVar[str] = "Momentum that looks one step ahead, and brakes earlier."
    AHEAD: ClassVar[bool] = True

    def _way(self, gradient, kept, step):
        """Add the step that the speed will make."""
        speed, kept = super()._way(gradient, kept, step)
        return gradient + self.momentum * speed, kept


@dataclass(frozen=True)
class RMSProp(SGD):
    """Divides every gradient by its usual size. Tieleman and Hinton (2012)."""

    SLOTS: ClassVar[int] = 1
    RATE: ClassVar[float] = 0.001
    LATEX: ClassVar[str] = (
        r"s \leftarrow \alpha s + (1-\alpha) g^2, \quad "
        r"\theta \leftarrow \theta - \eta\, g / (\sqrt{s} + \epsilon)"
    )
    REMARK: ClassVar[str] = "Every weight has a step of its own: large where gradients are usually small."

    memory: float = 0.99
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        """Check."""
        super().__post_init__()
        memory, epsilon = number("memory", self.memory, 0, 1), number("epsilon", self.epsilon, 1e-12, 1)
        set_fields(self, memory=memory, epsilon=epsilon)

    def _way(self, gradient, kept, step):  # noqa: ARG002
        """Divide by the root of the mean square."""
        squares = self.memory * kept[0] + (1 - self.memory) * np.square(gradient)
        return gradient / (np.sqrt(squares) + self.epsilon), squares[None]


@dataclass(frozen=True)
class Adam(SGD):
    """Momentum, divided by the usual size of the gradient. Kingma and Ba (2015)."""

    SLOTS: ClassVar[int] = 2
    RATE: ClassVar[float] = 0.001
    LATEX: ClassVar[str] = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \; s \leftarrow \beta_2 s + (1-\beta_2) g^2, \;"
        r"\theta \leftarrow \theta - \eta \frac{m / (1-\beta_1^t)}{\sqrt{s / (1-\beta_2^t)} + \epsilon}"
    )
    REMARK: ClassVar[str] = "Momentum and RMSProp together; works for most networks as it is."

    first: float = 0.9
    second: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        """Check."""
        super().__post_init__()
        first, second = number("first", self.first, 0, 1), number("second", self.second, 0, 1)
        set_fields(self, first=first, second=second, epsilon=number("epsilon", self.epsilon, 1e-12, 1))

    def _way(self, gradient, kept, step):
        """Divide the mean by the root of the mean square, both corrected for their start at 0."""
        mean = self.first * kept[0] + (1 - self.first) * gradient
        squares = self.second * kept[1] + (1 - self.second) * np.square(gradient)
        size = np.sqrt(squares / (1 - self.second ** (step + 1))) + self.epsilon
        return mean / (1 - self.first ** (step + 1)) / size, np.stack([mean, squares])


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam whose weight decay acts on the weights themselves. Loshchilov and Hutter (2019)."""

    LATEX: ClassVar[str] = Adam.LATEX + r", \; \theta \leftarrow \theta - \eta \lambda \theta"
    REMARK: ClassVar[str] = "Adam, with weight decay beside the gradient instead of inside it."

    weight_decay: float = 0.01

    def move(self, parameters, gradient, kept, rate, step):
        """Shrink the weights, then go where Adam goes."""
        way, kept = self._way(gradient, kept, step)
        return parameters * (1 - rate * self.weight_decay) - rate * way, kept


Optimizer = SGD
OPTIMIZERS: dict[str, type[SGD]] = {
    rule.__name__: rule for rule in (SGD, Momentum, Nesterov, RMSProp, Adam, AdamW)
}

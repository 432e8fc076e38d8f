"""How the learning rate changes over a run: one frozen record a schedule, and `SCHEDULES` to find them.

A schedule answers with a factor for any moment, counted in epochs. To add one, write its class with
`_factor` and put it in `SCHEDULES`.
"""

from dataclasses import dataclass
from math import cos, floor, pi
from typing import ClassVar

from cnnviz.model.layer import number, set_fields


@dataclass(frozen=True)
class Constant:
    """Stays; ``warm_up`` is the time in epochs in which the rate rises to its value."""

    LATEX: ClassVar[str] = r"\eta_t = \eta"
    REMARK: ClassVar[str] = "The same rate from beginning to end."

    warm_up: float = 0.0

    def __post_init__(self) -> None:
        """Check."""
        set_fields(self, warm_up=number("warm_up", self.warm_up, 0, 1e6))

    def factor(self, epoch: float, epochs: int) -> float:
        """Tell what the rate is multiplied by.

        Parameters
        ----------
        epoch : float
            How many epochs are over; fractions count.
        epochs : int
            How many there will be.

        Returns
        -------
        float
            From 0 to 1.
        """
        rising = min(1.0, epoch / self.warm_up) if self.warm_up else 1.0
        return rising * self._factor(epoch, epochs)

    def _factor(self, epoch: float, epochs: int) -> float:  # noqa: ARG002
        return 1.0


@dataclass(frozen=True)
class Steps(Constant):
    """Falls by ``drop`` after ``every`` so many epochs."""

    LATEX: ClassVar[str] = r"\eta_t = \eta \, \gamma^{\lfloor t / T \rfloor}"
    REMARK: ClassVar[str] = "Falls by the same factor every few epochs: coarse first, then fine."

    every: float = 2.0
    drop: float = 0.1

    def __post_init__(self) -> None:
        """Check."""
        super().__post_init__()
        set_fields(self, every=number("every", self.every, 0.01, 1e6), drop=number("drop", self.drop, 0, 1))

    def _factor(self, epoch, epochs):  # noqa: ARG002
        return self.drop ** floor(epoch / self.every)


@dataclass(frozen=True)
class Linear(Constant):
    """Falls to 0 in a straight line."""

    LATEX: ClassVar[str] = r"\eta_t = \eta \, (1 - t / T)"
    REMARK: ClassVar[str] = "Falls evenly to 0 at the end of the run."

    def _factor(self, epoch, epochs):
        return max(0.0, 1 - epoch / epochs)


@dataclass(frozen=True)
class Cosine(Constant):
    """Falls to 0 along half a cosine. Loshchilov and Hutter (2017)."""

    LATEX: ClassVar[str] = r"\eta_t = \frac{\eta}{2} \left(1 + \cos \frac{\pi t}{T}\right)"
    REMARK: ClassVar[str] = "Slowly at first, quickly in the middle, slowly to 0 at the end."

    def _factor(self, epoch, epochs):
        return (1 + cos(pi * min(epoch / epochs, 1))) / 2


Schedule = Constant
SCHEDULES: dict[str, type[Constant]] = {
    schedule.__name__: schedule for schedule in (Constant, Steps, Linear, Cosine)
}

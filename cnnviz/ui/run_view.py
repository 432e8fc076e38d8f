"""What a page sees of a run at one time."""

from dataclasses import dataclass

from cnnviz.model.training import State
from cnnviz.ui.train_history import Moment, Point

LIVE = ("waiting", "running")
OVER = ("done", "stopped", "failed")


@dataclass(frozen=True, eq=False)
class View:
    """What a run looks like at one time; ``ahead`` counts those before it in the queue."""

    status: str
    state: State
    steps: int
    points: tuple[Point, ...]
    moments: tuple[Moment, ...]
    speed: float | None
    ahead: int | None
    error: str
    forgotten: bool

    @property
    def live(self) -> bool:
        """Tell whether it changes by itself."""
        return self.status in LIVE

"""Settings that a record declares, so that its widgets, its checks and its tests follow from the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """A setting that is a number."""

    name: str
    label: str
    least: float
    most: float
    default: float
    step: float
    help: str

    def check(self, value) -> None:
        """Refuse a value that is not on the scale."""
        stops = (value - self.least) / self.step
        if not self.least <= value <= self.most or abs(stops - round(stops)) > 1e-6:
            on = f"from {self.least} to {self.most} in steps of {self.step}"
            raise ValueError(f"{self.name} must be {on}, got {value}")


@dataclass(frozen=True)
class Choice:
    """A setting that is one of a few words."""

    name: str
    label: str
    options: tuple[str, ...]
    default: str
    help: str

    def check(self, value) -> None:
        """Refuse a word that is not among the options."""
        if value not in self.options:
            raise ValueError(f"{self.name} must be one of {', '.join(self.options)}, got {value!r}")

"""The record of an activation function: what it computes, checked, and what there is to say about it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnviz.kernels.arguments import FLOATS


@dataclass(frozen=True)
class Setting:
    """A number that shapes an activation, and what happens when it is moved."""

    name: str
    label: str
    default: float
    least: float
    most: float
    step: float
    help: str

    def check(self, value: float) -> None:
        """Refuse a number out of range."""
        if not self.least <= value <= self.most:
            raise ValueError(f"{self.name} must be from {self.least:g} to {self.most:g}, got {value:g}")


@dataclass(frozen=True)
class Activation:
    """A function that is applied to every number by itself.

    ``value`` and ``slope`` compute; call `f` and `df`, which check. ``saturates`` says in words where the
    slope vanishes, ``kinks`` gives the places where it jumps.
    """

    name: str
    value: Callable[..., np.ndarray]
    slope: Callable[..., np.ndarray]
    latex: str
    latex_df: str
    remark: str
    saturates: str
    source: str
    settings: tuple[Setting, ...] = ()
    kinks: Callable[..., tuple[float, ...]] = lambda: ()

    def f(self, x, **settings) -> np.ndarray:
        """Apply the function.

        Parameters
        ----------
        x : array_like of float32 or float64
            Any shape.
        **settings : float
            By name; those not given keep their defaults.

        Raises
        ------
        ValueError
            If ``x`` is of another type, or a setting is unknown or out of its range.
        """
        return self._applied(self.value, x, settings)

    def df(self, x, **settings) -> np.ndarray:
        """Give the slope; where it jumps, that of the left side, as PyTorch does at 0.

        Hard tanh has slope 0 at both of its corners, and maxout that of its first piece. Parameters and
        errors are those of `f`.
        """
        return self._applied(self.slope, x, settings)

    def chosen(self, settings: dict[str, float]) -> dict[str, float]:
        """Add the defaults to some settings, and refuse what the function does not know."""
        known = {setting.name: setting for setting in self.settings}
        if unknown := settings.keys() - known:
            raise ValueError(
                f"settings must be those of {self.name} ({', '.join(known) or 'none'}), "
                f"got {', '.join(sorted(unknown))}"
            )
        for name, value in settings.items():
            known[name].check(value)
        return {name: settings.get(name, setting.default) for name, setting in known.items()}

    def _applied(self, function: Callable, x, settings: dict[str, float]) -> np.ndarray:
        """Check, compute, and let NaN through."""
        x = np.asarray(x)
        if x.dtype not in FLOATS:
            raise ValueError(f"x must be float32 or float64, got {x.dtype}")
        y = function(x, **self.chosen(settings))
        if x.size and np.isnan(x.min()):
            y = np.where(np.isnan(x), x, y)
        return np.asarray(y, x.dtype)

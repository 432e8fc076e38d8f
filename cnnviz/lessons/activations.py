"""Activations told: their curves, where they saturate, what they make of a matrix and of a feature map.

Everything a page draws of a function comes from a `Telling`; it computes with the kernels and nothing else.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from cnnviz.kernels.activation import Activation
from cnnviz.lessons.photo import Filtering
from cnnviz.presets.activations import KNOWN, ActivationSetup
from cnnviz.presets.filters import FILTERS

SATURATED = 0.01  # where the slope is smaller in size, less than a hundredth of a gradient comes through
HALF = 6.0  # how far the curves go to both sides, if nothing asks for more
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
MOST_STEPS = 200  # to either side
_BESIDE = 1e-9  # close enough to a kink to have the slope of that side
_FAR = 64.0
Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Jump:
    """A place where the slope jumps: its value just before, just after, and there."""

    x: float
    before: float
    after: float
    there: float


@dataclass(frozen=True)
class Curve:
    """One function over the sampled x: values, slopes, jumps, where it saturates, and its place at one x.

    ``saturated`` holds the ends of the flat parts: below the first and above the second, None if there is
    no such part. ``lines`` are the two pieces of maxout, else empty.
    """

    name: str
    f: np.ndarray
    slope: np.ndarray
    jumps: tuple[Jump, ...]
    saturated: Ends
    at: tuple[float, float]
    lines: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Telling:
    """All that is drawn of some functions with their settings."""

    setup: ActivationSetup

    @property
    def x(self) -> float:
        """Where the functions are looked at."""
        return weighted_sum(self.setup) if self.setup.view == "neuron" else self.setup.x

    @cached_property
    def matrix(self) -> np.ndarray:
        """The numbers that are applied to."""
        return np.array(self.setup.matrix, dtype=np.float64)

    @cached_property
    def samples(self) -> np.ndarray:
        """Where the curves are computed: round numbers, as far out as anything that is shown."""
        reach = max(HALF, abs(self.x), np.abs(self.matrix).max() if self.setup.view == "matrix" else 0)
        step = next((step for step in STEPS if reach / step <= MOST_STEPS), reach / MOST_STEPS)
        count = int(np.ceil(reach / step - 1e-9))
        return (np.arange(-count, count + 1) * step).round(9)

    @cached_property
    def curves(self) -> tuple[Curve, ...]:
        """The functions, in the order in which they were chosen."""
        return tuple(self._curve(KNOWN[name], self.setup.settings(name)) for name in self.setup.names)

    def _curve(self, record: Activation, settings: dict[str, float]) -> Curve:
        """Compute one function."""
        x, at = self.samples, np.array([self.x])
        return Curve(
            record.name,
            record.f(x, **settings),
            record.df(x, **settings),
            jumps(record, settings),
            saturation(record.name, tuple(settings.items())),
            (float(record.f(at, **settings)[0]), float(record.df(at, **settings)[0])),
            lines(record, settings, x),
        )

    @cached_property
    def outputs(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """Values and slopes of every function for every number of the matrix."""
        chosen = [(KNOWN[name], self.setup.settings(name)) for name in self.setup.names]
        return tuple((r.f(self.matrix, **s), r.df(self.matrix, **s)) for r, s in chosen)

    def ends(self, which: str) -> tuple[float, float]:
        """Choose the height of a picture of the values ("f") or the slopes ("slope"): 0 is always in it."""
        part = 0 if which == "f" else 1
        usual, most = (self.samples[-1], 20 * self.samples[-1]) if which == "f" else (2.0, 200.0)
        limit = max(usual, *(min(1.1 * abs(curve.at[part]), most) for curve in self.curves))
        if which == "slope":
            limit = max(limit, *(abs(self.setup.settings("Maxout")[name]) for name in ("w1", "w2")))
        seen = np.concatenate([np.clip(getattr(curve, which), -limit, limit) for curve in self.curves])
        low, high = min(0.0, float(seen.min())), max(0.0, float(seen.max()))
        if which == "f" and any(curve.lines for curve in self.curves):
            low = min(low, -limit / 3)  # the lines of maxout go on below it
        margin = 0.07 * ((high - low) or 1.0)
        return low - margin, high + margin


def weighted_sum(setup: ActivationSetup) -> float:
    """Add up the neuron: signals times weights, and the bias."""
    signals, weights = np.array(setup.neuron, dtype=np.float64)
    return float(signals @ weights + setup.bias)


def jumps(record: Activation, settings: dict[str, float]) -> tuple[Jump, ...]:
    """Find where the slope really jumps, for these settings."""
    found = []
    for kink in record.kinks(**settings):
        x = np.array([kink - _BESIDE, kink + _BESIDE, kink])
        before, after, there = record.df(x, **settings).tolist()
        if abs(after - before) > 1e-6:
            found.append(Jump(kink, before, after, there))
    return tuple(found)


def lines(record: Activation, settings: dict[str, float], x: np.ndarray) -> tuple[np.ndarray, ...]:
    """Compute the pieces of maxout, each as a maxout of twice the same line."""
    if record.name != "Maxout":
        return ()
    pairs = (("w1", "b1"), ("w2", "b2"))
    pieces = ((settings[w], settings[b]) for w, b in pairs)
    return tuple(record.f(x, w1=w, b1=b, w2=w, b2=b) for w, b in pieces)


@lru_cache(maxsize=256)
def saturation(name: str, settings: tuple[tuple[str, float], ...] = ()) -> Ends:
    """Find the flat parts: the function saturates below the first number and above the second.

    A part is flat if the slope is smaller in size than `SATURATED` all the way out.
    """
    record, chosen = KNOWN[name], dict(settings)
    x = np.linspace(-_FAR, _FAR, 8193)
    steep = np.flatnonzero(np.abs(record.df(x, **chosen)) >= SATURATED)
    if not steep.size:
        return float("inf"), float("-inf")
    first, last = steep[0], steep[-1]
    left = _edge(record, chosen, x[first - 1], x[first]) if first else None
    right = _edge(record, chosen, x[last + 1], x[last]) if last < x.size - 1 else None
    return left, right


def _edge(record: Activation, settings: dict[str, float], flat: float, steep: float) -> float:
    """Halve the distance between a flat and a steep place until they meet."""
    for _ in range(60):
        middle = (flat + steep) / 2
        is_steep = abs(record.df(np.float64(middle), **settings)) >= SATURATED
        flat, steep = (flat, middle) if is_steep else (middle, steep)
    return round(float(steep), 9) + 0.0


def feature_map(image: np.ndarray, name: str) -> np.ndarray:
    """Convolve a picture with a filter; its brightness goes from 0 to 1, as networks like it.

    Parameters
    ----------
    image : ndarray of uint8, shape (H, W, 3)
    name : str
        A key of `FILTERS`, with its usual settings.

    Returns
    -------
    ndarray of float32, shape (H, W)
    """
    kernel = tuple(map(tuple, FILTERS[name].kernel().tolist()))
    return Filtering(kernel, "Luminance", scale=1 / 255).apply(image)


def activation_map(features: np.ndarray, setup: ActivationSetup) -> np.ndarray:
    """Apply the first function to a feature map."""
    name = setup.names[0]
    return KNOWN[name].f(features, **setup.settings(name))


@dataclass(frozen=True)
class MapCounts:
    """Shares of a feature map's pixels: below zero, and where the activation saturates; and both ranges."""

    negative: float
    saturated: float
    before: tuple[float, float]
    after: tuple[float, float]


def count_map(features: np.ndarray, activated: np.ndarray, setup: ActivationSetup) -> MapCounts:
    """Count what an activation does to a feature map."""
    name = setup.names[0]
    slope = KNOWN[name].df(features, **setup.settings(name))
    return MapCounts(
        float(np.mean(features < 0)),
        float(np.mean(np.abs(slope) < SATURATED)),
        (float(features.min()), float(features.max())),
        (float(activated.min()), float(activated.max())),
    )

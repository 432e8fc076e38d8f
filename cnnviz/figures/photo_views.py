"""One filtered photo in pictures: before, after, the other view, the histogram, and what a network does next.

`develop` makes everything the page shows from one result, then lets the large array go.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from cnnviz.figures import photo
from cnnviz.figures.theme import Theme
from cnnviz.kernels.pooling import pool2d
from cnnviz.lessons.photo import Filtering
from cnnviz.lessons.weights import finds_edges

MAIN_SIDE, ASIDE_SIDE = 1200, 480  # longest sides of the pictures sent to the browser
POOL = 2


@dataclass(frozen=True)
class Picture:
    """A picture as sent to the browser, and how to read it.

    ``kind`` is "saved" (brightness in 8 bits), "signed" (zero is neutral) or "one-sided" (never negative);
    ``limit`` is the value at which the colours end.
    """

    url: str
    kind: str
    limit: float
    coloured: bool

    @property
    def title(self) -> str:
        """What is shown, in a few words."""
        return {"saved": "as saved in 8 bits", "signed": "signed values", "one-sided": "values"}[self.kind]

    @property
    def legend(self) -> tuple[str, float, float]:
        """The kind of scale, and the values at its ends."""
        if self.kind == "saved":
            return "saved", 0, 255
        if self.kind == "one-sided":
            return self.kind, 0, self.limit
        return "channels" if self.coloured else self.kind, -self.limit, self.limit

    @property
    def scale(self) -> str:
        """How to read the colours."""
        if self.kind == "saved":
            return "Rounded; below 0 becomes 0, above 255 becomes 255."
        if self.kind == "one-sided":
            return "Here no value is negative."
        if self.coloured:
            return "Each channel has its own sign; middle grey is 0."
        return "Zero is neutral; values beyond the scale take its last colour."


@dataclass(frozen=True)
class Stage:
    """One stage of a network: what it is called, its shape as an array, its picture."""

    name: str
    shape: tuple[int, ...]
    url: str

    @property
    def caption(self) -> str:
        """What is shown, and how wide, how high and how deep it is."""
        height, width, *maps = self.shape
        return f"{self.name} → {width} × {height}" + (f", {maps[0]} maps" if maps else "")


@dataclass(frozen=True)
class Development:
    """Everything the page shows of one result."""

    size: tuple[int, int]
    after: Picture
    other: Picture
    clamping: photo.Clamping
    histograms: tuple[photo.Histogram, photo.Histogram]
    stages: tuple[Stage, ...]


def original(image: np.ndarray) -> str:
    """Return the address of the picture before."""
    return photo.data_url(Image.fromarray(photo.small(image, MAIN_SIDE)))


def natural_kind(filtering: Filtering) -> str:
    """Choose how a result is best looked at: as brightness where it is that, else as signed numbers."""
    cancels = finds_edges(filtering.weights) and filtering.offset == 0
    return "values" if cancels or filtering.colours.is_map else "saved"


def develop(
    image: np.ndarray,
    filtering: Filtering,
    theme: Theme,
    view: str = "auto",
    progress: Callable[[float], None] | None = None,
) -> Development:
    """Filter a picture and draw all views of the result.

    Parameters
    ----------
    image : ndarray of uint8, shape (H, W, 3)
    view : str
        "auto", "values" or "saved": what is shown large.
    progress : callable, optional
        Called now and then with the fraction done.
    """
    values = filtering.apply(image, progress)
    clamping = photo.clamping(values)
    limit = photo.signed_limit(values)
    shade = photo.signed_shades(values, limit)
    drawn = {
        "values": _numbers(values, shade, limit, clamping, theme),
        "saved": _saved(values),
    }
    large = natural_kind(filtering) if view == "auto" else view
    aside = "saved" if large == "values" else "values"
    return Development(
        values.shape[:2],
        drawn[large](MAIN_SIDE),
        drawn[aside](ASIDE_SIDE),
        clamping,
        _histograms(filtering.colours.planes(photo.sample(image)), values, clamping),
        _stages(values, shade, filtering, limit, theme),
    )


def _saved(values: np.ndarray) -> Callable[[int], Picture]:
    """Draw values as 8 bits keep them."""

    def draw(side: int) -> Picture:
        image = Image.fromarray(photo.small(photo.to_bytes(values), side))
        return Picture(photo.data_url(image), "saved", 255.0, values.ndim == 3)

    return draw


def _numbers(
    values: np.ndarray, shade: np.ndarray, limit: float, clamping: photo.Clamping, theme: Theme
) -> Callable[[int], Picture]:
    """Draw values as signed numbers; a plane without negative ones takes the one-sided scale."""

    def draw(side: int) -> Picture:
        if values.ndim == 2 and clamping.smallest >= 0:
            above = photo.small(photo.to_bytes(values, 255 / limit), side)
            return Picture(photo.data_url(photo.one_sided_picture(above, theme)), "one-sided", limit, False)
        image = photo.signed_picture(photo.small(shade, side), theme)
        return Picture(photo.data_url(image), "signed", limit, values.ndim == 3)

    return draw


def _histograms(
    source: np.ndarray, values: np.ndarray, clamping: photo.Clamping
) -> tuple[photo.Histogram, photo.Histogram]:
    """Count the values before and after on one axis that holds 0 to 255 and all of the result."""
    low, high = min(0.0, clamping.smallest), max(255.0, clamping.largest, float(source.max()))
    return photo.histogram(source, low, high), photo.histogram(values, low, high)


def _stages(
    values: np.ndarray, shade: np.ndarray, filtering: Filtering, limit: float, theme: Theme
) -> tuple[Stage, ...]:
    """Draw convolution, ReLU and pooling on one scale; ``values`` and ``shade`` are used up."""
    size = " × ".join(map(str, filtering.weights.shape))
    drawn = [_stage(f"Conv {size}", shade, theme)]
    np.maximum(shade, 128, out=shade)  # the shade of zero
    drawn.append(_stage("ReLU", shade, theme))
    if min(values.shape[:2]) >= POOL:
        np.maximum(values, 0, out=values)
        maps = np.moveaxis(values, 2, 0) if values.ndim == 3 else values[None]
        pooled = pool2d(maps[None], "max", POOL)[0]
        pooled = np.moveaxis(pooled, 0, 2) if values.ndim == 3 else pooled[0]
        drawn.append(_stage(f"MaxPool {POOL} × {POOL}", photo.signed_shades(pooled, limit), theme))
    return tuple(drawn)


def _stage(name: str, shade: np.ndarray, theme: Theme) -> Stage:
    """Draw one stage."""
    picture = photo.signed_picture(photo.small(shade, ASIDE_SIDE), theme)
    return Stage(name, shade.shape, photo.data_url(picture))

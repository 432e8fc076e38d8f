"""From a sheet with a digit on it to what a network reads: every step a picture, and each can be left out.

A sheet is an array of (SHEET, SHEET), 0 to 255, as drawn: dark on white, or the other way round. To add a
step, add a record to `_ROWS` and what it does to `prepare`.
"""

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

SHEET = 112  # pixels
DARK = 127  # a paper below this is a blackboard
INK = 48  # how far from the paper a pixel has to be to count as ink
FAINTEST = 24  # of a photograph's levels between paper and ink


@dataclass(frozen=True)
class Step:
    """A step of preparation: its title, what it does, and what happens without it."""

    name: str
    title: str
    does: str
    without: str


_ROWS = (
    Step("polarity", "Polarity", "White on black.", "The ink stays dark on white paper."),
    Step("crop", "Crop", "Cuts the ink out.", "The whole sheet goes on."),
    Step("fit", "Fit", "The longer side takes up the box.", "Large digits stay large, small ones small."),
    Step(
        "margin", "Margin", "Leaves some pixels free all around.", "The digit is fitted to the whole field."
    ),
    Step(
        "centre",
        "Centre of mass",
        "Moves the ink's centre of mass to the middle.",
        "The box is in the middle.",
    ),
)
STEPS = {step.name: step for step in _ROWS}


@dataclass(frozen=True)
class Form:
    """How a collection stores its digits: side of an image, of the box they are fitted to, whitest pixel."""

    side: int = 28
    box: int = 20
    peak: int = 255

    @property
    def closed(self) -> dict[str, str]:
        """Name the steps that are not taken, and why."""
        if self.box < self.side:
            return {}
        return {
            "margin": "Closed: these images have none.",
            "centre": "Closed: these images are filled by their box.",
        }


MNIST_FORM = Form()
SMALL_FORM = Form(8, 8, 16)
FORMS = {form.side: form for form in (MNIST_FORM, SMALL_FORM)}


class Stage(NamedTuple):
    """A digit after a step; ``name`` is that of the step, and "sheet" before the first."""

    name: str
    image: np.ndarray


def paper(image: np.ndarray) -> float:
    """Tell the shade of the paper: the median of the outermost pixels."""
    rim = np.concatenate([image[0], image[-1], image[1:-1, 0], image[1:-1, -1]])
    return float(np.median(rim))


def has_ink(sheet: np.ndarray) -> bool:
    """Tell whether there is anything on a sheet."""
    return bool(_ink(sheet.astype(np.float32), paper(sheet)).any())


def _ink(image: np.ndarray, shade: float) -> np.ndarray:
    """Tell ink from paper of a shade."""
    return np.abs(image - shade) > INK


def prepare(sheet: np.ndarray, off: Set[str] = frozenset(), form: Form = MNIST_FORM) -> list[Stage]:
    """Make of a sheet what a network reads.

    Parameters
    ----------
    sheet : ndarray of shape (SHEET, SHEET)
        With a digit on it, 0 to 255.
    off : set of str
        Names of `STEPS` that are left out.
    form : Form
        Of the images that the network learned from.

    Returns
    -------
    list of Stage
        The sheet, then what each step leaves, float32; the last one is (side, side), 0 to 255.

    Raises
    ------
    ValueError
        If the sheet is empty or has another size, or a step is unknown.
    """
    if sheet.shape != (SHEET, SHEET):
        raise ValueError(f"sheet must have {SHEET} × {SHEET} pixels, got shape {sheet.shape}")
    if not set(off) <= STEPS.keys():
        raise ValueError(f"off must be some of {', '.join(STEPS)}, got {', '.join(sorted(off))}")
    off = set(off) | form.closed.keys()
    image, shade = sheet.astype(np.float32), paper(sheet)
    if not _ink(image, shade).any():
        raise ValueError("sheet must have ink on it, got an empty one")
    stages = [Stage("sheet", image)]
    if "polarity" not in off and shade > DARK:
        image, shade = 255 - image, 255 - shade
    stages.append(Stage("polarity", image))
    if "crop" not in off:
        image = image[_inked(image, shade)]
    stages.append(Stage("crop", image))
    image = resized(image, *_fitted(image.shape, off, form))
    stages.append(Stage("fit", image))
    image = _placed(image, form.side, shade)
    stages.append(Stage("margin", image))
    if "centre" not in off:
        image = _centred(image, shade)
    stages.append(Stage("centre", np.rint(image)))
    return stages


def network_input(stages: list[Stage], form: Form = MNIST_FORM) -> np.ndarray:
    """Give the last stage as a batch of one image, in the units of the collection."""
    return stages[-1].image[None, None] * np.float32(form.peak / 255)


def _inked(image: np.ndarray, shade: float) -> tuple[slice, slice]:
    """Find the rows and columns from the first to the last ink."""
    ink = _ink(image, shade)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _fitted(size: tuple[int, ...], off: Set[str], form: Form) -> tuple[int, int]:
    """Tell the height and width after fitting; without it, everything shrinks as the whole sheet does."""
    box = form.side if "margin" in off else form.box
    factor = form.side / SHEET if "fit" in off else box / max(size)
    height, width = (max(1, min(form.side, round(length * factor))) for length in size)
    return height, width


def resized(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Make an image smaller by means over what becomes one pixel, or larger by going evenly between two."""
    return _shares(image.shape[0], height) @ image @ _shares(image.shape[1], width).T


@lru_cache(maxsize=256)
def _shares(before: int, after: int) -> np.ndarray:
    """Weigh ``before`` pixels for each of ``after``: by overlap if fewer, by nearness if more."""
    step = before / after
    here = np.arange(before, dtype=np.float32)[None]
    there = np.arange(after, dtype=np.float32)[:, None] * np.float32(step)
    if step >= 1:
        shares = np.minimum(here + 1, there + np.float32(step)) - np.maximum(here, there)
    else:
        shares = 1 - np.abs(here + np.float32(0.5) - (there + np.float32(step / 2)).clip(0.5, before - 0.5))
    shares = shares.clip(0, None)
    return shares / shares.sum(axis=1, keepdims=True)


def _placed(image: np.ndarray, side: int, shade: float) -> np.ndarray:
    """Put an image into the middle of a field of paper."""
    field = np.full((side, side), shade, np.float32)
    top, left = ((side - length) // 2 for length in image.shape)
    field[top : top + image.shape[0], left : left + image.shape[1]] = image
    return field


def _centred(image: np.ndarray, shade: float) -> np.ndarray:
    """Move the centre of mass to the pixel below and right of the middle; what leaves the field is lost."""
    side, mass = len(image), np.abs(image - shade)
    place = np.arange(side)
    down, right = (
        round(side // 2 - float(line @ place / line.sum())) for line in (mass.sum(axis=1), mass.sum(axis=0))
    )
    moved = np.full_like(image, shade)
    moved[_span(down, side), _span(right, side)] = image[_span(-down, side), _span(-right, side)]
    return moved


def _span(shift: int, side: int) -> slice:
    """Name the places that are still in the field after a shift."""
    return slice(max(shift, 0), side + min(shift, 0))


def sheet_of(photo: np.ndarray) -> np.ndarray:
    """Make a sheet of a photograph: grey, small, its paper even, its ink full.

    Parameters
    ----------
    photo : ndarray of uint8, shape (H, W, 3)
        A digit on paper, or chalk on a blackboard.

    Returns
    -------
    ndarray of uint8, shape (SHEET, SHEET)
        Dark on white or light on black, as photographed.

    Raises
    ------
    ValueError
        If there is nothing to be seen on the paper.
    """
    grey = photo @ np.array([0.299, 0.587, 0.114], np.float32)
    factor = SHEET / max(grey.shape)
    grey = resized(grey, *(max(1, round(length * factor)) for length in grey.shape))
    ink = grey - _even_paper(grey)
    dark = -np.quantile(ink, 0.002) >= np.quantile(ink, 0.998)
    ink = -ink if dark else ink
    full = float(np.quantile(ink, 0.99))
    if full < FAINTEST:
        raise ValueError("photo must show a digit darker or lighter than its paper, got an even picture")
    clean = (ink / full * 1.6 - 0.5).clip(0, 1)
    sheet = _placed(np.rint(255 * clean).astype(np.float32), SHEET, 0)
    return (255 - sheet if dark else sheet).astype(np.uint8)


def _even_paper(grey: np.ndarray) -> np.ndarray:
    """Fit a plane to the outermost tenth of a picture, where there is only paper, lit from a side perhaps."""
    row, column = np.indices(grey.shape, np.float32)
    rim = np.ones(grey.shape, bool)
    inner = tuple(slice(length // 10, length - length // 10) for length in grey.shape)
    rim[inner] = False
    terms = np.stack([np.ones_like(grey), row, column], axis=-1)
    plane, *_ = np.linalg.lstsq(terms[rim], grey[rim], rcond=None)
    return terms @ plane

"""Pictures to filter: photographs in `assets/pictures` and test cards drawn below, one record each.

To add a photograph, put it in `assets/pictures`, give its source and licence in `assets/LICENSES.md`,
and add a row to `IMAGES`; to add a card, write the function that draws it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

PICTURES = Path(__file__).parents[2] / "assets" / "pictures"
SIDE = 320  # pixels of a drawn card


@dataclass(frozen=True)
class Picture:
    """A built-in picture: where it comes from, and what to look for in it."""

    name: str
    source: str
    licence: str
    notice: str
    load: Callable[[], np.ndarray]  # (H, W, 3) uint8


def _photograph(file: str) -> np.ndarray:
    """Read one of our own files."""
    from PIL import Image

    with Image.open(PICTURES / file) as picture:
        return np.array(picture.convert("RGB"))


def _grid(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of every pixel's centre, counted from the middle of the card."""
    row, column = np.ogrid[0.5 - height / 2 : height / 2, 0.5 - width / 2 : width / 2]
    return row, column


def _ink(distance: np.ndarray) -> np.ndarray:
    """Black where the distance to a shape is negative, white outside, grey on the pixel between."""
    shade = np.rint(255 * np.clip(distance + 0.5, 0, 1)).astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


def checkerboard() -> np.ndarray:
    """Draw 8 by 8 squares with sharp edges."""
    row, column = np.ogrid[:SIDE, :SIDE]
    square = SIDE // 8
    shade = np.where((row // square + column // square) % 2, 0, 255).astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


def x_and_o() -> np.ndarray:
    """Draw a cross and a ring with strokes of 28 pixels."""
    row, column = _grid(SIDE, SIDE * 2)
    left, right = column + SIDE / 2, column - SIDE / 2
    diagonal = np.minimum(np.abs(row - left), np.abs(row + left)) / np.sqrt(2)
    cross = np.maximum(diagonal, np.maximum(np.abs(row), np.abs(left)) - SIDE * 0.34 + 14) - 14
    ring = np.abs(np.hypot(row, right) - SIDE * 0.31) - 14
    return _ink(np.minimum(cross, ring))


def all_angles() -> np.ndarray:
    """Draw a line every 15 degrees and a ring on a ramp from black to white, in the opposite shade."""
    row, column = _grid(SIDE, SIDE)
    ramp = np.broadcast_to(np.rint(127.5 + 127.5 * column / (SIDE / 2)), (SIDE, SIDE))
    angles = np.deg2rad(np.arange(0, 180, 15))
    away = np.min([np.abs(column * np.sin(a) - row * np.cos(a)) for a in angles], axis=0)
    radius = np.hypot(row, column)
    line = np.maximum(away - 1.2, np.maximum(28 - radius, radius - SIDE * 0.4))
    drawn = np.minimum(line, np.abs(radius - SIDE * 0.44) - 1.2)
    share = np.clip(drawn + 0.5, 0, 1)
    shade = np.rint(ramp * share + np.where(column < 3, 255, 0) * (1 - share))
    return np.repeat(shade.astype(np.uint8)[..., None], 3, axis=2)


_CC0, _FREE, _DRAWN = "CC0 1.0", "public domain", "drawn by this program"
_ROWS = (
    ("Astronaut", "astronaut.jpg", "NASA", _FREE, "Skin is smooth, the flag has edges, the suit has folds."),
    (
        "Photographer",
        "camera.jpg",
        "Lav Varshney",
        _CC0,
        "Three tripod legs, three angles: which filter finds which?",
    ),
    (
        "Cat",
        "cat.jpg",
        "Stéfan van der Walt",
        _CC0,
        "Whiskers are a few pixels wide; a blur loses them first.",
    ),
    ("Coffee", "coffee.jpg", "Rachel Michetti", _CC0, "The rim of the cup has an edge in every direction."),
    (
        "Brick wall",
        "brick.jpg",
        "CC0Textures",
        _CC0,
        "Mortar runs two ways: Sobel x and Sobel y each keep one.",
    ),
    (
        "Galaxies",
        "galaxies.jpg",
        "NASA, Hubble",
        _FREE,
        "Nearly every dot is a galaxy; a Laplacian answers to dots.",
    ),
    (
        "Retina",
        "retina.jpg",
        "Mikael Häggström",
        _CC0,
        "Vessels are dark lines; a Gabor filter follows one angle.",
    ),
    (
        "Checkerboard",
        checkerboard,
        _DRAWN,
        _CC0,
        "Flat squares, and a jump of 255 at each edge: check it by hand.",
    ),
    ("X and O", x_and_o, _DRAWN, _CC0, "Straight diagonals against a curve."),
    (
        "Lines at all angles",
        all_angles,
        _DRAWN,
        _CC0,
        "A line every 15 degrees: see which ones a filter keeps.",
    ),
)
IMAGES = {
    name: Picture(name, source, licence, notice, made if callable(made) else partial(_photograph, made))
    for name, made, source, licence, notice in _ROWS
}

"""Planes of numbers: rows for each channel, or for each plane of a volume; how they are drawn and checked."""

from collections.abc import Sequence

import numpy as np

from cnnviz.presets.matrix_text import Rows
from cnnviz.presets.sliding import Pair

MOST_CHANNELS = 6
SEED = 3

Planes = tuple[Rows, ...]


def planes_of(values) -> Planes:
    """Turn an array of shape (C, H, W) into rows of plain numbers."""
    return tuple(
        tuple(tuple(float(value) for value in row) for row in plane) for plane in np.asarray(values).tolist()
    )


def drawn_filters(count: int, channels: int, kernel: Pair) -> tuple[Planes, ...]:
    """Draw weights −1, 0 and 1, the same ones each time; the first are the same for any count."""
    random = np.random.default_rng(SEED)
    return tuple(planes_of(random.integers(-1, 2, (channels, *kernel))) for _ in range(count))


def drawn_plane(number: int, shape: Pair) -> Rows:
    """Draw a channel of whole numbers from 0 to 9, the same ones each time for the same number."""
    return planes_of(np.random.default_rng([SEED, number]).integers(0, 10, (1, *shape)))[0]


def resized(rows: Rows, shape: Pair) -> Rows:
    """Crop or extend a plane at its end; new cells are 0."""
    height, width = shape
    kept = [row[:width] + (0.0,) * (width - len(row)) for row in rows[:height]]
    return tuple(kept + [(0.0,) * width] * (height - len(rows)))


def put(parts: tuple, index: int, part) -> tuple:
    """Replace one part of a tuple."""
    return (*parts[:index], part, *parts[index + 1 :])


def within(name: str, count: int, most: int) -> None:
    """Refuse a count outside its range."""
    if not 1 <= count <= most:
        raise ValueError(f"{name} must be from 1 to {most} in number, got {count}")


def alike(name: str, planes: Sequence[Rows], most: int) -> None:
    """Refuse planes of different or forbidden sizes."""
    shapes = {(len(rows), len(rows[0])) for rows in planes if rows}
    if len(shapes) != 1 or any(len(row) != len(rows[0]) for rows in planes for row in rows):
        raise ValueError(f"{name} must all have the same rows and columns")
    (shape,) = shapes
    if not all(1 <= side <= most for side in shape):
        raise ValueError(f"{name} must be from 1 × 1 to {most} × {most}, got {shape[0]} × {shape[1]}")

"""Where images stand: arrays as they come, and sheets, channels last with a border of zeros."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.block_tiles import PIXELS

SLACK = 16  # numbers behind the last pixel of a sheet, which vectors may read


class Arrangement(NamedTuple):
    """Where pixel p of channel c of image n stands: ``n * step + places[p] + c * apart``."""

    step: int
    places: np.ndarray
    apart: int


def planes(channels: int, pixels: int) -> Arrangement:
    """Arrange images as arrays (N, C, H, W) are."""
    return Arrangement(channels * pixels, filled(np.arange(pixels)), pixels)


def compact(channels: int, pixels: int) -> Arrangement:
    """Arrange images channels last, one behind the other; strips spill over into the next, written later."""
    places = np.append(np.arange(pixels), np.full(-pixels % PIXELS, pixels)) * channels
    return Arrangement(channels * pixels, places.astype(np.intp), 1)


def filled(places: np.ndarray) -> np.ndarray:
    """Repeat the last place until there are whole strips."""
    return np.append(places, np.repeat(places[-1:], -len(places) % PIXELS)).astype(np.intp)


def empty(length: int) -> np.ndarray:
    """Make room for so many numbers, at an address where vectors do not lie across lines of the cache."""
    room = np.zeros(length + 16, np.float32)
    start = -room.ctypes.data % 64 // 4
    return room[start : start + length]


@dataclass(frozen=True)
class Sheet:
    """Images of so many pixels, channels last; the ``top`` rows and ``left`` columns begin as border."""

    channels: int
    rows: int
    columns: int
    top: int
    left: int

    @cached_property
    def step(self) -> int:
        """Count the numbers from one image to the next, with room for a pixel that nobody reads."""
        return -(-((self.rows * self.columns + 1) * self.channels + SLACK) // 16) * 16

    def at(self, row, column):
        """Tell where a pixel stands."""
        return (row * self.columns + column) * self.channels

    def arrangement(self, height: int, width: int) -> Arrangement:
        """Tell where an image stands that the border surrounds; strips may spill over behind the sheet."""
        places = grid(self, np.arange(height) + self.top, np.arange(width) + self.left)
        spill = np.full(-len(places) % PIXELS, self.rows * self.columns * self.channels)
        return Arrangement(self.step, np.append(places, spill).astype(np.intp), 1)

    def empty(self, images: int) -> np.ndarray:
        """Make room for so many images, all zero."""
        return empty(images * self.step + SLACK)


def grid(sheet: Sheet, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Tell where the pixels of some rows and columns stand."""
    return sheet.at(rows[:, None], columns[None, :]).reshape(-1)

"""What a network sees, as small pictures for the browser: filters, feature maps, images it was asked about.

Values are coloured by the signed scale, one for each layer; a cell is a pixel, which the page enlarges.
"""

from typing import NamedTuple

import numpy as np
from PIL import Image

from cnnviz.figures.photo import data_url
from cnnviz.figures.theme import Theme, rgb, shades
from cnnviz.model.network import Network

MOST_MAPS = 32
COLUMNS = 8
MOST_COLUMNS = 64  # of a layer without maps
GAP = 1


class Sheet(NamedTuple):
    """The maps of one layer in one picture; ``size`` in cells, ``limit`` where the colours end."""

    title: str
    url: str
    size: tuple[int, int]
    limit: float
    told: str


def sheet(values: np.ndarray, theme: Theme) -> tuple[str, tuple[int, int], float]:
    """Lay maps side by side, one scale for all; give the address, the size in cells, and the scale's end."""
    maps = values[:MOST_MAPS]
    finite = np.abs(maps[np.isfinite(maps)])
    limit = float(finite.max()) if finite.size else 0.0
    columns = min(len(maps), COLUMNS)
    rows = -(-len(maps) // columns)
    height, width = maps.shape[1:]
    canvas = np.empty((rows * (height + GAP) - GAP, columns * (width + GAP) - GAP, 3), np.uint8)
    canvas[:] = rgb(theme.background)
    for at, coloured in enumerate(shades(maps, limit, theme)):
        top, left = (at // columns) * (height + GAP), (at % columns) * (width + GAP)
        canvas[top : top + height, left : left + width] = coloured
    return data_url(Image.fromarray(canvas)), (canvas.shape[1], canvas.shape[0]), limit


def filters(network: Network, theme: Theme) -> Sheet | None:
    """Draw the weights of the first layer that learns; those of a dense one are folded back to images."""
    shape = network.architecture.input_shape
    for row, part in zip(network.architecture.rows(), network.layers, strict=True):
        if "weights" not in row.parameters:
            continue
        weights = part[0]
        if weights.ndim == 2 and weights.shape[1] == np.prod(shape):
            weights = weights.reshape(len(weights), *shape)
        if weights.ndim != 4:
            return None
        url, size, limit = sheet(weights[:, 0], theme)
        return Sheet(
            f"Weights of {row.layer.title}", url, size, limit, _told(len(weights), weights.shape[2:])
        )
    return None


def layers(network: Network, outputs: list[np.ndarray], theme: Theme) -> list[Sheet]:
    """Draw what the layers give for one image, each with the activation that follows it; not the logits."""
    sheets, named = [], ""
    stack = network.architecture.layers
    for layer, following, output in zip(stack[:-1], stack[1:], outputs[1:-1], strict=True):
        kind = type(layer).__name__
        if kind in ("Flatten", "Dropout"):
            continue
        named = f"{named}, {layer.title}" if named and kind == "Activation" else layer.title
        if type(following).__name__ != "Activation":
            values = output[0] if output.ndim == 4 else _laid(output[0])
            told = _told(len(values), values.shape[1:]) if output.ndim == 4 else f"{output.size} units"
            sheets.append(Sheet(named, *sheet(values, theme), told))
            named = ""
    return sheets


def _laid(units: np.ndarray) -> np.ndarray:
    """Lay units out in lines, as one map; what is missing in the last line is 0."""
    columns = min(len(units), MOST_COLUMNS)
    laid = np.zeros(-(-len(units) // columns) * columns, units.dtype)
    laid[: len(units)] = units
    return laid.reshape(1, -1, columns)


def _told(count: int, size: tuple[int, ...]) -> str:
    """Say how many maps there are, and of what size."""
    shown = f", {MOST_MAPS} shown" if count > MOST_MAPS else ""
    return f"{count} of {size[0]} × {size[1]}{shown}"


def picture(image: np.ndarray, peak: int) -> str:
    """Draw an image of the data in grey."""
    grey = np.rint(image[0].astype(float) * (255 / peak)).clip(0, 255).astype(np.uint8)
    return data_url(Image.fromarray(grey))

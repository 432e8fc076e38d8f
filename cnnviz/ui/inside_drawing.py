"""The network of the page as columns for its drawing, and the way from a click to what is shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cnnviz.lessons.explain import counted
from cnnviz.lessons.inside import SCALES, Inside, fields
from cnnviz.lessons.inside_answer import Answer
from cnnviz.model.layers import Dropout
from cnnviz.ui.components.network import Choice, Column, network
from cnnviz.ui.inside_state import MEMORY, Look

MOST_MAPS = 32  # thumbnails in a column
MOST_UNITS = 16  # cells with a number; more are a strip
HINTS = (
    "Click a map to see how it is made. Arrow keys walk from map to map, Enter opens one, Escape goes up.",
    "Click a pixel of the large map to see its products. Escape goes up.",
    "Escape goes up.",
)


def drawn(inside: Inside) -> list[int]:
    """Name the outputs that get a column; dropout does nothing to a network that is asked."""
    layers = enumerate(inside.architecture.layers, 1)
    shown = [at for at, layer in layers if not isinstance(layer, Dropout)]
    return [0, *shown, len(inside.outputs)]


def show_drawing(
    inside: Inside,
    look: Look,
    cell: tuple[int, int] | None,
    classes: tuple[str, ...],
    themes: Mapping[str, Any],
) -> None:
    """Draw the network; ``cell`` is the pixel where the player rests."""
    numbers = drawn(inside)
    picture = "Your drawing" if look.drawn else "Image"
    ends = inside.ends(look.scale)
    columns = [_column(inside, at, ends, classes, picture) for at in numbers]
    place = numbers.index(look.layer) if look.layer in numbers else 0

    def choose(choice: Choice) -> None:
        MEMORY.change(
            lambda old: replace(
                old, layer=numbers[choice.layer], map=choice.map, pixel=choice.cell or (), channel=0
            )
        )

    network(
        columns,
        Choice(place, min(look.map, columns[place].choices - 1), cell),
        legend=f"Orange below zero, blue above; scaled {SCALES[look.scale].lower()}.",
        hints=HINTS,
        narrow=cell is not None,
        themes=themes,
        key="li_network",
        on_choose=choose,
    )


def _column(
    inside: Inside, at: int, ends: list[np.ndarray], classes: tuple[str, ...], picture: str
) -> Column:
    """Make the column of an output, or of the shares behind the last one."""
    if at == len(inside.outputs):
        shares = Answer(inside.outputs[-1]).shares
        return Column("Softmax", "probabilities", "shares", shares, (1.0,), classes)
    values = inside.outputs[at]
    title = inside.layer(at).title if at else picture
    if values.ndim == 3:
        return _maps(inside, at, title, values, ends[at])
    last = at == len(inside.outputs) - 1
    kind = "units" if len(values) <= MOST_UNITS else "strip"
    names = classes if last else tuple(str(number + 1) for number in range(len(values)))
    return Column(title, counted(len(values), "number"), kind, values, tuple(ends[at]), names)


def _maps(inside: Inside, at: int, title: str, values: np.ndarray, ends: np.ndarray) -> Column:
    """Make a column of thumbnails, of the first maps if there are very many."""
    count, height, width = values.shape
    shown = min(count, MOST_MAPS)
    size = f"{counted(count, 'map')} of {height} × {width}" + f", {shown} shown" * (count > shown)
    reads = tuple(inside.reads(at, number) for number in range(shown)) if at else None
    names = tuple(f"map {number + 1}" for number in range(shown))
    spans = fields(inside.architecture, at)
    return Column(title, size, "maps", values[:shown], tuple(ends[:shown]), names, reads, spans)

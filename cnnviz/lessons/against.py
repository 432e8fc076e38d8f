"""Two networks for the same images counted side by side: their layers, their totals, and how they grow.

Counts come from the layers themselves. To draw another curve, add a row to `CURVES`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

import numpy as np

from cnnviz.model.architecture import Architecture, Row
from cnnviz.model.layers import Dense
from cnnviz.model.sliding_layers import Conv2d, MaxPool
from cnnviz.presets.against import SIDES, AgainstSetup

SAMPLES = 60


@dataclass(frozen=True)
class Counted:
    """One layer that learns: its name, how its weights are counted, its counts, and the shape it gives."""

    name: str
    formula: str
    parameters: int
    operations: int
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Curve:
    """How a count grows with the side of the image."""

    name: str
    title: str
    role: str
    dash: str
    remark: str
    count: Callable[[AgainstSetup], int]


@dataclass(frozen=True)
class Mark:
    """A number that a lecture prints, on the curve it belongs to."""

    curve: str
    side: int
    value: int
    text: str


def layers_of(network: Architecture, biases: bool) -> list[Counted]:
    """List the layers that learn."""
    found: list[Counted] = []
    for row in network.rows():
        if row.parameters:
            kind = "CONV" if isinstance(row.layer, Conv2d) else "FC"
            number = sum(each.name.startswith(kind) for each in found) + 1
            formula = _formula(row, biases)
            shape = row.output_shape
            found.append(Counted(f"{kind}{number}", formula, _learned(row, biases), row.macs, shape))
    return found


def _learned(row: Row, biases: bool) -> int:
    """Count what a layer learns, by the rule."""
    return row.parameter_count if biases else prod(row.parameters["weights"])


def _formula(row: Row, biases: bool) -> str:
    """Write how the parameters of a layer are counted."""
    weights = row.parameters["weights"]
    units, *read = weights
    factors = " · ".join(f"{length:,}" for length in (*read[1:], read[0]))
    return f"({factors} + 1) · {units:,}" if biases else f"{factors} · {units:,}"


def total(layers: list[Counted]) -> int:
    """Add up the parameters."""
    return sum(layer.parameters for layer in layers)


def work(layers: list[Counted]) -> int:
    """Add up the multiply-accumulates for one image."""
    return sum(layer.operations for layer in layers)


@lru_cache(maxsize=512)
def counts(setup: AgainstSetup) -> tuple[list[Counted], list[Counted]]:
    """Count the CNN and the MLP."""
    return layers_of(setup.cnn, setup.biases), layers_of(setup.mlp, setup.biases)


def ratio(setup: AgainstSetup) -> str:
    """Say how many times as many parameters the MLP has."""
    cnn, mlp = (total(layers) for layers in counts(setup))
    times = mlp / cnn
    return f"{round(times):,}" if times >= 10 else f"{times:.2f}".rstrip("0").rstrip(".")


def _convolutions(setup: AgainstSetup) -> int:
    """Count the convolutions alone."""
    return sum(layer.parameters for layer in counts(setup)[0] if layer.name.startswith("CONV"))


def _full(setup: AgainstSetup) -> int:
    """Count one dense layer from every pixel of a grey image to as many neurons as pixels."""
    pixels = setup.side * setup.side
    return prod(Dense(pixels).parameter_shapes((pixels,))["weights"])


CURVES = (
    Curve(
        "full",
        "Every pixel to every neuron",
        "gradient",
        "3 5",
        "One layer with as many neurons as a grey image has pixels.",
        _full,
    ),
    Curve(
        "mlp",
        "MLP",
        "output",
        "",
        "Its first layer has a weight for each pixel and each unit.",
        lambda setup: total(counts(setup)[1]),
    ),
    Curve(
        "cnn",
        "CNN",
        "input",
        "",
        "Only its last, dense layer grows with the image.",
        lambda setup: total(counts(setup)[0]),
    ),
    Curve(
        "convolutions",
        "CNN, convolutions alone",
        "kernel",
        "9 5",
        "The same weights at every place: the size of the image does not matter.",
        _convolutions,
    ),
)


@lru_cache(maxsize=32)
def samples(setup: AgainstSetup) -> dict[str, list[int]]:
    """Count along the curves, at sides that lie evenly on the axis of powers of ten."""
    spread = np.geomspace(SIDES[0], SIDES[-1], SAMPLES)
    sides = sorted({round(float(side)) for side in spread})
    grown = [replace(setup, side=side) for side in sides]
    return {"side": sides} | {curve.name: [curve.count(each) for each in grown] for curve in CURVES}


def grown(setup: AgainstSetup) -> dict[str, list[int]]:
    """Count along the curves; neither the side that is looked at nor the other view changes them."""
    return samples(replace(setup, view="growth", side=SIDES[0]))


PRINTED = (
    Mark("cnn", 32, 33_120, "33,120: deck 002"),
    Mark("mlp", 32, 34_083_840, "34,083,840: deck 002, put right"),
    Mark("cnn", 32, 33_210, "33,210 with biases"),
    Mark("mlp", 32, 34_093_578, "34,093,578 with biases"),
    Mark("full", 1000, 10**12, "10¹²: deck 003"),
)


def marks(setup: AgainstSetup) -> list[Mark]:
    """List the numbers of the lectures that these networks have; with other settings they are gone."""
    by_name = {curve.name: curve.count for curve in CURVES}
    return [mark for mark in PRINTED if by_name[mark.curve](replace(setup, side=mark.side)) == mark.value]


def at_side(setup: AgainstSetup) -> dict[str, int]:
    """Count all curves at the present side."""
    return {curve.name: curve.count(setup) for curve in CURVES}


def told(setup: AgainstSetup) -> str:
    """Say what the two totals mean, with their numbers."""
    cnn, mlp = counts(setup)
    first, dense = mlp[0], cnn[-1]
    share = 100 * first.parameters / total(mlp)
    filters, kernel = setup.filters[0], f"{setup.kernel} × {setup.kernel}"
    end = "whatever the size of the image" if setup.ending == "mean" else "and more with every larger image"
    return (
        f"The first layer of the MLP alone has {first.parameters:,} ({share:.0f} % of all): each of its "
        f"{first.shape[0]:,} units reads all {setup.pixels:,} numbers of the image. CONV1 has "
        f"{cnn[0].parameters:,}: its {filters:,} filters read {kernel} pixels at a time (local connectivity) "
        f"and use the same weights at every place (weight sharing). The CNN's last layer has "
        f"{dense.parameters:,}, {end}."
    )


def volumes(setup: AgainstSetup) -> tuple[list[tuple[int, ...]], list[str]]:
    """List the shapes of the CNN's maps, and the convolutions that made them; the others have no name."""
    rows = [row for row in setup.cnn.rows() if isinstance(row.layer, (Conv2d, MaxPool))]
    convolutions = iter(range(1, len(rows) + 1))
    names = [f"CONV{next(convolutions)}" if isinstance(row.layer, Conv2d) else "" for row in rows]
    return [setup.input_shape, *(row.output_shape for row in rows)], ["", *names]

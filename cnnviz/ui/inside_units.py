"""Dense layers and softmax on the page: the numbers of every unit, and its weights folded back into maps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.explain import brief
from cnnviz.lessons.inside import Inside
from cnnviz.lessons.inside_answer import Answer, percent, shape_before, unit, written
from cnnviz.ui.components.network.parts import UnitRow, answer

MOST_WEIGHTS = 60_000  # sent at once; of more, only the row that was chosen

Themes = Mapping[str, Any]


def show_answer(inside: Inside, start: int, classes: tuple[str, ...], themes: Themes, *, key: str) -> None:
    """Show logits, exponentials, their sum and the shares, each with its weights folded back into maps."""
    at, told = len(inside.architecture.layers), Answer(inside.outputs[-1].astype(float))
    units = [unit(inside, at, number) for number in range(len(classes))]
    rows = []
    for number, (name, own) in enumerate(zip(classes, units, strict=True)):
        cells = (
            name,
            brief(own.value),
            written(float(told.exponentials[number])),
            percent(float(told.shares[number])),
        )
        total = brief(float(own.products.sum()))
        line = f"Σ products {total} + bias {brief(own.bias)} = {brief(own.value)}"
        rows.append(UnitRow(cells, f"Weights of {name}", line, told.line(number), float(told.shares[number])))
    answer(
        rows,
        np.stack([own.weights for own in units]),
        _read(inside, at),
        heads=("class", "logit z", "e^(z − max)", "share"),
        start=start,
        themes=themes,
        key=key,
    )
    st.caption(
        f"The exponentials add up to {told.total:.4f}; the largest logit is subtracted first, so that "
        "none overflows. Point at a row to see its weights, folded back into maps where these were flattened."
    )


def show_units(inside: Inside, at: int, start: int, themes: Themes) -> None:
    """Show the units of a hidden dense layer."""
    count = len(inside.outputs[at])
    all_fit = inside.network.layers[at - 1][0].size <= MOST_WEIGHTS
    numbers = range(count) if all_fit else range(start, start + 1)
    units = [unit(inside, at, number) for number in numbers]
    rows = [
        UnitRow(
            (str(number + 1), brief(own.value)),
            f"Weights of unit {number + 1}",
            f"Σ products {brief(float(own.products.sum()))} + bias {brief(own.bias)} = {brief(own.value)}",
        )
        for number, own in zip(numbers, units, strict=True)
    ]
    weights = np.stack([own.weights for own in units])
    heads = ("unit", "sum")
    key = "li_hidden"
    answer(rows, weights, _read(inside, at), heads=heads, start=start - numbers[0], themes=themes, key=key)


def _read(inside: Inside, at: int) -> np.ndarray:
    """Give what a dense layer reads in the shape its weights are folded into."""
    return inside.outputs[at - 1].reshape(shape_before(inside, at))

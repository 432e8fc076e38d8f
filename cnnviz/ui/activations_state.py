"""The state of the page of activations, and how it becomes a link."""

from dataclasses import fields
from typing import Any

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.presets.activation_scenes import FIRST
from cnnviz.presets.activations import KNOWN, MOST_INPUTS, MOST_LOGITS, MOST_SIDE, VIEWS, ActivationSetup
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.ui.fields import NUMBER, matrix
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of

SHORT = {name: name.lower().replace(",", "").replace(" ", "-") for name in KNOWN}
_BY_SHORT = {short: name for name, short in SHORT.items()}


def _read_names(text: str) -> tuple[str, ...]:
    """Read ``relu,leaky-relu``."""
    words = text[:400].split(",")
    unknown = [word for word in words if word not in _BY_SHORT]
    if unknown:
        raise ValueError(f"value must be some of {', '.join(_BY_SHORT)}, got {unknown[0][:24]!r}")
    return tuple(_BY_SHORT[word] for word in words)


def read_row(text: str, most: int = MOST_LOGITS) -> tuple[float, ...]:
    """Read numbers, all in one row or each on a line of its own."""
    rows = read_matrix(text, most, most)
    if len(rows) > 1 and len(rows[0]) > 1:
        raise ValueError(f"numbers must be in one row, got {len(rows)} rows")
    return tuple(row[0] for row in rows) if len(rows) > 1 else rows[0]


TABLE = {
    "view": one_of(VIEWS),
    "names": Field(_read_names, lambda names: ",".join(SHORT[name] for name in names)),
    "x": NUMBER,
    **{setting.name: NUMBER for record in ACTIVATIONS.values() for setting in record.settings},
    "matrix": matrix(MOST_SIDE),
    "neuron": matrix(2, MOST_INPUTS),
    "bias": NUMBER,
    "picture": one_of(IMAGES),
    "filter": one_of(FILTERS),
    "logits": Field(read_row, lambda logits: write_matrix((logits,), ",")),
    "temperature": NUMBER,
    "shift": NUMBER,
}


def take_apart(setup: ActivationSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    return {field.name: getattr(setup, field.name) for field in fields(setup)}


def put_together(values: dict[str, Any]) -> ActivationSetup:
    """Put the settings together."""
    return ActivationSetup(**values)


LESSON = Lesson("activations", "ac_", FIRST, TABLE, take_apart, put_together)

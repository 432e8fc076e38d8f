"""The layers that can be added to a stack: what they are called, what they do, and as what they begin.

To offer another layer, add a row to `KINDS`; to explain another setting, one to `SETTINGS`.
"""

from dataclasses import dataclass, fields

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Activation, Dense, Dropout, Flatten
from cnnviz.model.old_layers import PartialConv2d, RadialBasis, Subsample
from cnnviz.model.published_layers import (
    BareConv2d,
    GlobalMaxPool,
    GlobalMeanPool,
    LocalResponseNorm,
    PositionBias,
    Shortcut,
)
from cnnviz.model.sequence_layers import Conv1d
from cnnviz.model.sliding_layers import Conv2d, MaxPool, MeanPool
from cnnviz.presets.stack_text import make_layer, read_value, write_value


@dataclass(frozen=True)
class Kind:
    """A layer to add: its name in menus, what it does, and how it begins."""

    label: str
    help: str
    first: Layer


@dataclass(frozen=True)
class Setting:
    """A hyperparameter that can be edited: its name, label, help, and what stands in its field."""

    name: str
    label: str
    help: str
    text: str
    choices: tuple[str, ...] = ()
    rare: bool = False  # shown where it differs from what it usually is, or the layer is chosen


_PAIRED = ((0, 1, 2),) * 6
KINDS: dict[str, Kind] = {
    type(kind.first).__name__: kind
    for kind in (
        Kind("Convolution", "Slides filters over all maps.", Conv2d(16, 3, padding=1)),
        Kind("ReLU or other activation", "Applies a function to every number.", Activation("ReLU")),
        Kind("Max pooling", "Keeps the largest value of each window.", MaxPool(2)),
        Kind("Mean pooling", "Takes the mean of each window.", MeanPool(2)),
        Kind("Flatten", "Writes all maps one behind the other.", Flatten()),
        Kind("Dense", "Joins every input with every unit.", Dense(64)),
        Kind("Dropout", "Switches numbers off while training.", Dropout(0.5)),
        Kind("Batch norm", "Normalises every channel over the batch.", BatchNorm()),
        Kind("Global mean pooling", "Takes the mean of every map.", GlobalMeanPool()),
        Kind("Global max pooling", "Keeps the largest value of every map.", GlobalMaxPool()),
        Kind(
            "Convolution without bias",
            "As before batch norm, whose shift does its work.",
            BareConv2d(16, 3, padding=1),
        ),
        Kind("Local response norm", "Divides by how strongly channels around answer.", LocalResponseNorm()),
        Kind("1-D convolution", "Slides filters along a signal.", Conv1d(16, 3, padding=1)),
        Kind("Trained subsampling", "LeNet's pooling: a weight and a bias for each map.", Subsample(2)),
        Kind(
            "Partial convolution", "LeNet's C3: each filter sees some maps only.", PartialConv2d(_PAIRED, 5)
        ),
        Kind("Radial basis", "LeNet's output: distances to fixed codes.", RadialBasis(10)),
        Kind("Position bias", "A bias for every place of every map.", PositionBias()),
        Kind("Shortcut without weights", "Every second cell, and maps of zeros.", Shortcut(16)),
    )
}

SETTINGS: dict[str, tuple[str, str]] = {
    "filters": ("filters", "Maps it gives: more mean more parameters and more work."),
    "size": ("size", "Cells of its window; one number, or rows x columns as in 3x5."),
    "stride": ("stride", "Cells from one stop to the next: 2 halves the output."),
    "padding": ("padding", "Zeros around the input: one number, rows x columns, or sides as in 1-2x1-2."),
    "dilation": ("dilation", "Distance of the cells a window reads: more widen its view."),
    "groups": ("groups", "Filters see only the channels of their group: more mean fewer weights."),
    "channels": ("maps", "Maps it gives: the new ones are zero."),
    "units": ("units", "Numbers it gives: more mean more parameters."),
    "share": ("share", "Part of the numbers that is switched off while training."),
    "momentum": ("momentum", "How fast the running averages move; counts stay."),
    "epsilon": ("epsilon", "Keeps the division from zero; counts stay."),
    "name": ("function", "What is applied to every number; counts stay."),
    "alpha": ("alpha", "How strong the division is; counts stay."),
    "beta": ("beta", "The power of the divisor; counts stay."),
    "k": ("k", "What is added to the divisor; counts stay."),
    "table": ("table", "Maps that each filter sees: a row for each filter, as in 0-1-2x1-2-3."),
}
RARE = {"dilation": ("1",), "groups": ("1",), "momentum": (), "epsilon": (), "alpha": (), "beta": (), "k": ()}


def settings_of(layer: Layer, chosen: bool = False) -> tuple[Setting, ...]:
    """List what can be edited, as it is now."""
    found = []
    for field in fields(layer):
        if field.name == "settings":
            continue
        label, help = SETTINGS[field.name]
        text = write_value(field.name, getattr(layer, field.name))
        usual = RARE.get(field.name)
        rare = usual is not None and (not usual or text in usual)
        choices = tuple(ACTIVATIONS) if field.name == "name" else ()
        if chosen or not rare:
            found.append(Setting(field.name, label, help, text, choices, rare))
    return (*found, *_of_function(layer))


def _of_function(layer: Layer) -> tuple[Setting, ...]:
    """List the settings of an activation function."""
    if not isinstance(layer, Activation):
        return ()
    function = ACTIVATIONS[layer.name]
    now = function.chosen(dict(layer.settings))
    return tuple(
        Setting(each.name, each.label.lower(), each.help, write_value(each.name, float(now[each.name])))
        for each in function.settings
    )


def edited(layer: Layer, name: str, text: str) -> Layer:
    """Change one setting of a layer, as it was typed.

    Raises
    ------
    ValueError
        If the text is no such value, or the layer refuses it.
    """
    if name not in {setting.name for setting in settings_of(layer, chosen=True)}:
        raise ValueError(f"setting must be one of the layer's, got {name[:24]!r}")
    now = {field.name: getattr(layer, field.name) for field in fields(layer)}
    if isinstance(layer, Activation):
        now = {"name": layer.name, **dict(now.pop("settings"))} if name != "name" else {}
    value = read_value(name, text)
    return make_layer(type(layer).__name__, {**now, name: value})

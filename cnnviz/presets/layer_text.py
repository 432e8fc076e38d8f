"""Layers as text, one a line: how a reader stacks a network of one's own.

To let more be written, add a row to `_KINDS`. Activations go by their names in `ACTIVATIONS`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.model.architecture import MOST_LAYERS
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.layer import Layer
from cnnviz.model.layers import Activation, Conv2d, Dense, Dropout, Flatten, MaxPool, MeanPool

LONGEST = 1000
FIRST_STACK = "conv 8 3 padding 1\nReLU\nmax pool 2\ndense 32\nReLU"
_OPTIONS = ("stride", "padding", "dilation")
_KINDS: dict[str, tuple[Callable[..., Layer], str, tuple[str, ...]]] = {
    "conv": (Conv2d, "conv 8 3: filters, size", _OPTIONS),
    "max pool": (MaxPool, "max pool 2: size", _OPTIONS[:2]),
    "mean pool": (MeanPool, "mean pool 2: size", _OPTIONS[:2]),
    "dense": (Dense, "dense 32: units", ()),
    "dropout": (Dropout, "dropout 0.5: share", ()),
    "batch norm": (BatchNorm, "batch norm", ()),
    "flatten": (Flatten, "flatten", ()),
}
_NUMBERS = {"conv": 2, "batch norm": 0, "flatten": 0}
SPELLING = "; ".join(example for _, example, _ in _KINDS.values())


def read_layers(text: str) -> tuple[Layer, ...]:
    """Read layers, parted by new lines or semicolons.

    Parameters
    ----------
    text : str
        Such as ``conv 8 3 padding 1; ReLU; max pool 2``. Before the first dense layer maps are flattened.

    Returns
    -------
    tuple of Layer
        From the input upwards.

    Raises
    ------
    ValueError
        If a line is not understood, or there are too many.
    """
    if len(text) > LONGEST:
        raise ValueError(f"layers must be written in at most {LONGEST} characters, got {len(text)}")
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    if len(lines) > MOST_LAYERS - 2:
        raise ValueError(f"layers must be at most {MOST_LAYERS - 2}, got {len(lines)}")
    layers: list[Layer] = []
    flat = False
    for line in lines:
        layer = _read(line)
        if isinstance(layer, Dense) and not flat:
            layers.append(Flatten())
        flat = flat or isinstance(layer, (Dense, Flatten))
        layers.append(layer)
    return tuple(layers)


def write_layers(layers: Iterable[Layer]) -> str:
    """Write what `read_layers` reads; a ValueError names a layer with settings that cannot be written."""
    lines = [_written(layer) for layer in layers if not isinstance(layer, Flatten)]
    return "\n".join(lines)


def _written(layer: Layer) -> str:
    """Write one layer, and read it again to be sure."""
    if isinstance(layer, Activation):
        line = layer.name
    else:
        kind = next(name for name, (build, _, _) in _KINDS.items() if build is type(layer))
        values = [getattr(layer, field.name) for field in fields(layer)]
        count, options = _NUMBERS.get(kind, 1), _KINDS[kind][2]
        named = [f"{name} {_plain(getattr(layer, name))}" for name in options]
        line = " ".join([kind, *map(_plain, values[:count]), *named])
    if _read(line) != layer:
        raise ValueError(f"layer {layer.title} must have settings that can be written, got {layer!r:.80}")
    return line


def _plain(value: Any) -> str:
    """Write a number, or the first of equal ones."""
    while isinstance(value, tuple):
        value = value[0]
    return f"{value:g}"


def _read(line: str) -> Layer:
    """Read one layer."""
    for name in ACTIVATIONS:
        if line.lower() == name.lower():
            return Activation(name)
    for kind, (build, example, options) in _KINDS.items():
        if line.lower().startswith(kind):
            words = line.lower().removeprefix(kind).split()
            try:
                return build(*_numbers(words, _NUMBERS.get(kind, 1)), **_named(words, kind, options))
            except (ValueError, TypeError) as problem:
                raise ValueError(f"layer {line[:40]!r} must be written like {example} ({problem})") from None
    raise ValueError(f"layer must be an activation, or like {SPELLING}; got {line[:40]!r}")


def _numbers(words: list[str], count: int) -> list[Any]:
    """Read the numbers that come first."""
    if len(words) < count:
        raise ValueError(f"{count} of its numbers must be given, got {len(words)}")
    return [_number(word) for word in words[:count]]


def _named(words: list[str], kind: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Read the pairs of a name and a number that come last."""
    rest = words[_NUMBERS.get(kind, 1) :]
    pairs = dict(zip(rest[::2], rest[1::2], strict=False))
    if len(rest) % 2 or 2 * len(pairs) != len(rest) or pairs.keys() - set(options):
        raise ValueError(
            f"words after it must be {' or '.join(options) or 'none'}, got {' '.join(rest)[:24]}"
        )
    return {name: _number(word) for name, word in pairs.items()}


def _number(word: str) -> int | float:
    """Read a whole number, or a fraction."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", word):
        raise ValueError(f"number must be written with digits, got {word[:12]!r}")
    return float(word) if "." in word else int(word)

"""Stacks of any layers as short text for links: ``Conv2d,16,3,padding~1;Activation,ReLU;MaxPool,2``.

Layers are parted by semicolons. What a layer has to be told stands behind its kind; what differs from its
defaults follows by name. Pairs are written 3x5, sides 1-2x3-4. New layers and settings need nothing here.
"""

import re
from dataclasses import MISSING, fields
from typing import Any

from cnnviz.model.layer import Layer
from cnnviz.model.layers import LAYERS, Activation
from cnnviz.model.published_layers import PUBLISHED_LAYERS

LAYER_KINDS: dict[str, type[Layer]] = {**LAYERS, **PUBLISHED_LAYERS}
LONGEST = 6000
LISTS = ("table",)  # settings that are lists of lists even where all are alike
NUMBER = r"\d{1,7}(\.\d{1,12})?"


def write_stack(layers: tuple[Layer, ...]) -> str:
    """Write layers as `read_stack` reads them."""
    return ";".join(write_layer(layer) for layer in layers)


def write_layer(layer: Layer) -> str:
    """Write one layer."""
    words = [type(layer).__name__]
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.name == "settings":
            words += [f"{name}~{_number(number)}" for name, number in value]
        elif field.default is MISSING:
            words.append(write_value(field.name, value))
        elif value != field.default and value != _default(layer, field):
            words.append(f"{field.name}~{write_value(field.name, value)}")
    return ",".join(words)


def _default(layer: Layer, field: Any) -> Any:
    """Find how the layer stores the default of one of its settings."""
    needed = {each.name: getattr(layer, each.name) for each in fields(layer) if each.default is MISSING}
    return getattr(type(layer)(**needed), field.name)


def write_value(name: str, value: Any) -> str:
    """Write a number, a name, or numbers in tuples; equal ones once."""
    if isinstance(value, str):
        return value
    if not isinstance(value, tuple):
        return _number(value)
    if name not in LISTS and len(set(value)) == 1:
        value = value[:1]
        if not isinstance(value[0], tuple) or len(set(value[0])) == 1:
            return write_value(name, value[0])
    if name not in LISTS:
        return "x".join(
            "-".join(map(_number, part if isinstance(part, tuple) else (part,))) for part in value
        )
    return "x".join("-".join(map(_number, row)) for row in value)


def _number(value: float) -> str:
    """Write a number without an exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def read_stack(text: str) -> tuple[Layer, ...]:
    """Read layers.

    Raises
    ------
    ValueError
        If the text is too long, or a layer is not understood.
    """
    if len(text) > LONGEST:
        raise ValueError(f"layers must be written in at most {LONGEST} characters, got {len(text)}")
    return tuple(read_layer(part) for part in text.split(";")) if text else ()


def read_layer(text: str) -> Layer:
    """Read one layer."""
    kind, *words = text.split(",")
    if kind not in LAYER_KINDS:
        raise ValueError(f"layer must be of a known kind, got {kind[:24]!r}")
    known = [field.name for field in fields(LAYER_KINDS[kind])]
    given: dict[str, Any] = {}
    for place, word in enumerate(words):
        name, marked, value = word.rpartition("~")
        if not marked and place < len(known):
            name = known[place]
        if name in given:
            raise ValueError(f"layer must say {name[:24]} once, got it twice in {text[:40]!r}")
        given[name] = read_value(name, value)
    return make_layer(kind, given)


def make_layer(kind: str, given: dict[str, Any]) -> Layer:
    """Make a layer of a kind; settings of an activation function stand among its own."""
    known = {field.name for field in fields(LAYER_KINDS[kind])}
    extra = tuple((name, value) for name, value in given.items() if name not in known)
    own = {name: value for name, value in given.items() if name in known}
    if extra and (LAYER_KINDS[kind] is not Activation or "settings" in own):
        raise ValueError(f"layer must have settings of its own, got {extra[0][0][:24]!r}")
    try:
        return LAYER_KINDS[kind](**own, **({"settings": extra} if extra else {}))
    except TypeError:
        raise ValueError(f"layer must have all it needs, got {kind} with {len(given)} settings") from None


def read_value(name: str, text: str) -> Any:
    """Read what `write_value` wrote; a comma of a human stands for the x."""
    text = text.strip().replace("×", "x").replace("−", "-")
    if name == "name":
        return text[:40]
    if re.fullmatch(f"-?{NUMBER}", text) and name not in LISTS:
        return float(text) if "." in text else int(text)
    row = f"{NUMBER}(-{NUMBER})*"
    if not re.fullmatch(f"{row}( ?x ?{row})*", text):
        raise ValueError(f"{name[:24]} must be a number, or two as in 3x5, got {text[:24]!r}")
    rows = [tuple(map(int, map(float, part.split("-")))) for part in re.split(" ?x ?", text)]
    if name in LISTS or len(rows[0]) > 1:
        return tuple(rows if name in LISTS or len(rows) > 1 else rows * 2)
    return tuple(part[0] for part in rows)

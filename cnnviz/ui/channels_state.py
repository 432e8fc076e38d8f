"""The state of the page of channels, and how it becomes a link: a layer, or a volume.

In links ``|`` parts channels or planes, ``||`` filters or the channels of a volume; a built-in picture goes
by its name.
"""

from typing import Any

from cnnviz.presets.channel_pictures import PICTURES, name_of, picture
from cnnviz.presets.channel_scenes import FIRST, SCENES
from cnnviz.presets.channels import LARGEST_KERNEL, LARGEST_SIDE, Layer, Setup
from cnnviz.presets.matrix_text import LONGEST_TEXT, read_matrix, read_number, write_matrix, write_number
from cnnviz.presets.planes import Planes
from cnnviz.presets.volumes import LARGEST_VOLUME, Volume
from cnnviz.ui.fields import NUMBER, SLIDE, SWITCH, WHOLE, slide_apart, slide_together
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of, pack, unpack

KINDS = ("layer", "volume")
MOST_PARTS = 200


def _read_planes(text: str, most: int) -> Planes:
    """Read planes parted by bars."""
    parts = text.split("|")
    if len(parts) > MOST_PARTS:
        raise ValueError(f"value must have at most {MOST_PARTS} planes, got {len(parts)}")
    return tuple(read_matrix(part, most, most) for part in parts)


def _write_planes(planes: Planes) -> str:
    """Write planes parted by bars."""
    return "|".join(write_matrix(rows, ",", ";") for rows in planes)


def _read_image(text: str) -> Planes:
    """Read the name of a built-in picture, or its planes."""
    return picture(text) if text in PICTURES else _read_planes(unpack(text, LONGEST_TEXT), LARGEST_SIDE)


def _write_image(image: Planes) -> str:
    """Write what `_read_image` reads."""
    return name_of(image) or pack(_write_planes(image))


def _blocks(most: int) -> Field:
    """Make the field of several blocks of planes."""

    def read(text: str) -> tuple[Planes, ...]:
        blocks = unpack(text, LONGEST_TEXT).split("||")
        if len(blocks) > MOST_PARTS:
            raise ValueError(f"value must have at most {MOST_PARTS} blocks, got {len(blocks)}")
        return tuple(_read_planes(block, most) for block in blocks)

    return Field(read, lambda blocks: pack("||".join(map(_write_planes, blocks))))


def _read_numbers(text: str) -> tuple[float, ...]:
    """Read numbers parted by commas."""
    return tuple(read_number(part) for part in text[:1000].split(","))


TABLE = {
    "kind": one_of(dict.fromkeys(KINDS)),
    "image": Field(_read_image, _write_image),
    "filters": _blocks(LARGEST_KERNEL),
    "biases": Field(_read_numbers, lambda biases: ",".join(map(write_number, biases))),
    "groups": WHOLE,
    "relu": SWITCH,
    "filter": WHOLE,
    **SLIDE,
    "volume": _blocks(LARGEST_VOLUME),
    "kernel": _blocks(LARGEST_VOLUME),
    "steps": WHOLE,
    "bias": NUMBER,
}


def take_apart(setup: Setup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`; of the other kind, those it has at first."""
    layer = setup if isinstance(setup, Layer) else SCENES[FIRST].setup
    volume = setup if isinstance(setup, Volume) else SCENES["channels_volume"].setup
    return {
        "kind": "layer" if isinstance(setup, Layer) else "volume",
        "image": layer.image,
        "filters": layer.filters,
        "biases": layer.biases,
        "groups": layer.groups,
        "relu": layer.relu,
        "filter": layer.shown,
        **slide_apart(layer.slide),
        "volume": volume.volume,
        "kernel": volume.kernel,
        "steps": volume.stride,
        "bias": volume.bias,
    }


def put_together(values: dict[str, Any]) -> Setup:
    """Put the settings together."""
    if values["kind"] == "volume":
        return Volume(values["volume"], values["kernel"], values["steps"], values["bias"])
    names = ("groups", "relu", "filter")
    slide = slide_together(values)
    return Layer(
        values["image"], values["filters"], values["biases"], slide, *(values[name] for name in names)
    )


def stops(setup: Setup) -> int:
    """Count the places of a filter."""
    total = 1
    for length in setup.output_shape:
        total *= length
    return total


LESSON: Lesson[Setup] = Lesson("channels", "ch_", FIRST, TABLE, take_apart, put_together, stops)

"""What the page that looks inside shows: a network, an image, and how far down one has clicked.

Layers are named by the number of their output; `Look.within` drops what a network does not have.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from cnnviz.lessons.inside import SCALES
from cnnviz.model.architecture import Architecture
from cnnviz.ui.fields import SWITCH, WHOLE
from cnnviz.ui.inside_networks import FIRST, entries
from cnnviz.ui.memory import Memory, sentence
from cnnviz.ui.state import Field, one_of, read_fields, write_fields

PREFIX = "li_"


@dataclass(frozen=True)
class Look:
    """Everything a reader can choose; layer 0 is the whole network, and pixel () a whole map.

    ``drawn`` shows what was drawn in this session in place of a held-out image, if there is anything.
    """

    network: str = FIRST
    image: int = 0
    drawn: bool = False
    scale: str = "layer"
    layer: int = 0
    map: int = 0
    pixel: tuple[int, ...] = ()
    channel: int = 0

    def within(self, architecture: Architecture, images: int) -> "Look":
        """Drop what is beyond this network and these images."""
        look = replace(self, image=min(self.image, images - 1))
        if not 0 < look.layer <= len(architecture.layers) + 1:
            return replace(look, layer=0, map=0, pixel=(), channel=0)
        shape = architecture.shapes[min(look.layer, len(architecture.layers))]
        look = replace(look, map=min(look.map, shape[0] - 1))
        inside = len(shape) == 3 and len(look.pixel) == 2
        if inside and all(place < length for place, length in zip(look.pixel, shape[1:], strict=True)):
            return look
        return replace(look, pixel=(), channel=0)


def _read_network(text: str) -> str:
    """Read the name of a network there is now."""
    known = entries()
    if text not in known:
        raise ValueError(f"value must be one of {', '.join(known)}, got {text[:40]!r}")
    return text


def _read_pixel(text: str) -> tuple[int, ...]:
    """Read row and column."""
    places = tuple(WHOLE.read(part) for part in text[:20].split(","))
    if len(places) != 2:
        raise ValueError(f"value must be a row and a column, got {text[:20]!r}")
    return places


TABLE = {
    "network": Field(_read_network, str),
    "image": WHOLE,
    "drawn": SWITCH,
    "scale": one_of(SCALES),
    "layer": WHOLE,
    "map": WHOLE,
    "pixel": Field(_read_pixel, lambda places: ",".join(map(str, places))),
    "channel": WHOLE,
}


def _read(asked: Mapping[str, list[str]]) -> tuple[Look, str]:
    """Read a link."""
    values, problems = read_fields(TABLE, asked)
    return Look(**values), " ".join(sentence(problem) for problem in problems)


def _write(look: Look) -> dict[str, str]:
    """Write what differs from the first view."""
    return write_fields(TABLE, asdict(look), asdict(Look()))


MEMORY: Memory[Look] = Memory(PREFIX, _read, _write)

"""What the photo page shows: the picture, the filter and its settings, and the pixel that is looked at.

`Shown` is the whole of it and is what a link reproduces, except for an own photo, which stays where it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from cnnviz.kernels.borders import BORDERS
from cnnviz.lessons.photo import Filtering
from cnnviz.presets.colour import TREATMENTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.presets.matrix_text import Rows, read_matrix, read_number, write_matrix, write_number
from cnnviz.presets.settings import Choice
from cnnviz.ui.components.photo import Place
from cnnviz.ui.memory import Memory, sentence
from cnnviz.ui.state import Field, one_of, read_fields, whole_number, write_fields

PREFIX = "ph_"
OWN, CUSTOM = "own", "Custom"
LARGEST_KERNEL, LARGEST_STEP, LARGEST_FACTOR = 11, 8, 1000.0
VIEWS = {"auto": "What suits the filter", "values": "Signed values", "saved": "As saved in 8 bits"}


@dataclass(frozen=True)
class Shown:
    """Everything a reader can choose."""

    picture: str = "Astronaut"
    filter: str = "Sobel x"
    settings: tuple[tuple[str, float | str], ...] = ()
    kernel: Rows = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))  # used if the filter is custom
    colour: str = "Luminance"
    flip: bool = False
    stride: int = 1
    dilation: int = 1
    border: str = "reflect"
    scale: float = 1.0
    offset: float = 0.0
    view: str = "auto"
    full: bool = False
    at: Place = (0.44, 0.72)

    def __post_init__(self) -> None:
        """Refuse settings that the filter does not have, and numbers that are out of range."""
        for name in ("stride", "dilation"):
            if not 1 <= getattr(self, name) <= LARGEST_STEP:
                raise ValueError(f"{name} must be from 1 to {LARGEST_STEP}, got {getattr(self, name)}")
        for name in ("scale", "offset"):
            if not abs(getattr(self, name)) <= LARGEST_FACTOR:
                raise ValueError(
                    f"{name} must be at most {LARGEST_FACTOR:.0f} in size, got {getattr(self, name)}"
                )
        self.written()

    def written(self) -> np.ndarray:
        """Return the kernel as written down, before it is turned for a true convolution."""
        if self.filter == CUSTOM:
            return np.array(self.kernel, dtype=np.float64)
        return FILTERS[self.filter].kernel(**dict(self.settings))

    @property
    def filtering(self) -> Filtering:
        """The filter, ready to be applied."""
        kernel = self.written()[::-1, ::-1] if self.flip else self.written()
        rows = tuple(map(tuple, kernel.tolist()))
        return Filtering(rows, self.colour, self.stride, self.dilation, self.border, self.scale, self.offset)

    def setting(self, name: str, default: float | str) -> float | str:
        """Return the value of one setting of the filter."""
        return dict(self.settings).get(name, default)

    def with_setting(self, name: str, value: float | str) -> "Shown":
        """Set one setting of the filter."""
        return replace(self, settings=tuple(sorted({**dict(self.settings), name: value}.items())))

    def with_filter(self, name: str) -> "Shown":
        """Choose another filter; a custom kernel starts from the weights that were there, if they are few."""
        if name != CUSTOM:
            return replace(self, filter=name, settings=())
        before = self.written()
        kernel = tuple(map(tuple, before.tolist())) if max(before.shape) <= LARGEST_KERNEL else self.kernel
        return replace(self, filter=CUSTOM, settings=(), kernel=kernel)


def _read_settings(text: str) -> tuple[tuple[str, float | str], ...]:
    """Read ``size:5,sigma:1.5``; whether the filter has such settings is checked by `Shown`."""
    words = {
        word
        for record in FILTERS.values()
        for s in record.settings
        if isinstance(s, Choice)
        for word in s.options
    }
    pairs = [part.partition(":") for part in text[:200].split(",")]
    return tuple(sorted((name, value if value in words else read_number(value)) for name, _, value in pairs))


def _write_settings(settings: tuple[tuple[str, float | str], ...]) -> str:
    """Write what `_read_settings` reads."""
    return ",".join(f"{n}:{v if isinstance(v, str) else write_number(v)}" for n, v in settings)


def _read_place(text: str) -> Place:
    """Read two fractions of height and width."""
    parts = [read_number(part) for part in text[:64].split(",")]
    if len(parts) != 2 or not all(0 <= part < 1 for part in parts):
        raise ValueError(f"value must be two numbers from 0 to below 1, got {text[:24]!r}")
    return parts[0], parts[1]


def _read_switch(text: str) -> bool:
    """Read 1 or 0."""
    if text not in ("0", "1"):
        raise ValueError(f"value must be 0 or 1, got {text[:24]!r}")
    return text == "1"


_SWITCH = Field(_read_switch, lambda on: str(int(on)))
_NUMBER = Field(read_number, write_number)
TABLE = {
    "picture": one_of(IMAGES),
    "filter": one_of({**FILTERS, CUSTOM: None}),
    "settings": Field(_read_settings, _write_settings),
    "kernel": Field(
        lambda text: read_matrix(text, LARGEST_KERNEL, LARGEST_KERNEL),
        lambda rows: write_matrix(rows, ",", ";"),
    ),
    "colour": one_of(TREATMENTS),
    "flip": _SWITCH,
    "stride": Field(whole_number, str),
    "dilation": Field(whole_number, str),
    "border": one_of(BORDERS),
    "scale": _NUMBER,
    "offset": _NUMBER,
    "view": one_of(VIEWS),
    "full": _SWITCH,
    "at": Field(_read_place, lambda place: ",".join(f"{part:.6f}".rstrip("0") for part in place)),
}


def read_link(asked: Mapping[str, list[str]]) -> tuple[Shown, str]:
    """Read a link; what cannot be used is left out, with one sentence about it."""
    values, problems = read_fields(TABLE, asked)
    shown = Shown()
    for name in ("filter", "settings", *(set(TABLE) - {"filter", "settings"})):
        if name not in values:
            continue
        try:
            shown = replace(shown, **{name: values[name]})
        except ValueError as problem:
            problems.append(str(problem))
    return shown, sentence(f"a part of the link was left out: {problems[0]}") if problems else ""


def write_link(shown: Shown) -> dict[str, str]:
    """Write what differs from the page as it opens; an own photo is not in a link."""
    here = _values(shown if shown.picture != OWN else replace(shown, picture=Shown().picture))
    if shown.filter != CUSTOM:
        here["kernel"] = Shown().kernel
    return write_fields(TABLE, here, _values(Shown()))


def _values(shown: Shown) -> dict[str, Any]:
    """Take a state apart, by the names of `TABLE`."""
    return {field.name: getattr(shown, field.name) for field in fields(shown)}


MEMORY: Memory[Shown] = Memory(PREFIX, read_link, write_link)

"""What the page of 2-D convolution shows: the example it started from, all numbers and settings, the stop.

`Shown` is the whole of it and is what a link reproduces. To put more into links, add a field to `TABLE` and
to the two functions below it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from cnnviz.presets.matrices import EXAMPLES, FIRST, LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_text import LONGEST_TEXT, read_matrix, read_number, write_matrix, write_number
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide
from cnnviz.ui.memory import Memory
from cnnviz.ui.state import Field, one_of, pack, read_fields, unpack, whole_number, write_fields

PREFIX = "c2_"


@dataclass(frozen=True)
class Shown:
    """The example it started from, the convolution as it is now, and the stop."""

    example: str
    setup: Setup
    step: int = 0

    @property
    def changed(self) -> bool:
        """Tell whether anything but the stop differs from the example."""
        return self.setup != EXAMPLES[self.example].setup

    @classmethod
    def first(cls, example: str = FIRST) -> "Shown":
        """Show an example from its first stop."""
        return cls(example, EXAMPLES[example].setup)


def _matrix(most: int) -> Field:
    """Make the field of a matrix of at most so many rows and columns."""
    return Field(
        lambda text: read_matrix(unpack(text, LONGEST_TEXT), most, most),
        lambda rows: pack(write_matrix(rows, ",", ";")),
    )


def _whole_numbers(*counts: int) -> Field:
    """Make the field of a few whole numbers; one stands for a pair of the same."""

    def read(text: str) -> tuple[int, ...]:
        numbers = tuple(whole_number(part) for part in text[:64].split(","))
        if len(numbers) not in counts:
            raise ValueError(f"value must have {' or '.join(map(str, counts))} numbers, got {len(numbers)}")
        return numbers * 2 if len(numbers) == 1 else numbers

    return Field(read, lambda numbers: ",".join(map(str, numbers if len(set(numbers)) > 1 else numbers[:1])))


_SIDES = _whole_numbers(1, 4)


def _read_padding(text: str) -> tuple[str, tuple]:
    """Read "same", one number for all sides, or top, bottom, left, right."""
    if text in PADDINGS and text != "custom":
        return text, Slide().sides
    top, bottom, left, right = (_SIDES.read(text) * 2)[:4]
    return "custom", ((top, bottom), (left, right))


def _write_padding(padding: tuple[str, tuple]) -> str:
    """Write what `_read_padding` reads."""
    return padding[0] if padding[0] != "custom" else _SIDES.write((*padding[1][0], *padding[1][1]))


TABLE = {
    "example": one_of(EXAMPLES),
    "input": _matrix(LARGEST_INPUT),
    "kernel": _matrix(LARGEST_KERNEL),
    "stride": _whole_numbers(1, 2),
    "padding": Field(_read_padding, _write_padding),
    "dilation": _whole_numbers(1, 2),
    "bias": Field(read_number, write_number),
    "flip": Field(lambda text: bool(whole_number(text)), lambda flip: str(int(flip))),
    "rule": one_of(ROUNDINGS),
    "step": Field(whole_number, str),
}


def _values(shown: Shown) -> dict[str, Any]:
    """Take a state apart, by the names of `TABLE`."""
    setup, slide = shown.setup, shown.setup.slide
    return {
        "example": shown.example,
        "input": setup.image,
        "kernel": setup.kernel,
        "stride": slide.stride,
        "padding": (slide.padding, slide.sides),
        "dilation": slide.dilation,
        "bias": setup.bias,
        "flip": setup.flip,
        "rule": slide.rounding,
        "step": shown.step,
    }


def _shown(values: dict[str, Any]) -> Shown:
    """Put a state together."""
    padding, sides = values["padding"]
    slide = Slide(values["stride"], padding, sides, values["dilation"], values["rule"])
    setup = Setup(values["input"], values["kernel"], slide, values["bias"], values["flip"])
    return Shown(values["example"], setup, values["step"])


def read_link(asked: Mapping[str, list[str]]) -> tuple[Shown, str]:
    """Read a link; what cannot be used is replaced by the example's, with one sentence about it."""
    values, problems = read_fields(TABLE, asked)
    base = _values(Shown.first(values.get("example", FIRST)))
    shown, problem = _possible(base, values)
    problems += [problem] if problem else []
    if shown.step >= _stops(shown.setup):
        problems.append(f"step must be less than {_stops(shown.setup)}, got {shown.step}")
        shown = replace(shown, step=0)
    return shown, f"A part of the link was left out: {problems[0]}." if problems else ""


def _possible(base: dict[str, Any], values: dict[str, Any]) -> tuple[Shown, str]:
    """Put a state together; if its parts do not go together, leave one of them out, or all."""
    try:
        return _shown({**base, **values}), ""
    except ValueError as problem:
        for name in values:
            with suppress(ValueError):
                kept = {other: value for other, value in values.items() if other != name}
                return _shown({**base, **kept}), str(problem)
        return _shown(base), str(problem)


def _stops(setup: Setup) -> int:
    """Count the places of the kernel."""
    return setup.output_shape[0] * setup.output_shape[1]


def write_link(shown: Shown) -> dict[str, str]:
    """Write the parameters of a link: the example, and what differs from it."""
    base = {**_values(Shown.first(shown.example)), "example": FIRST}
    return write_fields(TABLE, _values(shown), base)


MEMORY = Memory(PREFIX, read_link, write_link)


def change(alter: Callable[[Setup], Setup]) -> None:
    """Change the convolution, or refuse it with a sentence; the stop stays where it can."""

    def altered(shown: Shown) -> Shown:
        setup = alter(shown.setup)
        return replace(shown, setup=setup, step=min(shown.step, _stops(setup) - 1))

    MEMORY.change(altered)


def move_to(step: int) -> Shown:
    """Note where the picture rests, and give what is shown."""
    shown = replace(MEMORY.now(), step=step)
    st.session_state[f"{PREFIX}shown"] = shown
    return shown

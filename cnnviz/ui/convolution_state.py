"""What the page of 2-D convolution shows at this moment: kept for the session, and told to the address bar.

`Shown` is the whole of it. Widgets and the component only ask for changes through `change`; what cannot be
is refused with one sentence, and what was there before stays.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from cnnviz.presets.matrices import EXAMPLES, FIRST, LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_text import LONGEST_TEXT, read_matrix, read_number, write_matrix, write_number
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide
from cnnviz.ui.state import (
    Field,
    asked_for,
    one_of,
    pack,
    publish,
    read_fields,
    unpack,
    whole_number,
    write_fields,
)

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


def read_link(asked: dict[str, list[str]]) -> tuple[Shown, str]:
    """Read a link; what cannot be used is replaced by the example's, with one sentence about it."""
    values, problems = read_fields(TABLE, asked)
    base = Shown.first(values.get("example", FIRST))
    try:
        shown = _shown({**_values(base), **values})
    except ValueError as problem:
        problems.append(str(problem))
        shown = base
    stops = shown.setup.output_shape[0] * shown.setup.output_shape[1]
    if shown.step >= stops:
        problems.append(f"step must be less than {stops}, got {shown.step}")
        shown = replace(shown, step=0)
    return shown, f"A part of the link was left out: {problems[0]}." if problems else ""


def write_link(shown: Shown) -> dict[str, str]:
    """Write the parameters of a link: the example, and what differs from it."""
    base = {**_values(Shown.first(shown.example)), "example": FIRST}
    return write_fields(TABLE, _values(shown), base)


def arrive() -> None:
    """Start a run of the whole page: follow the address bar if it was changed from outside."""
    memory, asked = st.session_state, asked_for(PREFIX)
    returning = not asked and f"{PREFIX}bias" not in memory and f"{PREFIX}shown" in memory
    if f"{PREFIX}shown" not in memory or (asked != memory.get(f"{PREFIX}told") and not returning):
        shown, complaint = read_link(asked)
        memory[f"{PREFIX}shown"], memory[f"{PREFIX}complaint"] = shown, complaint
        restart()


def now() -> Shown:
    """Give what the page shows."""
    return st.session_state[f"{PREFIX}shown"]


def complaint() -> str:
    """Give the sentence about what was refused last; empty if nothing was."""
    return st.session_state.get(f"{PREFIX}complaint", "")


def turn() -> int:
    """Count how often the picture was asked to start from another stop."""
    return st.session_state.get(f"{PREFIX}turn", 0)


def restart() -> None:
    """Let the picture start from the stop in `now`, wherever it was."""
    st.session_state[f"{PREFIX}turn"] = turn() + 1


def change(alter: Callable[[Shown], Shown]) -> bool:
    """Change what is shown, or refuse it with a sentence; tell whether it was done."""
    before = now()
    try:
        after = alter(before)
    except ValueError as problem:
        st.session_state[f"{PREFIX}complaint"] = sentence(problem)
        return False
    st.session_state[f"{PREFIX}complaint"] = ""
    stops = after.setup.output_shape[0] * after.setup.output_shape[1]
    st.session_state[f"{PREFIX}shown"] = replace(after, step=min(after.step, stops - 1))
    return True


def change_setup(alter: Callable[[Setup], Setup]) -> bool:
    """Change the convolution and nothing else."""
    return change(lambda shown: replace(shown, setup=alter(shown.setup)))


def move_to(step: int) -> None:
    """Note where the picture rests."""
    st.session_state[f"{PREFIX}shown"] = replace(now(), step=step)


def tell() -> dict[str, str]:
    """Put what is shown into the address bar, and give the parameters."""
    written = write_link(now())
    publish(PREFIX, written)
    st.session_state[f"{PREFIX}told"] = {name: [text] for name, text in written.items()}
    return written


def sentence(problem: object) -> str:
    """Make a sentence of an error's message."""
    text = str(problem)
    return f"{text[:1].upper()}{text[1:]}."

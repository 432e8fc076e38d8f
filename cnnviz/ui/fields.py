"""Fields of links that several lessons share: matrices, whole numbers, padding, ways to slide."""

from typing import Any

from cnnviz.presets.matrix_text import LONGEST_TEXT, read_matrix, read_number, write_matrix, write_number
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Slide
from cnnviz.ui.state import Field, one_of, pack, unpack, whole_number

NUMBER = Field(read_number, write_number)
WHOLE = Field(whole_number, str)
SWITCH = Field(lambda text: bool(whole_number(text)), lambda on: str(int(on)))


def matrix(rows: int, columns: int | None = None) -> Field:
    """Make the field of a matrix of at most so many rows and columns."""
    return Field(
        lambda text: read_matrix(unpack(text, LONGEST_TEXT), rows, columns or rows),
        lambda values: pack(write_matrix(values, ",", ";")),
    )


def whole_numbers(*counts: int) -> Field:
    """Make the field of a few whole numbers; one stands for a pair of the same."""

    def read(text: str) -> tuple[int, ...]:
        numbers = tuple(whole_number(part) for part in text[:64].split(","))
        if len(numbers) not in counts:
            raise ValueError(f"value must have {' or '.join(map(str, counts))} numbers, got {len(numbers)}")
        return numbers * 2 if len(numbers) == 1 else numbers

    return Field(read, lambda numbers: ",".join(map(str, numbers if len(set(numbers)) > 1 else numbers[:1])))


_SIDES = whole_numbers(1, 4)


def _read_padding(text: str) -> tuple[str, tuple]:
    """Read "same", one number for all sides, or top, bottom, left, right."""
    if text in PADDINGS and text != "custom":
        return text, Slide().sides
    top, bottom, left, right = (_SIDES.read(text) * 2)[:4]
    return "custom", ((top, bottom), (left, right))


def _write_padding(padding: tuple[str, tuple]) -> str:
    """Write what `_read_padding` reads."""
    return padding[0] if padding[0] != "custom" else _SIDES.write((*padding[1][0], *padding[1][1]))


SLIDE = {
    "stride": whole_numbers(1, 2),
    "padding": Field(_read_padding, _write_padding),
    "dilation": whole_numbers(1, 2),
    "rule": one_of(ROUNDINGS),
}


def slide_apart(slide: Slide) -> dict[str, Any]:
    """Take a way to slide apart, by the names of `SLIDE`."""
    return {
        "stride": slide.stride,
        "padding": (slide.padding, slide.sides),
        "dilation": slide.dilation,
        "rule": slide.rounding,
    }


def slide_together(values: dict[str, Any]) -> Slide:
    """Put a way to slide together."""
    padding, sides = values["padding"]
    return Slide(values["stride"], padding, sides, values["dilation"], values["rule"])

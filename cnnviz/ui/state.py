"""The address bar: what a page shows, as text that can be copied, and back again.

A page describes its state as a table of `Field`, one for each parameter. Whatever comes from a link is
hostile until its field has read it: too long, given twice or not understood, it is left out with one
sentence. To put more into links, add a row to the page's table.
"""

import base64
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

LONGEST_PARAMETER = 60_000
LONGEST_PLAIN = 1_500
COMMON = ("scene", "step")  # parameters of the page that is open, whichever it is; they have no prefix
FEW = 8  # more choices than this are not listed in a sentence
PACKED = "z"  # marks compressed text; no number starts like this


@dataclass(frozen=True)
class Field:
    """One parameter of a link: how to read it from text, and how to write it.

    ``read`` raises ValueError with a sentence about what it found.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]


Table = Mapping[str, Field]


def read_fields(table: Table, asked: Mapping[str, list[str]]) -> tuple[dict[str, Any], list[str]]:
    """Read the parameters that a table knows.

    Parameters
    ----------
    table : mapping of str to Field
        By name of the parameter, without the page's prefix.
    asked : mapping of str to list of str
        What the link says; every parameter may have been given more than once.

    Returns
    -------
    values : dict
        Only what could be read.
    problems : list of str
        One sentence, without a full stop, for each parameter that could not.
    """
    values, problems = {}, []
    for name, field in table.items():
        given = asked.get(name, [])
        if len(given) > 1:
            problems.append(f"{name} must be given once, got {len(given)} of them")
        elif given and len(given[0]) > LONGEST_PARAMETER:
            problems.append(f"{name} must have at most {LONGEST_PARAMETER} characters, got {len(given[0])}")
        elif given:
            try:
                values[name] = field.read(given[0])
            except ValueError as problem:
                problems.append(f"{name}: {problem}")
    return values, problems


def write_fields(table: Table, values: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, str]:
    """Write the values that differ from those a link means without saying so."""
    return {name: table[name].write(values[name]) for name in table if values[name] != base[name]}


def one_of(choices: Mapping[str, Any]) -> Field:
    """Make a field for a key of a table."""

    def read(text: str) -> str:
        if text not in choices:
            known = ", ".join(choices) if len(choices) <= FEW else f"{len(choices)} names"
            raise ValueError(f"value must be one of {known}, got {text[:24]!r}")
        return text

    return Field(read, str)


def whole_number(text: str) -> int:
    """Read a number written with at most six digits and nothing else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(f"value must be a whole number, got {text[:24]!r}")
    return int(text)


def pack(text: str) -> str:
    """Shorten a long text; a short one stays readable."""
    if len(text) <= LONGEST_PLAIN:
        return text
    return PACKED + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(text: str, longest: int) -> str:
    """Undo `pack`; what would unfold to more than ``longest`` characters is refused.

    Raises
    ------
    ValueError
        If the text was damaged on its way, or unfolds too far.
    """
    if not text.startswith(PACKED):
        return text
    try:
        squeezed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        opened = zlib.decompressobj()
        plain = opened.decompress(squeezed, longest)
        whole = plain.decode("ascii") if opened.eof else None
    except (zlib.error, ValueError):
        whole = None
    if whole is None:
        raise ValueError("text must be whole and not too long, got a damaged one")
    return whole


def asked_for(prefix: str) -> dict[str, list[str]]:
    """Take a page's parameters from the address bar, without their prefix."""
    names = [name for name in st.query_params if _belongs(name, prefix)]
    return {name.removeprefix(prefix): st.query_params.get_all(name) for name in names}


def publish(prefix: str, written: Mapping[str, str]) -> None:
    """Put a page's parameters into the address bar; those of others stay as they are."""
    others = {k: st.query_params.get_all(k) for k in st.query_params if not _belongs(k, prefix)}
    st.query_params.from_dict({**others, **full_names(prefix, written)})


def link(prefix: str, written: Mapping[str, str]) -> str:
    """Write the address of what a page shows, with the marks of matrices left readable."""
    parameters = full_names(prefix, written)
    address = (st.context.url or "").partition("?")[0].partition("#")[0]
    return f"{address}?{urlencode(parameters, safe=',;', quote_via=quote)}" if parameters else address


def full_names(prefix: str, written: Mapping[str, str]) -> dict[str, str]:
    """Name parameters as they stand in the address bar."""
    return {name if name in COMMON else prefix + name: text for name, text in written.items()}


def _belongs(name: str, prefix: str) -> bool:
    """Tell whether a parameter is one of the page with this prefix."""
    return name in COMMON or name.startswith(prefix)

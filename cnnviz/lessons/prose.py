"""Text in which terms of the glossary are marked, taken apart into pieces that a page can show.

``{kernel}`` marks a term, ``{kernels|kernel}`` a term shown in other words, ``**…**`` what is bold
and a pair of backticks what is code; an empty line starts a paragraph. A term that is not in the glossary is
refused.
"""

import re
from dataclasses import dataclass

from cnnviz.presets.glossary import Term, look_up

MARK = re.compile(r"\{(?P<term>[^{}]*)\}|\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`", re.S)


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph, shown the same way."""

    text: str
    term: Term | None = None
    bold: bool = False
    code: bool = False


Paragraph = tuple[Piece, ...]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Take a text apart.

    Raises
    ------
    ValueError
        If a mark names a term that the glossary does not have, or is left open.
    """
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
    return tuple(tuple(_pieces(part)) for part in parts)


def _pieces(text: str, bold: bool = False) -> list[Piece]:
    """Take a paragraph, or what is bold in it, apart."""
    pieces, end = [], 0
    for mark in MARK.finditer(text):
        pieces += _plain(text[end : mark.start()], bold)
        end = mark.end()
        if mark["term"] is not None:
            shown, _, name = mark["term"].partition("|")
            pieces.append(Piece(shown, look_up(name or shown), bold))
        elif mark["bold"]:
            pieces += _pieces(mark["bold"], bold=True)
        else:
            pieces.append(Piece(mark["code"], bold=bold, code=True))
    return pieces + _plain(text[end:], bold)


def _plain(text: str, bold: bool) -> list[Piece]:
    """Make a piece of what stands between marks; none of nothing."""
    if re.search(r"[{}]|\*\*|`", text):
        raise ValueError(f"text must close every mark, got {text!r}")
    return [Piece(text, bold=bold)] if text else []

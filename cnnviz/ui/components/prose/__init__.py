"""Text whose terms open a card with their meaning, and the table of all terms.

Everything is text and stays in the browser: nothing comes back.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from cnnviz.lessons.prose import Paragraph, Piece
from cnnviz.presets.glossary import Term
from cnnviz.ui.components import register

_mount = register(
    "prose", "shared/dom.js", "prose/card.js", "prose/paragraphs.js", "prose/table.js", "prose/index.js"
)


def show_paragraphs(paragraphs: Sequence[Paragraph], *, present: bool, key: str) -> None:
    """Show text, large to ``present`` it; a click on a term, or resting on it, opens its card."""
    terms = {piece.term for paragraph in paragraphs for piece in paragraph if piece.term}
    _mount(
        key=key,
        data={
            "part": "paragraphs",
            "present": present,
            "paragraphs": [[_written(piece) for piece in paragraph] for paragraph in paragraphs],
            "terms": {term.english: vars(term) for term in terms},
        },
    )


def _written(piece: Piece) -> dict[str, Any]:
    """Write a piece with as little as the script needs."""
    term = piece.term.english if piece.term else ""
    marks = {"term": term, "bold": piece.bold, "code": piece.code}
    return {"text": piece.text, **{name: mark for name, mark in marks.items() if mark}}


def show_table(terms: Iterable[Term], *, key: str) -> None:
    """Show all terms in a table that is searched while typing."""
    _mount(key=key, data={"part": "table", "terms": [vars(term) for term in terms]})

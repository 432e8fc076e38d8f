"""Prose of a page: text in which a term of the glossary opens its card."""

from functools import lru_cache

from cnnviz.lessons.prose import Paragraph, paragraphs
from cnnviz.ui.components.prose import show_paragraphs
from cnnviz.ui.frame import presenting


def prose(text: str, *, key: str) -> None:
    """Show one or more paragraphs.

    Parameters
    ----------
    text : str
        ``{kernel}`` is a term, ``{kernels|kernel}`` a term in other words, ``**bold**`` is bold, and an
        empty line starts a paragraph. Inside an f-string braces are doubled.
    key : str
        Name of this text on the page.

    Raises
    ------
    ValueError
        If a term is not in the glossary, or a mark is left open.
    """
    show_paragraphs(_read(text), present=presenting(), key=key)


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Paragraph, ...]:
    """Take a text apart once for as long as it is among the last ones shown."""
    return paragraphs(text)

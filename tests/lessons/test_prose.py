"""Marked text is taken apart, and every text of a page uses terms that the glossary has."""

import ast
from pathlib import Path

import pytest

from cnnviz.lessons.prose import Piece, paragraphs
from cnnviz.presets.glossary import TERMS

SOURCES = [path for folder in ("cnnviz", "pages") for path in sorted(Path(folder).rglob("*.py"))]


def literal(node: ast.expr) -> str | None:
    """Read a text written in the source; a number inside an f-string counts as 0."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)
    return None


def texts(source: str) -> list[str]:
    """List the texts that are handed to `prose` as they stand."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    told = [call for call in calls if ast.unparse(call.func).split(".")[-1] == "prose" and call.args]
    return [text for call in told if (text := literal(call.args[0]))]


def test_every_term_on_a_page_is_in_the_glossary():
    told = [(path, text) for path in SOURCES for text in texts(path.read_text(encoding="utf-8"))]
    assert len(told) > 10
    for path, text in told:
        assert paragraphs(text), path


def test_texts_are_found_and_a_wrong_term_in_them_fails():
    assert texts(Path("pages/glossary.py").read_text(encoding="utf-8"))
    [wrong] = texts('prose("A {kernel} and " f"a {{kernal}} of {size}", key="x")')
    assert wrong == "A {kernel} and a {kernal} of 0"
    with pytest.raises(ValueError, match="term must be in the glossary, got 'kernal'"):
        paragraphs(wrong)


def test_text_is_taken_apart():
    kernel, stride = TERMS["kernel"], TERMS["stride"]
    [first, second] = paragraphs(
        """The {kernel} moves by the
        **large {Stride}**.

        Its {kernels|kernel}: `y[0]`."""
    )
    assert first == (
        Piece("The "),
        Piece("kernel", kernel),
        Piece(" moves by the "),
        Piece("large ", bold=True),
        Piece("Stride", stride, bold=True),
        Piece("."),
    )
    assert second == (
        Piece("Its "),
        Piece("kernels", kernel),
        Piece(": "),
        Piece("y[0]", code=True),
        Piece("."),
    )


@pytest.mark.parametrize("text", ["An open {kernel", "kernel}", "**bold", "a `code"])
def test_a_mark_left_open_is_refused(text):
    with pytest.raises(ValueError, match="text must close every mark"):
        paragraphs(text)

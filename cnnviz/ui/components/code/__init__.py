"""A program to read and to copy, its words coloured here, so that a browser only writes them.

Streamlit's own block makes every browser load a highlighter of all languages: a fifth of opening a page.
"""

from functools import cache, lru_cache
from itertools import chain

from cnnviz.ui.components import register

_mount = register("code", "shared/dom.js", "code/program.js", "code/index.js")

KINDS = {  # by token type of Pygments, the finer ones first
    "Keyword.Constant": "number",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Operator": "operator",
    "Name.Function": "function",
    "Name.Class": "function",
    "Name.Decorator": "quiet",
    "Literal.Number": "number",
    "Literal.String": "string",
    "Comment": "comment",
    "Punctuation": "quiet",
}
GOES_ON = ('"""', "'''", "\\\n")  # in a line that may only be read with the next one
Span = tuple[str, str]


def show_program(text: str, *, name: str, key: str) -> None:
    """Show a program in Python, or JSON, and a button that copies it, as what it is named."""
    _mount(key=key, data={"name": name, "spans": coloured(text.strip())})


@lru_cache(maxsize=256)
def coloured(text: str) -> tuple[Span, ...]:
    """Take a program apart into spans of one colour each: the kind, empty for plain text, and the text."""
    spans: list[Span] = []
    for kind, part in chain.from_iterable(map(_tokens, _pieces(text))):
        before, written = spans[-1] if spans else (kind, "")
        if part.isspace() or kind == before:
            spans[-1:] = [(before, written + part)]
        else:
            spans.append((kind, part))
    return tuple(spans)


def _pieces(text: str) -> list[str]:
    """Cut a program into lines, most of which stay when a number changes, unless one goes on in the next."""
    goes_on = any(mark in text for mark in GOES_ON)
    return [text] if goes_on else text.splitlines(keepends=True)


@lru_cache(maxsize=4096)
def _tokens(piece: str) -> tuple[Span, ...]:
    """Tell the words of a piece apart."""
    return tuple((_kind(token), part) for token, part in _lexer().get_tokens(piece))


@cache
def _kind(token: tuple[str, ...]) -> str:
    """Name the colour of a type of token, or none."""
    name = ".".join(token)
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), "")


@cache
def _lexer():
    """Load what knows Python when the first program is shown."""
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False, ensurenl=False)

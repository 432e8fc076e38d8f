"""Files are drawn when asked for, and once."""

from cnnviz.ui import files


def test_files_are_drawn_once_while_they_are_remembered():
    drawn = []

    def draw(what: str) -> bytes:
        drawn.append(what)
        return what.encode()

    assert [files.made(draw, "a"), files.made(draw, "a"), files.made(draw, "b")] == [
        b"a",
        b"a",
        b"b",
    ]
    assert drawn == ["a", "b"]
    assert files.made.cache_info().maxsize == 16

"""Drawings in links: what is whole is taken as it is, anything else refused in a sentence."""

import pytest

from cnnviz.lessons.strokes_text import LONGEST, check_strokes

ONE = "FBACA"  # a dot: width 9, at 48 and 112 half pixels


@pytest.mark.parametrize(
    "text", [ONE, f"{ONE}gg", f"{ONE}A_.M{ONE[1:]}", ONE + "gg" * 700, "AAAAAg_", "MD_D_"]
)
def test_drawings_are_taken(text):
    assert check_strokes(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        f"{ONE}.",
        f"{ONE}g",
        ONE[1:],
        "N" + ONE[1:],
        "FEACA",
        f"{ONE} gg",
        f"{ONE}é_",
        "AAAAAfg",
        "MD_D_gh",
    ],
)
def test_what_is_damaged_or_leaves_the_sheet_is_refused(text):
    with pytest.raises(ValueError, match="text must be whole, got a damaged drawing"):
        check_strokes(text)


def test_what_is_too_long_is_refused():
    with pytest.raises(ValueError, match="text must have at most 1,500 characters, got 1,505"):
        check_strokes(ONE + "gg" * (LONGEST // 2))

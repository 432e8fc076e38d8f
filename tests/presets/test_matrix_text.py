"""Matrices are read as people write them, and written so that they are read as they were."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.presets.matrix_text import read_matrix, read_number, write_matrix, write_number
from tests.each import each

FINITE = st.floats(-1e9, 1e9).map(lambda value: value + 0.0)
MATRICES = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(FINITE, min_size=shape[1], max_size=shape[1]).map(tuple),
        min_size=shape[0],
        max_size=shape[0],
    ).map(tuple)
)


@each(
    ("text", "rows"),
    [
        ("1 0 2; 0 1 -1", ((1, 0, 2), (0, 1, -1))),
        ("1 0 2\n0 1 -1\n", ((1, 0, 2), (0, 1, -1))),
        ("1 0 2;\r\n0 1 -1;", ((1, 0, 2), (0, 1, -1))),
        ("1,0,2;0,1,-1", ((1, 0, 2), (0, 1, -1))),
        ("1, 0, 2\n0, 1, -1", ((1, 0, 2), (0, 1, -1))),
        ("1\t0\t2\n0\t1\t-1", ((1, 0, 2), (0, 1, -1))),
        ("1\t0,5\n2\t3", ((1, 0.5), (2, 3))),
        ("1,5 2,5; 3 4", ((1.5, 2.5), (3, 4))),
        ("1,5;2\n3;4", ((1.5, 2), (3, 4))),
        ("1;2;3", ((1,), (2,), (3,))),
        ("1 −2 –3", ((1, -2, -3),)),
        ("[[1, 0], [0, 1]]", ((1, 0), (0, 1))),
        ("[1 0; 0 1]", ((1, 0), (0, 1))),
        ("[[1. 0.]\n [0. 1.]]", ((1, 0), (0, 1))),
        ("1/4 .5 2e-1", ((0.25, 0.5, 0.2),)),
        ("1\u00a02\n3\u00a04", ((1, 2), (3, 4))),
        ("7", ((7,),)),
    ],
)
def test_a_matrix_is_read_however_it_is_written(text, rows):
    assert read_matrix(text) == rows


@each(
    ("text", "sentence"),
    [
        ("1 2; 3", "row 2 must have 2 numbers like row 1, got 1"),
        ("1; 2 3", "row 2 must have 1 number like row 1, got 2"),
        ("1 2\n3 x", "row 2: value must be a number, got “x”"),
        ("1\t2\n\t3", "row 2 must have a number in every cell, got an empty one"),
        ("1,,2", "row 1 must have a number in every cell, got an empty one"),
        ("nan 1", "row 1: value must be a number, got “nan”"),
        ("inf", "row 1: value must be a number, got “inf”"),
        ("1e309", "row 1: value must be at most 1,000,000,000 in size, got “1e309”"),
        ("1/0", "row 1: value must be at most 1,000,000,000 in size, got “1/0”"),
        ("1/2/3", "row 1: value must be a number, got “1/2/3”"),
        ("١ ٢", "row 1: value must be a number, got “١”"),
        ("１", "row 1: value must be a number, got “１”"),
        ("1_000", "row 1: value must be a number, got “1_000”"),
        ("", "text must hold at least one number, got none"),
        (" ;\n; ", "text must hold at least one number, got none"),
        ("1 " * 65, "matrix must have at most 64 rows and 64 columns, got 1 × 65"),
        ("1\n" * 65, "matrix must have at most 64 rows and 64 columns, got 65 × 1"),
        ("1 " * 70_000, "text must have at most 120000 characters, got 140000"),
        ("x" * 50, f"row 1: value must be a number, got “{'x' * 24}…”"),
    ],
)
def test_what_is_no_matrix_is_refused_with_the_row_and_what_was_found(text, sentence):
    with pytest.raises(ValueError) as refused:
        read_matrix(text)
    assert str(refused.value) == sentence


@given(MATRICES, st.sampled_from([(" ", "\n"), (",", ";"), ("\t", "\n"), (", ", "\n"), (" ", "; ")]))
def test_what_is_written_is_read_as_it_was(rows, marks):
    assert read_matrix(write_matrix(rows, *marks)) == rows


@given(st.one_of(st.text(max_size=200), st.text("0123456789 -.,;/e\t\n[]", max_size=40)))
def test_any_text_is_a_matrix_of_finite_numbers_or_refused(text):
    with suppress(ValueError):
        rows = read_matrix(text)
        assert len({len(row) for row in rows}) == 1
        assert all(math.isfinite(value) for row in rows for value in row)


def test_numbers_are_written_plainly():
    assert [write_number(value) for value in (3.0, -0.5, 1e6, 0.1)] == ["3", "-0.5", "1000000", "0.1"]
    assert math.copysign(1, read_number("-0")) == 1

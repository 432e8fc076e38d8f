"""Links carry what a page shows, and hostile ones do no harm."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.ui.state import (
    LONGEST_PARAMETER,
    LONGEST_PLAIN,
    Field,
    one_of,
    pack,
    read_fields,
    unpack,
    whole_number,
    write_fields,
)

TABLE = {"kind": one_of({"max": 1, "mean": 2}), "size": Field(whole_number, str)}


def squeezed(text: str) -> str:
    return "z" + base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


def test_what_a_table_writes_it_reads():
    values = {"kind": "mean", "size": 3}
    written = write_fields(TABLE, values, {"kind": "max", "size": 3})
    assert written == {"kind": "mean"}
    assert read_fields(TABLE, {"kind": ["mean"], "size": ["3"]}) == (values, [])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"size": ["1", "2"]}, "size must be given once, got 2 of them"),
        ({"size": ["1" * (LONGEST_PARAMETER + 1)]}, "size must have at most 60000 characters, got 60001"),
        ({"size": ["-1"]}, "size: value must be a whole number, got '-1'"),
        ({"size": ["1e3"]}, "size: value must be a whole number, got '1e3'"),
        ({"size": ["٣"]}, "size: value must be a whole number, got '٣'"),
        ({"size": ["9999999"]}, "size: value must be a whole number, got '9999999'"),
        ({"kind": ["min"]}, "kind: value must be one of max, mean, got 'min'"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_left_out_with_a_sentence(asked, sentence):
    assert read_fields(TABLE, {**asked, "unknown": ["x"]}) == ({}, [sentence])


def test_short_texts_stay_readable_and_long_ones_shrink():
    assert pack("1,0,2;0,1,-1") == "1,0,2;0,1,-1"
    long = "1,0,2;" * LONGEST_PLAIN
    assert len(pack(long)) < 200
    assert pack(long).isascii()


@given(st.text("0123456789.,;-e", max_size=4000).filter(lambda text: not text.startswith("z")))
def test_what_is_packed_is_unpacked(text):
    assert unpack(pack(text), 10_000) == text


@pytest.mark.parametrize(
    "text",
    [
        "z",
        "z!!!!",
        "zAAAA",
        "zé",
        squeezed("1 2 3" * 1000)[:-9],
        squeezed("1" * 20_000),
        squeezed("é"),
        "z" + "A" * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_a_damaged_or_bursting_text_is_refused(text):
    with pytest.raises(ValueError, match="text must be whole"):
        unpack(text, 10_000)


def test_a_text_that_would_fill_the_memory_is_stopped_early():
    bomb = squeezed("0" * 60_000_000)
    assert len(bomb) > LONGEST_PARAMETER
    with pytest.raises(ValueError, match="text must be whole"):
        unpack(bomb, 10_000)

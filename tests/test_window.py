"""The arithmetic of a sliding window, against counting by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.window import Window, window_pair
from tests.each import each

windows = st.builds(
    Window,
    size=st.integers(1, 7),
    stride=st.integers(1, 5),
    padding=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    dilation=st.integers(1, 4),
)
lengths = st.integers(1, 40)


def positions_by_walking(window: Window, length: int) -> list[int]:
    """Push the window along the padded axis until it would stick out."""
    before, after = window.padding
    found, start = [], -before
    while start + window.dilation * (window.size - 1) <= length + after - 1:
        found.append(start)
        start += window.stride
    return found


@given(windows, lengths)
def test_positions_are_those_found_by_walking(window, length):
    expected = positions_by_walking(window, length)
    if not expected:
        with pytest.raises(ValueError, match="size must reach over at most"):
            window.output_size(length)
        return
    assert list(window.starts(length)) == expected
    assert window.output_size(length) == len(expected)
    reached = expected[-1] + window.dilation * (window.size - 1)
    assert window.left_over(length) == length + window.padding[1] - 1 - reached


@given(windows, lengths)
def test_rounding_up_leaves_nothing_over_and_adds_at_most_one_position(window, length):
    if window.extent > window.padded(length):
        return
    wider = window.rounded_up(length)
    assert wider.left_over(length) == 0
    added = wider.output_size(length) - window.output_size(length)
    assert added == (1 if window.left_over(length) else 0)


@given(windows, lengths)
def test_same_padding_divides_the_length_by_the_stride_and_rounds_up(window, length):
    padded = window.same(length)
    assert padded.output_size(length) == -(-length // window.stride)
    assert 0 <= padded.padding[1] - padded.padding[0] <= 1


@given(windows, lengths)
def test_full_padding_visits_every_overlap(window, length):
    dense = Window(window.size, dilation=window.dilation).full()
    assert dense.output_size(length) == length + dense.extent - 1


@pytest.mark.parametrize(
    ("length", "window", "expected"),
    [
        (7, Window(3), 5),  # 7x7 with 3x3, stepped five times
        (5, Window(3, stride=2), 2),
        (32, Window(5, padding=(2, 2)), 32),
        (227, Window(11, stride=4), 55),  # AlexNet, first layer
        (224, Window(11, stride=4), 54),  # 54.25 rounded down
        (55, Window(3, stride=2), 27),  # overlapping pooling
        (8, Window(3, stride=2, padding=(1, 1)), 4),  # 4.5 rounded down
        (7, Window(3, dilation=2), 3),
    ],
)
def test_sizes_printed_in_lectures_and_papers(length, window, expected):
    assert window.output_size(length) == expected


def test_cells_of_a_dilated_window_are_apart():
    assert list(Window(3, dilation=2).cells(-1)) == [-1, 1, 3]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"size": 0}, "size must be at least 1, got 0"),
        ({"size": 2.5}, "size must be a whole number, got 2.5"),
        ({"size": 3, "stride": 0}, "stride must be at least 1, got 0"),
        ({"size": 3, "stride": True}, "stride must be at least 1, got True"),
        ({"size": 3, "padding": -1}, "padding must be at least 0, got -1"),
        ({"size": 3, "padding": ((0, -2), 0)}, "padding must be at least 0, got -2"),
        ({"size": 3, "padding": (1, 2, 3)}, "padding must be one number or a pair, got (1, 2, 3)"),
        ({"size": 3, "dilation": 0}, "dilation must be at least 1, got 0"),
        ({"size": (3, None)}, "size must be a whole number, got None"),
    ],
)
def test_impossible_windows_are_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        window_pair(**arguments)


@pytest.mark.parametrize("length", [0, -1, "5", None, 2.0])
def test_a_length_must_be_a_positive_whole_number(length):
    with pytest.raises(ValueError, match="length must be"):
        Window(1).output_size(length)


def test_pairs_are_rows_then_columns():
    rows, columns = window_pair((3, 5), stride=(1, 2), padding=((0, 1), (2, 3)), dilation=2)
    assert rows == Window(3, 1, (0, 1), 2)
    assert columns == Window(5, 2, (2, 3), 2)
    assert window_pair(3, padding=(1, 2)) == (Window(3, 1, (1, 1)), Window(3, 1, (2, 2)))


WINDOWS_TO_LOOK_BACK = [
    Window(size, stride, padding, dilation)
    for size in (1, 2, 3, 4)
    for stride in (1, 2, 3)
    for padding in ((0, 0), (2, 1), (0, 5))
    for dilation in (1, 2, 3)
]


@each("window", WINDOWS_TO_LOOK_BACK, ids=str)
def test_looking_back_from_the_input_finds_every_reading_once(window):
    read = [
        (cell, kernel_cell, output)
        for output, start in enumerate(window.starts(11))
        for kernel_cell, cell in enumerate(window.cells(start))
        if 0 <= cell < 11
    ]
    outputs = range(window.output_size(11))
    found = [
        (cell, kernel_cell, output)
        for readers in window.readers(11)
        for turn, cell in enumerate(range(11)[readers.cells])
        for place, kernel_cell in enumerate(range(window.size)[readers.kernel])
        if (output := readers.first + place * readers.apart + turn) in outputs
    ]
    assert sorted(found) == sorted(read)

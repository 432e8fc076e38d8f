"""A table in one test runs every case and names those that fail."""

import pytest

from tests.each import each


def test_every_case_is_run_and_every_failure_named():
    ran = []

    @each("number, word", [(1, "one"), (2, "two"), (3, "three")])
    def table(number, word):
        ran.append(number)
        assert number == 2
        with pytest.raises(ValueError):
            int(str(number))

    with pytest.raises(BaseExceptionGroup, match="3 of 3 cases fail") as caught:
        table()
    assert ran == [1, 2, 3]
    notes = [note for failure in caught.value.exceptions for note in failure.__notes__]
    assert notes == [
        f"case {at}: number={at + 1}, word='{each}'" for at, each in enumerate(["one", "two", "three"])
    ]


def test_two_tables_are_run_in_all_pairs():
    ran = []

    @each("first", "ab", ids=str.upper)
    @each(("second", "third"), [(1, 2), (3, 4)], ids=["low", "high"])
    def table(first, second, third):
        ran.append((first, second, third))
        assert first == "a"

    with pytest.raises(BaseExceptionGroup) as caught:
        table()
    assert ran == [("a", 1, 2), ("a", 3, 4), ("b", 1, 2), ("b", 3, 4)]
    [failure] = caught.value.exceptions
    assert failure.__notes__ == ["case 1: B"]
    assert [inner.__notes__ for inner in failure.exceptions] == [["case 0: low"], ["case 1: high"]]


def test_an_empty_table_is_refused_and_a_case_of_another_length_fails():
    with pytest.raises(ValueError, match="cases must hold at least one, got none"):
        each("number", [])
    with pytest.raises(ValueError, match="shorter"):
        each("one, two", [(1,)])(lambda one, two: None)()

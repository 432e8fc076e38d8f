"""Random matrices for Hypothesis, drawn in a fraction of the time that one number at a time takes."""

from itertools import cycle, islice

from hypothesis import strategies as st

Matrix = tuple[tuple[float, ...], ...]
NUMBERS = st.one_of(st.integers(-99, 99).map(float), st.floats(-1e9, 1e9)).map(lambda value: value + 0.0)


def filled(numbers: list[float], height: int, width: int) -> Matrix:
    cells = cycle(numbers)
    return tuple(tuple(islice(cells, width)) for _ in range(height))


def matrices(height, width, numbers: st.SearchStrategy[float] = NUMBERS) -> st.SearchStrategy[Matrix]:
    """Draw a dozen numbers at most, and fill a matrix with them, again and again; sides may be strategies."""
    sides = (side if isinstance(side, st.SearchStrategy) else st.just(side) for side in (height, width))
    return st.builds(filled, st.lists(numbers, min_size=1, max_size=12), *sides)

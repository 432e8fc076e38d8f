"""Matrices as text: read what people type or paste, and write it back.

Rows end with a new line or a semicolon; numbers are parted by spaces, tabs or commas. What is refused is
named in one sentence. To accept another spelling, add it to `_rows_of_cells` and to the table of its test.
"""

import re

Rows = tuple[tuple[float, ...], ...]

LARGEST_NUMBER = 1e9
LONGEST_TEXT = 120_000

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\r": "\n"})


def read_number(text: str) -> float:
    """Read one number: ``3``, ``-1.5``, ``−2e-3`` or a fraction ``1/9``.

    Raises
    ------
    ValueError
        If it is not a finite number of at most a thousand million.
    """
    parts = text.translate(_MINUS).strip().split("/")
    if len(parts) > 2 or len(text) > 64 or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise ValueError(f"value must be a number, got {_quoted(text)}")
    top, bottom = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    return bounded("value", top / bottom if bottom else float("nan"), text)


def bounded(name: str, value: float, text: str = "") -> float:
    """Give a number back as a float, if it is finite and not too large; −0 becomes 0."""
    if not abs(value) <= LARGEST_NUMBER:
        raise ValueError(
            f"{name} must be at most {LARGEST_NUMBER:,.0f} in size, got {_quoted(text or str(value))}"
        )
    return float(value) + 0.0


def read_matrix(text: str, most_rows: int = 64, most_columns: int = 64) -> Rows:
    r"""Read a matrix such as ``1 0 2; 0 1 -1``.

    Parameters
    ----------
    text : str
        Rows end with ``;`` or a new line; numbers are parted by spaces, tabs or commas. A decimal
        comma is understood where numbers are parted by something else. Brackets are ignored.
    most_rows, most_columns : int
        The largest matrix to accept.

    Raises
    ------
    ValueError
        In one sentence that names the row and what was found there.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"text must have at most {LONGEST_TEXT} characters, got {len(text)}")
    cells = _rows_of_cells(text)
    if not cells:
        raise ValueError("text must hold at least one number, got none")
    width = len(cells[0])
    for number, row in enumerate(cells, 1):
        if len(row) != width:
            raise ValueError(f"row {number} must have {_numbers(width)} like row 1, got {len(row)}")
    if len(cells) > most_rows or width > most_columns:
        limit = f"at most {most_rows} rows and {most_columns} columns"
        raise ValueError(f"matrix must have {limit}, got {len(cells)} × {width}")
    return tuple(_read_row(number, row) for number, row in enumerate(cells, 1))


def write_number(value: float) -> str:
    """Write a number so that reading it gives the same one; whole numbers without a point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def write_matrix(rows: Rows, between: str = " ", after: str = "\n") -> str:
    """Write a matrix with these marks between numbers and between rows."""
    return after.join(between.join(map(write_number, row)) for row in rows)


def _rows_of_cells(text: str) -> list[list[str]]:
    """Cut text into rows of cells, by what parts its numbers."""
    text = re.sub(r"\][\s,;]*", "\n", text.translate(_MINUS)).replace("[", " ")
    lines = [line.strip(" ;") for line in text.split("\n")]
    lines = [line for line in lines if line.strip()]
    if len(lines) > 1 and all(re.fullmatch(r"[^;\s]+(;[^;\s]+)+", line) for line in lines):
        return [line.replace(",", ".").split(";") for line in lines]  # a spreadsheet's CSV
    rows = [part for line in lines for part in line.split(";") if part.strip()]
    if any("\t" in row.strip(" ") for row in rows):  # cells of a spreadsheet
        return [[cell.strip().replace(",", ".") for cell in row.strip(" ").split("\t")] for row in rows]
    if any(re.search(r"[^\s,]\s+[^\s,]", row) for row in rows):  # spaces part, so 1,5 is one number
        return [re.sub(r",(?=\s|$)", " ", row).replace(",", ".").split() for row in rows]
    return [[cell.strip() for cell in row.strip().rstrip(",").split(",")] for row in rows]


def _read_row(number: int, cells: list[str]) -> tuple[float, ...]:
    """Read the cells of a row, or say which row has something else."""
    values = []
    for cell in cells:
        try:
            values.append(read_number(cell))
        except ValueError as problem:
            if not cell.strip():
                raise ValueError(f"row {number} must have a number in every cell, got an empty one") from None
            raise ValueError(f"row {number}: {problem}") from None
    return tuple(values)


def _numbers(count: int) -> str:
    """Write '1 number' and '2 numbers'."""
    return "1 number" if count == 1 else f"{count} numbers"


def _quoted(text: str) -> str:
    """Quote what was found, cut short."""
    return f"“{text if len(text) <= 24 else text[:24] + '…'}”"

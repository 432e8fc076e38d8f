"""What filtering_loop.py needs to know before it starts: sizes, blocks, and which tile reads what."""

import numpy as np

from cnnviz.kernels.filtering_loop import Layout
from cnnviz.kernels.filtering_tile import LINE, ROWS, RUNS, SQUARE_WIDTH, SQUARES, WIDTH
from cnnviz.window import Window

BLOCK = 1008  # numbers of an output row computed together; with all lines they read, the caches hold them


def block_ends(image: np.ndarray, columns: Window) -> np.ndarray:
    """Return where blocks of output columns begin, and the end: those that meet a border are narrow."""
    wide, channels = columns.output_size(image.shape[1]), image[0, 0].size
    step = max(BLOCK // channels // LINE * LINE, LINE)
    before, after = columns.padding
    first = -(-before // LINE) * LINE
    last = max((wide - after) // LINE * LINE, 0)
    inner = range(first, last, step) if columns.stride == 1 else range(0, wide, step)
    return np.unique(np.minimum([0, *inner, last, wide], wide))


def lay_out(image: np.ndarray, rows: Window, columns: Window, y: np.ndarray, block: int) -> Layout:
    """Collect the sizes that the loop needs."""
    height, width, channels = *image.shape[:2], image[0, 0].size
    wide = y.shape[1]
    copied = columns.stride * (block - 1) + columns.extent
    plane = Window(1, stride=columns.stride).output_size(copied) * channels + WIDTH
    slides = {(axis.size, axis.stride, axis.dilation) for axis in (rows, columns)}
    has_a_tile = rows.size in SQUARES and slides == {(rows.size, 1, 1)}
    in_lines = (wide * channels | y.ctypes.data // 4 | SQUARE_WIDTH) % LINE == 0
    return Layout(
        *(height, width, channels, wide),
        *(rows.padding[0], columns.padding[0], rows.stride, columns.stride, rows.extent, columns.extent),
        *(plane, rows.size if has_a_tile and in_lines else 0, image.dtype == np.uint8),
    )


def reading_plan(rows: Window, columns: int) -> np.ndarray:
    """List which lines a tile of ``ROWS`` output rows reads, for which of them, times which weights.

    An entry is: the line, the number in `RUNS` of the output rows that read it, where the weights of the
    first of them begin, and how far before them those of each next one begin.
    """
    plan = []
    for line in range(rows.stride * (ROWS - 1) + rows.extent):
        cells = [line - rows.stride * row for row in range(ROWS)]
        reads = [False, *(cell in rows.cells(0) for cell in cells), False]
        for run, (first, last) in enumerate(RUNS):
            if all(reads[first + 1 : last + 1]) and not reads[first] and not reads[last + 1]:
                weights = rows.cells(0).index(cells[first]) * columns
                plan.append((line, run, weights, rows.stride // rows.dilation * columns))
    return np.array(plan, np.int64)


def tap_places(columns: Window, layout: Layout) -> np.ndarray:
    """Return how far each column of the kernel reads from the first, in numbers of a copied row."""
    places = (divmod(cell, columns.stride) for cell in columns.cells(0))
    return np.array([further * layout.channels + rest * layout.plane for further, rest in places], np.int64)

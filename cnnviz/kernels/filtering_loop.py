"""The compiled loop of image filtering: a band of output rows, block by block, tile by tile."""

from typing import NamedTuple

import numpy as np

from cnnviz.kernels.borders import NOWHERE
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.filtering_tile import (
    ROWS,
    SQUARE_ROWS,
    SQUARE_WIDTH,
    SQUARES,
    WIDTH,
    address,
    any_tile,
    copy_numbers,
    fetch,
    square_tile,
)
from cnnviz.kernels.vectors import store

_tile_3x3, _tile_5x5, _tile_7x7, _tile_11x11 = (square_tile(size) for size in SQUARES)


class Layout(NamedTuple):
    """Sizes and steps of one filtering, all whole numbers; lengths in pixels unless said otherwise."""

    height: int
    width: int
    channels: int
    wide: int  # of the output
    top: int  # padding above
    left: int
    down: int  # strides
    right: int
    reach_down: int  # from the first to the last cell under the kernel
    reach_right: int
    plane: int  # numbers in a copied row from one remainder by the stride to the next
    square: int  # the kernel's size if it is one of SQUARES and the rows of the output suit it, else 0
    is_bytes: int


@compiled
def filter_band(image, layout, blocks, row_cells, column_cells, kernel, plan, taps, y, first, last, offset):
    """Compute the output rows ``first`` to ``last``; ``image`` is an address, ``y`` is flat.

    A block is read where it stands if it meets no border, holds floats and has no stride to the right.
    Else it is copied with its border; columns are sorted by their remainder by the stride, so that what
    neighbouring outputs read stands side by side. Where less is left than a tile, the tile is moved back over
    what is done already, or, if the whole block is smaller, computed aside.
    """
    channels, down, rows = layout.channels, layout.down, last - first
    line, lines = down * first, down * (rows - 1) + layout.reach_down
    copy_pitch, y_pitch = layout.right * layout.plane, layout.wide * channels
    copy = np.empty((lines + down * ROWS) * copy_pitch + WIDTH, np.float32)
    aside = np.empty((ROWS, WIDTH), np.float32)
    tables = address(plan), len(plan), address(taps), len(taps)
    meets_no_row_of_border = line >= layout.top and line + lines <= layout.top + layout.height
    for block in range(len(blocks) - 1):
        begin, end = blocks[block], blocks[block + 1]
        numbers = (end - begin) * channels
        square = layout.square if rows >= SQUARE_ROWS and numbers % SQUARE_WIDTH == 0 else 0
        high, across = (SQUARE_ROWS, SQUARE_WIDTH) if square else (ROWS, WIDTH)
        whole = rows >= high and numbers >= across
        left, beyond = begin - layout.left, end - 1 - layout.left + layout.reach_right
        meets_no_column = left >= 0 and beyond <= layout.width
        if meets_no_row_of_border and meets_no_column and whole and layout.right == 1 and not layout.is_bytes:
            pitch = layout.width * channels
            x = image + 4 * ((line - layout.top) * pitch + left * channels)
        else:
            pitch, x = copy_pitch, address(copy)
            for number in range(lines):
                row = row_cells[line + number]
                _copy_line(image, layout, row, column_cells, begin, end, copy, number * pitch)
        next_lines = 4 * (down * (high - 1) + layout.reach_down) * pitch
        for row in range(0, rows, high):
            start = max(min(row, rows - high), 0)
            x_row, target = x + 4 * start * down * pitch, (first + start) * y_pitch + begin * channels
            y_row = address(y) + 4 * target
            if square == 3:
                for at in range(0, numbers, SQUARE_WIDTH):
                    here, there = x_row + 4 * at, y_row + 4 * at
                    _tile_3x3(here, address(kernel), there, pitch, y_pitch, channels, offset)
            elif square == 5:
                for at in range(0, numbers, SQUARE_WIDTH):
                    here, there = x_row + 4 * at, y_row + 4 * at
                    _tile_5x5(here, address(kernel), there, pitch, y_pitch, channels, offset)
            elif square == 7:
                for at in range(0, numbers, SQUARE_WIDTH):
                    here, there = x_row + 4 * at, y_row + 4 * at
                    _tile_7x7(here, address(kernel), there, pitch, y_pitch, channels, offset)
            elif square == 11:
                for at in range(0, numbers, SQUARE_WIDTH):
                    here, there = x_row + 4 * at, y_row + 4 * at
                    _tile_11x11(here, address(kernel), there, pitch, y_pitch, channels, offset)
            else:
                for column in range(0, numbers, WIDTH):
                    at = max(min(column, numbers - WIDTH), 0)
                    here = x_row + 4 * at
                    there, there_pitch = (y_row + 4 * at, y_pitch) if whole else (address(aside), WIDTH)
                    for number in range(down * ROWS):
                        fetch(here + next_lines + 4 * number * pitch)
                    any_tile(here, address(kernel), there, pitch, there_pitch, *tables, offset)
                    if not whole:
                        _put(aside, min(rows, ROWS), min(numbers - at, WIDTH), y, target + at, y_pitch)


@compiled
def _put(aside, rows, columns, y, target, y_pitch):
    """Copy what is needed of a tile that was computed aside."""
    for row in range(rows):
        for column in range(columns):
            store(y, target + row * y_pitch + column, aside[row, column])


@compiled
def _copy_line(image, layout, row, column_cells, begin, end, copy, at):
    """Copy what one line gives to a block: for every remainder by the stride, its columns side by side."""
    channels, right = layout.channels, layout.right
    start = right * begin
    stop = right * (end - 1) + layout.reach_right
    image_end = min(layout.left + layout.width, stop)
    for remainder in range(right):
        place = at + remainder * layout.plane
        column = start + remainder
        while column < stop:
            run = image_end - column if right == 1 and layout.left <= column < image_end else 1
            origin = (row * layout.width + column_cells[column]) * channels
            if row == NOWHERE or column_cells[column] == NOWHERE:
                for number in range(run * channels):
                    store(copy, place + number, np.float32(0))
            else:
                there = address(copy) + 4 * place
                copy_numbers(image, origin, layout.is_bytes, run * channels, there)
            place += run * channels
            column += run * right

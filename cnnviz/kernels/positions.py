"""Where windows stand: bordered copies of images, and the two tables that find every value in them.

In the buffer of a block, the value under cell t of the kernel at position q stands at
``bases[q] + offsets[t]``, however the window slides. `positions` and `runs_of` make the bases, `cells_of`
the offsets.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.tiles import ROWS, turn_tile
from cnnviz.kernels.vectors import RUN_BYTES, VECTOR_BYTES, copy_run, load, store


@compiled
def borders(sliding, rows, output_width):
    """Count the rows and columns of the buffer that some output rows read."""
    height = (rows - 1) * sliding.down + (sliding.tall - 1) * sliding.rows_apart + 1
    width = (output_width - 1) * sliding.right + (sliding.wide - 1) * sliding.columns_apart + 1
    return height, width


@compiled
def clear(buffer, length):
    """Write zeros."""
    for i in range(length):
        store(buffer, i, 0)


@compiled
def copy_rows(target, at, target_step, source, begin, source_step, rows, length):
    """Copy rows of neighbouring numbers by vectors, the last one overlapping the one before it."""
    lanes = RUN_BYTES // target.itemsize
    for row in range(rows):
        to, start = at + row * target_step, begin + row * source_step
        if length < lanes:
            for i in range(length):
                store(target, to + i, load(source, start + i))
        else:
            for i in range(0, length - lanes, lanes):
                copy_run(target, to + i, source, start + i)
            copy_run(target, to + length - lanes, source, start + length - lanes)


@compiled
def fill(buffer, apart, x, image, top, left, height, width):
    """Copy the part of an image that begins at (top, left) into the buffer, whose border is zero already.

    Channels stand ``apart`` numbers from each other.
    """
    channels, rows, columns = x.shape[1:]
    first, last = max(-top, 0), min(height, rows - top)
    before = max(-left, 0)
    length = min(width, columns - left) - before
    for c in range(channels):
        at = c * apart + first * width + before
        begin = ((image * channels + c) * rows + top + first) * columns + left + before
        copy_rows(buffer, at, width, x, begin, columns, last - first, length)


@compiled
def cells_of(sliding, depth, channel, row, column, more):
    """Tell where the cells of a kernel stand in a buffer, from the steps to the next channel, row, column."""
    offsets = np.empty(depth * sliding.tall * sliding.wide + more, np.intp)
    t = 0
    for c in range(depth):
        for u in range(sliding.tall):
            for v in range(sliding.wide):
                offsets[t] = c * channel + u * row + v * column
                t += 1
    return offsets


@compiled
def positions(bases, sliding, rows, output_width, width):
    """Tell where the windows of some output rows begin in a buffer; the last one fills up a tile."""
    count = rows * output_width
    for i in range(rows):
        for j in range(output_width):
            bases[i * output_width + j] = i * sliding.down * width + j * sliding.right
    for q in range(count, count + ROWS - 1):
        bases[q] = bases[count - 1]
    return count


@compiled
def turn(target, step, source, begin, row, rows, length):
    """Copy rows of numbers as columns, by tiles; the last ones overlap those before them."""
    lanes = VECTOR_BYTES // target.itemsize
    if rows < ROWS or length < lanes:
        for m in range(rows):
            for q in range(length):
                store(target, q * step + m, load(source, begin + m * row + q))
        return
    for i in range(0, rows, ROWS):
        m = min(i, rows - ROWS)
        for j in range(0, length, lanes):
            q = min(j, length - lanes)
            turn_tile(target, q * step + m, step, source, begin + m * row + q, row)


@compiled
def pack(target, w):
    """Copy weights (groups, O / groups, cells) as (groups, cells and more, O / groups and more)."""
    groups, own, cells = w.shape
    step = target.shape[2]
    for g in range(groups):
        turn(target[g], step, w, g * own * cells, cells, own, cells)

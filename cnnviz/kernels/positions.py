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
    """Tell where the cells of a kernel stand in a buffer, from the steps to the next channel, row, column.

    They are counted row by row, through all channels: so those that meet the image are neighbours.
    """
    offsets = np.empty(depth * sliding.tall * sliding.wide + more, np.intp)
    t = 0
    for u in range(sliding.tall):
        for c in range(depth):
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
def meeting(start, step, count, reach, length):
    """Tell which of the places start, start + step, ... are on an axis; each has ``reach`` cells more."""
    first, last = 0, count
    while first < last and start + first * step + reach < 0:
        first += 1
    while first < last and start + (last - 1) * step >= length:
        last -= 1
    return first, last


@compiled
def cells_met(met, sliding, cells, finite, top, height, pixels, width, tile):
    """Tell for every tile of pixels from which to which cell kernels meet the image and not just padding.

    The first row of windows begins at row ``top`` of an image of so many rows; the last tile overlaps. Only
    finite weights give nothing on padding.
    """
    in_a_row = cells // sliding.tall
    for number in range((pixels + tile - 1) // tile):
        q = max(min(number * tile, pixels - tile), 0)
        i, j = q // width, min(q + tile - 1, pixels - 1) // width
        start, reach = top + i * sliding.down, (j - i) * sliding.down
        first, last = meeting(start, sliding.rows_apart, sliding.tall, reach, height)
        met[number, 0], met[number, 1] = (first * in_a_row, last * in_a_row) if finite else (0, cells)


@compiled
def pixels_met(met, sliding, cells, top, height, rows, width):
    """Tell for every tile of cells from which to which pixel they meet the image; the bias meets all."""
    in_a_row = cells // sliding.tall
    for number in range(len(met)):
        t = number * ROWS
        u, v = t // in_a_row, (t + ROWS - 1) // in_a_row
        start, reach = top + u * sliding.rows_apart, (v - u) * sliding.rows_apart
        first, last = meeting(start, sliding.down, rows, reach, height) if t + ROWS <= cells else (0, rows)
        met[number, 0], met[number, 1] = first * width, last * width


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
    """Copy weights (groups, O / groups, cells) behind the biases of (groups, 1 + cells, O / groups and more).

    Tell whether all are finite.
    """
    groups, own, cells = w.shape
    step = target.shape[2]
    for g in range(groups):
        turn(target[g, 1:], step, w, g * own * cells, cells, own, cells)
    finite = True
    for i in range(w.size):
        if load(w, i) - load(w, i) != 0:
            finite = False
    return finite

"""The loops of convolution: bordered copies of the images, tables of positions, and register tiles.

Every loop here works through *jobs*. A job is a block of output rows of one image; blocks are small enough
for the caches, and jobs do not touch each other's output, so they can be shared out in any way.

A job copies the rows it reads into a buffer with the padding around them. There, the value under cell t of
the kernel at position q stands at ``bases[q] + offsets[t]``: two tables, however the window slides. Nothing
here checks its arguments; correlation.py does.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.tiles import ROWS, VECTORS, cell_tile, map_tile, pixel_tile, turn_tile
from cnnviz.kernels.vectors import VECTOR_BYTES, copy_vector, load, store


@compiled
def _borders(sliding, rows, output_width):
    """Count the rows and columns of the buffer that some output rows read."""
    height = (rows - 1) * sliding.down + (sliding.tall - 1) * sliding.rows_apart + 1
    width = (output_width - 1) * sliding.right + (sliding.wide - 1) * sliding.columns_apart + 1
    return height, width


@compiled
def _clear(buffer, length):
    for i in range(length):
        store(buffer, i, 0)


@compiled
def _copy_rows(target, at, target_step, source, begin, source_step, rows, length):
    """Copy rows of neighbouring numbers by vectors, the last one overlapping the one before it."""
    lanes = VECTOR_BYTES // target.itemsize
    for row in range(rows):
        to, start = at + row * target_step, begin + row * source_step
        if length < lanes:
            for i in range(length):
                store(target, to + i, load(source, start + i))
        else:
            for i in range(0, length - lanes, lanes):
                copy_vector(target, to + i, source, start + i)
            copy_vector(target, to + length - lanes, source, start + length - lanes)


@compiled
def _fill(buffer, x, image, top, left, height, width):
    """Copy the part of an image that begins at (top, left) into the buffer, whose border is zero already."""
    channels, rows, columns = x.shape[1:]
    first, last = max(-top, 0), min(height, rows - top)
    before = max(-left, 0)
    length = min(width, columns - left) - before
    for c in range(channels):
        at = (c * height + first) * width + before
        begin = ((image * channels + c) * rows + top + first) * columns + left + before
        _copy_rows(buffer, at, width, x, begin, columns, last - first, length)


@compiled
def _cells(sliding, depth, height, width, more):
    """Tell where the cells (channel, row, column) of a kernel stand in a buffer, seen from its first one."""
    offsets = np.empty(depth * sliding.tall * sliding.wide + more, np.intp)
    t = 0
    for c in range(depth):
        for u in range(sliding.tall):
            for v in range(sliding.wide):
                offsets[t] = (c * height + u * sliding.rows_apart) * width + v * sliding.columns_apart
                t += 1
    return offsets


@compiled
def _positions(bases, sliding, rows, output_width, width):
    """Tell where the windows of some output rows begin in a buffer; the last one fills up a tile."""
    count = rows * output_width
    for i in range(rows):
        for j in range(output_width):
            bases[i * output_width + j] = i * sliding.down * width + j * sliding.right
    for q in range(count, count + ROWS - 1):
        bases[q] = bases[count - 1]
    return count


@compiled
def _runs(bases, places, sliding, rows, output_width, width, lanes):
    """Tell where runs of pixels begin in a buffer and in the output; the last of a row overlaps."""
    count = 0
    for i in range(rows):
        for j in range(0, output_width, lanes):
            column = min(j, output_width - lanes)
            bases[count] = i * sliding.down * width + column
            places[count] = i * output_width + column
            count += 1
    for r in range(count, count + VECTORS - 1):
        bases[r] = bases[count - 1]
        places[r] = places[count - 1]
    return count


@compiled
def by_maps(x, w, y, sliding, block, first, last):
    """Correlate by vectors of pixels: for a stride of 1 along rows that fill a vector."""
    maps, output_height, output_width = y.shape[1:]
    groups, rows_of_w, padded = w.shape
    cells, plane = rows_of_w - 1, output_height * output_width
    depth, own = x.shape[1] // groups, maps // groups
    lanes = VECTOR_BYTES // y.itemsize
    height, width = _borders(sliding, block, output_width)
    offsets = _cells(sliding, depth, height, width, 0)
    buffer = np.empty(x.shape[1] * height * width, x.dtype)
    bases = np.empty(block * (output_width // lanes + 1) + VECTORS, np.intp)
    places = np.empty(bases.size, np.intp)
    blocks = (output_height + block - 1) // block
    known = -1
    for job in range(first, last):
        image, top = job // blocks, job % blocks * block
        if top != known:
            rows, known = min(block, output_height - top), top
            runs = _runs(bases, places, sliding, rows, output_width, width, lanes)
            _clear(buffer, buffer.size)
        _fill(buffer, x, image, sliding.top + top * sliding.down, sliding.left, height, width)
        for g in range(groups):
            group, first_w = buffer[g * depth * height * width :], g * rows_of_w * padded
            for m in range(0, own, ROWS):
                o = min(m, own - ROWS)
                at = (image * maps + g * own + o) * plane + top * output_width
                for r in range(0, runs, VECTORS):
                    map_tile(group, bases, places, r, offsets, cells, w, first_w + o, padded, y, at, plane)


@compiled
def by_pixels(x, w, y, sliding, block, first, last):
    """Correlate by vectors of output channels: for any window."""
    maps, output_height, output_width = y.shape[1:]
    groups, rows_of_w, padded = w.shape
    cells, plane = rows_of_w - 1, output_height * output_width
    depth, own = x.shape[1] // groups, maps // groups
    wide = VECTORS * VECTOR_BYTES // y.itemsize
    height, width = _borders(sliding, block, output_width)
    offsets = _cells(sliding, depth, height, width, 0)
    buffer = np.empty(x.shape[1] * height * width, x.dtype)
    bases = np.empty(block * output_width + ROWS, np.intp)
    sums = np.empty(bases.size * wide, y.dtype)
    blocks = (output_height + block - 1) // block
    known = -1
    for job in range(first, last):
        image, top = job // blocks, job % blocks * block
        if top != known:
            rows, known = min(block, output_height - top), top
            pixels = _positions(bases, sliding, rows, output_width, width)
            _clear(buffer, buffer.size)
        _fill(buffer, x, image, sliding.top + top * sliding.down, sliding.left, height, width)
        for g in range(groups):
            group, first_w = buffer[g * depth * height * width :], g * rows_of_w * padded
            for o in range(0, own, wide):
                for q in range(0, pixels, ROWS):
                    pixel_tile(group, bases, q, offsets, cells, w, first_w + o, padded, sums, q, bases.size)
                at = (image * maps + g * own + o) * plane + top * output_width
                _copy_rows(y, at, plane, sums, 0, bases.size, min(wide, own - o), pixels)


@compiled
def _turn(target, step, source, begin, row, rows, length):
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
def weight_gradient(x, dy, dw, sliding, block, first, last):
    """Add the weight gradient of some jobs to ``dw`` (groups, cells, O / groups), filled up to whole tiles.

    Behind the cells of the kernel stands one that always reads 1: its weight is the bias.
    """
    maps, output_height, output_width = dy.shape[1:]
    groups, rows_of_dw, padded = dw.shape
    depth, own = x.shape[1] // groups, maps // groups
    wide = VECTORS * VECTOR_BYTES // dy.itemsize
    height, width = _borders(sliding, block, output_width)
    plane, plane_of_dy = height * width, output_height * output_width
    cells = depth * sliding.tall * sliding.wide
    offsets = _cells(sliding, depth, height, width, rows_of_dw - cells)
    buffer = np.ones((x.shape[1] + 1) * plane, x.dtype)
    bases = np.empty(block * output_width + ROWS, np.intp)
    packed_dy = np.zeros(block * output_width * padded, dy.dtype)
    blocks = (output_height + block - 1) // block
    known = -1
    for job in range(first, last):
        image, top = job // blocks, job % blocks * block
        if top != known:
            rows, known = min(block, output_height - top), top
            pixels = _positions(bases, sliding, rows, output_width, width)
            _clear(buffer, x.shape[1] * plane)
        _fill(buffer, x, image, sliding.top + top * sliding.down, sliding.left, height, width)
        for g in range(groups):
            begin = (image * maps + g * own) * plane_of_dy + top * output_width
            _turn(packed_dy, padded, dy, begin, plane_of_dy, own, pixels)
            for t in range(cells, rows_of_dw):
                offsets[t] = (x.shape[1] - g * depth) * plane
            group = buffer[g * depth * plane :]
            for t in range(0, rows_of_dw, ROWS):
                for o in range(0, own, wide):
                    at = (g * rows_of_dw + t) * padded + o
                    cell_tile(group, offsets, t, bases, pixels, packed_dy, o, padded, dw, at)

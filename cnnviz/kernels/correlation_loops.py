"""The loops of convolution, around register tiles.

Every loop works through *jobs*. A job is a block of output rows of one image; blocks are small enough
for the caches, and jobs do not touch each other's output, so they can be shared out in any way.

A job copies the rows it reads into a buffer with the padding around them; positions.py says where the windows
stand in it. Nothing here checks its arguments; correlation.py does.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.positions import (
    borders,
    cells_met,
    cells_of,
    clear,
    copy_rows,
    fill,
    pixels_met,
    positions,
    turn,
)
from cnnviz.kernels.tiles import ROWS, VECTORS, cell_tile, map_tile, narrow_cell_tile, pixel_tile
from cnnviz.kernels.vectors import VECTOR_BYTES


@compiled
def by_maps(x, w, finite, y, sliding, block, first, last):
    """Correlate by vectors of pixels: for strides of 1.

    The buffer holds the rows of the block once for each column of the kernel, as that column sees them, so
    that what neighbouring pixels read stands side by side, across the ends of rows.
    """
    maps, output_height, width = y.shape[1:]
    groups, rows_of_w, padded = w.shape
    cells, plane_of_y = rows_of_w - 1, output_height * width
    depth, own = x.shape[1] // groups, maps // groups
    wide = VECTORS * VECTOR_BYTES // y.itemsize
    height, _ = borders(sliding, block, width)
    plane = height * width
    channel = sliding.wide * plane
    offsets = cells_of(sliding, depth, channel, sliding.rows_apart * width, plane, 0)
    buffer = np.empty(x.shape[1] * channel, x.dtype)
    met = np.empty((block * width // wide + 1, 2), np.intp)
    blocks = (output_height + block - 1) // block
    known = -1
    for job in range(first, last):
        image, top = job // blocks, job % blocks * block
        row = sliding.top + top
        if top != known:
            pixels, known = min(block, output_height - top) * width, top
            cells_met(met, sliding, cells, finite, row, x.shape[2], pixels, width, wide)
            clear(buffer, buffer.size)
        for v in range(sliding.wide):
            left = sliding.left + v * sliding.columns_apart
            fill(buffer[v * plane :], channel, x, image, row, left, height, width)
        for g in range(groups):
            group, first_w = buffer[g * depth * channel :], g * rows_of_w * padded
            for m in range(0, own, ROWS):
                o = min(m, own - ROWS)
                at = (image * maps + g * own + o) * plane_of_y + top * width
                for tile in range((pixels + wide - 1) // wide):
                    q, begin, end = min(tile * wide, pixels - wide), met[tile, 0], met[tile, 1]
                    map_tile(group, q, offsets, begin, end, w, first_w + o, padded, y, at, plane_of_y)


@compiled
def by_pixels(x, w, finite, y, sliding, block, first, last):
    """Correlate by vectors of output channels: for any window."""
    maps, output_height, output_width = y.shape[1:]
    groups, rows_of_w, padded = w.shape
    cells, plane = rows_of_w - 1, output_height * output_width
    depth, own = x.shape[1] // groups, maps // groups
    wide = VECTORS * VECTOR_BYTES // y.itemsize
    height, width = borders(sliding, block, output_width)
    channel = height * width
    offsets = cells_of(sliding, depth, channel, sliding.rows_apart * width, sliding.columns_apart, 0)
    buffer = np.empty(x.shape[1] * channel, x.dtype)
    bases = np.empty(block * output_width + ROWS, np.intp)
    met = np.empty((bases.size // ROWS, 2), np.intp)
    sums = np.empty((1, 1, wide, bases.size), y.dtype)  # with as many axes as y: tiles write to either
    blocks = (output_height + block - 1) // block
    known = -1
    for job in range(first, last):
        image, top = job // blocks, job % blocks * block
        row = sliding.top + top * sliding.down
        if top != known:
            rows, known = min(block, output_height - top), top
            pixels = positions(bases, sliding, rows, output_width, width)
            cells_met(met, sliding, cells, finite, row, x.shape[2], pixels, output_width, ROWS)
            clear(buffer, buffer.size)
        fill(buffer, channel, x, image, row, sliding.left, height, width)
        for g in range(groups):
            group, first_w = buffer[g * depth * channel :], g * rows_of_w * padded
            for o in range(0, own, wide):
                at = (image * maps + g * own + o) * plane + top * output_width
                fits = pixels >= ROWS and own - o >= wide
                out, start, step = (y, at, plane) if fits else (sums, 0, bases.size)
                for tile in range((pixels + ROWS - 1) // ROWS):
                    q, begin, end = max(min(tile * ROWS, pixels - ROWS), 0), met[tile, 0], met[tile, 1]
                    pixel_tile(
                        group, bases, q, offsets, begin, end, w, first_w + o, padded, out, start + q, step
                    )
                if not fits:
                    copy_rows(y, at, plane, sums, 0, bases.size, min(wide, own - o), pixels)


@compiled
def weight_gradient(x, dy, dw, sliding, block, jobs, first, last):
    """Add the weight gradient of some shards to ``dw`` (shards, groups, cells, O / groups), in tiles.

    Behind the cells of the kernel stands one that always reads 1: its weight is the bias.
    """
    maps, output_height, output_width = dy.shape[1:]
    shards, groups, rows_of_dw, padded = dw.shape
    depth, own = x.shape[1] // groups, maps // groups
    wide = VECTORS * VECTOR_BYTES // dy.itemsize
    height, width = borders(sliding, block, output_width)
    plane, plane_of_dy = height * width, output_height * output_width
    cells = depth * sliding.tall * sliding.wide
    offsets = cells_of(
        sliding, depth, plane, sliding.rows_apart * width, sliding.columns_apart, rows_of_dw - cells
    )
    buffer = np.ones((x.shape[1] + 1) * plane, x.dtype)
    bases = np.empty(block * output_width + ROWS, np.intp)
    met = np.empty((rows_of_dw // ROWS, 2), np.intp)
    packed_dy = np.zeros(block * output_width * padded, dy.dtype)
    blocks = (output_height + block - 1) // block
    known = -1
    for shard in range(first, last):
        for job in range(shard * jobs // shards, (shard + 1) * jobs // shards):
            image, top = job // blocks, job % blocks * block
            row = sliding.top + top * sliding.down
            if top != known:
                rows, known = min(block, output_height - top), top
                pixels = positions(bases, sliding, rows, output_width, width)
                pixels_met(met, sliding, cells, row, x.shape[2], rows, output_width)
                clear(buffer, x.shape[1] * plane)
            fill(buffer, plane, x, image, row, sliding.left, height, width)
            for g in range(groups):
                at = (image * maps + g * own) * plane_of_dy + top * output_width
                turn(packed_dy, padded, dy, at, plane_of_dy, own, pixels)
                for t in range(cells, rows_of_dw):
                    offsets[t] = (x.shape[1] - g * depth) * plane
                group = buffer[g * depth * plane :]
                for tile in range(rows_of_dw // ROWS):
                    t, begin, end = tile * ROWS, met[tile, 0], met[tile, 1]
                    for o in range(0, padded, wide):
                        at = ((shard * groups + g) * rows_of_dw + t) * padded + o
                        if padded - o < wide:
                            narrow_cell_tile(
                                group, offsets, t, bases, begin, end, packed_dy, o, padded, dw, at
                            )
                        else:
                            cell_tile(group, offsets, t, bases, begin, end, packed_dy, o, padded, dw, at)

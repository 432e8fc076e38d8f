"""The loops of the way back through a block, around register tiles.

Arrays stand as in block_loops.py; nothing here checks its arguments.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.emitting import DEAD, WINDOW
from cnnviz.kernels.gradient_tiles import LANES, RUNS, gather_tile, mask_tile, spread_tile
from cnnviz.kernels.tiles import ROWS, VECTORS, cell_tile, narrow_cell_tile
from cnnviz.kernels.vectors import VECTOR_BYTES, load, store

CELL_LANES = VECTORS * VECTOR_BYTES // 4
_QUARTER = np.float32(1 / WINDOW)


@compiled
def pack_runs(w, runs, slots):
    """Write each kernel of weights (O, C, K, L) as its runs of cells, filled up with zeros to vectors."""
    maps, depth, tall, wide = w.shape
    length = slots.size // maps
    for o in range(maps):
        for t in range(length):
            store(slots, o * length + t, 0)
        for u in range(tall):
            for v in range(wide):
                for c in range(depth):
                    weight = load(w, ((o * depth + c) * tall + u) * wide + v)
                    store(slots, o * length + load(runs, (u * wide + v) * depth + c), weight)


@compiled
def unpack_runs(slots, runs, dw):
    """Write the gradients of runs of cells as those of weights (O, C, K, L)."""
    maps, depth, tall, wide = dw.shape
    length = slots.size // maps
    for o in range(maps):
        for u in range(tall):
            for v in range(wide):
                for c in range(depth):
                    gradient = load(slots, o * length + load(runs, (u * wide + v) * depth + c))
                    store(dw, ((o * depth + c) * tall + u) * wide + v, gradient)


@compiled
def learn_sparsely(
    x, dx, step, bases, runs, w, wanted, dy, dy_step, places, apart, winners, mean, padded, outputs, dw, db,
    images,
):  # fmt: skip
    """Find the gradients of a convolution from lists of the cells that have one: pooled, or of any stride.

    ``winners`` is empty if nothing was pooled; of a ``mean`` they tell who had a part in it. The kernels
    ``w`` and ``dw`` are written as runs of cells.
    """
    maps, length = db.size, runs.size * LANES
    most = WINDOW * outputs + 1
    listed, gradients = np.empty(most, np.intp), np.empty(most, np.float32)
    pooled = winners.size > 0
    for n in range(images):
        if wanted:
            for i in range(n * step, (n + 1) * step):
                store(dx, i, 0)
        for o in range(maps):
            count, total = 0, db[o]
            start, won = n * dy_step + o * apart, n * places.size * padded + o
            for i in range(WINDOW * outputs if mean else 0):
                gradient = load(dy, start + load(places, i // WINDOW)) * _QUARTER
                alive = (np.intp(load(winners, won + i // WINDOW * padded)) >> i % WINDOW) % 2 == 1
                store(listed, count, load(bases, i))
                store(gradients, count, gradient)
                total += gradient if alive else np.float32(0)
                count += alive
            for q in range(0 if mean else outputs):
                gradient = load(dy, start + load(places, q))
                if pooled:
                    winner = np.intp(load(winners, won + q * padded))
                    store(listed, count, load(bases, WINDOW * q + winner % WINDOW))
                    alive = winner != DEAD
                else:
                    store(listed, count, load(bases, q))
                    alive = gradient != 0
                store(gradients, count, gradient)
                total += gradient if alive else np.float32(0)
                count += alive
            db[o] = total
            for r in range(0, runs.size, RUNS):
                at = o * length + r * LANES
                gather_tile(x, n * step, runs, r, listed, gradients, count, dw, at)
                if wanted:
                    spread_tile(dx, n * step, runs, r, listed, gradients, count, w, at)


@compiled
def mask(
    y, y_step, y_places, y_apart, floor, dy, dy_step, places, apart, flat, width, sheet, sheet_step, inside,
    outputs, db, images,
):  # fmt: skip
    """Stop gradients where the output lies on the floor; write them flat, and into a sheet."""
    maps = db.size
    together = apart == y_apart == 1
    together &= dy.size >= images * dy_step + LANES and y.size >= images * y_step + LANES
    sums = np.zeros(width + LANES, np.float32)
    for n in range(images):
        for q in range(outputs):
            start, seen = n * dy_step + load(places, q), n * y_step + load(y_places, q)
            to, into = (n * outputs + q) * width, n * sheet_step + load(inside, q)
            if together:
                for o in range(0, maps, LANES):
                    mask_tile(y, seen + o, floor, dy, start + o, maps - o, flat, to + o, sums, o)
            else:
                for o in range(maps):
                    gradient = load(dy, start + o * apart)
                    gradient = gradient if load(y, seen + o * y_apart) > floor else np.float32(0)
                    store(flat, to + o, gradient)
                    sums[o] += gradient
            if sheet.size:
                for o in range(maps):
                    store(sheet, into + o, load(flat, to + o))
    for o in range(maps):
        db[o] += sums[o]


@compiled
def learn_densely(x, step, bases, offsets, dy, width, outputs, dw, images):
    """Add up the gradients of kernels, a vector of maps for each cell; ``dy`` has ``width`` maps a pixel."""
    cells = dw.size // width // ROWS * ROWS
    for n in range(images):
        image, own = x[n * step :], dy[n * outputs * width :]
        for t in range(0, cells, ROWS):
            o = 0
            while o < width:
                if width - o >= CELL_LANES:
                    cell_tile(image, offsets, t, bases, 0, outputs, own, o, width, dw, t * width + o)
                    o += CELL_LANES
                else:
                    narrow_cell_tile(image, offsets, t, bases, 0, outputs, own, o, width, dw, t * width + o)
                    o += CELL_LANES // 2


@compiled
def unpack_weights(packed, width, dw):
    """Write gradients of all maps for each cell as those of weights (O, C, K, L)."""
    maps, depth, tall, wide = dw.shape
    for o in range(maps):
        for c in range(depth):
            for u in range(tall):
                for v in range(wide):
                    gradient = load(packed, ((u * wide + v) * depth + c) * width + o)
                    store(dw, ((o * depth + c) * tall + u) * wide + v, gradient)

"""The loops of blocks, around register tiles: a convolution with what follows it, and the way back.

Images stand channels last in *sheets*, with a border of zeros; block_sheets.py says where. An array that is
written or read number by number may stand anyhow: image n, pixel p, channel c at
``n * step + places[p] + c * apart``. All arrays are flat and of float32; nothing here checks its arguments.
"""

import numpy as np

from cnnviz.kernels.block_tiles import (
    DEAD,
    LANES,
    NARROW,
    PAIRED,
    PIXELS,
    RUNS,
    WIDE,
    WINDOW,
    gather_tile,
    mask_tile,
    narrow_strip_tile,
    narrow_window_tile,
    spread_tile,
    strip_tile,
    window_tile,
)
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.tiles import ROWS, VECTORS, cell_tile, narrow_cell_tile
from cnnviz.kernels.vectors import VECTOR_BYTES, load, store

CELL_LANES = VECTORS * VECTOR_BYTES // 4


@compiled
def lay_out(x, step, places, apart, y, y_step, y_places, y_apart, images, channels):
    """Copy images from one arrangement to another, and tell whether all numbers are finite."""
    strange = 0
    for n in range(images):
        if channels > 1 and apart == y_apart == 1:
            for p in range(places.size):
                start, to = n * step + load(places, p), n * y_step + load(y_places, p)
                for c in range(channels):
                    value = load(x, start + c)
                    store(y, to + c, value)
                    strange += value - value != 0
            continue
        for c in range(channels):
            start, to = n * step + c * apart, n * y_step + c * y_apart
            for p in range(places.size):
                value = load(x, start + load(places, p))
                store(y, to + load(y_places, p), value)
                strange += value - value != 0
    return strange == 0


@compiled
def pack_weights(w, b, flipped, packed):
    """Write weights (O, C, K, L) as a vector of all maps for each cell, biases first.

    ``flipped`` are those that gradients are sent back with; they have no biases.
    """
    maps, depth, tall, wide = w.shape
    padded = packed.size // (1 + w.size // (depth if flipped else maps))
    for o in range(maps):
        if not flipped:
            store(packed, o, load(b, o))
        for c in range(depth):
            for u in range(tall):
                for v in range(wide):
                    weight = load(w, ((o * depth + c) * tall + u) * wide + v)
                    if flipped:
                        cell = ((tall - 1 - u) * wide + wide - 1 - v) * maps + o
                        store(packed, (1 + cell) * padded + c, weight)
                    else:
                        store(packed, (1 + (u * wide + v) * depth + c) * padded + o, weight)


@compiled
def pair_weights(w, padded, first, second, pairs):
    """Write the weights of the last maps for two cells at a time, in turns; there may be no second: -1."""
    o = padded - NARROW
    for p in range(first.size):
        for m in range(NARROW):
            store(pairs, (p * NARROW + m) * 2, load(w, (1 + first[p]) * padded + o + m))
            other = load(w, (1 + second[p]) * padded + o + m) if second[p] >= 0 else np.float32(0)
            store(pairs, (p * NARROW + m) * 2 + 1, other)


@compiled
def convolve(
    x,
    step,
    bases,
    offsets,
    pair_offsets,
    w,
    pairs,
    maps,
    floor,
    pooled,
    y,
    y_step,
    places,
    apart,
    outputs,
    winners,
    images,
):
    """Correlate, add the bias, keep nothing below ``floor``, and pool windows of 2 x 2 if ``pooled``.

    Tell whether all sums were finite.
    """
    taps, together = offsets.size, PIXELS // WINDOW if pooled else PIXELS
    padded = w.size // (1 + taps)
    narrow_offsets = pair_offsets if PAIRED else offsets
    steps = narrow_offsets.size
    watch = np.zeros(WIDE, np.float32)
    aside = np.empty(PIXELS * WIDE, np.float32)
    aside_places = np.empty(places.size, np.intp)
    for p in range(places.size):
        aside_places[p] = p % together * WIDE
    for n in range(images):
        image, o = x[n * step :], 0
        while o < maps:
            width = WIDE if maps - o > NARROW else NARROW
            direct = apart == 1
            keep = maps - o if direct else width
            out, out_at, table = (y, n * y_step + o, places) if direct else (aside, 0, aside_places)
            for at in range(0, outputs, together):
                won = n * places.size * padded + o
                if pooled and width == WIDE:
                    window_tile(
                        image, bases, at, offsets, taps, w, o, padded, floor, keep, out, out_at, table,
                        winners, won, padded, watch,
                    )  # fmt: skip
                elif pooled:
                    narrow_window_tile(
                        image, bases, at, offsets, taps, w, o, padded, floor, keep, out, out_at, table,
                        winners, won, padded, watch,
                    )  # fmt: skip
                elif width == WIDE:
                    strip_tile(
                        image, bases, at, offsets, taps, w, o, padded, pairs, floor, keep, out, out_at, table,
                        watch,
                    )  # fmt: skip
                else:
                    narrow_strip_tile(
                        image, bases, at, narrow_offsets, steps, w, o, padded, pairs, floor, keep, out,
                        out_at, table, watch,
                    )  # fmt: skip
                if not direct:
                    for p in range(min(together, outputs - at)):
                        to = n * y_step + load(places, at + p) + o * apart
                        for m in range(min(width, maps - o)):
                            store(y, to + m * apart, load(aside, p * WIDE + m))
            o += width
    strange = 0
    for lane in range(WIDE):
        strange += watch[lane] != 0
    return strange == 0


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
    x, dx, step, bases, runs, w, wanted, dy, dy_step, places, apart, winners, padded, outputs, dw, db, images
):
    """Find the gradients of a convolution from lists of the cells that have one: pooled, or of any stride.

    ``winners`` is empty if nothing was pooled. The kernels ``w`` and ``dw`` are written as runs of cells.
    """
    maps, length = db.size, runs.size * LANES
    listed, gradients = np.empty(outputs + 1, np.intp), np.empty(outputs + 1, np.float32)
    pooled = winners.size > 0
    for n in range(images):
        if wanted:
            for i in range(n * step, (n + 1) * step):
                store(dx, i, 0)
        for o in range(maps):
            count, total = 0, db[o]
            start, won = n * dy_step + o * apart, n * places.size * padded + o
            for q in range(outputs):
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

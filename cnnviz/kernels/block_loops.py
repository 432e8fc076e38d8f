"""The loops of blocks, around register tiles: a convolution with what follows it.

Images stand channels last in *sheets*, with a border of zeros; block_sheets.py says where. An array that is
written or read number by number may stand anyhow: image n, pixel p, channel c at
``n * step + places[p] + c * apart``. All arrays are flat and of float32; nothing here checks its arguments.
"""

import numpy as np

from cnnviz.kernels.block_tiles import (
    NARROW,
    PAIRED,
    PIXELS,
    WIDE,
    narrow_strip_tile,
    narrow_window_tile,
    strip_tile,
    window_tile,
)
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.emitting import WINDOW
from cnnviz.kernels.vectors import load, store


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
    cells = tall * wide
    first, across, by_depth, by_map = padded, depth * padded, padded, 1
    if flipped:
        first, across, by_depth, by_map = (1 + (cells - 1) * maps) * padded, -maps * padded, 1, padded
    for o in range(maps):
        if not flipped:
            store(packed, o, load(b, o))
        for c in range(depth):
            for cell in range(cells):
                weight = load(w, (o * depth + c) * cells + cell)
                store(packed, first + o * by_map + c * by_depth + cell * across, weight)


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
    mean,
    y,
    y_step,
    places,
    apart,
    outputs,
    winners,
    images,
):
    """Correlate, add the bias, keep nothing below ``floor``, and pool windows of 2 x 2 if ``pooled``.

    What is pooled is the largest, or the ``mean``.
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
                        image, bases, at, offsets, taps, w, o, padded, floor, mean, keep, out, out_at, table,
                        winners, won, padded, watch,
                    )  # fmt: skip
                elif pooled:
                    narrow_window_tile(
                        image, bases, at, offsets, taps, w, o, padded, floor, mean, keep, out, out_at, table,
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

r"""The register tiles of blocks: convolution, ReLU and pooling in one, and the way back.

Images stand channels last, so that the cells a kernel reads in one row are one run of numbers, and what it
gives for all maps is one vector. As in tiles.py, single numbers are found at ``bases[p] + offsets[t]``.

==============  ==========================  ======================  ===============================
tile            single numbers              vectors                 what becomes of them
==============  ==========================  ======================  ===============================
`strip_tile`    image cells of 8 pixels     weights                 outputs of 8 pixels
`window_tile`   image cells of 2 windows    weights                 the largest of 2 x 2, and which
==============  ==========================  ======================  ===============================

gradient_tiles.py holds those of the way back.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.emitting import (
    WINDOW,
    constant,
    emit_entries,
    emit_kept,
    emit_pooled,
    emit_sums,
    emit_watch,
)
from cnnviz.kernels.vectors import (
    RUN_BYTES,
    VECTOR_BYTES,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_shuffle,
    emit_splat,
)

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
PIXELS = 8  # of a strip
WINDOWS = PIXELS // WINDOW
WIDE, NARROW = VECTOR_BYTES // 4, RUN_BYTES // 4  # maps of a tile
PAIRED = WIDE == 2 * NARROW  # a narrow tile takes two cells of the kernel at a time


def _emit_strip(builder, cells, offsets, taps, w, w_step, width):
    """Sum up what ``PIXELS`` windows see; their biases stand before the weights.

    ``cells`` tells for the offset of a cell where it is in each of them.
    """
    weights = builder.gep(w, [w_step])

    def factors(tap):
        offset = builder.load(builder.gep(offsets, [tap]))
        numbers = [builder.load(place) for place in cells(offset)]
        return numbers, [emit_load(builder, weights, builder.mul(tap, w_step), width)]

    bias = [emit_load(builder, w, constant(0), width)]
    return [row[0] for row in emit_sums(builder, taps, [bias] * PIXELS, factors)]


def _emit_pixels(builder, x, bases, at):
    """Find the cells of any pixels."""
    windows = [builder.gep(x, [base]) for base in emit_entries(builder, bases, at, PIXELS)]
    return lambda offset: [builder.gep(window, [offset]) for window in windows]


def _emit_squares(builder, x, bases, at):
    """Find the cells of squares of four pixels, which are alike: with fewer addresses to remember."""
    entries = emit_entries(builder, bases, at, PIXELS)
    corners = [builder.gep(x, [base]) for base in entries[::WINDOW]]
    apart = [builder.sub(entry, entries[0]) for entry in entries[1:WINDOW]]

    def cells(offset):
        offsets = [offset, *(builder.add(offset, step) for step in apart)]
        return [builder.gep(corner, [one]) for corner in corners for one in offsets]

    return cells


def _emit_paired_strip(builder, x, bases, at, offsets, pairs, w, bias):
    """Do as `_emit_strip` for few maps, two neighbouring cells at a time: their weights stand in turns.

    So a long vector is filled, and a load brings two numbers.
    """
    width = 2 * NARROW
    windows = [builder.gep(x, [base]) for base in emit_entries(builder, bases, at, PIXELS)]
    turns = [i // 2 + (i % 2) * NARROW for i in range(width)]
    first = emit_load(builder, bias, constant(0), NARROW)
    start = emit_shuffle(builder, first, ir.Constant(first.type, [0.0] * NARROW), turns)
    sums = [cgutils.alloca_once_value(builder, start) for _ in windows]
    with cgutils.for_range(builder, pairs, intp=cgutils.intp_t) as loop:
        offset = builder.load(builder.gep(offsets, [loop.index]))
        weights = emit_load(builder, w, builder.mul(loop.index, constant(width)), width)
        for window, total in zip(windows, sums, strict=True):
            place = builder.bitcast(builder.gep(window, [offset]), ir.DoubleType().as_pointer())
            both = emit_splat(builder, builder.load(place, align=4), NARROW)
            numbers = builder.bitcast(both, weights.type)
            builder.store(emit_multiply_add(builder, numbers, weights, builder.load(total)), total)
    parts = [
        [emit_shuffle(builder, v, v, range(k, width, 2)) for k in (0, 1)] for v in map(builder.load, sums)
    ]
    return [builder.fadd(*pair) for pair in parts]


def _emit_at_least(builder, floor, vector):
    return builder.select(builder.fcmp_ordered(">", vector, floor), vector, floor)


def _strip_tile(size):
    """Write the tile for vectors of so many bytes."""
    paired = PAIRED and size == RUN_BYTES

    @intrinsic
    def tile(
        typing, x, bases, at, offsets, taps, w, w_at, w_step, pairs, floor, keep, y, y_at, places, watch
    ):
        """Compute ``keep`` neighbouring maps of ``PIXELS`` pixels, no value below ``floor``, and keep watch.

        A narrow tile may take pairs of cells (`PAIRED`), with offsets and ``pairs`` as of `pair_weights`.
        Pixel p is read at ``x[bases[at + p] + offsets[t]]`` and written from ``y[y_at + places[at + p]]`` on.
        """

        def write(context, builder, signature, arguments):
            (
                x, bases, at, offsets, taps, w, w_at, w_step, pairs, floor, keep, y, y_at, places, watch,
            ) = emit_addresses(context, builder, signature, arguments)  # fmt: skip
            own = builder.gep(w, [w_at])
            if paired:
                sums = _emit_paired_strip(builder, x, bases, at, offsets, taps, pairs, own)
            else:
                cells = _emit_pixels(builder, x, bases, at)
                sums = _emit_strip(builder, cells, offsets, taps, own, w_step, size // 4)
            emit_watch(builder, watch, sums)
            floor = emit_splat(builder, floor, size // 4)
            values = [_emit_at_least(builder, floor, total) for total in sums]
            starts = [builder.add(y_at, place) for place in emit_entries(builder, places, at, PIXELS)]
            emit_kept(builder, values, keep, y, starts)
            return context.get_dummy_value()

        whole = types.intp
        return types.void(
            x, bases, whole, offsets, whole, w, whole, whole, pairs, types.float32, whole, y, whole, places,
            watch,
        ), write  # fmt: skip

    return tile


def _window_tile(size):
    """Write the tile for vectors of so many bytes."""
    width = size // 4

    @intrinsic
    def tile(
        typing, x, bases, at, offsets, taps, w, w_at, w_step, floor, mean, keep, y, y_at, places, winners,
        won, step, watch,
    ):  # fmt: skip
        """Compute ``keep`` neighbouring maps of ``WINDOWS`` windows: the largest of four pixels, and which.

        Or their mean, and which of them lie above the floor.

        Window q has the four bases from ``4 * (at + q)`` on; its values go to ``y[y_at + places[at + q]]``,
        its winners to ``winners[won + (at + q) * step]``.
        """

        def write(context, builder, signature, arguments):
            (
                x, bases, at, offsets, taps, w, w_at, w_step, floor, mean, keep, y, y_at, places, winners,
                won, step, watch,
            ) = emit_addresses(context, builder, signature, arguments)  # fmt: skip
            first = builder.mul(at, constant(WINDOW))
            cells = _emit_squares(builder, x, bases, first)
            sums = _emit_strip(builder, cells, offsets, taps, builder.gep(w, [w_at]), w_step, width)
            emit_watch(builder, watch, sums)
            floor = emit_splat(builder, floor, width)
            windows = [sums[:WINDOW], sums[WINDOW:]]
            emit_pooled(builder, windows, floor, mean, keep, y, y_at, places, at, winners, won, step)
            return context.get_dummy_value()

        whole = types.intp
        return types.void(
            x, bases, whole, offsets, whole, w, whole, whole, types.float32, types.boolean, whole, y, whole,
            places, winners, whole, whole, watch,
        ), write  # fmt: skip

    return tile


strip_tile, narrow_strip_tile = _strip_tile(VECTOR_BYTES), _strip_tile(RUN_BYTES)
window_tile, narrow_window_tile = _window_tile(VECTOR_BYTES), _window_tile(RUN_BYTES)

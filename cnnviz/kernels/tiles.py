"""The register tile: the few lines in which nearly all arithmetic of a convolution happens.

A tile is a small table of running sums, `ROWS` by `VECTORS` vectors, that never leaves the registers. Each
step loads `ROWS` single numbers and `VECTORS` vectors, and adds every product of the two:

.. math:: S_{pv} \\leftarrow S_{pv} + a_p \\, b_v

With 4 rows and 2 vectors that is 8 multiply-adds for 6 loads, so the arithmetic units are never kept waiting
for memory; and 8 independent sums are enough to hide the 4 cycles that each multiply-add takes.

One of the two factors is *gathered*: it stands in an image, at ``bases[p] + offsets[step]``. With bases for
positions and offsets for cells of the kernel (or the other way round) any stride, dilation and kernel shape
is a table, not a special case. The other factor is *packed*: it is read from front to back.

==============  =====================  ========================  ===============================
tile            single numbers         vectors                   sums
==============  =====================  ========================  ===============================
`pixel_tile`    gathered image cells   packed weights            pixels by output channels
`pixel_tile`    gathered image cells   packed output gradient    kernel cells by output channels
`map_tile`      packed weights         gathered runs of pixels   output channels by pixels
==============  =====================  ========================  ===============================
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.vectors import (
    REGISTERS,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_splat,
    emit_store,
    lanes,
)

ROWS = 8 if REGISTERS >= 32 else 4
VECTORS = 2


def _constant(number: int):
    """Write down an index."""
    return ir.Constant(cgutils.intp_t, number)


def _emit_entries(builder, table, at, count):
    """Load ``count`` numbers that begin at an index of a table."""
    return [builder.load(builder.gep(table, [builder.add(at, _constant(i))])) for i in range(count)]


def _emit_spaced(builder, at, step, count):
    """Return the indices at, at + step, at + 2 step, ..."""
    return [builder.add(at, builder.mul(step, _constant(i))) for i in range(count)]


def _emit_sums(builder, steps, start, factors):
    """Add all products of ``factors(step)`` to ``start``, a list of rows of vectors, and return the sums."""
    sums = [[cgutils.alloca_once_value(builder, vector) for vector in row] for row in start]
    with cgutils.for_range(builder, steps, intp=cgutils.intp_t) as loop:
        numbers, vectors = factors(loop.index)
        for number, row in zip(numbers, sums, strict=True):
            splat = emit_splat(builder, number, vectors[0].type.count)
            for vector, total in zip(vectors, row, strict=True):
                builder.store(emit_multiply_add(builder, splat, vector, builder.load(total)), total)
    return [[builder.load(total) for total in row] for row in sums]


@intrinsic
def pixel_tile(
    typing, x, x_at, bases, at, offsets, steps, w, w_at, w_step, start, start_at, start_step, y, y_at, y_step
):
    """Compute rows ``y[y_at + p * y_step]`` of VECTORS vectors each, beginning with the sums in ``start``.

    Row p adds ``x[x_at + bases[at + p] + offsets[t]] * w[w_at + t * w_step]`` for every step t.
    """
    whole = types.intp
    width = lanes(x.dtype)

    def write(context, builder, signature, arguments):
        x, x_at, bases, at, offsets, steps, w, w_at, w_step, start, start_at, start_step, y, y_at, y_step = (
            emit_addresses(context, builder, signature, arguments)
        )
        columns = [_constant(v * width) for v in range(VECTORS)]
        cells = [
            builder.gep(x, [builder.add(x_at, base)]) for base in _emit_entries(builder, bases, at, ROWS)
        ]

        def vectors(address, row):
            return [emit_load(builder, address, builder.add(row, column), width) for column in columns]

        def factors(step):
            offset = builder.load(builder.gep(offsets, [step]))
            numbers = [builder.load(builder.gep(cell, [offset])) for cell in cells]
            return numbers, vectors(w, builder.add(w_at, builder.mul(step, w_step)))

        first = [vectors(start, row) for row in _emit_spaced(builder, start_at, start_step, ROWS)]
        sums = _emit_sums(builder, steps, first, factors)
        for row, totals in zip(_emit_spaced(builder, y_at, y_step, ROWS), sums, strict=True):
            for column, total in zip(columns, totals, strict=True):
                emit_store(builder, total, y, builder.add(row, column))
        return context.get_dummy_value()

    signature = types.void(
        x, whole, bases, whole, offsets, whole, w, whole, whole, start, whole, whole, y, whole, whole
    )
    return signature, write


@intrinsic
def map_tile(typing, x, x_at, bases, places, at, offsets, steps, w, w_at, w_step, start, start_at, y, y_at, y_step):
    """Compute the vectors ``y[y_at + p * y_step + places[at + v]]`` of pixels of ROWS neighbouring maps p.

    Map p begins with ``start[start_at + p]`` and adds the runs of pixels
    ``x[x_at + bases[at + v] + offsets[t]]`` times ``w[w_at + t * w_step + p]`` for every step t.
    """
    whole = types.intp
    width = lanes(x.dtype)

    def write(context, builder, signature, arguments):
        x, x_at, bases, places, at, offsets, steps, w, w_at, w_step, start, start_at, y, y_at, y_step = (
            emit_addresses(context, builder, signature, arguments)
        )
        runs = [
            builder.gep(x, [builder.add(x_at, base)]) for base in _emit_entries(builder, bases, at, VECTORS)
        ]

        def factors(step):
            offset = builder.load(builder.gep(offsets, [step]))
            vectors = [emit_load(builder, run, offset, width) for run in runs]
            return _emit_entries(builder, w, builder.add(w_at, builder.mul(step, w_step)), ROWS), vectors

        biases = _emit_entries(builder, start, start_at, ROWS)
        sums = _emit_sums(
            builder, steps, [[emit_splat(builder, b, width)] * VECTORS for b in biases], factors
        )
        stops = _emit_entries(builder, places, at, VECTORS)
        for row, totals in zip(_emit_spaced(builder, y_at, y_step, ROWS), sums, strict=True):
            for place, total in zip(stops, totals, strict=True):
                emit_store(builder, total, y, builder.add(row, place))
        return context.get_dummy_value()

    signature = types.void(
        x, whole, bases, places, whole, offsets, whole, w, whole, whole, start, whole, y, whole, whole
    )
    return signature, write

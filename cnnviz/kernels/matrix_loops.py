"""Products of matrices as dense layers need them, around two register tiles.

`rows_by_rows` multiplies rows by rows, along the axis that both have as their last; `rows_by_columns` adds up
rows of its second matrix. So no matrix is ever copied for the sake of its layout. All arrays are flat and of
float32; nothing here checks its arguments.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.emitting import constant
from cnnviz.kernels.vectors import (
    REGISTERS,
    VECTOR_BYTES,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_shuffle,
    emit_splat,
    emit_store,
    load,
    store,
)

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
LANES = VECTOR_BYTES // 4
ROWS = 4  # of the first matrix in a tile
UNITS = 4 if REGISTERS >= 32 else 2  # rows of the second, or vectors of its columns
ENDS = np.repeat(np.array([0, 1], np.float32), LANES)  # LANES numbers from t on: 1 where a rest of t stands


def _emit_rows(builder, matrix, first, last, step, count):
    """Return where some rows of a matrix begin: from ``first`` to ``last``, which is repeated."""
    rows = []
    for number in range(count):
        row = builder.add(first, constant(number))
        row = builder.select(builder.icmp_signed("<", row, last), row, last)
        rows.append(builder.gep(matrix, [builder.mul(row, step)]))
    return rows


def _emit_totals(builder, vectors):
    """Add up the lanes of each of so many vectors as they have lanes: neighbours of two at a time."""
    width = len(vectors)
    while len(vectors) > 1:
        pairs = zip(vectors[::2], vectors[1::2], strict=True)
        halves = [[emit_shuffle(builder, *pair, range(k, 2 * width, 2)) for k in (0, 1)] for pair in pairs]
        vectors = [builder.fadd(*half) for half in halves]
    return vectors[0]


@intrinsic
def _dot_tile(typing, x, x_row, x_last, w, w_row, w_last, length, ends, sums):
    """Write the products of ``ROWS`` rows of x and ``UNITS`` rows of w, all of some length, into ``sums``."""

    def write(context, builder, signature, arguments):
        x, x_row, x_last, w, w_row, w_last, length, ends, sums = emit_addresses(
            context, builder, signature, arguments
        )
        xs = _emit_rows(builder, x, x_row, x_last, length, ROWS)
        ws = _emit_rows(builder, w, w_row, w_last, length, UNITS)
        nothing = emit_splat(builder, ir.Constant(ir.FloatType(), 0.0), LANES)
        totals = [[cgutils.alloca_once_value(builder, nothing) for _ in ws] for _ in xs]

        def emit_products(at, share=None):
            weights = [emit_load(builder, row, at, LANES) for row in ws]
            for row, own in zip(xs, totals, strict=True):
                numbers = emit_load(builder, row, at, LANES)
                numbers = numbers if share is None else builder.fmul(numbers, share)
                for weight, total in zip(weights, own, strict=True):
                    builder.store(emit_multiply_add(builder, numbers, weight, builder.load(total)), total)

        width = constant(LANES)
        with cgutils.for_range(builder, builder.udiv(length, width), intp=cgutils.intp_t) as loop:
            emit_products(builder.mul(loop.index, width))
        rest = builder.urem(length, width)
        with builder.if_then(builder.icmp_signed(">", rest, constant(0))):
            emit_products(builder.sub(length, width), emit_load(builder, ends, rest, LANES))
        vectors = [builder.load(total) for own in totals for total in own]
        for at in range(0, len(vectors), LANES):
            emit_store(builder, _emit_totals(builder, vectors[at : at + LANES]), sums, constant(at))
        return context.get_dummy_value()

    whole = types.intp
    return types.void(x, whole, whole, w, whole, whole, whole, ends, sums), write


def _sum_tile(vectors):
    """Write the tile for so many vectors of columns."""

    @intrinsic
    def tile(typing, a, row, last, a_row, a_step, b, b_at, columns, steps, y):
        """Write ``ROWS`` rows of y: sums of the rows of b, each times ``a[r * a_row + k * a_step]``."""

        def write(context, builder, signature, arguments):
            a, row, last, a_row, a_step, b, b_at, columns, steps, y = emit_addresses(
                context, builder, signature, arguments
            )
            factors = _emit_rows(builder, a, row, last, a_row, ROWS)
            nothing = emit_splat(builder, ir.Constant(ir.FloatType(), 0.0), LANES)
            totals = [[cgutils.alloca_once_value(builder, nothing) for _ in range(vectors)] for _ in factors]
            with cgutils.for_range(builder, steps, intp=cgutils.intp_t) as loop:
                start = builder.add(b_at, builder.mul(loop.index, columns))
                parts = [
                    emit_load(builder, b, builder.add(start, constant(v * LANES)), LANES)
                    for v in range(vectors)
                ]
                at = builder.mul(loop.index, a_step)
                for factor, own in zip(factors, totals, strict=True):
                    number = emit_splat(builder, builder.load(builder.gep(factor, [at])), LANES)
                    for part, total in zip(parts, own, strict=True):
                        builder.store(emit_multiply_add(builder, number, part, builder.load(total)), total)
            for place, own in zip(_emit_rows(builder, y, row, last, columns, ROWS), totals, strict=True):
                for v, total in enumerate(own):
                    emit_store(builder, builder.load(total), place, builder.add(b_at, constant(v * LANES)))
            return context.get_dummy_value()

        whole = types.intp
        return types.void(a, whole, whole, whole, whole, b, whole, whole, whole, y), write

    return tile


_wide_sum_tile, _sum_tile_of_one = _sum_tile(UNITS), _sum_tile(1)


@compiled
def rows_by_rows(x, w, b, floor, y, ends, examples, units, length):
    """Compute y (N, O), products of the rows of x (N, F) and of w (O, F), plus b, none below ``floor``.

    Tell whether all were finite.
    """
    sums = np.zeros(ROWS * UNITS, np.float32)
    strange = 0
    for o in range(0, units, UNITS):
        for n in range(0, examples, ROWS):
            if length >= LANES:
                _dot_tile(x, n, examples - 1, w, o, units - 1, length, ends, sums)
            for i in range(min(ROWS, examples - n)):
                for j in range(min(UNITS, units - o)):
                    total = load(b, o + j)
                    if length >= LANES:
                        total += sums[i * UNITS + j]
                    else:
                        for f in range(length):
                            total += load(x, (n + i) * length + f) * load(w, (o + j) * length + f)
                    strange += total - total != 0
                    store(y, (n + i) * units + o + j, total if total > floor else floor)
    return strange == 0


@compiled
def rows_by_columns(a, a_row, a_step, b, y, rows, columns, steps):
    """Compute y (R, F): row r adds up the rows k of b (K, F), each times ``a[r * a_row + k * a_step]``."""
    wide = UNITS * LANES
    for row in range(0, rows, ROWS):
        at = 0
        while at < columns:
            if columns - at >= wide:
                _wide_sum_tile(a, row, rows - 1, a_row, a_step, b, at, columns, steps, y)
                at += wide
            elif columns >= LANES:
                at = min(at, columns - LANES)
                _sum_tile_of_one(a, row, rows - 1, a_row, a_step, b, at, columns, steps, y)
                at += LANES
            else:
                for r in range(row, min(row + ROWS, rows)):
                    for f in range(columns):
                        total = np.float32(0)
                        for k in range(steps):
                            total += load(a, r * a_row + k * a_step) * load(b, k * columns + f)
                        store(y, r * columns + f, total)
                at = columns


@compiled
def add_rows(dy, db, examples):
    """Add up the rows of gradients dy (N, O)."""
    units = db.size
    for o in range(units):
        store(db, o, 0)
    for n in range(examples):
        for o in range(units):
            store(db, o, load(db, o) + load(dy, n * units + o))

"""Pieces of code that several tiles write: sums of products, what is kept of them, and pooling of 2 x 2.

Each writes down instructions where the ``builder`` stands, as those of vectors.py do; none is called when a
loop runs.
"""

from llvmlite import ir
from numba.core import cgutils

from cnnviz.kernels.vectors import emit_load, emit_multiply_add, emit_splat, emit_store

WINDOW = 4  # cells of a window of 2 x 2
DEAD = WINDOW  # said instead of the winner where ReLU let nothing through
BYTE = ir.IntType(8)


def constant(number: int):
    """Write down an index."""
    return ir.Constant(cgutils.intp_t, number)


def emit_entries(builder, table, at, count):
    """Load ``count`` numbers that begin at an index of a table."""
    return [builder.load(builder.gep(table, [builder.add(at, constant(i))])) for i in range(count)]


def emit_sums(builder, steps, start, factors):
    """Add all products of ``factors(step)`` to ``start``, a list of rows of vectors, and return the sums."""
    sums = [[cgutils.alloca_once_value(builder, vector) for vector in row] for row in start]
    with cgutils.for_range(builder, steps, intp=cgutils.intp_t) as loop:
        numbers, vectors = factors(loop.index)
        for number, row in zip(numbers, sums, strict=True):
            splat = emit_splat(builder, number, vectors[0].type.count)
            for vector, total in zip(vectors, row, strict=True):
                builder.store(emit_multiply_add(builder, splat, vector, builder.load(total)), total)
    return [[builder.load(total) for total in row] for row in sums]


def emit_watch(builder, watch, sums):
    """Make the vector ``watch`` NaN if a sum is not finite: only then is it not 0 when multiplied by 0."""
    width = sums[0].type.count
    nothing = ir.Constant(sums[0].type, [0.0] * width)
    seen = emit_load(builder, watch, constant(0), width)
    for total in sums:
        seen = emit_multiply_add(builder, total, nothing, seen)
    emit_store(builder, seen, watch, constant(0))


def emit_kept(builder, vectors, keep, y, places):
    """Store the first ``keep`` numbers of vectors, and leave those behind them as they are."""
    width = vectors[0].type.count
    with builder.if_else(builder.icmp_signed(">=", keep, constant(width))) as (whole, part):
        with whole:
            for vector, place in zip(vectors, places, strict=True):
                emit_store(builder, vector, y, place)
        with part:
            order = ir.Constant(ir.VectorType(cgutils.intp_t, width), list(range(width)))
            kept = builder.icmp_signed("<", order, emit_splat(builder, keep, width))
            for vector, place in zip(vectors, places, strict=True):
                before = emit_load(builder, y, place, width)
                emit_store(builder, builder.select(kept, vector, before), y, place)


def _emit_winner(builder, cells, floor):
    """Return the largest of the cells of a window and which it is, the first of equal ones."""
    width = floor.type.count
    codes = [ir.Constant(ir.VectorType(ir.IntType(32), width), [code] * width) for code in range(WINDOW + 1)]
    most, winner = cells[0], codes[0]
    for cell, code in zip(cells[1:], codes[1:], strict=False):
        larger = builder.fcmp_ordered(">", cell, most)
        most, winner = builder.select(larger, cell, most), builder.select(larger, code, winner)
    alive = builder.fcmp_ordered(">", most, floor)
    winner = builder.select(alive, winner, codes[DEAD])
    return builder.select(alive, most, floor), builder.trunc(winner, ir.VectorType(BYTE, width))


def _emit_mean(builder, cells, floor):
    """Return the mean of the cells of a window, none below ``floor``, and which lie above: a bit for each."""
    width = floor.type.count
    quarter = ir.Constant(floor.type, [1 / WINDOW] * width)
    none = ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width)
    kept, bits = [], none
    for k, cell in enumerate(cells):
        alive = builder.fcmp_ordered(">", cell, floor)
        kept.append(builder.select(alive, cell, floor))
        bits = builder.or_(bits, builder.select(alive, ir.Constant(none.type, [1 << k] * width), none))
    total = builder.fadd(builder.fadd(*kept[:2]), builder.fadd(*kept[2:]))
    return builder.fmul(total, quarter), builder.trunc(bits, ir.VectorType(BYTE, width))


def emit_pooled(builder, windows, floor, mean, keep, y, y_at, places, at, winners, won, step):
    """Write down the largest of each window and which it is, or the mean and what has a part in it."""
    values, codes = [], []
    for _ in windows:
        values.append(cgutils.alloca_once(builder, floor.type))
        codes.append(cgutils.alloca_once(builder, ir.VectorType(BYTE, floor.type.count)))
    with builder.if_else(mean) as branches:
        for branch, emit in zip(branches, (_emit_mean, _emit_winner), strict=True):
            with branch:
                for cells, value, code in zip(windows, values, codes, strict=True):
                    for number, room in zip(emit(builder, cells, floor), (value, code), strict=True):
                        builder.store(number, room)
    for q, code in enumerate(map(builder.load, codes)):
        row = builder.add(won, builder.mul(builder.add(at, constant(q)), step))
        start = builder.bitcast(builder.gep(winners, [row]), code.type.as_pointer())
        builder.store(code, start, align=1)
    values = [builder.load(value) for value in values]
    starts = [builder.add(y_at, place) for place in emit_entries(builder, places, at, len(windows))]
    emit_kept(builder, values, keep, y, starts)

r"""Kernels of 5 x 5 and a pooling of 2 x 2 with a third of the multiplications: the method of Winograd.

The four outputs of a window are values of products of polynomials, so they can be found from the products at
six points of each axis, here 0, 1, -1, 2, -2 and infinity:

.. math:: Y = A^T \left[ (G g G^T) \odot (B^T d B) \right] A

36 multiplications take the place of 100, and :math:`B^T d` needs only a few additions.
Lavin and Gray (2016), Fast algorithms for convolutional neural networks.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.emitting import constant, emit_pooled, emit_sums, emit_watch
from cnnviz.kernels.vectors import (
    RUN_BYTES,
    VECTOR_BYTES,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_splat,
    emit_store,
    load,
    store,
)

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
SIZE, POINTS = 5, 6  # cells of a kernel and of a patch along an axis
WINDOWS = 4  # of a tile
LANES = RUN_BYTES // 4
WIDE, NARROW = VECTOR_BYTES // 4, RUN_BYTES // 4
_POWERS = [[p**k for k in range(SIZE)] for p in (0, 1, -1, 2, -2)]
_G = np.array([*_POWERS, [0] * (SIZE - 1) + [1]]) / np.array([4, -6, -6, 24, 24, 1])[:, None]
KERNELS = np.kron(_G, _G).astype(np.float32)  # turns the 25 weights of a kernel into 36
OUTPUTS = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 1]], np.float32)  # A transposed


def _emit_points(builder, d):
    """Return the values at the six points of a row of six vectors."""
    width = d[0].type.count

    def times(number, vector, more):
        factor = ir.Constant(vector.type, [float(number)] * width)
        return emit_multiply_add(builder, factor, vector, more)

    even, odd = times(-4, d[2], d[4]), times(-4, d[1], d[3])
    outer, inner = builder.fsub(d[4], d[2]), builder.fsub(d[3], d[1])
    return [
        times(4, d[0], times(-5, d[2], d[4])),
        builder.fadd(even, odd),
        builder.fsub(even, odd),
        times(2, inner, outer),
        times(-2, inner, outer),
        times(4, d[1], times(-5, d[3], d[5])),
    ]


@intrinsic
def _points_tile(typing, x, x_at, x_step, t, t_at, t_step):
    """Read vectors ``x[x_at + i * x_step]``, write their values at the points to ``t[t_at + i * t_step]``."""

    def write(context, builder, signature, arguments):
        x, x_at, x_step, t, t_at, t_step = emit_addresses(context, builder, signature, arguments)
        places = [builder.add(x_at, builder.mul(x_step, constant(i))) for i in range(POINTS)]
        values = _emit_points(builder, [emit_load(builder, x, place, LANES) for place in places])
        for i, value in enumerate(values):
            emit_store(builder, value, t, builder.add(t_at, builder.mul(t_step, constant(i))))
        return context.get_dummy_value()

    whole = types.intp
    return types.void(x, whole, whole, t, whole, whole), write


def _product_tile(width):
    """Write the tile for so many maps."""

    @intrinsic
    def tile(
        typing, v, depth, u, b, o, u_step, floor, mean, keep, y, y_at, places, at, winners, won, ends, points,
        watch,
    ):  # fmt: skip
        """Multiply v (36, WINDOWS, depth) and u (36, depth, maps) point by point, and pool the windows."""

        def write(context, builder, signature, arguments):
            (
                v, depth, u, b, o, u_step, floor, mean, keep, y, y_at, places, at, winners, won, ends, points,
                watch,
            ) = emit_addresses(context, builder, signature, arguments)  # fmt: skip
            own = builder.gep(u, [o])
            bias, nothing = (
                emit_load(builder, b, o, width),
                ir.Constant(ir.VectorType(ir.FloatType(), width), [0.0] * width),
            )
            outputs = [[cgutils.alloca_once_value(builder, bias) for _ in range(4)] for _ in range(WINDOWS)]
            in_v, in_u = builder.mul(depth, constant(WINDOWS)), builder.mul(depth, u_step)

            def emit_shares(point):
                """Load what a point counts in each of two outputs."""
                rows = [
                    builder.gep(ends, [builder.add(point, builder.mul(points, constant(a)))])
                    for a in range(2)
                ]
                return [emit_splat(builder, builder.load(row), width) for row in rows]

            def emit_added(shares, values, totals):
                for share, value, total in zip(shares, values, totals, strict=True):
                    builder.store(emit_multiply_add(builder, share, value, builder.load(total)), total)

            def emit_products(point):
                cells = builder.gep(v, [builder.mul(point, in_v)])
                weights = builder.gep(own, [builder.mul(point, in_u)])
                rows = [builder.gep(cells, [builder.mul(depth, constant(q))]) for q in range(WINDOWS)]

                def factors(c):
                    numbers = [builder.load(builder.gep(row, [c])) for row in rows]
                    return numbers, [emit_load(builder, weights, builder.mul(c, u_step), width)]

                sums = emit_sums(builder, depth, [[nothing]] * WINDOWS, factors)
                return [row[0] for row in sums]

            columns = [[cgutils.alloca_once(builder, nothing.type) for _ in range(2)] for _ in range(WINDOWS)]
            with cgutils.for_range(builder, points, intp=cgutils.intp_t) as line:
                for pair in columns:
                    for total in pair:
                        builder.store(nothing, total)
                with cgutils.for_range(builder, points, intp=cgutils.intp_t) as loop:
                    products = emit_products(builder.add(builder.mul(line.index, points), loop.index))
                    shares = emit_shares(loop.index)
                    for product, pair in zip(products, columns, strict=True):
                        emit_added(shares, [product, product], pair)
                first, second = emit_shares(line.index)
                for window, pair in zip(outputs, columns, strict=True):
                    values = [builder.load(total) for total in pair]
                    emit_added([first] * 2, values, window[:2])
                    emit_added([second] * 2, values, window[2:])
            windows = [[builder.load(total) for total in window] for window in outputs]
            emit_watch(builder, watch, [total for window in windows for total in window])
            floor = emit_splat(builder, floor, width)
            emit_pooled(builder, windows, floor, mean, keep, y, y_at, places, at, winners, won, u_step)
            return context.get_dummy_value()

        whole = types.intp
        return types.void(
            v, whole, u, b, whole, whole, types.float32, types.boolean, whole, y, whole, places, whole,
            winners, whole, ends, whole, watch,
        ), write  # fmt: skip

    return tile


_wide_tile, _narrow_tile = _product_tile(WIDE), _product_tile(NARROW)


@compiled
def convolve_by_points(
    x,
    step,
    row,
    down,
    starts,
    depth,
    u,
    b,
    maps,
    floor,
    mean,
    y,
    y_step,
    places,
    apart,
    outputs,
    winners,
    ends,
    images,
):
    """Correlate with kernels of 5 x 5, add the bias, keep nothing below ``floor`` and pool windows of 2 x 2.

    What is pooled is the largest, or the ``mean``.
    ``row`` and ``down`` are the numbers from one row of pixels to the next, and from one row of windows;
    window q begins at ``starts[q]`` in a row of values. Tell whether all sums were finite.
    """
    padded, points = b.size, ends.size // 2
    lines = starts[outputs - 1] // (POINTS * row) + 1
    watch = np.zeros(WIDE, np.float32)
    t, v = np.empty(lines * POINTS * row, np.float32), np.empty(POINTS**2 * WINDOWS * depth, np.float32)
    aside, aside_places = np.empty(WINDOWS * WIDE, np.float32), np.empty(places.size, np.intp)
    for q in range(places.size):
        aside_places[q] = q % WINDOWS * WIDE
    for n in range(images):
        for line in range(lines):
            for i in range(0, row, LANES):
                _points_tile(x, n * step + line * down + i, row, t, line * POINTS * row + i, row)
        for at in range(0, outputs, WINDOWS):
            for q in range(WINDOWS):
                start = load(starts, at + q)
                for i in range(POINTS):
                    for c in range(0, depth, LANES):
                        to = (i * POINTS * WINDOWS + q) * depth + c
                        _points_tile(t, start + i * row + c, depth, v, to, WINDOWS * depth)
            o = 0
            while o < maps:
                width = WIDE if maps - o > NARROW else NARROW
                direct = apart == 1
                keep = maps - o if direct else width
                out, out_at, table = (y, n * y_step + o, places) if direct else (aside, 0, aside_places)
                won = n * places.size * padded + o
                if width == WIDE:
                    _wide_tile(
                        v, depth, u, b, o, padded, floor, mean, keep, out, out_at, table, at, winners, won,
                        ends, points, watch,
                    )  # fmt: skip
                else:
                    _narrow_tile(
                        v, depth, u, b, o, padded, floor, mean, keep, out, out_at, table, at, winners, won,
                        ends, points, watch,
                    )  # fmt: skip
                if not direct:
                    for q in range(min(WINDOWS, outputs - at)):
                        to = n * y_step + load(places, at + q) + o * apart
                        for m in range(min(width, maps - o)):
                            store(y, to + m * apart, load(aside, q * WIDE + m))
                o += width
    strange = 0
    for lane in range(WIDE):
        strange += watch[lane] != 0
    return strange == 0

"""Pooling of 2 x 2 by itself, with the ReLU behind it, of images that stand channels last, for training.

All arrays are channels last; where windows begin is told as in blocks.py, and what has a part in them as in
block_tiles.py. Nothing here checks its arguments.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.block_tiles import NARROW, WINDOWS
from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.emitting import BYTE, WINDOW, emit_entries, emit_kept, emit_pooled, emit_watch
from cnnviz.kernels.vectors import emit_addresses, emit_load, emit_splat, load, store

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
_LONG = ir.VectorType(ir.IntType(32), NARROW)


@intrinsic
def _square_tile(typing, x, x_at, bases, at, floor, mean, keep, y, y_at, places, winners, won, step, watch):
    """Pool ``WINDOWS`` windows of ``keep`` neighbouring maps, as `window_tile` does after its sums."""

    def write(context, builder, signature, arguments):
        x, x_at, bases, at, floor, mean, keep, y, y_at, places, winners, won, step, watch = emit_addresses(
            context, builder, signature, arguments
        )
        first = builder.mul(at, ir.Constant(cgutils.intp_t, WINDOW))
        entries = emit_entries(builder, bases, first, WINDOW * WINDOWS)
        cells = [emit_load(builder, x, builder.add(x_at, entry), NARROW) for entry in entries]
        emit_watch(builder, watch, cells)
        windows = [cells[q * WINDOW : (q + 1) * WINDOW] for q in range(WINDOWS)]
        floor = emit_splat(builder, floor, NARROW)
        emit_pooled(builder, windows, floor, mean, keep, y, y_at, places, at, winners, won, step)
        return context.get_dummy_value()

    whole = types.intp
    return types.void(
        x, whole, bases, whole, types.float32, types.boolean, whole, y, whole, places, winners, whole, whole,
        watch,
    ), write  # fmt: skip


@intrinsic
def _square_back_tile(typing, dy, dy_at, winners, won, mean, keep, dx, dx_at, bases, at):
    """Give the gradients of a window of ``keep`` neighbouring maps to those who have a part in it."""

    def write(context, builder, signature, arguments):
        dy, dy_at, winners, won, mean, keep, dx, dx_at, bases, at = emit_addresses(
            context, builder, signature, arguments
        )
        start = builder.bitcast(builder.gep(winners, [won]), ir.VectorType(BYTE, NARROW).as_pointer())
        code = builder.zext(builder.load(start, align=1), _LONG)
        one, none = (ir.Constant(_LONG, [number] * NARROW) for number in (1, 0))
        bits = builder.select(mean, code, builder.shl(one, code))
        gradient = emit_load(builder, dy, dy_at, NARROW)
        shares = [ir.Constant(ir.FloatType(), share) for share in (1 / WINDOW, 1.0)]
        gradient = builder.fmul(gradient, emit_splat(builder, builder.select(mean, *shares), NARROW))
        nothing = ir.Constant(gradient.type, [0.0] * NARROW)
        parts = []
        for k in range(WINDOW):
            part = builder.and_(bits, ir.Constant(_LONG, [1 << k] * NARROW))
            parts.append(builder.select(builder.icmp_signed("!=", part, none), gradient, nothing))
        starts = [builder.add(dx_at, base) for base in emit_entries(builder, bases, at, WINDOW)]
        emit_kept(builder, parts, keep, dx, starts)
        return context.get_dummy_value()

    whole = types.intp
    return types.void(dy, whole, winners, whole, types.boolean, whole, dx, whole, bases, whole), write


@compiled
def pool_squares(
    x, x_step, bases, floor, mean, y, y_step, places, outputs, winners, padded, strips, images, channels
):
    """Pool windows of 2 x 2, the largest or the ``mean``, none below ``floor``; tell whether x was finite.

    Winners have so many ``strips`` of ``padded`` maps for each image.
    """
    watch = np.zeros(NARROW, np.float32)
    for n in range(images):
        for at in range(0, outputs, WINDOWS):
            for o in range(0, channels, NARROW):
                won = n * strips * padded + o
                _square_tile(
                    x, n * x_step + o, bases, at, floor, mean, channels - o, y, n * y_step + o, places,
                    winners, won, padded, watch,
                )  # fmt: skip
    strange = 0
    for lane in range(NARROW):
        strange += watch[lane] != 0
    return strange == 0


@compiled
def pool_squares_back(
    dy, dy_step, places, outputs, mean, winners, padded, strips, dx, dx_step, bases, whole, images, channels
):
    """Send gradients back; cells that no window has get none, unless the ``whole`` image is in windows."""
    if not whole:
        for i in range(images * dx_step):
            store(dx, i, np.float32(0))
    for n in range(images):
        for q in range(outputs):
            for o in range(0, channels, NARROW):
                _square_back_tile(
                    dy, n * dy_step + load(places, q) + o, winners, (n * strips + q) * padded + o, mean,
                    channels - o, dx, n * dx_step + o, bases, WINDOW * q,
                )  # fmt: skip

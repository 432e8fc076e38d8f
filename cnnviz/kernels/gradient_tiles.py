r"""The register tiles of the way back through a block, for lists of gradients and for all of them.

==============  ==========================  ======================  ===============================
tile            single numbers              vectors                 what becomes of them
==============  ==========================  ======================  ===============================
`gather_tile`   gradients of one map        runs of image cells     gradient of its kernel
`spread_tile`   gradients of one map        its kernel              gradient of the image
`mask_tile`                                 gradients of maps       those that ReLU let through
==============  ==========================  ======================  ===============================

A list tells where a gradient stands, and how large it is. After ReLU and a pooling of 2 x 2 at most one cell
in four has one, and about half of these, so that a list is far shorter than a map.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.emitting import constant, emit_entries
from cnnviz.kernels.vectors import (
    RUN_BYTES,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_splat,
    emit_store,
)

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
RUNS = 5  # of neighbouring cells that are added up at once
LANES = RUN_BYTES // 4


def _emit_runs(builder, x, x_at, runs, at):
    """Return where the runs of a window at the beginning of an image begin."""
    image = builder.gep(x, [x_at])
    return [builder.gep(image, [run]) for run in emit_entries(builder, runs, at, RUNS)]


def _emit_entry(builder, places, gradients, index):
    """Read a line of a list: a place, and its gradient in every lane."""
    place, gradient = (builder.load(builder.gep(table, [index])) for table in (places, gradients))
    return place, emit_splat(builder, gradient, LANES)


@intrinsic
def gather_tile(typing, x, x_at, runs, at, places, gradients, count, dw, dw_at):
    """Add to ``RUNS`` vectors from ``dw[dw_at]`` on what windows at listed places saw, times gradients."""

    def write(context, builder, signature, arguments):
        x, x_at, runs, at, places, gradients, count, dw, dw_at = emit_addresses(
            context, builder, signature, arguments
        )
        cells = _emit_runs(builder, x, x_at, runs, at)
        slots = [builder.add(dw_at, constant(r * LANES)) for r in range(RUNS)]
        sums = [cgutils.alloca_once_value(builder, emit_load(builder, dw, slot, LANES)) for slot in slots]
        with cgutils.for_range(builder, count, intp=cgutils.intp_t) as loop:
            place, gradient = _emit_entry(builder, places, gradients, loop.index)
            for total, cell in zip(sums, cells, strict=True):
                seen = emit_load(builder, cell, place, LANES)
                builder.store(emit_multiply_add(builder, gradient, seen, builder.load(total)), total)
        for total, slot in zip(sums, slots, strict=True):
            emit_store(builder, builder.load(total), dw, slot)
        return context.get_dummy_value()

    whole = types.intp
    return types.void(x, whole, runs, whole, places, gradients, whole, dw, whole), write


@intrinsic
def spread_tile(typing, dx, dx_at, runs, at, places, gradients, count, w, w_at):
    """Add ``RUNS`` vectors from ``w[w_at]`` on, times gradients, to the windows at the places of a list."""

    def write(context, builder, signature, arguments):
        dx, dx_at, runs, at, places, gradients, count, w, w_at = emit_addresses(
            context, builder, signature, arguments
        )
        cells = _emit_runs(builder, dx, dx_at, runs, at)
        weights = [emit_load(builder, w, builder.add(w_at, constant(r * LANES)), LANES) for r in range(RUNS)]
        with cgutils.for_range(builder, count, intp=cgutils.intp_t) as loop:
            place, gradient = _emit_entry(builder, places, gradients, loop.index)
            for weight, cell in zip(weights, cells, strict=True):
                before = emit_load(builder, cell, place, LANES)
                emit_store(builder, emit_multiply_add(builder, gradient, weight, before), cell, place)
        return context.get_dummy_value()

    whole = types.intp
    return types.void(dx, whole, runs, whole, places, gradients, whole, w, whole), write


@intrinsic
def mask_tile(typing, y, y_at, floor, dy, dy_at, keep, flat, to, sums, o):
    """Copy ``keep`` neighbouring gradients where y lies above the floor, and add them to ``sums[o]``."""

    def write(context, builder, signature, arguments):
        y, y_at, floor, dy, dy_at, keep, flat, to, sums, o = emit_addresses(
            context, builder, signature, arguments
        )
        gradient = emit_load(builder, dy, dy_at, LANES)
        floor = emit_splat(builder, floor, LANES)
        alive = builder.fcmp_ordered(">", emit_load(builder, y, y_at, LANES), floor)
        order = ir.Constant(ir.VectorType(cgutils.intp_t, LANES), list(range(LANES)))
        kept = builder.icmp_signed("<", order, emit_splat(builder, keep, LANES))
        nothing = ir.Constant(gradient.type, [0.0] * LANES)
        gradient = builder.select(builder.and_(alive, kept), gradient, nothing)
        emit_store(builder, gradient, flat, to)
        emit_store(builder, builder.fadd(emit_load(builder, sums, o, LANES), gradient), sums, o)
        return context.get_dummy_value()

    whole, number = types.intp, types.float32
    return types.void(y, whole, number, dy, whole, whole, flat, whole, sums, whole), write

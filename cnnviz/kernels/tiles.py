r"""The register tile: the few lines in which nearly all arithmetic of a convolution happens.

A tile is a small table of running sums, `ROWS` by `VECTORS` vectors, that never leaves the registers. Each
step loads `ROWS` single numbers and `VECTORS` vectors, and adds every product of the two:

.. math:: S_{pv} \leftarrow S_{pv} + a_p \, b_v

With 4 rows and 2 vectors that is 8 multiply-adds for 6 loads, so the arithmetic units are never kept waiting
for memory; and 8 independent sums are enough to hide the 4 cycles that each multiply-add takes. A tile is no
wider than 16 numbers, as networks for small pictures have layers of 8 or 16 channels: with vectors of that
length it is 8 rows of one, which multiplies by single numbers straight from memory.

One of the two factors is *gathered*: it stands in an image, at ``bases[p] + offsets[step]``. With bases for
positions and offsets for cells of the kernel (or the other way round) any stride, dilation and kernel shape
is a table, not a special case. The other factor is *packed*: it is read from front to back.

==============  =====================  ========================  ===============================
tile            single numbers         vectors                   sums
==============  =====================  ========================  ===============================
`pixel_tile`    gathered image cells   packed weights            pixels by output channels
`cell_tile`     gathered image cells   packed output gradient    kernel cells by output channels
`map_tile`      packed weights         runs of image cells       output channels by pixels
==============  =====================  ========================  ===============================
"""

from numba import types
from numba.extending import intrinsic

from cnnviz.kernels.emitting import constant, emit_entries, emit_sums
from cnnviz.kernels.vectors import (
    REGISTERS,
    VECTOR_BYTES,
    emit_addresses,
    emit_load,
    emit_splat,
    emit_store,
    emit_transposed,
    lanes,
)

ROWS = 8 if REGISTERS >= 32 else 4
VECTORS = 1 if VECTOR_BYTES == 64 else 2


def _emit_spaced(builder, at, step, count):
    """Return the indices at, at + step, at + 2 step, ..."""
    return [builder.add(at, builder.mul(step, constant(i))) for i in range(count)]


def _emit_vectors(builder, address, at, width, count=VECTORS):
    """Load neighbouring vectors, as many as a tile has."""
    return [emit_load(builder, address, builder.add(at, constant(v * width)), width) for v in range(count)]


def _emit_pixel_sums(builder, start, steps, cells, offsets, w, w_step):
    """Sum up cells of an image, single numbers at ``cells + offsets[t]``, times the vectors of row t of w."""
    count, width = len(start[0]), start[0][0].type.count

    def factors(step):
        offset = builder.load(builder.gep(offsets, [step]))
        numbers = [builder.load(builder.gep(cell, [offset])) for cell in cells]
        return numbers, _emit_vectors(builder, w, builder.mul(step, w_step), width, count)

    return emit_sums(builder, steps, start, factors)


@intrinsic
def pixel_tile(typing, x, bases, at, offsets, first, last, w, w_at, w_step, y, y_at, y_step):
    """Compute pixels ``y[y_at + o * y_step + p]`` of neighbouring channels o, ROWS pixels in each.

    Each begins with the bias ``w[w_at + o]`` and adds up ``x[bases[at + p] + offsets[t]]`` times the weights
    ``w[w_at + (t + 1) * w_step + o]`` for the cells t from ``first`` to ``last``.
    """

    def write(context, builder, signature, arguments):
        x, bases, at, offsets, first, last, w, w_at, w_step, y, y_at, y_step = emit_addresses(
            context, builder, signature, arguments
        )
        biases = builder.gep(w, [w_at])
        start = [_emit_vectors(builder, biases, constant(0), width)] * ROWS
        windows = [builder.gep(x, [base]) for base in emit_entries(builder, bases, at, ROWS)]
        offsets, weights, steps = _emit_part(builder, first, last, offsets, biases, w_step)
        sums = _emit_pixel_sums(builder, start, steps, windows, offsets, weights, w_step)
        pixels = [run for v in range(VECTORS) for run in emit_transposed(builder, [row[v] for row in sums])]
        for row, run in zip(_emit_spaced(builder, y_at, y_step, len(pixels)), pixels, strict=True):
            emit_store(builder, run, y, row)
        return context.get_dummy_value()

    width = lanes(x.dtype)
    whole = types.intp
    return types.void(x, bases, whole, offsets, whole, whole, w, whole, whole, y, whole, whole), write


def _cell_tile(part):
    """Write the tile of a weight gradient, or a part of it that is not as wide."""
    count = max(1, VECTORS // part)

    @intrinsic
    def tile(typing, x, offsets, at, bases, first, last, dy, dy_at, dy_step, dw, dw_at):
        """Add to rows ``dw[dw_at + t * dy_step]`` the products of the cells that kernel cell t saw and dy.

        Over the pixels q from ``first`` to ``last``, ``x[offsets[at + t] + bases[q]]`` times
        ``dy[dy_at + q * dy_step]``, for ROWS cells t.
        """

        def write(context, builder, signature, arguments):
            x, offsets, at, bases, first, last, dy, dy_at, dy_step, dw, dw_at = emit_addresses(
                context, builder, signature, arguments
            )
            places = _emit_spaced(builder, dw_at, dy_step, ROWS)
            start = [_emit_vectors(builder, dw, place, width, count) for place in places]
            cells = [builder.gep(x, [offset]) for offset in emit_entries(builder, offsets, at, ROWS)]
            gradients = builder.gep(dy, [builder.add(dy_at, builder.mul(first, dy_step))])
            bases, steps = builder.gep(bases, [first]), builder.sub(last, first)
            sums = _emit_pixel_sums(builder, start, steps, cells, bases, gradients, dy_step)
            for place, row in zip(places, sums, strict=True):
                for v, vector in enumerate(row):
                    emit_store(builder, vector, dw, builder.add(place, constant(v * width)))
            return context.get_dummy_value()

        width = VECTORS * lanes(x.dtype) // part // count
        whole = types.intp
        return types.void(x, offsets, whole, bases, whole, whole, dy, whole, whole, dw, whole), write

    return tile


cell_tile, narrow_cell_tile = _cell_tile(1), _cell_tile(2)


@intrinsic
def map_tile(typing, x, q, offsets, first, last, w, w_at, w_step, y, y_at, y_step):
    """Compute the pixels ``y[y_at + p * y_step + q]`` of ROWS neighbouring maps p, as many as vectors hold.

    Each begins with the bias ``w[w_at + p]`` and adds up ``x[q + offsets[t]]`` times the weight
    ``w[w_at + (t + 1) * w_step + p]`` for the cells t from ``first`` to ``last``.
    """

    def write(context, builder, signature, arguments):
        x, q, offsets, first, last, w, w_at, w_step, y, y_at, y_step = emit_addresses(
            context, builder, signature, arguments
        )
        pixels, biases = builder.gep(x, [q]), builder.gep(w, [w_at])
        offsets, weights, steps = _emit_part(builder, first, last, offsets, biases, w_step)

        def factors(step):
            offset = builder.load(builder.gep(offsets, [step]))
            numbers = emit_entries(builder, weights, builder.mul(step, w_step), ROWS)
            return numbers, _emit_vectors(builder, pixels, offset, width)

        numbers = emit_entries(builder, biases, constant(0), ROWS)
        start = [[emit_splat(builder, bias, width)] * VECTORS for bias in numbers]
        sums = emit_sums(builder, steps, start, factors)
        for row, vectors in zip(_emit_spaced(builder, builder.add(y_at, q), y_step, ROWS), sums, strict=True):
            for v, vector in enumerate(vectors):
                emit_store(builder, vector, y, builder.add(row, constant(v * width)))
        return context.get_dummy_value()

    width = lanes(x.dtype)
    whole = types.intp
    return types.void(x, whole, offsets, whole, whole, w, whole, whole, y, whole, whole), write


def _emit_part(builder, first, last, offsets, biases, w_step):
    """Return where the offsets and the weights of some cells of a kernel begin, and how many they are."""
    weights = builder.gep(biases, [builder.mul(builder.add(first, constant(1)), w_step)])
    return builder.gep(offsets, [first]), weights, builder.sub(last, first)


@intrinsic
def turn_tile(typing, target, at, step, source, begin, row):
    """Copy ROWS rows of one vector, ``row`` numbers apart, as rows of ROWS numbers, ``step`` apart."""

    def write(context, builder, signature, arguments):
        target, at, step, source, begin, row = emit_addresses(context, builder, signature, arguments)
        rows = [emit_load(builder, source, place, width) for place in _emit_spaced(builder, begin, row, ROWS)]
        for place, column in zip(
            _emit_spaced(builder, at, step, width), emit_transposed(builder, rows), strict=True
        ):
            emit_store(builder, column, target, place)
        return context.get_dummy_value()

    width = lanes(target.dtype)
    whole = types.intp
    return types.void(target, whole, whole, source, whole, whole), write

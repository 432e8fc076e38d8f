"""The innermost part of image filtering: a block of output whose sums stay in registers.

A row of an interleaved image is one flat run of numbers, in which the next pixel of the same channel comes
``channels`` numbers later; so channels need no loop. A tile is some rows of some vectors of output. Every
vector of input is loaded once for each column of the kernel and used for all rows of the tile that meet it.
Addresses are plain integers here, and nothing is checked: filtering_loop.py knows what may be read.

Each output begins with the offset and adds its products row by row of the kernel, left to right, in either
tile; so it is the same number to the last bit whichever tile computed it.
"""

from contextlib import contextmanager

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.vectors import (
    REGISTERS,
    RUN_BYTES,
    emit_addresses,
    emit_load,
    emit_multiply_add,
    emit_splat,
    emit_store,
)

LINE = 16  # numbers that travel together between processor and memory
LANES = RUN_BYTES // 4
ROWS, VECTORS = 4, (REGISTERS - 1) // 5  # for any kernel: sums, input and a weight fill the registers
SQUARES = (3, 5, 7, 11)  # kernels with tiles of their own, written without loops
SQUARE_ROWS, SQUARE_VECTORS = 6, max(2, LINE // LANES)
WIDTH, SQUARE_WIDTH = VECTORS * LANES, SQUARE_VECTORS * LANES
RUNS = [(first, last) for first in range(ROWS) for last in range(first + 1, ROWS + 1)]

_FLOAT, _INT = ir.FloatType(), ir.IntType(64)
_VECTOR = ir.VectorType(_FLOAT, LANES)


def _number(value: int):
    return ir.Constant(_INT, value)


def _floats(builder, address):
    """Read an integer as the address of floats."""
    return builder.inttoptr(address, _FLOAT.as_pointer())


def _emit_products(builder, sums, x, weights):
    """Add the products of one column of the kernel: the vectors at x times the weight of each row."""
    inputs = [emit_load(builder, x, _number(v * LANES), LANES) for v in range(len(sums[0]))]
    for row, weight in zip(sums, weights, strict=True):
        factor = emit_splat(builder, builder.load(weight), LANES)
        for v, vector in enumerate(inputs):
            row[v] = emit_multiply_add(builder, vector, factor, row[v])


def _emit_store_past_caches(builder, vectors, y):
    """Store whole lines of memory that nobody reads soon, so that they do not displace what is needed."""
    once = builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
    for v, vector in enumerate(vectors):
        start = builder.bitcast(builder.gep(y, [_number(v * LANES)]), _VECTOR.as_pointer())
        builder.store(vector, start, align=RUN_BYTES).set_metadata("nontemporal", once)


def _emit_fetch(builder, x, width):
    """Ask for lines of memory early, so that they are near when the tile below needs them."""
    byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
    kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
    prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
    for first in range(0, width, LINE):
        place = builder.bitcast(builder.gep(x, [_number(first)]), byte)
        builder.call(prefetch, [place, flag(0), flag(3), flag(1)])


def square_tile(size: int):
    """Write the tile for square kernels of one ``size``: no loop is left, every number of turns is known.

    The intrinsic's arguments are the addresses of x, of the weights and of y, the numbers from one row
    to the next of x and of y, the channels and the offset. Rows of y begin where lines of memory do.
    """

    @intrinsic
    def tile(typing, x, w, y, x_pitch, y_pitch, channels, offset):
        def write(context, builder, signature, arguments):
            x, w, y = (_floats(builder, address) for address in arguments[:3])
            x_pitch, y_pitch, channels, offset = arguments[3:]
            columns = [builder.mul(channels, _number(column)) for column in range(size)]
            start = emit_splat(builder, offset, LANES)
            sums = [[start] * SQUARE_VECTORS for _ in range(SQUARE_ROWS)]
            for line in range(SQUARE_ROWS + size - 1):
                x_line = builder.gep(x, [builder.mul(x_pitch, _number(line))])
                touched = range(max(0, line - size + 1), min(SQUARE_ROWS, line + 1))
                for column in range(size):
                    cells = [builder.gep(w, [_number((line - row) * size + column)]) for row in touched]
                    here = builder.gep(x_line, [columns[column]])
                    _emit_products(builder, [sums[row] for row in touched], here, cells)
                builder.fence("acq_rel", "singlethread")  # no instruction, but LLVM loads nothing before it
                if (row := line - size + 1) >= 0:
                    below = builder.gep(x_line, [builder.mul(x_pitch, _number(SQUARE_ROWS))])
                    _emit_fetch(builder, below, SQUARE_WIDTH)
                    y_row = builder.gep(y, [builder.mul(y_pitch, _number(row))])
                    _emit_store_past_caches(builder, sums[row], y_row)
            return context.get_dummy_value()

        return types.void(*[types.int64] * 6, types.float32), write

    return tile


@contextmanager
def _rolled(builder, count):
    """Write a loop that LLVM must not unroll: it has few turns, and unrolled it would need many tests."""
    with cgutils.for_range(builder, count, intp=_INT) as loop:
        yield loop
        last = builder.block
    module = builder.module
    never = module.add_metadata([ir.MetaDataString(module, "llvm.loop.unroll.disable")])
    itself = module.add_metadata([never, never])
    itself.operands = (itself, never)
    last.terminator.set_metadata("llvm.loop", itself)


@intrinsic
def any_tile(typing, x, w, y, x_pitch, y_pitch, plan, lines, taps, columns, offset):
    """Compute ``ROWS`` rows for a kernel of any size, with the lines of x to read as the plan says.

    ``plan`` holds four integers for each line: how many rows of x below the tile's first it is, which of
    ``RUNS`` (rows of the tile) it meets, where the weights of the first of them begin, and how many numbers
    back those of the next row begin. ``taps`` holds the distance of each column of the kernel.
    """

    def write(context, builder, signature, arguments):
        x, w, y = (_floats(builder, address) for address in arguments[:3])
        x_pitch, y_pitch, plan, lines, taps, columns, offset = arguments[3:]
        plan, taps = (builder.inttoptr(table, _INT.as_pointer()) for table in (plan, taps))
        start = emit_splat(builder, offset, LANES)
        homes = [[cgutils.alloca_once_value(builder, start) for _ in range(VECTORS)] for _ in range(ROWS)]
        with cgutils.for_range(builder, lines, intp=_INT) as line:
            entry = builder.gep(plan, [builder.mul(line.index, _number(4))])
            below, run, first_weight, back = (
                builder.load(builder.gep(entry, [_number(field)])) for field in range(4)
            )
            x_line = builder.gep(x, [builder.mul(below, x_pitch)])
            after = builder.append_basic_block("after")
            choice = builder.switch(run, after)
            for number, (first, last) in enumerate(RUNS):
                block = builder.append_basic_block(f"rows_{first}_to_{last}")
                choice.add_case(_number(number), block)
                builder.position_at_end(block)
                weights = [builder.gep(w, [first_weight])]
                for _ in range(first + 1, last):
                    weights.append(builder.gep(weights[-1], [builder.neg(back)]))
                with _rolled(builder, columns) as column:
                    here = builder.gep(x_line, [builder.load(builder.gep(taps, [column.index]))])
                    cells = [builder.gep(row, [column.index]) for row in weights]
                    sums = [[builder.load(home) for home in homes[row]] for row in range(first, last)]
                    _emit_products(builder, sums, here, cells)
                    for row, vectors in enumerate(sums, first):
                        for home, vector in zip(homes[row], vectors, strict=True):
                            builder.store(vector, home)
                builder.branch(after)
            builder.position_at_end(after)
        for row in range(ROWS):
            y_row = builder.gep(y, [builder.mul(y_pitch, _number(row))])
            for v, home in enumerate(homes[row]):
                emit_store(builder, builder.load(home), y_row, _number(v * LANES))
        return context.get_dummy_value()

    return types.void(*[types.int64] * 9, types.float32), write


@intrinsic
def address(typing, array):
    """Return where an array begins, as a signed integer: with an unsigned one Numba would count in floats."""

    def write(context, builder, signature, arguments):
        (start,) = emit_addresses(context, builder, signature, arguments)
        return builder.ptrtoint(start, _INT)

    return types.int64(array), write


def _emit_copy(builder, source, count, target):
    """Copy numbers as floats: vectors of them, then one by one."""
    for width, number in ((LANES, builder.udiv(count, _number(LANES))), (1, count)):
        first = _number(0) if width > 1 else builder.and_(count, _number(-LANES))
        kind = ir.VectorType(source.type.pointee, width)
        with _rolled(builder, builder.sub(number, first)) as turn:
            at = builder.add(first, builder.mul(turn.index, _number(width)))
            place = builder.bitcast(builder.gep(source, [at]), kind.as_pointer())
            vector = builder.load(place, align=1)
            if source.type.pointee != _FLOAT:
                vector = builder.uitofp(vector, ir.VectorType(_FLOAT, width))
            emit_store(builder, vector, target, at)


@intrinsic
def copy_numbers(typing, image, origin, is_bytes, count, target):
    """Copy numbers of the image at an address, from ``origin`` on, to floats; the image may hold bytes."""

    def write(context, builder, signature, arguments):
        image, origin, is_bytes, count, target = arguments
        bytes_of_image = builder.inttoptr(image, ir.IntType(8).as_pointer())
        as_bytes = builder.select(is_bytes, count, _number(0))
        as_floats = builder.sub(count, as_bytes)
        for numbers, how_many in ((bytes_of_image, as_bytes), (_floats(builder, image), as_floats)):
            _emit_copy(builder, builder.gep(numbers, [origin]), how_many, _floats(builder, target))
        return context.get_dummy_value()

    integers = types.int64
    return types.void(integers, integers, types.boolean, integers, integers), write


@intrinsic
def fetch(typing, x):
    """Ask early for as much as a tile for any kernel reads at an address."""

    def write(context, builder, signature, arguments):
        _emit_fetch(builder, _floats(builder, arguments[0]), WIDTH)
        return context.get_dummy_value()

    return types.void(types.int64), write

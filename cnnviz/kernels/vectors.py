"""Vectors of the processor, for loops that must keep their sums in registers.

A processor adds and multiplies 4, 8 or 16 numbers at once (a *vector*), and has 16 or 32 registers to hold
vectors. A loop is fast when its running sums stay in registers and every number it loads is used several
times. Compilers do not find such a *register tile* in plain loops, so this file writes it down in LLVM's own
language; everything around it stays plain Python loops. LLVM maps the vectors to whatever the processor
has (AVX-512, AVX2, SSE, NEON), so nothing else in the project knows one.

Functions that begin with ``emit_`` write instructions and are called while a loop is compiled. Loads and
stores are unchecked: public functions check shapes before.
"""

import llvmlite.binding as llvm
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

_HOST = llvm.get_host_cpu_features()
# The longest vectors there are. Some processors do the 64 bytes of AVX-512 in two halves and gain nothing in
# arithmetic, but have half as many instructions to read, each of which may take a factor from memory: on a
# Zen 4, a tile of 8 x 16 numbers reaches 0.96 of the peak, and the same made of 32-byte vectors 0.85.
VECTOR_BYTES = 64 if _HOST.get("avx512f") else 32 if _HOST.get("avx2") else 16
RUN_BYTES = min(VECTOR_BYTES, 32)  # of vectors at any address: longer ones mostly lie across two cache lines
REGISTERS = 32 if _HOST.get("avx512f") or _HOST.get("neon") else 16


def lanes(dtype) -> int:
    """Count the numbers of type ``dtype`` (NumPy's or Numba's) in one vector."""
    bits = dtype.bitwidth if isinstance(dtype, types.Type) else 8 * dtype.itemsize
    return 8 * VECTOR_BYTES // bits


def emit_addresses(context, builder, signature, arguments):
    """Replace every array among the arguments of an intrinsic by the address of its first number."""
    return [
        make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else value
        for kind, value in zip(signature.args, arguments, strict=True)
    ]


def emit_load(builder, address, index, width):
    """Load ``width`` numbers that begin ``index`` numbers after ``address``."""
    start = builder.gep(address, [index])
    vector = ir.VectorType(address.type.pointee, width)
    return builder.load(builder.bitcast(start, vector.as_pointer()), align=_size(address))


def emit_store(builder, vector, address, index):
    """Store a vector ``index`` numbers after ``address``."""
    start = builder.gep(address, [index])
    builder.store(vector, builder.bitcast(start, vector.type.as_pointer()), align=_size(address))


def emit_splat(builder, number, width):
    """Make a vector that holds one number in every lane."""
    vector = ir.Constant(ir.VectorType(number.type, width), ir.Undefined)
    first = builder.insert_element(vector, number, ir.Constant(ir.IntType(32), 0))
    lanes_of_first = ir.Constant(ir.VectorType(ir.IntType(32), width), [0] * width)
    return builder.shuffle_vector(first, vector, lanes_of_first)


def emit_multiply_add(builder, a, b, c):
    """Return a * b + c, rounded once where the processor can."""
    return builder.fadd(builder.fmul(a, b, flags=("contract",)), c, flags=("contract",))


def emit_transposed(builder, rows):
    """Turn rows, a power of two of them, into columns: vectors as long as there are rows.

    Blocks of numbers change places across the diagonal: halves of the rows first, single numbers last.
    """
    count, width = len(rows), rows[0].type.count
    if count > width:
        halves = emit_transposed(builder, rows[: count // 2]), emit_transposed(builder, rows[count // 2 :])
        return [emit_shuffle(builder, *pair, range(count)) for pair in zip(*halves, strict=True)]
    distance = count // 2
    while distance:
        rows = [
            _emit_exchanged(builder, rows[i & ~distance], rows[i | distance], distance, i)
            for i in range(count)
        ]
        distance //= 2
    return [emit_shuffle(builder, rows[c % count], rows[c % count], _piece(c, count)) for c in range(width)]


def _piece(column, count):
    """Numbers of the vector that holds a column of `count` rows, beside others."""
    begin = column // count * count
    return range(begin, begin + count)


def _emit_exchanged(builder, upper, lower, distance, row):
    """Return one of two rows after the upper right and the lower left block have changed places."""
    width = upper.type.count
    if row & distance:
        order = [width + i if i & distance else i + distance for i in range(width)]
    else:
        order = [width + i - distance if i & distance else i for i in range(width)]
    return emit_shuffle(builder, upper, lower, order)


def emit_shuffle(builder, a, b, order):
    """Pick numbers from two vectors laid end to end."""
    return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(ir.IntType(32), len(order)), list(order)))


def _size(address) -> int:
    """Bytes of the numbers at an address."""
    return 4 if isinstance(address.type.pointee, ir.FloatType) else 8


@intrinsic
def load(typing, array, index):
    """Read ``array.ravel()[index]`` without Numba's test for a negative index, which hinders vectors."""

    def write(context, builder, signature, arguments):
        address, index = emit_addresses(context, builder, signature, arguments)
        return builder.load(builder.gep(address, [index]))

    return array.dtype(array, types.intp), write


@intrinsic
def store(typing, array, index, value):
    """Write ``array.ravel()[index] = value`` without the test."""

    def write(context, builder, signature, arguments):
        address, index, value = emit_addresses(context, builder, signature, arguments)
        builder.store(value, builder.gep(address, [index]))
        return context.get_dummy_value()

    return types.void(array, types.intp, array.dtype), write


@intrinsic
def fetch(typing, array, index):
    """Ask for the line of memory with ``array.ravel()[index]``, to be read soon; never a mistake."""

    def write(context, builder, signature, arguments):
        address, index = emit_addresses(context, builder, signature, arguments)
        place = builder.bitcast(builder.gep(address, [index]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        ask = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        builder.call(ask, [place, *(ir.Constant(number, k) for k in (0, 3, 1))])  # to read, to keep, data
        return context.get_dummy_value()

    return types.void(array, types.intp), write


@intrinsic
def copy_run(typing, target, at, source, begin):
    """Copy RUN_BYTES of numbers from ``source.ravel()[begin:]`` to ``target.ravel()[at:]``."""

    def write(context, builder, signature, arguments):
        target_address, at, source_address, begin = emit_addresses(context, builder, signature, arguments)
        vector = emit_load(builder, source_address, begin, RUN_BYTES // (target.dtype.bitwidth // 8))
        emit_store(builder, vector, target_address, at)
        return context.get_dummy_value()

    return types.void(target, types.intp, source, types.intp), write

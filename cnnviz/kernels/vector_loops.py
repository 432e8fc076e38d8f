"""What happens to every number of a vector by itself, for training: momentum, and activations in place.

All arrays are flat and of float32; nothing here checks its arguments.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import load, store

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
RELU, TANH, SIGMOID, LINE = range(4)
KINDS = {"ReLU": RELU, "Tanh": TANH, "Sigmoid": SIGMOID}  # whose slope can be told from their value
_ZERO, _ONE = np.float32(0), np.float32(1)
_FAR, _STEEP = np.float32(87), np.float32(7.9053111)  # beyond: an exponential overflows, tanh is 1
_PER_TWO, _WHOLE = np.float32(1.44269504), np.float32(3 << 22)  # 1 / ln 2; added to a number, it rounds it
_LN_2, _LN_2_REST = np.float32(0.693359375), np.float32(-2.12194440e-4)
_A = tuple(
    np.float32(a)
    for a in (
        -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
        1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
    )
)  # fmt: skip
_B = tuple(
    np.float32(b)
    for b in (1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03)
)
_C = tuple(
    np.float32(c)
    for c in (1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5)
)


@intrinsic
def _power_of_two(typing, exponent):
    """Return two to a whole exponent from -126 to 127: its bits, shifted to where a number has them."""

    def write(context, builder, signature, arguments):
        whole = builder.fptosi(arguments[0], ir.IntType(32))
        biased = builder.add(whole, ir.Constant(ir.IntType(32), 127))
        return builder.bitcast(builder.shl(biased, ir.Constant(ir.IntType(32), 23)), ir.FloatType())

    return types.float32(types.float32), write


@compiled
def squash(numbers, count, kind):
    """Apply an activation to the first numbers; what is no number stays so.

    Tanh is the quotient of polynomials that Eigen uses, and the exponential the one of Cephes.
    """
    if kind == RELU:
        for i in range(count):
            value = load(numbers, i)
            store(numbers, i, _ZERO if value < _ZERO else value)
    elif kind == TANH:
        for i in range(count):
            x = load(numbers, i)
            x = _STEEP if x > _STEEP else x
            x = -_STEEP if x < -_STEEP else x
            s = x * x
            upper = (((_A[0] * s + _A[1]) * s + _A[2]) * s + _A[3]) * s + _A[4]
            lower = ((_B[0] * s + _B[1]) * s + _B[2]) * s + _B[3]
            upper = (upper * s + _A[5]) * s + _A[6]
            store(numbers, i, x * upper / lower)
    elif kind == SIGMOID:
        for i in range(count):
            x = -load(numbers, i)
            x = _FAR if x > _FAR else x
            x = -_FAR if x < -_FAR else x
            whole = x * _PER_TWO + _WHOLE - _WHOLE
            r = x - whole * _LN_2 - whole * _LN_2_REST
            power = ((((_C[0] * r + _C[1]) * r + _C[2]) * r + _C[3]) * r + _C[4]) * r + _C[5]
            power = (power * r * r + r + _ONE) * _power_of_two(whole)
            store(numbers, i, _ONE / (_ONE + power))


@compiled
def multiply_by_slope(dy, y, count, kind):
    """Turn gradients by values y of an activation into those by what it was given."""
    if kind == RELU:
        for i in range(count):
            store(dy, i, load(dy, i) if load(y, i) > 0 else np.float32(0))
    elif kind == TANH:
        for i in range(count):
            store(dy, i, load(dy, i) * (_ONE - load(y, i) * load(y, i)))
    elif kind == SIGMOID:
        for i in range(count):
            store(dy, i, load(dy, i) * load(y, i) * (_ONE - load(y, i)))


@compiled
def roll(parameters, gradient, speeds, decay, momentum, ahead, rate, moved, faster):
    """Write new parameters and their speeds, with momentum; ``ahead`` is Nesterov's way."""
    for i in range(parameters.size):
        slope = load(gradient, i) + decay * load(parameters, i)
        speed = momentum * load(speeds, i) + slope
        store(faster, i, speed)
        way = slope + momentum * speed if ahead else speed
        store(moved, i, load(parameters, i) - rate * way)

"""Wait for another thread without falling asleep, and without keeping others from running Python.

To sleep and be woken takes a tenth of a millisecond, as long as a part of the work, and a thread just woken
often shares the core of the one that woke it while another core is idle. So a thread that expects news soon
listens to a bell for a while: an array of one whole number, which whoever has news counts up. It gives way to
any thread that has work for the core.

Whoever waits for the lock on Python sleeps too. So a thread of the pool rings when it has given the lock
back, and hears a caller a little late, when that one has.
"""

import sys

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import emit_addresses

# ruff: noqa: ARG001, as Numba reads the arguments of an intrinsic
TURNS = 64  # of listening and giving way: about a quarter of a millisecond
GLANCES = 1 << 14  # in a turn, about one for each cycle of the processor
REACTION = 1 << 14  # more of them: who rang in Python needs it for that long


@intrinsic
def _glance(typing, bell):
    """Read the number of a bell, which another thread may change at any time."""

    def write(context, builder, signature, arguments):
        (address,) = emit_addresses(context, builder, signature, arguments)
        return builder.load_atomic(address, "monotonic", 8)

    return types.int64(bell), write


@intrinsic
def _give_way(typing):
    """Let another thread have the core, if one waits for it and the system can be asked."""

    def write(context, builder, signature, arguments):
        if sys.platform != "win32":
            kind = ir.FunctionType(ir.IntType(32), [])
            builder.call(cgutils.get_or_insert_function(builder.module, kind, "sched_yield"), [])
        return context.get_dummy_value()

    return types.void(), write


@intrinsic
def _ring(typing, bell):
    """Count a bell up, which others may do at the same time."""

    def write(context, builder, signature, arguments):
        (address,) = emit_addresses(context, builder, signature, arguments)
        builder.atomic_rmw("add", address, address.type.pointee(1), "seq_cst")
        return context.get_dummy_value()

    return types.void(bell), write


@compiled
def listen(bell, heard, turns):
    """Tell whether the bell shows another number than ``heard`` within so many turns."""
    for _ in range(turns):
        for _ in range(GLANCES):
            if _glance(bell) != heard:
                return True
        _give_way()
    return False


@compiled
def ring_and_listen(done, bell, heard, turns):
    """Ring the first bell, listen to the second, and give who rang it time to leave Python."""
    _ring(done)
    if not listen(bell, heard, turns):
        return False
    for _ in range(REACTION):
        _glance(bell)
    return True

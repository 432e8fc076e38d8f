"""Wait for another thread without falling asleep, and without keeping others from running Python.

To sleep and be woken takes a tenth of a millisecond, as long as a part of the work, and a thread just woken
often shares the core of the one that woke it while another core is idle. So a thread that expects news soon
listens to a bell for a while: an array of one whole number, which whoever has news counts up.
"""

from numba import types
from numba.extending import intrinsic

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import emit_addresses

TURNS = 1_000_000  # glances at a bell, about one for each cycle of the processor: a quarter of a millisecond
REACTION = 16_000  # glances more: the ringer still runs Python for that long, and two who want to would sleep


@intrinsic
def _glance(typing, bell):  # noqa: ARG001, as Numba reads the arguments
    """Read the number of a bell, which another thread may change at any time."""

    def write(context, builder, signature, arguments):
        (address,) = emit_addresses(context, builder, signature, arguments)
        return builder.load_atomic(address, "monotonic", 8)

    return types.int64(bell), write


@compiled
def listen(bell, heard, turns, reaction):
    """Tell whether the bell shows another number than ``heard`` within so many glances."""
    for _ in range(turns):
        if _glance(bell) != heard:
            for _ in range(reaction):
                _glance(bell)
            return True
    return False

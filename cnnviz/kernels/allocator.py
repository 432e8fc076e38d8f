"""Memory that was freed stays with the process, where the C library would hand it back each time.

A step of training frees a few megabytes and asks for them again at once. Returned to the system they come
back as new pages, which can cost as much as the step; whether they are returned depends on chance, thread by
thread, so one run would be half as fast as another.
"""

import ctypes
import sys

LARGE = 16 << 20  # bytes: what is larger comes from the system and goes back to it
SPARE = 32 << 20  # bytes that each of the allocator's areas may keep
_TRIM, _MAP = -1, -3  # numbers of glibc's M_TRIM_THRESHOLD and M_MMAP_THRESHOLD


def keep_freed_memory() -> bool:
    """Ask the allocator to keep some of what is freed; tell whether it is one that can be asked (glibc's)."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return bool(mallopt and mallopt(_TRIM, SPARE) and mallopt(_MAP, LARGE))

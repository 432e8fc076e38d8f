"""How every loop of this project is compiled, and where the machine code is kept; decided here once.

A private loop is marked ``@compiled``. What that means, and why:

- ``nogil``: sessions and parts of one call run beside each other, on threads of our own (threads.py).
- never ``parallel=True``: it costs seconds of compilation, and one of Numba's thread layers aborts the
  process when two threads enter it.
- ``fastmath={"contract"}``: a product and a sum may become one rounded step (FMA). Nothing else is
  allowed to change, so NaN and infinity stay what they are and a sum keeps its order.
- ``error_model="numpy"``: no test for a zero divisor inside loops.
- kept on disk, in a directory named after a digest of everything the machine code depends on. Numba's
  own key knows neither the flags above nor a loop called from another file.

Arrays reach a loop contiguous and writable (arguments.py), so there are two versions of it at most:
float32 and float64. A new flag goes into ``FLAGS``.
"""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

import llvmlite
import numba
from numba.core import config

FLAGS = {"nogil": True, "fastmath": {"contract"}, "error_model": "numpy"}


def digest() -> str:
    """Name this state of the kernels: sources, compiler, Python and optimisation level."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    versions = (sys.version, numba.__version__, llvmlite.__version__, str(config.OPT), repr(sorted(FLAGS)))
    hashed = hashlib.sha256("\n".join(versions).encode())
    for source in sources:
        hashed.update(source.read_bytes())
    return hashed.hexdigest()[:16]


def cache_places() -> list[Path]:
    """Directories that may keep machine code, best first."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    named = [Path(place) / "cnnviz" for place in (os.environ.get("NUMBA_CACHE_DIR"), home) if place]
    user = getattr(os, "getuid", lambda: "user")()
    return [*named, _home() / ".cache" / "cnnviz", Path(tempfile.gettempdir()) / f"cnnviz-{user}"]


def _home() -> Path:
    """Return the home directory, or one that does not exist where nobody has a home."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def usable(place: Path) -> bool:
    """Make ``place`` and tell whether this user, and nobody else, can write there.

    Numba unpickles what it finds, so a directory that others may write to is not used.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=place).close()
        status = place.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def cache_directory() -> Path | None:
    """Return the first usable place for this state of the kernels, or None."""
    return next(
        (path for place in cache_places() if usable(place) and usable(path := place / digest())), None
    )


CACHE = cache_directory()
if CACHE:
    config.CACHE_DIR = str(CACHE)


def compiled(loop):
    """Compile a private loop on its first call, or load it from the cache."""
    return numba.njit(cache=CACHE is not None, **FLAGS)(loop)

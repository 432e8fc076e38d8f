"""How every loop of this project is compiled, and where its machine code is kept; decided here once.

A private loop is marked ``@compiled``. What that means, and why:

- ``nogil``: sessions, and parts of one call, run beside each other on threads of our own (threads.py).
- never Numba's own threads: they cost seconds of compilation, and the kind that macOS falls back to ends
  the process when two threads enter it.
- ``fastmath={"contract"}``: a product and a sum may become one rounded step (FMA). Nothing else may
  change, so NaN and infinity stay what they are and a sum keeps its order.
- ``error_model="numpy"``: loops do not test for a zero divisor.
- kept on disk, in a directory named after a digest of everything the machine code depends on. Numba's
  own key knows neither the flags above nor a loop called from another file.

Arrays reach a loop contiguous and writable (arguments.py), so it is compiled for float32 and for float64
and for nothing else. A new flag goes into `FLAGS`.
"""

import hashlib
import logging
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import config
from numba.core.caching import FunctionCache

FLAGS: dict[str, Any] = {"nogil": True, "fastmath": {"contract"}, "error_model": "numpy"}
log = logging.getLogger(__name__)


def digest(sources: Iterable[Path]) -> str:
    """Name a state of the kernels: their sources, compiler, Python and optimisation level."""
    hashed = hashlib.sha256()
    for part in (
        sys.version,
        numba.__version__,
        llvmlite.__version__,
        str(config.OPT),
        sorted(FLAGS.items()),
    ):
        hashed.update(repr(part).encode())
    for source in sorted(sources):
        hashed.update(source.read_bytes())
    return hashed.hexdigest()[:16]


def cache_places() -> list[Path]:
    """List the directories that may keep machine code, best first."""
    places = [os.environ.get(name) for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA")]
    places.append(os.path.expanduser("~/.cache"))  # noqa: PTH111, as Path refuses where nobody has a home
    user = getattr(os, "getuid", lambda: "")()
    return [
        *(Path(place) / "cnnviz" for place in places if place and Path(place).is_absolute()),
        Path(tempfile.gettempdir()) / f"cnnviz-{user}",
    ]


def usable(place: Path) -> bool:
    """Make a directory and tell whether its owner is this user and nobody else can write there.

    Numba runs what it finds in its cache, so one that others may write to is not used.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=place).close()
        status = place.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):  # Windows: the places are inside the user's profile
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def cache_directory() -> Path | None:
    """Return the directory for this state of the kernels, or None if nothing can be kept."""
    name = digest(Path(__file__).parent.glob("*.py"))
    return next((place / name for place in cache_places() if usable(place) and usable(place / name)), None)


CACHE = cache_directory()
if CACHE:
    config.CACHE_DIR = str(CACHE)


class _ForgivingCache(FunctionCache):
    """A cache that costs time, and nothing else, when a file in it is damaged or the disk is full."""

    def load_overload(self, signature, context):
        """Load a loop; begin anew if that fails."""
        try:
            return super().load_overload(signature, context)
        except Exception:
            log.warning("a cached loop cannot be read, and is compiled again", exc_info=True)
        with suppress(OSError):
            self.flush()
        return None

    def save_overload(self, signature, machine_code):
        """Keep a loop if that is possible."""
        try:
            super().save_overload(signature, machine_code)
        except Exception:
            log.warning("a compiled loop cannot be kept", exc_info=True)
            self.disable()


def compiled(loop):
    """Compile a private loop when it is first called, or load it from the cache."""
    dispatcher = numba.njit(**FLAGS)(loop)
    if CACHE:
        dispatcher._cache = _ForgivingCache(dispatcher.py_func)
    return dispatcher

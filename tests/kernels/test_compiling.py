"""The compile policy: one decorator, machine code kept where it is safe, and nothing breaks elsewhere."""

import io
import logging
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from cnnviz.kernels import compiling, convolution, correlation_loops, warmup
from tests.each import each

KERNELS = sorted(Path(compiling.__file__).parent.glob("*.py"))
CALL = """
import logging
import sys
sys.modules["scipy"] = None  # which Numba would load
logging.basicConfig(format="%(levelname)s %(message)s")
import numpy as np
from cnnviz.kernels import compiling
from cnnviz.kernels.convolution import _correlate, conv2d
y = conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
print(float(y.sum()), compiling.CACHE, sum(_correlate.stats.cache_hits.values()))
"""
DAMAGE = """
from cnnviz.kernels import convolution
files = [path for path in compiling.CACHE.rglob("*") if path.is_file()]
for path in files:
    path.write_bytes(path.read_bytes()[:50])
print(len(files))
for _ in range(2):
    convolution._correlate = compiling.compiled(_correlate.py_func)
    y = conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
    print(float(y.sum()), sum(convolution._correlate.stats.cache_hits.values()))
"""


def call_in_a_new_process(program=CALL, **places):
    """Convolve in a process that may keep machine code in these places only; return what it says."""
    names = ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "TMPDIR")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    environment = kept | {name: str(path) for name, path in places.items()} | {"PYTHONPATH": str(Path.cwd())}
    environment["NUMBA_OPT"] = "1"  # where machine code is kept does not depend on how good it is
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines(), run.stderr


@pytest.fixture
def logged():
    """Give the text that is logged during a test."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


@each("source", KERNELS, ids=lambda path: path.stem)
def test_loops_are_compiled_by_the_one_decorator_and_without_threads_of_numba(source):
    text = source.read_text(encoding="utf-8")
    assert not re.search(r"parallel\s*=\s*True|prange", text)
    if source.stem != "compiling":
        assert not re.search(r"\bn?jit\b|fastmath\s*=|vectorize", text)


@pytest.mark.parametrize(
    "loop",
    [
        convolution._correlate,
        correlation_loops.by_maps,
        correlation_loops.by_pixels,
        correlation_loops.weight_gradient,
    ],
    ids=lambda loop: loop.__name__,
)
def test_every_loop_leaves_the_lock_of_python_and_keeps_strange_numbers(loop):
    assert loop.targetoptions["nogil"] is True
    assert loop.targetoptions["fastmath"] == {"contract"}
    assert "parallel" not in loop.targetoptions


def test_machine_code_is_kept_and_found_again_and_damaged_code_costs_time_only(tmp_path):
    places = {"XDG_CACHE_HOME": tmp_path / "cache", "HOME": tmp_path, "TMPDIR": tmp_path}
    (first,), _ = call_in_a_new_process(**places)
    total, place, hits = first.split()
    assert (total, hits) == ("16.0", "0")
    assert Path(place).parent == tmp_path / "cache" / "cnnviz"
    (found, files, *again), log = call_in_a_new_process(CALL + DAMAGE, **places)
    assert found == f"16.0 {place} 1"
    assert int(files) > 0
    assert again == ["16.0 0", "16.0 1"]
    assert "WARNING a cached loop cannot be read, and is compiled again" in log


def test_without_a_place_to_write_everything_still_works(tmp_path, monkeypatch):
    blocked = tmp_path / "a_file"
    blocked.write_text("no directory can be made below a file")
    places = dict.fromkeys(("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"), blocked / "below")
    for name, path in places.items():
        monkeypatch.setenv(name, str(path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    place = compiling.cache_directory().parent
    assert (place.parent, place.name[:7]) == (tmp_path, "cnnviz-")
    place.chmod(0o777)
    assert compiling.cache_directory() is None
    assert call_in_a_new_process(**places, TMPDIR=tmp_path)[0] == ["16.0 None 0"]


def test_a_full_disk_costs_time_only(tmp_path, monkeypatch, logged):
    @compiling.compiled
    def double(x):
        return x + x

    assert isinstance(double._cache, compiling._ForgivingCache)
    monkeypatch.setattr(
        double._cache._cache_file, "save", lambda *_: (_ for _ in ()).throw(OSError("disk full"))
    )
    assert double(2.0) == 4
    assert "a compiled loop cannot be kept" in logged.getvalue()
    assert "disk full" in logged.getvalue()


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o707])
def test_a_directory_that_others_may_write_to_is_not_used(tmp_path, mode):
    place = tmp_path / "cache"
    assert compiling.usable(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    place.chmod(mode)
    assert not compiling.usable(place)


def test_a_directory_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling.os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert not compiling.usable(tmp_path)


def test_the_cache_changes_its_name_with_any_source(tmp_path):
    sources = [tmp_path / "a.py", tmp_path / "b.py"]
    for source in sources:
        source.write_text("1")
    before = compiling.digest(sources)
    assert compiling.digest(reversed(sources)) == before
    sources[1].write_text("2")
    assert compiling.digest(sources) != before


def test_named_places_come_first(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("LOCALAPPDATA", "not/absolute")
    first, second, *others = compiling.cache_places()
    assert (first, second) == (tmp_path / "numba" / "cnnviz", tmp_path / "xdg" / "cnnviz")
    assert all(place.is_absolute() for place in others)


def test_kernels_compile_for_two_types_only():
    for dtype in (np.float32, np.float64):
        x = np.ones((2, 2, 9, 9), dtype)
        for array in (x, np.asfortranarray(x), x[..., ::-1]):
            convolution.conv2d(array, np.ones((4, 2, 3, 3), dtype))
            convolution.conv2d(array, np.ones((1, 2, 3, 3), dtype), stride=(1, 2))
    for loop in (convolution._correlate, correlation_loops.by_maps, correlation_loops.by_pixels):
        assert len(loop.signatures) <= 2


def test_warming_up_runs_once_in_the_background(monkeypatch):
    calls = []
    monkeypatch.setattr(warmup, "WARM", {"one": lambda: calls.append(threading.current_thread().name)})
    warmup._thread.cache_clear()
    started = {warmup.warm_up_in_background() for _ in range(5)}
    assert len(started) == 1
    started.pop().join()
    assert calls == ["warm-up"]
    warmup._thread.cache_clear()


def test_a_kernel_that_cannot_be_warmed_up_is_logged_and_the_others_follow(monkeypatch, logged):
    calls = []
    monkeypatch.setattr(warmup, "WARM", {"broken": lambda: 1 / 0, "sound": lambda: calls.append("sound")})
    warmup.warm_up()
    assert calls == ["sound"]
    assert "broken cannot be warmed up" in logged.getvalue()


@pytest.mark.parametrize("name", warmup.WARM)
def test_every_call_of_the_table_works(name):
    warmup.WARM[name]()

"""Fetching from servers of our own: progress, resuming, wrong mirrors, no network, local copies."""

import functools
import gzip
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.model.fetching import PIECE, Collection, FetchError, Remote
from tests.mirror import Mirror, idx

RNG = np.random.default_rng(0)
ARRAYS = [RNG.integers(0, 256, (50, 60, 70), np.uint8), RNG.integers(0, 10, 50).astype(np.uint8)]
NAMES = ("images-idx3-ubyte", "labels-idx1-ubyte")


RAW = [idx(array) for array in ARRAYS]
PACKED = [gzip.compress(raw, mtime=0) for raw in RAW]


@pytest.fixture
def mirrors():
    """Start mirrors, and stop them at the end."""
    running = []

    def start(**behaviour):
        running.append(Mirror(**{"files": dict(zip(NAMES, PACKED, strict=True)), **behaviour}))
        return running[-1]

    yield start
    for mirror in running:
        mirror.stop()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Keep files in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache" / name)
    monkeypatch.delenv("CNNVIZ_DATA_DIR", raising=False)
    return tmp_path / "cache" / "cnnviz" / "test"


def collection(*addresses):
    files = [
        Remote(name, len(packed), hashlib.md5(raw).hexdigest(), array.shape)
        for name, packed, raw, array in zip(NAMES, PACKED, RAW, ARRAYS, strict=True)
    ]
    return Collection("Test", "test", addresses, tuple(files))


def check(got):
    for array, expected in zip(got, ARRAYS, strict=True):
        assert_array_equal(array, expected)


def test_files_are_fetched_once_with_progress(mirrors, cache):
    mirror, reports = mirrors(), []
    files = collection(mirror.address)
    assert not files.here()
    check(files.arrays(lambda done, total: reports.append((done, total))))
    total = sum(map(len, PACKED))
    assert reports == sorted(reports)
    assert len(reports) > 4
    assert reports[-1] == (total, total)
    assert files.here()
    assert sorted(path.name for path in cache.iterdir()) == sorted(NAMES)
    check(files.arrays())
    assert mirror.sent == total


@pytest.mark.parametrize("ranges", [True, False], ids=["goes on", "begins anew"])
def test_what_was_interrupted_is_resumed(mirrors, ranges):
    mirror = mirrors(ranges=ranges, cut=120_000)
    files = collection(mirror.address)
    with pytest.raises(FetchError, match="Test cannot be fetched: none of its 1 mirrors"):
        files.arrays()
    mirror.cut = None
    check(files.arrays())
    assert mirror.asked[:2] == [None, f"bytes={PIECE}-"]
    assert mirror.sent == sum(map(len, PACKED)) + 120_000 - (PIECE if ranges else 0)


def test_whoever_listens_can_stop_it_and_go_on_later(mirrors):
    mirror = mirrors()

    def stop(done, total):
        if done > 100_000:
            raise KeyboardInterrupt

    files = collection(mirror.address)
    with pytest.raises(KeyboardInterrupt):
        files.arrays(stop)
    check(files.arrays())
    assert re.fullmatch(r"bytes=1\d{5}-", mirror.asked[1])


@pytest.mark.parametrize("length", [len(PACKED[0]), 100_000], ids=["whole", "begun"])
def test_a_part_that_is_wrong_is_fetched_anew(mirrors, cache, length):
    mirror = mirrors()
    cache.mkdir(parents=True)
    name = mirror.address.split("/")[2].replace(":", ".")
    (cache / f"{NAMES[0]}.{name}.part").write_bytes(bytes(length))
    check(collection(mirror.address).arrays())
    assert mirror.asked == [f"bytes={length}-", None, None]


@functools.cache
def bomb() -> bytes:
    return gzip.compress(bytes(80 << 20))


BAD = {
    "nothing": lambda raw: None,
    "a page": lambda raw: b"<html>Please log in</html>",
    "other bytes": lambda raw: gzip.compress(raw[:-1] + b"x"),
    "a bomb": lambda raw: bomb(),
    "too much": lambda raw: bytes(3 << 20),
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD)
def test_a_mirror_that_is_wrong_is_passed_over(mirrors, sent, cache):
    bad = mirrors(files={name: sent(raw) for name, raw in zip(NAMES, RAW, strict=True)})
    good = mirrors()
    check(collection(bad.address, good.address).arrays())
    assert len(bad.asked) == 2
    with pytest.raises(FetchError, match="none of its 1 mirrors gives the right files"):
        _without_cache(cache, bad).arrays()


def _without_cache(cache, mirror):
    for path in cache.iterdir():
        path.unlink()
    return collection(mirror.address)


def test_mirrors_may_pack_the_same_bytes_in_another_way(mirrors):
    files = {name: gzip.compress(raw, 1) for name, raw in zip(NAMES, RAW, strict=True)}
    check(collection(mirrors(files=files).address).arrays())


def test_without_a_network_there_is_one_sentence(mirrors):
    mirror = mirrors()
    mirror.stop()
    mirror.stop = lambda: None
    with pytest.raises(FetchError) as refusal:
        collection(mirror.address, mirror.address).arrays()
    assert str(refusal.value) == (
        "Test cannot be fetched: none of its 2 mirrors gives the right files. Is there a network? "
        "The built-in data needs none."
    )


def test_a_damaged_file_in_the_cache_is_fetched_again(mirrors, cache):
    files = collection(mirrors().address)
    check(files.arrays())
    (cache / NAMES[0]).write_bytes(RAW[0][:-1])
    check(files.arrays())


@pytest.mark.parametrize("packed", [True, False])
def test_a_local_copy_comes_first(tmp_path, monkeypatch, packed):
    folder = tmp_path / "data" / "test"
    folder.mkdir(parents=True)
    for name, raw in zip(NAMES, RAW, strict=True):
        (folder / (f"{name}.gz" if packed else name)).write_bytes(gzip.compress(raw) if packed else raw)
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path / "data"))
    files = collection("http://127.0.0.1:9/")
    assert files.here()
    check(files.arrays())


@pytest.mark.parametrize(
    "content", [b"", b"other", PACKED[0][:-20], PACKED[1]], ids=["empty", "other", "cut off", "swapped"]
)
def test_a_local_copy_that_is_another_file_is_named(tmp_path, monkeypatch, content):
    folder = tmp_path / "data" / "test"
    folder.mkdir(parents=True)
    (folder / f"{NAMES[0]}.gz").write_bytes(content)
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(
        FetchError, match=r"The file images-idx3-ubyte\.gz in the folder of CNNVIZ_DATA_DIR is"
    ):
        collection("http://127.0.0.1:9/").arrays()


def test_a_cache_that_cannot_be_written_is_told(mirrors, cache):
    cache.parent.mkdir(parents=True)
    cache.write_text("in the way")
    with pytest.raises(FetchError, match=r"Test cannot be kept on this computer: .+"):
        collection(mirrors().address).arrays()


def test_two_who_ask_at_once_fetch_once(mirrors):
    mirror = mirrors()
    files = collection(mirror.address)
    with ThreadPoolExecutor(2) as pool:
        for got in pool.map(lambda _: files.arrays(), range(2)):
            check(got)
    assert mirror.sent == sum(map(len, PACKED))

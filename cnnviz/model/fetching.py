"""Files that are fetched once: from the first mirror that answers, resumed, and checked when unpacked.

Pooch keeps them in the user's cache directory and compares the checksum of the unpacked bytes, since mirrors
pack the same bytes differently. A copy in the folder that CNNVIZ_DATA_DIR names comes first.
"""

import gzip
import os
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import md5
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

SECONDS = (5, 20)  # to connect, and between two pieces
PIECE = 1 << 16
SPARE = 1 << 20  # bytes that a file may be longer than it was when this was written
Progress = Callable[[int, int], object]
_one_at_a_time = threading.Lock()


class FetchError(ValueError):
    """Why data cannot be had, in one sentence for the reader."""


@dataclass(frozen=True)
class Remote:
    """A file on some mirrors: its name without ``.gz``, packed length, and MD5 of the unpacked bytes."""

    name: str
    packed: int
    checksum: str
    shape: tuple[int, ...]  # of the array in it

    @property
    def length(self) -> int:
        """Count the unpacked bytes: a header with four for each axis, then the array."""
        return 4 + 4 * len(self.shape) + int(np.prod(self.shape))

    def array(self, raw: bytes) -> np.ndarray:
        """Read the IDX format, whose bytes are known to be right."""
        return np.frombuffer(raw, np.uint8, offset=self.length - int(np.prod(self.shape))).reshape(self.shape)


@dataclass(frozen=True)
class Collection:
    """Files that belong together: the folder they are kept in, and the mirrors that have them all."""

    title: str
    folder: str
    mirrors: tuple[str, ...]
    files: tuple[Remote, ...]

    @property
    def megabytes(self) -> int:
        """Tell what there is to fetch."""
        return -(-sum(file.packed for file in self.files) // 1_000_000)

    def here(self) -> bool:
        """Tell whether everything can be read without a network."""
        return all(_local(self, file) or (_kept(self) / file.name).is_file() for file in self.files)

    def arrays(self, progress: Progress = lambda *_: None) -> list[np.ndarray]:
        """Read all files, and fetch those that are missing.

        Parameters
        ----------
        progress : callable
            Is told the bytes that are done and those there are. An exception of its own (no ValueError, no
            OSError) ends fetching, and the next call goes on from there.

        Returns
        -------
        list of ndarray of uint8
            In the order of ``files``.

        Raises
        ------
        FetchError
            If no mirror gives a file, or a local copy is another file.
        """
        total, done, arrays = sum(file.packed for file in self.files), 0, []
        for file in self.files:
            path = _local(self, file)
            if path:
                raw = _checked(path, file)
            else:
                raw = _fetched(self, file, partial(_report, progress, done, total)).read_bytes()
            arrays.append(file.array(raw))
            done += file.packed
            progress(done, total)
        return arrays


def _report(progress: Progress, done: int, total: int, more: int) -> None:
    """Tell how much of all files there is."""
    progress(done + more, total)


def _local(collection: Collection, file: Remote) -> Path | None:
    """Find a copy in the folder of the environment, packed or not."""
    named = os.environ.get("CNNVIZ_DATA_DIR")
    if not named:
        return None
    folder = Path(named) / collection.folder
    return next((folder / name for name in (file.name, f"{file.name}.gz") if (folder / name).is_file()), None)


def _checked(path: Path, file: Remote) -> bytes:
    """Read a local copy, or say that it is another file."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
            raw = opened.read(file.length + 1)
    except (OSError, EOFError, zlib.error):
        raw = b""
    if md5(raw, usedforsecurity=False).hexdigest() != file.checksum:
        raise FetchError(f"The file {path.name} in the folder of CNNVIZ_DATA_DIR is damaged or another one.")
    return raw


def _kept(collection: Collection) -> Path:
    """Name the folder of a collection in the user's cache directory."""
    import pooch

    return Path(pooch.os_cache("cnnviz")) / collection.folder


def _fetched(collection: Collection, file: Remote, progress: Callable[[int], object]) -> Path:
    """Return the unpacked file, from the cache or else from the first mirror that gives the right one.

    Where going on with a part fails, the mirror is asked once more, for all of it.
    """
    import pooch
    from requests import RequestException

    pooch.get_logger().setLevel("ERROR")
    folder = _kept(collection)
    for mirror in collection.mirrors:
        part = folder / f"{file.name}.{urlsplit(mirror).netloc.replace(':', '.')}.part"
        source, download = f"{mirror}{file.name}.gz", _Download(file, part, progress)
        for _ in range(1 + part.exists()):
            try:
                with _one_at_a_time:
                    path = pooch.retrieve(
                        source, f"md5:{file.checksum}", file.name, folder, downloader=download
                    )
                return Path(path)
            except (RequestException, zlib.error, EOFError, ValueError):  # ValueError: another checksum
                continue
            except OSError as error:
                raise FetchError(
                    f"{collection.title} cannot be kept on this computer: {error.strerror}."
                ) from error
    raise FetchError(
        f"{collection.title} cannot be fetched: none of its {len(collection.mirrors)} mirrors gives "
        "the right files. Is there a network? The built-in data needs none."
    )


@dataclass
class _Download:
    """How Pooch is to download: go on where an earlier try stopped, then unpack."""

    file: Remote
    part: Path
    progress: Callable[[int], object]

    def __call__(self, url: str, output_file: str, pooch: Any, check_only: bool = False) -> None:  # noqa: ARG002
        """Fetch what is missing of the packed file, and unpack it to ``output_file``."""
        from pooch import HTTPDownloader

        begun = self.part.stat().st_size if self.part.exists() else 0
        with self.part.open("ab") as target:
            sink = _Sink(target, self)
            asked = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
            HTTPDownloader(
                chunk_size=PIECE, timeout=SECONDS, headers=asked, hooks={"response": sink.answered}
            )(url, sink, pooch)
        packed = self.part.read_bytes()
        unpacker = zlib.decompressobj(wbits=31)
        try:
            raw = unpacker.decompress(packed, self.file.length + 1)
            if not unpacker.eof and not unpacker.unconsumed_tail and len(raw) <= self.file.length:
                raise EOFError("the packed file was cut off")
        except zlib.error:
            self.part.unlink()
            raise
        self.part.unlink()
        Path(output_file).write_bytes(raw)


@dataclass
class _Sink:
    """A file that tells how long it is, and refuses to become far too long."""

    target: Any
    download: _Download

    def answered(self, response: Any, **_: Any) -> None:
        """Begin anew if the server sends the whole file, or cannot go on from here."""
        if response.status_code in (200, 416):
            self.target.truncate(0)

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self.target.write(piece)
        length = self.target.tell()
        if length > self.download.file.packed + SPARE:
            self.target.truncate(0)
            raise ValueError("the packed file is far too long")
        self.download.progress(min(length, self.download.file.packed))

    def flush(self) -> None:
        """Hand what there is to the system."""
        self.target.flush()

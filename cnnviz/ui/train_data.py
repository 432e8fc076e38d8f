"""The data of the page `train`: loaded once for everybody, and fetched beside everything else."""

import threading
from dataclasses import dataclass, field
from functools import lru_cache

import streamlit as st

from cnnviz.model.data import Data
from cnnviz.model.datasets import DATASETS, Source
from cnnviz.model.fetching import FetchError
from cnnviz.ui.memory import sentence

_loading = threading.Lock()
_fetches: dict[str, "Fetch"] = {}


@lru_cache(maxsize=len(DATASETS))
def _loaded(source: str) -> Data:
    return DATASETS[source].load()


def load(source: str) -> Data:
    """Give data that is here; it is shared and cannot be written to."""
    with _loading:
        return _loaded(source)


def trouble(source: str) -> str:
    """Say in a sentence why data that is here cannot be read; empty if it can."""
    try:
        load(source)
    except FetchError as problem:
        return str(problem)
    return ""


def readable(source: str) -> bool:
    """Tell whether data can be used as it is: here, and not damaged."""
    return DATASETS[source].here and not trouble(source)


@dataclass
class Fetch:
    """Data on its way, for everybody who waits for it."""

    source: Source
    done: int = 0
    total: int = 1
    error: str = ""
    left: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def begin(self) -> None:
        """Fetch on a thread of its own."""
        self.thread = threading.Thread(target=self.work, name="fetch", daemon=True)
        self.thread.start()

    def work(self) -> None:
        """Fetch, and keep the sentence if it fails."""
        try:
            self.source.load(self.progress)
        except (ValueError, OSError) as problem:
            self.error = sentence(problem).replace("..", ".")

    def progress(self, done: int, total: int) -> None:
        """Note how much there is, or give up if nobody wants it any more."""
        self.done, self.total = done, total
        if self.left.is_set():
            raise FetchError("fetching was stopped; the next time it goes on from there")

    @property
    def going(self) -> bool:
        """Tell whether it is on its way."""
        return self.thread is not None and self.thread.is_alive()


def fetching(source: str) -> Fetch | None:
    """Give the last try to fetch some data, if there was one."""
    return _fetches.get(source)


def fetch(source: str) -> None:
    """Begin to fetch, unless somebody has begun already."""
    with _loading:
        before = _fetches.get(source)
        if before is None or not before.going:
            _fetches[source] = Fetch(DATASETS[source])
            _fetches[source].begin()


def offer(source: str) -> None:
    """Offer to fetch data that is not here, or show how far it is."""
    going = _going(source)
    st.fragment(_offer, run_every=0.5 if going else None)(source, going)


def _going(source: str) -> bool:
    found = fetching(source)
    return found is not None and found.going


def _offer(source: str, was_going: bool) -> None:
    """Show the button, or the progress and a way to stop it."""
    record, found = DATASETS[source], fetching(source)
    if record.here or _going(source) != was_going:
        st.rerun()
    if found and found.going:
        share = found.done / max(found.total, 1)
        st.progress(min(share, 1.0), f"{found.done / 1e6:.1f} of {found.total / 1e6:.1f} MB of {source}")
        st.button(
            "Stop fetching",
            on_click=found.left.set,
            key="tr_leave",
            help="What came so far is kept for later.",
        )
        return
    size = record.collection.megabytes if record.collection else 0
    st.info(f"{source} is not on this computer yet. {record.remark}", icon=":material/cloud_download:")
    if found and found.error:
        st.warning(found.error, icon=":material/error:")
    st.button(
        f"Fetch {size} MB",
        key="tr_fetch",
        type="primary",
        on_click=fetch,
        args=(source,),
        help="Fetches the data once and keeps it here.",
    )

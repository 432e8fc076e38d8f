"""Data fetched through the page: with progress, resumed, without a network, from a folder."""

import gzip
import hashlib
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.model.datasets import DATASETS, NUMBERS, _collected
from cnnviz.model.fetching import Collection, Remote
from cnnviz.ui import frame, train_data
from tests.mirror import Mirror, idx
from tests.widgets import held

RNG = np.random.default_rng(0)
COUNTS = (300, 50)
ARRAYS = {
    "train-images": RNG.integers(0, 256, (COUNTS[0], 28, 28), np.uint8),
    "train-labels": np.arange(COUNTS[0]).astype(np.uint8) % 10,
    "other-images": RNG.integers(0, 256, (COUNTS[1], 28, 28), np.uint8),
    "other-labels": np.arange(COUNTS[1]).astype(np.uint8) % 10,
}
RAW = {name: idx(array) for name, array in ARRAYS.items()}
PACKED = {name: gzip.compress(raw, mtime=0) for name, raw in RAW.items()}
NO_NETWORK = "none of its 1 mirrors gives the right files. Is there a network? The built-in data needs none."


@pytest.fixture
def offered(monkeypatch, tmp_path):
    """Put a small MNIST on a server of ours in the place of the large one, and give the server."""
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache" / name)
    monkeypatch.delenv("CNNVIZ_DATA_DIR", raising=False)
    mirror = Mirror(PACKED)
    files = tuple(
        Remote(name, len(PACKED[name]), hashlib.md5(RAW[name]).hexdigest(), array.shape)
        for name, array in ARRAYS.items()
    )
    collection = Collection("MNIST", "small", (mirror.address,), files)
    source = replace(
        DATASETS["MNIST"], read=_collected("MNIST", NUMBERS, collection), collection=collection, counts=COUNTS
    )
    monkeypatch.setitem(DATASETS, "MNIST", source)
    monkeypatch.setattr(train_data, "_fetches", {})
    train_data._loaded.cache_clear()
    yield mirror
    train_data._loaded.cache_clear()
    mirror.stop()


def opened() -> AppTest:
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=20)
    app.query_params.update({"tr_source": "MNIST", "tr_network": "Softmax regression", "tr_epochs": "1"})
    return app.switch_page("pages/train.py").run()


def fetch(app: AppTest) -> AppTest:
    """Press the button, and wait until the fetching is over."""
    held(app.button, "tr_fetch").click().run()
    return arrived(app)


def arrived(app: AppTest) -> AppTest:
    thread = train_data.fetching("MNIST").thread
    thread.join(20)
    assert not thread.is_alive()
    app.run()
    assert not app.exception
    return app


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_data_is_fetched_with_progress_and_learned_from(offered):
    offered.gate = threading.Event()
    app = opened()
    held(app.button, "tr_fetch").click().run()
    end = time.monotonic() + 20
    while train_data.fetching("MNIST").done == 0 and time.monotonic() < end:
        time.sleep(0.01)
    app.run()
    assert buttons(app) == {"Stop fetching"}
    [bar] = app.get("progress")
    assert 0 < bar.proto.value < 100
    assert bar.proto.text.endswith("MB of MNIST")
    offered.gate.set()
    arrived(app)
    assert "Ready. Step 0 of 5, " in " ".join(each.value for each in app.markdown).replace("**", "")
    held(app.button, "tr_go").click().run()
    app.session_state["training_desk"].run.wait(20)
    assert app.session_state["training_desk"].run.look().status == "done"
    assert offered.sent == sum(map(len, PACKED.values()))


def test_what_breaks_off_is_told_in_a_sentence_and_resumed_later(offered):
    offered.cut = len(PACKED["train-images"]) // 2
    app = fetch(opened())
    assert app.warning[0].value == f"MNIST cannot be fetched: {NO_NETWORK}"
    held(app.selectbox, "tr_source").set_value("Handwritten digits").run()
    assert "Start" in buttons(app)
    held(app.selectbox, "tr_source").set_value("MNIST").run()
    assert "Start" not in buttons(app)
    offered.cut = None
    asked = len(offered.asked)
    app = fetch(app)
    assert "Start" in buttons(app)
    assert offered.asked[asked].startswith("bytes=")


def test_without_a_network_the_built_in_data_remains(offered):
    offered.stop()
    offered.stop = lambda: None
    app = fetch(opened())
    assert app.warning[0].value == f"MNIST cannot be fetched: {NO_NETWORK}"
    assert "Fetch 1 MB" in buttons(app)
    held(app.selectbox, "tr_source").set_value("Strokes").run()
    assert "Start" in buttons(app)


def test_copies_in_a_folder_are_used_and_a_damaged_one_is_named(offered, monkeypatch, tmp_path):
    monkeypatch.setenv("CNNVIZ_DATA_DIR", str(tmp_path))
    (tmp_path / "small").mkdir()
    for name, raw in RAW.items():
        (tmp_path / "small" / name).write_bytes(raw)
    assert "Start" in buttons(opened())
    assert not offered.asked
    (tmp_path / "small" / "train-labels").write_bytes(RAW["train-labels"][:-1])
    train_data._loaded.cache_clear()
    app = opened()
    assert not app.exception
    told = "The file train-labels in the folder of CNNVIZ_DATA_DIR is damaged or another one."
    assert app.warning[0].value.replace("\\", "") == told
    held(app.selectbox, "tr_source").set_value("Handwritten digits").run()
    assert "Start" in buttons(app)

"""The picture of a signal gets the numbers of the page, and believes little of what comes back."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.lessons.series import Smoothed
from cnnviz.presets.series import Smoothing


def page() -> None:
    import streamlit as st

    from cnnviz.figures.theme import THEMES
    from cnnviz.lessons.series import Smoothed
    from cnnviz.presets.series import Smoothing
    from cnnviz.ui.components.signal import smoothed_signal

    settings = st.session_state.get("settings", {})
    smoothed = Smoothed.of(Smoothing(**settings))
    smoothed_signal(smoothed, key="signal", themes=THEMES, place=300, on_place=print)


def sent(**settings) -> tuple[str, dict]:
    app = AppTest.from_function(page, default_timeout=20)
    app.session_state["settings"] = settings
    app.run()
    assert not app.exception
    text = app.get("bidi_component")[0].proto.json
    return text, json.loads(text)


@pytest.mark.parametrize("padding", ["valid", "same", "full"])
def test_it_is_sent_signal_output_weights_and_padding(padding):
    _, data = sent(width=10, padding=padding)
    smoothed = Smoothed.of(Smoothing(width=10, padding=padding))
    for name in ("signal", "output", "weights"):
        np.testing.assert_allclose(data[name], getattr(smoothed, name), atol=1e-6)
    assert data["padding"] == list(smoothed.window.padding)
    assert data["place"] == 300


def test_a_thousand_points_take_little_room():
    assert len(sent(width=200, padding="full")[0]) < 30_000


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        (0, [0]),
        (999, [999]),
        (12.0, [12]),
        (1000, []),
        (-1, []),
        (0.5, []),
        ("7", []),
        (True, []),
        (None, []),
    ],
)
def test_only_a_sample_of_the_signal_is_believed(place, asked, monkeypatch):
    from cnnviz.ui.components import signal

    told, callbacks = [], {}
    monkeypatch.setattr(signal, "_mount", lambda **options: callbacks.update(options))
    monkeypatch.setattr(signal.st, "session_state", {"signal": {"place": place}})
    monkeypatch.setattr(signal.frame, "presenting", lambda: False)
    signal.smoothed_signal(Smoothed.of(Smoothing()), key="signal", themes={}, place=300, on_place=told.append)
    callbacks["on_place_change"]()
    assert told == asked

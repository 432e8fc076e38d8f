"""What comes back from the browser out of the gallery: only a place there is, is taken."""

import pytest

from cnnviz.ui.components import dataset


@pytest.mark.parametrize("sent", [None, -1, 3, 1.5, True, "1", [1], {"place": 1}, float("nan"), 1e300])
def test_what_no_page_of_ours_would_send_is_left_alone(monkeypatch, sent):
    taken = []
    monkeypatch.setattr(dataset.st, "session_state", {"key": {"image": sent}})
    dataset._chosen("key", "image", 3, taken.append)()
    assert taken == []


def test_a_place_is_taken(monkeypatch):
    taken = []
    monkeypatch.setattr(dataset.st, "session_state", {"key": {"image": 2}})
    dataset._chosen("key", "image", 3, taken.append)()
    assert taken == [2]

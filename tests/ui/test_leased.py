"""Files that Streamlit gives up stay for the time of a lease."""

import pytest
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError

from cnnviz.ui import leased
from cnnviz.ui.leased import LEASE, LeasedFiles


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that is set by hand."""
    hands = [0.0]
    monkeypatch.setattr(leased.time, "monotonic", lambda: hands[0])
    return lambda now: hands.__setitem__(0, now)


def made(files: LeasedFiles, name: str) -> str:
    return files.load_and_get_id(name.encode(), "image/png", MediaFileKind.DOWNLOADABLE, name)


def held(files: LeasedFiles, file_id: str) -> bool:
    try:
        files.get_file(file_id)
    except MediaFileStorageError:
        return False
    return True


def test_a_file_goes_with_the_first_that_is_given_up_a_lease_later(clock):
    files = LeasedFiles("/media")
    first, second = made(files, "first"), made(files, "second")
    files.delete_file(first)
    assert held(files, first)
    clock(LEASE - 1)
    files.delete_file(second)
    assert held(files, first)
    clock(LEASE)
    files.delete_file(second)
    assert not held(files, first)
    assert held(files, second)
    clock(2 * LEASE)
    files.delete_file(made(files, "third"))
    assert not held(files, second)


def test_a_file_that_is_made_again_begins_anew(clock):
    files = LeasedFiles("/media")
    first = made(files, "first")
    files.delete_file(first)
    clock(LEASE - 1)
    assert made(files, "first") == first
    clock(LEASE)
    files.delete_file(made(files, "second"))
    assert held(files, first)

"""A network that was saved comes back; what is no chain, or no network, is refused with one sentence."""

import io

import pytest

from cnnviz.lessons.export_json import write_json
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.ui import builder_files, memory
from cnnviz.ui.builder_files import FILES, PROGRAMS
from cnnviz.ui.builder_state import MEMORY, Built, base, past


@pytest.fixture
def load(monkeypatch):
    """Keep the session in a dict, and upload into it."""
    session: dict = {}
    monkeypatch.setattr(memory.st, "session_state", session)
    MEMORY.put(Built())

    def load(raw: bytes | None) -> Built:
        session["nb_load"] = None if raw is None else io.BytesIO(raw)
        builder_files._load()
        return MEMORY.now()

    return load


def test_a_saved_chain_comes_back_and_can_be_undone(load):
    stack = base("LeNet-5 (1998)")
    assert load(write_json(stack.graph)) == Built(stack=stack)
    assert past() == [Built()]
    assert load(write_json(base("CNN of deck 002").graph)) == Built()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"nothing", "must be a network saved by this page"),
        (write_json(ARCHITECTURES["ResNet-18"].graph), "must be a chain"),
        (write_json(ARCHITECTURES["Plain net-110 (CIFAR-10)"].graph), "at most 80"),
    ],
)
def test_anything_else_is_refused(load, raw, told):
    assert load(raw) == Built()
    assert told in MEMORY.complaint()


def test_taking_the_file_away_changes_nothing(load):
    assert load(None) == Built()


def test_every_program_has_a_file_and_says_the_same():
    graph = base("CNN of deck 002").graph
    assert {*FILES, "JSON"} == set(PROGRAMS)
    assert all("32" in write(graph) for write in PROGRAMS.values())

"""What readers do to a stack: each act once, in order, and nothing that no page of ours would send."""

import pytest

from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten
from cnnviz.presets.stack import MOST_LAYERS, Stack
from cnnviz.ui import builder_acts as acts
from cnnviz.ui import memory
from cnnviz.ui.builder_state import MEMORY, Built, edit, past, undo

RELU = Activation("ReLU")
STACK = Stack((3, 8, 8), (Conv2d(4, 3), RELU, Flatten(), Dense(10)))


@pytest.fixture
def send(monkeypatch):
    """Keep the session in a dict, and number the acts."""
    monkeypatch.setattr(memory.st, "session_state", {})
    MEMORY.put(Built(stack=STACK))

    def send(**act) -> Built:
        acts.take([{"n": acts.done() + 1, **act}])
        return MEMORY.now()

    return send


def layers() -> tuple:
    return MEMORY.now().editing.layers


def test_layers_are_added_moved_doubled_and_taken_out(send):
    assert send(do="add", kind="MaxPool", at=2).layer == 3
    assert [type(layer).__name__ for layer in layers()][2] == "MaxPool"
    assert send(do="move", at=2, to=0).layer == 1
    assert type(layers()[0]).__name__ == "MaxPool"
    assert send(do="double", at=1).layer == 3
    assert layers()[1] == layers()[2] == Conv2d(4, 3)
    assert send(do="remove", at=0).layer == 1
    assert layers() == (Conv2d(4, 3), *STACK.layers)
    for _ in range(5):
        send(do="remove", at=0)
    assert (layers(), MEMORY.now().layer) == ((), 0)
    assert send(do="add", kind="Flatten", at=0).layer == 1


def test_every_change_can_be_undone_but_choosing_is_none(send):
    send(do="set", at=0, name="filters", text="8")
    send(do="choose", name="relu1")
    send(do="remove", at=1)
    assert len(past()) == 2
    send(do="undo")
    assert layers() == (Conv2d(8, 3), *STACK.layers[1:])
    send(do="undo")
    assert layers() == STACK.layers
    send(do="undo")
    assert (layers(), past()) == (STACK.layers, [])


def test_undo_brings_back_what_another_start_replaced(send):
    edit(lambda built: Built("VGG-16"))
    undo()
    assert layers() == STACK.layers
    MEMORY.put(Built("VGG-16"))
    assert past() == []


def test_a_setting_that_does_not_fit_stays_and_one_that_cannot_be_is_told_at_its_layer(send):
    send(do="set", at=0, name="size", text="9")
    assert layers()[0] == Conv2d(4, 9)
    assert acts.refused() == ("", "")
    send(do="set", at=0, name="groups", text="3")
    assert layers()[0] == Conv2d(4, 9)
    assert acts.refused() == ("conv1", "Groups must divide the 4 filters, got 3.")
    send(do="mend", which=1)
    assert layers()[0] == Conv2d(4, 8)
    assert acts.refused() == ("", "")


def test_a_stack_that_is_full_takes_no_more(send):
    MEMORY.put(Built(stack=Stack((3, 8, 8), (RELU,) * MOST_LAYERS)))
    send(do="add", kind="Flatten", at=0)
    assert len(layers()) == MOST_LAYERS
    assert "at most 80" in MEMORY.complaint()


def test_an_act_that_is_sent_twice_is_done_once(send):
    both = [{"n": 1, "do": "remove", "at": 0}, {"n": 2, "do": "remove", "at": 0}]
    acts.take(both[:1])
    acts.take(both)
    acts.take(both)
    assert layers() == STACK.layers[2:]
    assert acts.done() == 2


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "remove",
        {"n": 1, "do": "remove", "at": 0},
        [None],
        [{"do": "remove", "at": 0}],
        [{"n": "1", "do": "remove", "at": 0}],
        [{"n": 1e9, "do": "remove", "at": 0}],
        [{"n": 10**9, "do": "remove", "at": 0}],
        [{"n": True, "do": "remove", "at": 0}],
        [{"n": 1, "do": ["remove"], "at": 0}],
        [{"n": 1, "do": "remove", "at": 4}],
        [{"n": 1, "do": "remove", "at": -1}],
        [{"n": 1, "do": "remove", "at": "0"}],
        [{"n": 1, "do": "remove", "at": True}],
        [{"n": 1, "do": "move", "at": 0, "to": 9}],
        [{"n": 1, "do": "add", "kind": "Layer", "at": 0}],
        [{"n": 1, "do": "add", "kind": ["Flatten"], "at": 0}],
        [{"n": 1, "do": "add", "kind": "Flatten", "at": 9}],
        [{"n": 1, "do": "set", "at": 0, "name": "__class__", "text": "1"}],
        [{"n": 1, "do": "set", "at": 0, "name": "size", "text": 5}],
        [{"n": 1, "do": "set", "at": 0, "name": "size", "text": "9" * 10_000}],
        [{"n": 1, "do": "mend", "which": 0}],
        [{"n": 1, "do": "choose", "name": "nothing"}],
        [{"n": 1, "do": "choose", "name": {}}],
        [{"n": 1, "do": "undo", "at": float("nan")}],
    ],
)
def test_what_no_page_would_send_changes_nothing(send, sent):
    acts.take(sent)
    assert layers() == STACK.layers
    assert past() == []


def test_a_network_with_branches_is_not_edited(send):
    MEMORY.put(Built("ResNet-50"))
    for act in (
        {"do": "remove", "at": 0},
        {"do": "add", "kind": "Flatten", "at": 0},
        {"do": "set", "at": 0},
        {"do": "mend"},
    ):
        assert send(**act) == Built("ResNet-50")

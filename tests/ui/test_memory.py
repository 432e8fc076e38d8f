"""What a page shows survives interruptions, and follows the address bar if somebody else changed it."""

import pytest

from cnnviz.ui import memory
from cnnviz.ui.memory import Memory, sentence


@pytest.fixture
def page(monkeypatch):
    """Make a memory of one number, with an address bar and a session that are plain dicts."""
    session, bar = {}, {}
    monkeypatch.setattr(memory.st, "session_state", session)
    monkeypatch.setattr(memory, "came_from_another_page", lambda: session.get("elsewhere", False))
    monkeypatch.setattr(memory, "went_back_or_forward", lambda: session.get("back", False))
    monkeypatch.setattr(memory, "asked_for", lambda prefix: {name: [text] for name, text in bar.items()})

    def publish(prefix, written):
        bar.clear()
        bar.update(written)

    monkeypatch.setattr(memory, "publish", publish)

    def read(asked):
        text = asked.get("n", ["0"])[0]
        return (int(text), "") if text.isdigit() else (0, "Not a number.")

    kept = Memory("p_", read, lambda shown: {"n": str(shown)} if shown else {})
    return kept, session, bar


class StoppedError(Exception):
    """Another run was asked for."""


def test_a_link_is_read_on_arrival_and_its_damage_told(page):
    kept, _, bar = page
    bar["n"] = "x"
    kept.arrive()
    assert (kept.now(), kept.complaint()) == (0, "Not a number.")


def test_what_we_wrote_ourselves_is_not_read_back(page):
    kept, _, bar = page
    kept.arrive()
    kept.put(-5)  # a state no link can bring back
    kept.tell()
    kept.arrive()
    assert kept.now() == -5
    assert bar == {"n": "-5"}


@pytest.mark.parametrize("written", [False, True], ids=["before it was written", "after it was written"])
def test_a_run_that_is_stopped_while_it_tells_loses_nothing(page, monkeypatch, written):
    kept, _, bar = page
    kept.arrive()
    kept.put(-5)
    kept.tell()
    kept.put(-6)
    real = memory.publish

    def stop(prefix, parameters):
        if written:
            real(prefix, parameters)
        raise StoppedError

    monkeypatch.setattr(memory, "publish", stop)
    with pytest.raises(StoppedError):
        kept.tell()
    kept.arrive()
    assert kept.now() == -6
    assert bar == {"n": "-6" if written else "-5"}


def test_an_address_that_somebody_else_changed_is_followed(page):
    kept, _, bar = page
    kept.arrive()
    kept.put(3)
    kept.tell()
    turn = kept.turn()
    bar["n"] = "8"
    kept.arrive()
    assert kept.now() == 8
    assert kept.turn() == turn + 1


def test_a_quick_widget_that_comes_with_an_older_address_is_not_undone(page):
    """Its browser had not heard of the last address when it sent what the widget holds."""
    kept, _, bar = page
    bar["n"] = "007"  # not as we would write it
    kept.arrive()
    kept.tell()
    for number in (8, 9, 10):
        kept.change(lambda _, number=number: number)
        kept.tell()
    for late in ("007", "7", "8"):
        bar["n"] = late
        kept.arrive()
        assert kept.now() == 10
        kept.tell()
        assert bar == {"n": "10"}


def test_an_address_is_told_again_if_the_browser_may_still_be_shown_another(page, monkeypatch):
    kept, _, bar = page
    kept.arrive()
    kept.change(lambda _: 1)
    kept.tell()
    bar.clear()  # sent before it was heard
    kept.change(lambda _: 0)
    told = []
    monkeypatch.setattr(memory, "publish", lambda prefix, written: told.append(written))
    kept.tell()
    kept.tell()
    assert told == [{}]


def test_back_and_forward_lead_to_addresses_of_before(page):
    kept, session, bar = page
    kept.arrive()
    for number in (1, 2):
        kept.change(lambda _, number=number: number)
        kept.tell()
    session["back"] = True
    for number in (1, 2):
        bar["n"] = str(number)
        kept.arrive()
        kept.tell()
        assert kept.now() == number


def test_coming_back_from_another_page_keeps_everything(page):
    kept, session, bar = page
    kept.arrive()
    kept.put(4)
    kept.tell()
    bar.clear()
    session["elsewhere"] = True
    kept.arrive()
    assert kept.now() == 4


def test_a_change_that_cannot_be_is_refused_with_a_sentence(page):
    kept, _, _ = page
    kept.arrive()

    def refuse(shown):
        raise ValueError("stride must be at least 1, got 0")

    kept.change(refuse)
    assert (kept.now(), kept.complaint()) == (0, "Stride must be at least 1, got 0.")
    kept.change(lambda shown: shown + 2)
    assert (kept.now(), kept.complaint()) == (2, "")


def test_a_message_becomes_a_sentence():
    assert sentence(ValueError("row 2 must have 3 numbers")) == "Row 2 must have 3 numbers."

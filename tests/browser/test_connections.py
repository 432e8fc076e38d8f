"""Real sessions: another page, a lost connection, a closed tab, others at work. Nothing is lost."""

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.browser.conftest import serving
from tests.visitor import Session

COOKIE = "_streamlit_xsrf=2|5130ac1e|{}|1795274491"  # the token of a browser
LONG = "tr_epochs=200&tr_batch=8"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, Callable[..., bool]]]:
    """Give an address, and the function that waits until so many train, and may look meanwhile."""
    told = tmp_path_factory.mktemp("server") / "training"

    def so_many_train(count: int, look: Callable[[], object] = lambda: None) -> bool:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if told.exists() and told.read_text() == str(count):
                return True
            look()
            time.sleep(0.02)
        return False

    environment = {"TRAINING_COUNT": str(told)}
    with serving("tests.browser.apps.short_lease_app", environment=environment) as address:
        yield address, so_many_train


def goes_on(session: Session) -> bool:
    """Look until the run has taken more steps."""
    before, end = session.now(), time.monotonic() + 30
    while session.now() <= before:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_lost_connection_does_not_lose_the_run(server):
    address, so_many_train = server
    with closing(Session(address, "train", LONG)) as session:
        session.ask("tr_go")
        assert goes_on(session)
        before, number = session.step, session.number
        session.lose_connection()
        assert so_many_train(0), "nobody looks"
        session.connect()
        session.ask()
        assert session.number == number
        assert session.step >= before > 0
        assert goes_on(session)
        session.ask("tr_go")
    assert so_many_train(0)


def test_a_run_rests_while_another_page_is_read_and_goes_on_afterwards(server):
    address, so_many_train = server
    with closing(Session(address, "train", LONG)) as session:
        session.ask("tr_go")
        assert goes_on(session)
        before, session.page = session.step, "glossary"
        session.ask()
        assert so_many_train(0)
        session.ask()
        session.page = "train"
        session.ask()
        assert session.step >= before
        assert goes_on(session)
        session.ask("tr_go")


def test_a_closed_tab_frees_its_thread_and_the_browser_finds_the_run_again(server):
    address, so_many_train = server
    cookie = COOKIE.format("84fd61f3d58dd7a7593a14a8ebee19cb")
    with closing(Session(address, "train", LONG, cookie)) as session:
        session.ask("tr_go")
        assert goes_on(session)
        before = session.step
        assert so_many_train(1, session.now)
    assert so_many_train(0)
    with closing(Session(address, "train", LONG, cookie)) as session:
        assert session.step >= before
        assert goes_on(session)
        session.ask("tr_go")
    with closing(Session(address, "train", LONG, COOKIE.format("00" * 16))) as stranger:
        assert stranger.step == 0


def test_a_file_is_there_until_it_is_fetched_though_others_are_at_work(app):
    with closing(Session(app, "convolution_2d")) as reader, closing(Session(app, "glossary")) as other:
        place = reader.ask_for_file("c2_png")
        for _ in range(3):
            other.ask()
        with urllib.request.urlopen(place) as answer:
            assert answer.headers["content-disposition"] == 'attachment; filename="convolution-stop-1.png"'
            assert answer.read().startswith(b"\x89PNG")

"""A request that comes after its page was left."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from cnnviz.ui.late import DropLate, Visit


def asking(page: str = "", fragment: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_script_hash = page
    message.rerun_script.fragment_id = fragment
    return message.SerializeToString()


def test_a_part_of_the_page_that_is_shown_is_in_time():
    visit = Visit()
    asked = [
        asking(),
        asking("a", "part"),
        asking("b"),
        asking("b", "part"),
        asking("a"),
        asking("a", "part"),
    ]
    assert not any(map(visit.is_late, asked))


@pytest.mark.parametrize("before", [[], [asking("a")], [asking("b"), asking("a")]])
def test_a_part_of_a_page_that_was_left_is_late(before):
    visit = Visit()
    assert not any(map(visit.is_late, [asking(), *before, asking("b")]))
    assert visit.is_late(asking("a", "part"))
    assert not visit.is_late(asking("a"))
    assert visit.is_late(asking("b", "part"))


@pytest.mark.parametrize("sent", [None, b"", b"\xff\xff", BackMsg(load_git_info=True).SerializeToString()])
def test_what_is_no_request_passes(sent):
    visit = Visit()
    assert not visit.is_late(asking("a"))
    assert not visit.is_late(sent)
    assert visit.is_late(asking("b", "part"))


@pytest.mark.parametrize(("kind", "kept"), [("websocket", [2]), ("http", [])])
def test_only_late_messages_of_a_browser_are_kept_from_the_app(kind, kept):
    sent = [asking("a"), asking("b"), asking("a", "part"), asking("b", "part")]
    waiting, heard = iter(sent), []

    async def receive():
        return {"type": f"{kind}.receive", "bytes": next(waiting)}

    async def app(scope, receive, send):
        for _ in range(len(sent) - len(kept)):
            heard.append((await receive())["bytes"])

    asyncio.run(DropLate(app)({"type": kind}, receive, None))
    assert heard == [message for at, message in enumerate(sent) if at not in kept]

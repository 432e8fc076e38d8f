"""What is found again after a reload, by whom, and that not too much is held."""

import pytest

from cnnviz.ui import reloads
from cnnviz.ui.reloads import MOST, found_again, handed_over, token


@pytest.fixture(autouse=True)
def _nothing_held():
    reloads._held.clear()


def test_the_token_is_the_same_under_every_mask():
    cookies = (
        "2|5130ac1e|84fd61f3d58dd7a7593a14a8ebee19cb|1795274491",
        "2|3f0008b8|eacdc555bbbd7301370ab00e85debd6d|1795274491",
        "2|a728891e|72e544f32395f2a7af2231a81df63ccb|1795274491",
    )
    assert len({token(cookie) for cookie in cookies}) == 1
    assert len(token(cookies[0])) == 32


@pytest.mark.parametrize("cookie", ["", "2|zz|00|1", "2|00|00|1", "2|5130ac1e", "x" * 500])
def test_any_other_cookie_names_nobody(cookie):
    assert token(cookie) == ""


def test_a_thing_goes_over_when_its_session_has_ended():
    alive = {"one"}
    first = handed_over("one", "browser", alive.__contains__, object)
    assert handed_over("two", "browser", alive.__contains__, object) is not first, "two windows"
    alive.clear()
    alive.add("two")
    assert handed_over("three", "browser", alive.__contains__, object) is first
    alive.add("three")
    assert handed_over("four", "other", set().__contains__, object) is not first


def test_only_the_last_sessions_are_held():
    for number in range(3 * MOST):
        handed_over(f"session {number}", f"browser {number}", lambda _: True, object)
    assert len(reloads._held) == MOST


def test_outside_of_a_server_everything_is_new():
    assert found_again(object) is not found_again(object)
    assert not reloads._held

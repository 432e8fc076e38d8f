"""The watch over all browser tests: what must not happen is seen."""

import pytest

from tests.browser.conftest import soon

ELSEWHERE = "192.0.2.1"  # an address that nobody has
MISDEEDS = {
    "throws": "setTimeout(() => { throw new Error('thrown') })",
    "tells an error": "console.error('told')",
    "asks for what is not there": "fetch('/media/none').catch(() => 0)",
    "asks another machine": f"fetch('http://{ELSEWHERE}/x').catch(() => 0)",
    "asks another machine by name": "fetch('https://fonts.example/x').catch(() => 0)",
    "shows a picture of another machine": f"new Image().src = 'http://{ELSEWHERE}/x.png'",
    "runs a script of another machine": """document.head.append(Object.assign(
        document.createElement("script"), { src: "https://scripts.example/x.js" }))""",
    "talks to another machine": f"new WebSocket('ws://{ELSEWHERE}/x')",
}


@pytest.fixture
def visitor(app, new_visitors):
    visitor = new_visitors()
    visitor.page.goto(f"{app}/_stcore/health")
    visitor.troubles.clear()
    yield visitor
    visitor.troubles.clear()


@pytest.mark.parametrize("deed", MISDEEDS.values(), ids=MISDEEDS)
def test_a_page_is_caught(visitor, deed):
    visitor.page.evaluate(f"() => {{ {deed} }}")
    soon(
        lambda: visitor.page.evaluate("1") and len(visitor.troubles) > 0, True
    )  # what is asked brings the news


def test_a_page_that_does_nothing_is_left_alone(visitor):
    visitor.page.evaluate("() => fetch('/_stcore/health').then((answer) => answer.text())")
    visitor.page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert not visitor.troubles

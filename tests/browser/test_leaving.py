"""A page is left just before it tells what was done on it: the page that comes is whole, and on time."""

import pytest
from playwright.sync_api import expect

# What the page sends next is held back until the message after it has gone.
OVERTAKE = """() => {
  const { send } = WebSocket.prototype;
  let late;
  WebSocket.prototype.send = function (message) {
    if (!late) return void (late = message, document.body.dataset.late = "");
    send.call(this, message);
    send.call(this, late);
    WebSocket.prototype.send = send;
  };
}"""


def by_its_link(page):
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Pooling").click()


def back(page):
    page.evaluate("() => history.back()")


@pytest.mark.parametrize("leave", [by_its_link, back])
def test_what_a_left_page_still_tells_does_not_reach_the_next_one(app, new_visitors, leave):
    visitor = new_visitors()
    visitor.go(f"{app}/pooling?scene=pooling_max")
    page = visitor.go(f"{app}/convolution_1d?scene=series_valid")
    expect(page.locator(".output .board")).to_be_visible()
    page.evaluate(OVERTAKE)
    page.keyboard.press("ArrowRight")
    expect(page.locator("body[data-late]")).to_be_attached()
    leave(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pooling")
    expect(page.locator(".output .board")).to_be_visible()
    visitor.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pooling")
    page.evaluate("() => delete document.body.dataset.late")

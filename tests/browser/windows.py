"""Give an open page another window, a projector's or a phone's: to load it again as a phone takes seconds."""

from functools import cache

from playwright.sync_api import CDPSession, Locator, Page

from tests.browser.conftest import SIZES


@cache
def _hand(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def resize(page: Page, size: str) -> None:
    """Take the size of a window, and on a phone be touched."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    _hand(page).send("Emulation.setTouchEmulationEnabled", {"enabled": size == "phone"})


def tap(place: Locator, across: float = 0.5, down: float = 0.5) -> None:
    """Touch something once it stands still, at a part of its width and height."""
    place.scroll_into_view_if_needed()
    box, hand = place.bounding_box(), _hand(place.page)
    point = {"x": box["x"] + across * box["width"], "y": box["y"] + down * box["height"]}
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

"""Tell by what is behind everything whether a page is light or dark."""

from playwright.sync_api import Page

from tests.browser.conftest import soon


def assert_appearance(page: Page, colour: str) -> None:
    """Wait until a page has the appearance that is asked for."""
    soon(lambda: "light" if _brightness(page) > 380 else "dark", colour)


def _brightness(page: Page) -> int:
    """Add up the three channels of the background."""
    background = page.get_by_test_id("stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    return sum(int(part) for part in background.removeprefix("rgb(").rstrip(")").split(",")[:3])

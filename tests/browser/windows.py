"""Give an open page another window: to load it again in a smaller one takes a second."""

from playwright.sync_api import Page

from tests.browser.conftest import SIZES


def resize(page: Page, size: str) -> None:
    """Take the size of a window."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})

"""The page on receptive fields in a real browser: pointing, walking, the table, what counts, a phone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Go to the page with some parameters in its address, and wait for the picture."""

    def go(query: str = "", size: str = "projector") -> Page:
        page = visitors(size).go(f"{app}/receptive_field{query}")
        expect(page.locator(".field-picture .field")).to_have_attribute("width", "14")
        return page

    return go


def field(page: Page, row: int, column: int, size: int) -> None:
    """Wait until the field begins at a row and a column."""
    rect = page.locator(".field-picture .field")
    for name, value in (("y", row), ("x", column), ("width", size), ("height", size)):
        expect(rect).to_have_attribute(name, str(value))


def told(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_units_are_pointed_at_pressed_and_walked_to(lesson):
    page = lesson()
    field(page, 10, 10, 14)
    box = page.locator(".map-drawing").bounding_box()
    place = {"x": box["width"] * 2.5 / 16, "y": box["height"] * 0.5 / 16}
    page.locator(".map").hover(position=place)
    field(page, -6, -2, 14)
    expect(page.locator(".told")).to_have_text(
        "Unit in row 1, column 3 sees rows 1 to 8, columns 1 to 12: 8 × 12 of 14 × 14; the rest is padding."
    )
    page.locator(".map").click(position=place)
    page.wait_for_url("**rf_unit=0%2C2*")
    settle(page)
    page.mouse.move(5, 5)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    field(page, 0, 0, 14)
    page.wait_for_url("**rf_unit=3*")
    settle(page)
    page.get_by_role("button", name="Reset").click()
    field(page, 10, 10, 14)


def test_a_line_of_the_table_shows_another_layer_at_the_same_place(lesson):
    page = lesson("?rf_unit=2")
    field(page, -2, -2, 14)
    page.get_by_role("button", name="POOL3").click()
    expect(page.locator("[data-shows=size]")).to_have_text("36")
    expect(page.locator(".formula")).to_contain_text("r = 32 + (2 − 1)·4 = 36")
    field(page, -14, -14, 36)
    page.wait_for_url("**rf_layer=POOL3*")
    settle(page)
    assert told(page) == {"rf_layer": ["POOL3"], "rf_unit": ["0"]}
    page.get_by_role("button", name="CONV1").click()
    field(page, 1, 1, 5)
    page.wait_for_url("**rf_layer=CONV1*")


def test_what_counts_is_laid_over_the_picture_and_moves_with_the_unit(lesson):
    page = lesson("?rf_effective=1")
    expect(page.locator(".measured")).to_contain_text("Measured on 16 random networks", timeout=120_000)
    overlay = page.locator(".overlay")
    expect(overlay).to_have_attribute("x", "0")
    settle(page)
    page.locator(".map").press("ArrowLeft")
    expect(overlay).to_have_attribute("x", "-2")
    page.wait_for_url("**rf_unit=8%2C7*")


def test_a_phone_taps_the_picture_and_scrolls_only_down(lesson, no_sideways_scroll):
    page = lesson("", "phone")
    no_sideways_scroll(page)
    settle(page)
    frame = page.locator(".image-frame").bounding_box()
    page.touchscreen.tap(frame["x"] + frame["width"] * 0.02, frame["y"] + frame["height"] * 0.55)
    expect(page.locator(".told")).to_contain_text("Unit in row 9, column 1 sees")
    no_sideways_scroll(page)

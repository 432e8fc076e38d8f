"""The page of channels in a browser: play, look, type, choose a filter, on a projector and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import keyed, settle, soon


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Open the page with some parameters in its address, and wait for the picture."""

    def open_page(query: str = "", size: str = "projector") -> Page:
        page = visitors(size).go(f"{app}/channels{query or '?scene=channels_rgb'}")
        expect(page.locator(".junction")).to_be_visible()
        return page

    return open_page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def numbers(page: Page, grid: str) -> list[str]:
    return page.locator(f".{grid} .labels text").all_text_contents()


def side(page: Page, grid: str) -> float:
    return page.locator(f".{grid} .board").first.evaluate(
        "board => parseFloat(board.style.getPropertyValue('--cell'))"
    )


def test_the_sum_is_played_with_its_products_and_shown_where_it_is_pointed_at(lesson):
    page = lesson()
    line, products, pills = page.locator(".sum-line"), page.locator(".products"), page.locator(".pill")
    expect(line).to_have_text("308 − 498 + 164 + 1 = −25")
    expect(pills).to_have_text(["308", "−498", "164"])
    player = page.locator(".player").bounding_box()
    assert player["y"] + player["height"] <= 720
    page.locator(".addend").nth(1).hover()
    expect(products).to_have_text("G:0×1+ 0×0+ 0×0+ 0×1+ 167×−1+ 166×−1+ 0×1+ 164×0+ 165×−1 = −498")
    expect(page.locator(".name.lit")).to_have_text("G")
    page.locator(".grid.kernel .board").nth(2).hover(position={"x": 5, "y": 5})
    expect(products).to_contain_text("= 164")
    expect(page.locator(".term.lit")).to_have_text("0×0")
    page.mouse.move(5, 5)
    press(page, "h", "ArrowRight", "ArrowRight")
    expect(line).to_have_text("310 − 170 + 325 + 1 = ?")
    press(page, "ArrowRight")
    expect(line).to_have_text("310 − 170 + 325 + 1 = 466")
    press(page, "h", "End")
    soon(lambda: numbers(page, "output")[-4:], ["293", "771", "773", "782"])
    page.wait_for_url("**step=15*")


def test_a_typed_weight_and_another_filter_change_picture_and_address(lesson):
    page = lesson()
    board = page.locator(".grid.kernel .board").first
    at = 1.5 * side(page, "grid.kernel")
    board.dblclick(position={"x": at, "y": 10})
    expect(page.locator(".cell-field")).to_be_focused()
    press(page, "2", "Enter", "Escape")
    page.wait_for_url("**ch_filters=-1%2C2%2C1*")
    settle(page)
    keyed(page, "ch_filters").get_by_role("combobox").click()
    page.get_by_role("option", name="4", exact=True).click()
    page.get_by_role("button", name="Filter 3").click()
    expect(page.get_by_role("button", name="Filter 3")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Filter 3: 3 × 3 × 3")).to_be_visible()
    expect(page.locator(".count-line")).to_have_text("(3·3·3 + 1)·4 = 112")
    soon(lambda: page.locator(".reading .wire.own").get_attribute("d").count("M"), 3)
    page.wait_for_url("**ch_filter=2*")


def test_a_filter_of_a_group_reads_its_channels_only(lesson):
    page = lesson("?scene=channels_groups")
    expect(page.locator(".idle:visible")).to_have_count(2)
    page.get_by_role("button", name="Filter 4").click()
    expect(page.locator(".planes.unread").first).to_be_visible()
    expect(page.locator(".caption.kernel")).to_have_text("Filter 4: 3 × 3 × 2")
    for row, hidden in enumerate([True, True, False, False]):
        expect(page.locator(".pill").nth(row)).to_be_visible(visible=not hidden)


def test_a_volume_carries_its_window_from_plane_to_plane_and_its_numbers_to_small_screens(lesson):
    page = lesson("?scene=channels_volume&step=8")
    reached = ".planes:has(.grid.input) .sliding"
    shown = "frames => frames.map((frame) => frame.style.display !== 'none')"
    expect(page.locator(".count")).to_have_text("9 / 18")
    soon(lambda: page.locator(reached).evaluate_all(shown), [True, True, False] * 2)
    press(page, "ArrowRight")
    expect(page.locator(".count")).to_have_text("10 / 18")
    soon(lambda: page.locator(reached).evaluate_all(shown), [False, True, True] * 2)
    page.set_viewport_size({"width": 1024, "height": 768})
    size = "board => parseFloat(board.style.getPropertyValue('--font'))"
    for kind in ("input", "kernel", "partial"):
        soon(lambda kind=kind: page.locator(f".{kind} .board").first.evaluate(size) >= 11, True)
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_phone_shows_rows_and_output_and_scrolls_only_down(lesson, no_sideways_scroll):
    page = lesson("", "phone")
    no_sideways_scroll(page)
    assert "156" in numbers(page, "grid.input")
    page.locator(".addend").nth(2).tap()
    expect(page.locator(".products")).to_contain_text("B:")
    page.get_by_role("button", name="Step forward").tap()
    expect(page.locator(".sum-line")).to_have_text("310 − 170 + 325 + 1 = 466")
    page.wait_for_url("**step=1*")
    lesson("?scene=channels_ten_filters", "phone")
    expect(page.get_by_text("32 × 32 × 3 → 32 × 32 × 10")).to_be_visible()
    no_sideways_scroll(page)

"""The page of pooling in a real browser: who wins, what padding does, editing, and a picture that moves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cnnviz.lessons import pooling_code
from cnnviz.presets.pooling_scenes import SCENES
from tests.browser.conftest import close_popover, keyed, soon


@pytest.fixture
def lesson(app, visitors) -> Callable[[str, int, int], Page]:
    """Go to a scene and a stop of it, and wait for its picture."""

    def go(scene: str, stop: int, stops: int) -> Page:
        page = visitors("projector").go(f"{app}/pooling?scene={scene}&step={stop - 1}")
        expect(page.get_by_text(f"{SCENES[scene].title}.", exact=True)).to_be_visible()
        expect(page.locator(".count")).to_have_text(f"{stop} / {stops}")
        return page

    return go


def place(page: Page, grid: str, row: int, column: int) -> dict:
    """Find the middle of a cell, padding counted."""
    board = page.locator(f".{grid} .board")
    side = board.evaluate("board => parseFloat(board.style.getPropertyValue('--cell'))")
    return {"x": (column + 0.5) * side, "y": (row + 0.5) * side}


def box(page: Page, path: str) -> list[float]:
    """Measure a path inside a board: left, top, right, bottom, in cells."""
    return page.locator(path).evaluate(
        """path => {
            const side = parseFloat(path.closest(".board").style.getPropertyValue("--cell"));
            const box = path.getBBox();
            return [box.x, box.y, box.x + box.width, box.y + box.height].map((at) => Math.round(at / side));
        }"""
    )


def expect_line(page: Page, text: str) -> None:
    expect(page.locator(".sum")).to_have_attribute("aria-label", text)


def test_the_winner_is_outlined_and_a_tie_is_told(lesson):
    page = lesson("pooling_tie", 1, 4)
    expect(page.locator(".told")).to_have_text(
        "3 cells hold 4: the first in reading order wins and gets the whole gradient."
    )
    expect_line(page, "max(4, 4, 4, 0) = 4")
    soon(lambda: box(page, ".winner"), [0, 0, 1, 1])
    expect(page.locator(".tied")).to_have_count(2)
    page.get_by_text("Hide result until I step").click()
    expect(page.locator(".winner")).to_have_count(0)
    expect_line(page, "max(4, 4, 4, 0) = ?")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".winner")).to_have_count(1)


def test_pointing_at_an_input_shows_what_it_feeds_and_wins(lesson):
    page = lesson("pooling_max_stride_1", 9, 9)
    board, told = page.locator(".input .board"), page.locator(".told")
    board.hover(position=place(page, "input", 1, 1))
    expect(told).to_have_text(
        "Input in row 2, column 2 is 5; it feeds 4 of 9 outputs, wins all and gets their gradient."
    )
    soon(lambda: box(page, ".output .marks:not(.fed)"), [0, 0, 2, 2])
    board.hover(position=place(page, "input", 1, 3))
    expect(told).to_have_text(
        "Input in row 2, column 4 is 4; it feeds 2 of 9 outputs, wins all and gets their gradient."
    )
    board.hover(position=place(page, "input", 1, 2))
    expect(told).to_have_text(
        "Input in row 2, column 3 is 3; it feeds 4 of 9 outputs, wins none and gets no gradient."
    )
    soon(lambda: box(page, ".output .fed"), [1, 0, 3, 2])
    page.locator(".term").nth(3).hover()
    expect(told).to_have_text("Cell 4 of 4, row 4, column 4: 7; it wins.")


def test_padding_is_empty_and_left_out(lesson):
    page = lesson("pooling_negative", 1, 9)
    expect_line(page, "max(−3) = −3")
    expect(page.locator(".told")).to_have_text("3 cells of the window are padding; 1 cell is left.")
    soon(lambda: page.locator(".input .labels text").all_text_contents()[:5], [""] * 5)
    page.locator(".input .board").hover(position=place(page, "input", 0, 0))
    expect(page.locator(".told")).to_have_text("Padding never wins.")
    keyed(page, "po_kind").get_by_text("Mean").click()
    expect_line(page, "(−3) / 1 = −3")
    page.wait_for_url("**po_kind=*")


def test_an_edited_cell_wins_and_is_in_the_address(lesson):
    page = lesson("pooling_max", 1, 4)
    page.locator(".input .board").dblclick(position=place(page, "input", 1, 0))
    expect(page.locator(".cell-field")).to_be_focused()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect_line(page, "max(3, 2, 9, 5) = 9")
    page.wait_for_url("**po_input=3%2C2%2C3%2C1%3B9%2C5*")
    soon(lambda: box(page, ".winner"), [0, 1, 1, 2])


def test_a_picture_moves_and_the_link_follows(lesson):
    page = lesson("pooling_mean", 1, 4)
    expect(page.get_by_text("Here pooling softens the shift")).to_be_visible()
    slider = page.get_by_role("slider", name="Shift")
    for shift in (2, 3, 4):
        slider.press("ArrowRight")
        expect(slider).to_have_value(str(shift))
    expect(page.get_by_text("one whole stride")).to_be_visible()
    page.wait_for_url("**po_shift=4*")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text(re.compile(r"^http.*po_shift=4"))).to_be_visible()
    close_popover(page)
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Here pooling softens the shift")).to_be_visible()


def test_a_program_is_copied_by_key_and_where_a_browser_keeps_no_clipboard(lesson):
    page = lesson("pooling_max", 1, 4)
    program = pooling_code.LIBRARIES["NumPy"](SCENES["pooling_max"].setup)
    expect(page.locator(".program code")).to_have_text(program, use_inner_text=True)
    copy = page.get_by_role("button", name="Copy the NumPy code")
    for keeps in ("0", "Object.defineProperty(navigator, 'clipboard', { configurable: true }), 0"):
        page.evaluate("navigator.clipboard.writeText('')")
        page.evaluate(keeps)
        copy.press("Enter")
        expect(page.locator(".program .said")).to_have_text("Copied.")
        page.evaluate("delete navigator.clipboard")
        soon(lambda: page.evaluate("navigator.clipboard.readText()"), program)

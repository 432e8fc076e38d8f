"""The page of activations in a real browser: the point moves, cells light the curve, maps recolour."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES, keyed, settle, soon


@pytest.fixture
def lesson(app, visitors) -> Callable[..., Page]:
    """Open a scene, and wait for what the page draws."""

    def open_page(query: str = "", size: str = "desktop") -> Page:
        visitor, (width, height) = visitors(), SIZES[size]
        visitor.page.set_viewport_size({"width": width, "height": height})
        page = visitor.go(f"{app}/activations{query}")
        expect(page.locator(".plot-board, .map-row, .shares-view").first).to_be_visible()
        return page

    return open_page


def expect_shown(page: Page, **numbers: str) -> None:
    for name, number in numbers.items():
        expect(page.locator(f"[data-shows={name}]")).to_have_text([number])


def test_the_point_follows_the_pointer_stays_where_it_is_put_and_obeys_the_keys(lesson):
    page = lesson("?scene=activation_sigmoid")
    board = page.locator(".plot.f .plot-board")
    box = board.bounding_box()
    middle = (46 + box["width"] - 12) / 2
    board.hover(position={"x": 47, "y": 60})
    expect_shown(page, x="−6", f="0.0025")
    page.mouse.move(5, 5)
    expect_shown(page, x="0", f="0.5", slope="0.25")
    board.hover(position={"x": middle, "y": 60})
    page.mouse.down()
    page.mouse.move(box["x"] + middle + (box["width"] - 58) / 12, box["y"] + 90, steps=4)
    page.mouse.up()
    page.wait_for_url("**ac_x=1*")
    settle(page)
    expect(page.locator(".katex-html").filter(has_text="0.7311").first).to_be_visible()
    board.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**ac_x=1.2*")
    expect_shown(page, f="0.7685")
    expect(board).to_have_attribute("aria-valuetext", "x 1.2: Sigmoid 0.7685")
    expect(keyed(page, "ac_x").locator("input")).to_have_value("1.2")


def test_a_cell_of_the_matrix_is_found_on_the_curve_and_a_slider_changes_both_and_the_address(lesson):
    page = lesson("?scene=activation_leaky")
    boards = page.locator(".boards .board")
    expect(boards).to_have_count(3)
    side = boards.first.evaluate("board => parseFloat(board.style.getPropertyValue('--cell'))")
    boards.nth(1).hover(position={"x": side / 2, "y": 3.5 * side})
    expect_shown(page, x="−7", f="−0.07", slope="0.01")
    marked = "all => all.map((mark) => mark.getAttribute('d') !== '')"
    soon(lambda: page.locator(".boards .marks").evaluate_all(marked), [True] * 3)
    page.mouse.move(5, 5)
    expect_shown(page, x="−2")
    page.keyboard.press("p")
    expect(page.locator(".lesson.present .boards .board").first).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".lesson:not(.present) .boards .board").first).to_be_visible()
    page.wait_for_url(lambda address: "present" not in address)
    settle(page)
    before = page.locator(".plot.slope .curve").get_attribute("d")
    page.locator("input[type=range][aria-label=Slope]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**ac_slope=0.02*")
    expect(page.locator(".output .labels text").nth(12)).to_have_text("−0.14")
    expect(page.locator(".plot.slope .curve")).not_to_have_attribute("d", before)


def test_an_entry_of_the_jacobian_says_how_it_is_made(lesson):
    page = lesson("?scene=activation_softmax")
    board = page.locator(".jacobian .board")
    side = board.evaluate("board => parseFloat(board.style.getPropertyValue('--cell'))")
    says = page.locator(".jacobian .caption")
    board.hover(position={"x": 1.5 * side, "y": side / 2})
    expect(says).to_have_text("∂f1/∂a2 = −0.659 · 0.2424 = −0.1598")
    board.hover(position={"x": side / 2, "y": side / 2})
    expect(says).to_have_text("∂f1/∂a1 = 0.659 · (1 − 0.659) = 0.2247")
    page.mouse.move(5, 5)
    expect(says).to_contain_text("Rows add up to 0.")


def test_both_maps_stand_side_by_side_and_follow_the_appearance(lesson):
    page = lesson("?scene=activation_map", "phone")
    picture = page.locator(".map-row .input img")
    light = picture.get_attribute("src")

    def side_by_side() -> bool:
        left, right = (page.locator(f".map-row .{role} img").bounding_box() for role in ("input", "output"))
        return left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]

    soon(side_by_side, True)
    page.emulate_media(color_scheme="dark")
    expect(picture).not_to_have_attribute("src", light)
    assert light.startswith("data:image/png;base64,")  # without loss
    page.emulate_media(color_scheme="light")

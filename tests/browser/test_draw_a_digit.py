"""Drawing digits in a real browser: with the mouse and by touch, undone, switched, and kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle, soon

SEVEN = ((0.2, 0.2), (0.45, 0.19), (0.7, 0.18), (0.6, 0.4), (0.5, 0.6), (0.42, 0.84))
BAR = ((0.3, 0.5), (0.5, 0.5), (0.7, 0.5))
PATIENCE = 20_000  # milliseconds; a kernel may have to be compiled
EMPTY = "Its guess appears here while you draw."


@pytest.fixture
def page(app, new_visitors) -> Page:
    """Show the page; what one test draws the next one finds."""
    visitor = new_visitors("projector")
    if not visitor.page.url.startswith(f"{app}/draw_a_digit"):
        visitor.go(f"{app}/draw_a_digit")
    expect(visitor.page.locator("canvas.paper")).to_be_visible()
    return visitor.page


@pytest.fixture
def seven(page) -> Page:
    """Show the page with a 7 on its sheet."""
    if not re.search(" 7, ", page.locator(".guess").text_content()):
        clear(page)
        draw(page, SEVEN)
    expect_guess(page, 7)
    return page


def clear(page: Page) -> None:
    button = page.get_by_role("button", name="Clear")
    if button.is_enabled():
        button.click()
    expect(page.locator(".guess")).to_have_text(EMPTY, timeout=PATIENCE)


def on_paper(page: Page, points) -> list[tuple[float, float]]:
    """Find places of the sheet in the window."""
    box = page.locator("canvas.paper").bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]


def draw(page: Page, points, lift: bool = True) -> None:
    first, *others = on_paper(page, points)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place)
    if lift:
        page.mouse.up()


def expect_guess(page: Page, digit: int) -> None:
    told = re.compile(rf"^(A|Perhaps a) {digit}, ")
    expect(page.locator(".guess")).to_have_text(told, timeout=PATIENCE)
    expect(page.locator(".bar.first .name")).to_have_text(str(digit))


def dark(page: Page) -> Callable[[float, float], bool]:
    """Tell whether there is ink at a place of the sheet."""

    def look(x: float, y: float) -> bool:
        return page.locator("canvas.paper").evaluate(
            "(paper, [x, y]) => paper.getContext('2d')"
            ".getImageData(x * paper.width, y * paper.height, 1, 1).data[0] < 128",
            [x, y],
        )

    return look


def test_a_digit_is_read_while_it_is_drawn_with_the_mouse(page):
    clear(page)
    draw(page, SEVEN, lift=False)
    expect_guess(page, 7)
    expect(page.get_by_text("then this shows why")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".group-head strong").first).to_have_text("Conv 8 @ 5×5")
    shares = [float(re.sub(r"[^\d.]", "", text)) for text in page.locator(".bar .value").all_text_contents()]
    assert shares[7] == max(shares)
    expect(page.locator("[data-step=centre] .size")).to_have_text("28 × 28")


def test_a_switch_changes_what_the_network_sees_and_the_link_says_so(seven):
    page = seven
    page.wait_for_url(re.compile("dr_drawing="))
    settle(page)
    cropped = page.locator("[data-step=crop] .size")
    expect(cropped).not_to_have_text("112 × 112")
    page.get_by_role("checkbox", name="Crop").uncheck()
    page.wait_for_url(re.compile("dr_off=crop"))
    expect(cropped).to_have_text("112 × 112")
    settle(page)
    page.get_by_role("checkbox", name="Crop").check()
    page.wait_for_url(lambda address: "dr_off" not in address)
    expect(cropped).not_to_have_text("112 × 112")
    expect_guess(page, 7)


def test_a_drawing_is_kept_on_another_page_and_p_presents_it(seven):
    page = seven
    settle(page)
    shares = page.locator(".bar .value").all_text_contents()
    page.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_role("link", name="Draw a digit").click()
    expect_guess(page, 7)
    soon(lambda: dark(page)(0.45, 0.19), True)
    settle(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("p")
    leave = page.get_by_role("button", name="Leave presenter view")
    expect(leave).to_be_visible(timeout=PATIENCE)
    settle(page)
    expect(page.locator(".bar .value")).to_have_text(shares, timeout=PATIENCE)
    page.keyboard.press("p")
    expect(leave).to_have_count(0, timeout=PATIENCE)
    settle(page)


def test_strokes_are_undone_and_a_cleared_sheet_comes_back(seven):
    page, ink = seven, dark(seven)
    undo = page.get_by_role("button", name="Undo")
    for take_back in (lambda: page.keyboard.press("Control+z"), undo.click):
        draw(page, BAR)
        soon(lambda: ink(0.7, 0.5), True)
        take_back()
        soon(lambda: ink(0.7, 0.5), False)
    clear(page)
    undo.press("Enter")
    expect_guess(page, 7)
    soon(lambda: ink(0.45, 0.19), True)


def test_a_link_brings_a_drawing_to_a_phone_where_a_finger_draws_and_the_page_stays(
    seven, new_visitors, no_sideways_scroll
):
    draw(seven, ((0.42, 0.84), (0.36, 0.86)))
    seven.wait_for_url(re.compile(r"dr_drawing=[\w-]+\.[\w-]+"))
    settle(seven)
    shares = seven.locator(".bar .value").all_text_contents()
    page = new_visitors("phone").open(seven.url)
    expect(page.locator(".bar .value")).to_have_text(shares, timeout=PATIENCE)
    soon(lambda: dark(page)(0.45, 0.19), True)
    clear(page)
    paper = page.locator("canvas.paper")
    paper.scroll_into_view_if_needed()
    top = paper.bounding_box()["y"]
    touch = page.context.new_cdp_session(page)
    places = [{"x": x, "y": y} for x, y in on_paper(page, SEVEN)]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": places[:1]})
    for place in places[1:]:
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect_guess(page, 7)
    assert paper.bounding_box()["y"] == top
    settle(page)
    no_sideways_scroll(page)

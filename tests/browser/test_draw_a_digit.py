"""Drawing digits in a real browser: with the mouse and by touch, undone, switched, and kept."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, settle, soon, visiting

SEVEN = ((0.2, 0.2), (0.45, 0.19), (0.7, 0.18), (0.6, 0.4), (0.5, 0.6), (0.42, 0.84))
ONE = ((0.12, 0.1), (0.12, 0.22), (0.12, 0.34))
PATIENCE = 20_000  # milliseconds; a kernel may have to be compiled
EMPTY = "Its guess appears here while you draw."


@pytest.fixture(scope="module")
def visitor(browser) -> Iterator[Visitor]:
    """Keep one visitor: the scripts of a page load once."""
    with visiting(browser) as make:
        yield make("projector")


@pytest.fixture
def page(app, visitor) -> Page:
    """Give the page with an empty sheet."""
    if "draw_a_digit" not in visitor.page.url:
        visitor.open(f"{app}/draw_a_digit")
    page = visitor.page
    clear = page.get_by_role("button", name="Clear")
    expect(page.locator("canvas.paper")).to_be_visible()
    if clear.is_enabled():
        clear.click()
    expect(page.locator(".guess")).to_have_text(EMPTY, timeout=PATIENCE)
    return page


def on_paper(page: Page, points) -> list[tuple[float, float]]:
    """Find places of the sheet in the window."""
    box = page.locator("canvas.paper").bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]


def draw(page: Page, points, lift: bool = True) -> None:
    first, *others = on_paper(page, points)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place, steps=4)
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
    draw(page, SEVEN, lift=False)
    expect_guess(page, 7)
    expect(page.get_by_text("then this shows why")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".group-head strong").first).to_have_text("Conv 8 @ 5×5")
    shares = [float(re.sub(r"[^\d.]", "", text)) for text in page.locator(".bar .value").all_text_contents()]
    assert shares[7] == max(shares)
    expect(page.locator("[data-step=centre] .size")).to_have_text("28 × 28")


def test_strokes_are_undone_and_a_cleared_sheet_comes_back(page):
    ink = dark(page)
    draw(page, SEVEN)
    expect_guess(page, 7)
    draw(page, ((0.3, 0.5), (0.5, 0.5), (0.7, 0.5)))
    soon(lambda: ink(0.7, 0.5), True)
    page.keyboard.press("Control+z")
    soon(lambda: ink(0.7, 0.5), False)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".guess")).to_have_text(EMPTY, timeout=PATIENCE)
    draw(page, SEVEN)
    expect_guess(page, 7)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".guess")).to_have_text(EMPTY, timeout=PATIENCE)
    page.get_by_role("button", name="Undo").press("Enter")
    expect_guess(page, 7)
    soon(lambda: ink(0.45, 0.19), True)


def test_a_switch_changes_what_the_network_sees_and_the_link_says_so(page):
    draw(page, ONE)
    expect_guess(page, 1)
    page.wait_for_url(re.compile("dr_drawing="))
    settle(page)
    page.get_by_role("checkbox", name="Crop").uncheck()
    page.wait_for_url(re.compile("dr_off=crop"))
    expect(page.locator("[data-step=crop] .size")).to_have_text("112 × 112")
    settle(page)
    page.get_by_role("checkbox", name="Crop").check()
    page.wait_for_url(lambda address: "dr_off" not in address)
    expect_guess(page, 1)


def test_a_drawing_is_kept_on_another_page_and_in_a_link_and_p_presents_it(page, visitor):
    draw(page, SEVEN)
    expect_guess(page, 7)
    page.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_role("link", name="Draw a digit").click()
    expect_guess(page, 7)
    soon(lambda: dark(page)(0.45, 0.19), True)
    settle(page)
    draw(page, ((0.42, 0.84), (0.36, 0.86)))
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.wait_for_url(re.compile(r"dr_drawing=[\w-]+\.[\w-]+"))
    settle(page)
    shares = page.locator(".bar .value").all_text_contents()
    address = page.url
    page.goto("about:blank")
    visitor.open(address)
    expect(page.locator(".bar .value")).to_have_text(shares, timeout=PATIENCE)
    soon(lambda: dark(page)(0.45, 0.19), True)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Leave presenter view")).to_be_visible(timeout=PATIENCE)
    settle(page)
    expect(page.locator(".bar .value")).to_have_text(shares, timeout=PATIENCE)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Leave presenter view")).to_have_count(0, timeout=PATIENCE)
    settle(page)


def test_a_finger_draws_on_a_phone_and_the_page_stays(app, visit, no_sideways_scroll):
    page = visit("phone").open(f"{app}/draw_a_digit")
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

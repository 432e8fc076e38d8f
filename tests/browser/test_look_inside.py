"""Looking inside a network in a browser: down to one product and up, its answer, its mistakes, a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settle


@pytest.fixture
def network(app, visitors) -> Callable[..., Page]:
    """Show the whole network with some parameters in the address; a test may find it as another left it."""

    def show(query: str = "", size: str = "projector") -> Page:
        visitor = visitors(size)
        page = visitor.page
        if page.url != f"{app}/look_inside{query}":
            visitor.go(f"{app}/look_inside{query}")
        page.mouse.move(5, 5)
        expect(page.locator(".lesson.network .lens").first).to_be_visible()
        expect(page.locator(".lesson.filters .grid")).to_have_count(8)
        settle(page)
        return page

    return show


def numbers(text: str) -> list[float]:
    """Read all numbers of a line; a minus stands before its number, with or without a space."""
    return [
        float(found.replace("−", "-").replace(" ", "")) for found in re.findall(r"−? ?\d+(?:\.\d+)?", text)
    ]


def node(page: Page, title: str, number: int) -> Locator:
    column = page.locator(".column").filter(has=page.locator("b", has_text=re.compile(f"^{title}$")))
    return column.locator("button").nth(number)


def test_one_clicks_down_to_a_product_and_up_again(network):
    page = network()
    crumbs = page.locator(".crumbs button")
    node(page, "Conv 16 @ 5×5", 4).click()
    expect(crumbs).to_have_text(["Network", "Conv 16 @ 5×5, map 5"])
    expect(page.locator(".block")).to_have_count(8)
    settle(page)
    made = page.locator(".lesson.sums .results .pixels")
    box = made.first.bounding_box()
    place = {"x": 5.5 / 14 * box["width"], "y": 8.5 / 14 * box["height"]}
    made.first.hover(position=place)
    line = page.locator(".lesson.sums .sum-line")
    expect(line).to_contain_text("Row 9, column 6: ")
    terms, result = line.text_content().partition(": ")[2].partition(" = ")[::2]
    assert sum(numbers(terms)) == pytest.approx(numbers(result)[0], abs=0.06)
    assert len(numbers(terms)) == 9
    made.first.click(position=place)
    expect(crumbs).to_have_text(["Network", "Conv 16 @ 5×5, map 5", "row 9, column 6"])
    expect(page.locator(".lesson.network .told")).to_contain_text("It sees 14 × 14 pixels of the image")
    expect(page.locator(".lens.input .area")).to_be_visible()
    products = page.locator(".sum .term")
    expect(products).to_have_count(25)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    expect(page.locator(".player")).to_be_in_viewport(ratio=0.99)
    settle(page)
    pill = page.locator("[data-testid=stButtonGroup] button").filter(has_text="1: ").first.inner_text()
    expect(page.locator(".grid.output .labels text").nth(4)).to_have_text(pill.partition(": ")[2])
    page.keyboard.press("ArrowRight")
    expect(crumbs).to_have_text(["Network", "Conv 16 @ 5×5, map 5", "row 9, column 7"])
    crumbs.nth(1).click()
    expect(page.locator(".block")).to_have_count(8)
    crumbs.first.click()
    expect(page.locator(".lesson.filters .grid")).to_have_count(8)


def test_the_keyboard_walks_the_maps_opens_one_and_presents_the_network(network):
    page = network()
    node(page, "Conv 8 @ 5×5", 0).focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator(".lesson.network .told")).to_have_text("ReLU, map 3: click to see how it is made.")
    page.keyboard.press("Enter")
    expect(page.locator(".lesson.pair .grid")).to_have_count(2)
    page.locator(".lesson.pair .board").first.hover(position={"x": 60, "y": 60})
    line = page.locator(".lesson.pair .sum-line")
    expect(line).to_contain_text("ReLU(")
    before, after = numbers(line.text_content().partition("ReLU")[2])
    assert after == max(before, 0)
    node(page, "ReLU", 2).press("Escape")
    expect(page.locator(".lesson.filters .grid")).to_have_count(8)
    settle(page)
    page.keyboard.press("p")
    expect(page.locator(".lesson.network.present .lens").first).to_be_visible()
    page.wait_for_url("**present=1*")
    settle(page)
    page.keyboard.press("p")
    expect(page.locator(".lesson.network:not(.present) .lens").first).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_url(lambda address: "present" not in address)


def test_a_row_of_weights_adds_up_to_its_logit_and_shares_to_one(network):
    page = network()
    rows = page.locator("table.units tbody tr")
    expect(rows).to_have_count(10)
    rows.nth(3).hover()
    expect(page.locator(".fold .caption")).to_have_text("Weights of 3")
    products, bias, logit = numbers(page.locator(".fold .sum-line").first.text_content())
    assert products + bias == pytest.approx(logit, abs=0.011)
    assert numbers(rows.nth(3).locator("td").nth(1).text_content()) == [logit]
    node(page, "Dense 32", 0).click(position={"x": 5, "y": 10})
    expect(page.locator(".folded.weights canvas")).to_have_count(16)
    page.locator(".crumbs button").first.click()
    expect(page.locator(".lesson.filters .grid")).to_have_count(8)


def test_a_confusion_shows_its_images_and_one_goes_through_the_network(network):
    page = network("?li_image=3")
    cell = page.get_by_role("button", name=re.compile("^1 taken for 7: "))
    count = int(cell.text_content())
    cell.click()
    expect(page.locator(".images button")).to_have_count(count)
    expect(page.locator(".images b").first).to_have_text("1 → 7")
    settle(page)
    amounts = page.locator(".column.shares .amount")
    before = amounts.all_text_contents()
    page.locator(".images button").first.click()
    page.wait_for_url(re.compile(r"li_image=(?!3\b)\d+"))
    expect(amounts).not_to_have_text(before)
    shares = amounts.all_text_contents()
    assert max(range(10), key=lambda at: numbers(shares[at])[0] * ("<" not in shares[at])) == 7


def test_on_a_phone_a_map_is_opened_and_left(network, no_sideways_scroll):
    page = network(size="phone")
    no_sideways_scroll(page)
    node(page, "Max pool 2×2", 3).tap()
    expect(page.locator(".lens.output").first).to_be_visible()
    no_sideways_scroll(page)
    settle(page)
    page.locator(".crumbs button").first.tap()
    expect(page.locator(".lesson.filters .grid")).to_have_count(8)
